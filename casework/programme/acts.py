"""Bringing a roster into the register: one act, one transaction, and the same file twice changes nothing."""

from dataclasses import dataclass
from typing import Any, ClassVar, TypedDict
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Receipt, Unit, lock_request, perform
from casework.audit.models import Channel
from casework.cases.acts import OpenCase
from casework.cases.stages import Source
from casework.cooperatives.models import Cooperative
from casework.organisations.models import Organisation, User
from casework.organisations.standing import Seat, Standing
from casework.programme.entries import Entry
from casework.programme.register import known_in_register
from casework.programme.roster.model import Roster
from casework.programme.sorting import good_rows

# The register of a large province, twice over; more at once would hold the register for too long.
MOST_ROWS = 5000
MOST_LEADS = 500


class Outcome(TypedDict):
    """What an import did: rows of the roster by what became of them, and the codes of the new cases."""

    rows: int
    entered: int
    leads: int
    known: int
    with_errors: int
    repeats: int
    codes: list[str]
    # The same request had been carried out before; nothing was done now.
    replayed: bool


@dataclass(frozen=True)
class ImportRoster(Act):
    """Enter the cooperatives of a roster that are not in the register yet."""

    verb: ClassVar[str] = "roster.imported"

    organisation: Organisation
    file_name: str
    entries: tuple[Entry, ...]

    def lock(self, unit: Unit) -> None:
        lock_request(unit)
        _lock_register()
        unit.chain = f"organisation:{self.organisation.pk}"

    def authorise(self, unit: Unit) -> None:
        unit.seat = _right_to_import(unit, self.organisation)

    def change(self, unit: Unit) -> dict[str, Any]:
        known = {match.excel_row for match in known_in_register(self.entries)}
        new = [entry for entry in self.entries if entry.row not in known]
        entered = [(entry, unit.add(_cooperative(entry, self.file_name))) for entry in new]
        unit.facts = {"file": self.file_name, "rows": len(self.entries), "entered": len(entered)}
        return {"known": len(known), "entered": entered}


@dataclass(frozen=True)
class OpenLeadFromRoster(OpenCase):
    """A group from a roster becomes a lead. The right is that of importing for `imported_for`."""

    imported_for: Organisation | None = None

    def authorise(self, unit: Unit) -> None:
        unit.seat = _right_to_import(unit, self.imported_for or self.lead_organisation)


def import_seat(standing: Standing, organisation: Organisation) -> Seat | None:
    """The seat that lets a person import for an organisation: one that reaches it, or sits in its province.

    None for an organisation that has ended. One query for each seat with the right.
    """
    return next(
        (seat for seat in _import_seats(standing) if _reached([seat]).filter(pk=organisation.pk).exists()),
        None,
    )


def importable(standing: Standing) -> QuerySet[Organisation]:
    """The Women's Unions for which a person may import: where `import_seat` gives a seat."""
    return _reached(_import_seats(standing)).filter(kind=Organisation.Kind.WOMENS_UNION)


def import_roster(
    roster: Roster,
    organisation: Organisation,
    *,
    by: User,
    channel: str = Channel.IMPORT,
    request_id: UUID | None = None,
) -> Outcome:
    """Import the good rows of a roster and open a lead for each group that has no legal form yet.

    Rows with an error and repeats of an earlier row are left out, so are those that the register knows. One
    transaction: all of it or nothing; the same request twice does it once. Raises PermissionDenied,
    ActionNotPossible.
    """
    request_id = request_id or uuid4()
    good = good_rows(roster)
    if len(good.entries) > MOST_ROWS:
        raise ActionNotPossible(
            _("The roster has more than %(most)s rows. Split it into several files.") % {"most": MOST_ROWS}
        )
    with transaction.atomic():
        act = ImportRoster(organisation, roster.file, tuple(good.entries))
        receipt = perform(act, by=by, channel=channel, request_id=request_id)
        nothing: dict[str, Any] = {"entered": [], "known": len(good.entries)}
        result = nothing if receipt.replayed else receipt.result
        opened = _open_leads(result["entered"], organisation, by=by, channel=channel, request_id=request_id)
    return {
        "rows": len(roster.cases),
        "entered": len(result["entered"]),
        "leads": len(opened),
        "known": result["known"],
        "with_errors": len(good.with_errors),
        "repeats": len(good.repeats),
        "codes": [lead.result["code"] for lead in opened],
        "replayed": receipt.replayed,
    }


def lead_organisation(organisation: Organisation) -> Organisation:
    """Who leads the groups of a roster: a Women's Union itself, for other organisations that of the province.

    Raises ActionNotPossible where the province has none.
    """
    if organisation.kind == Organisation.Kind.WOMENS_UNION:
        return organisation
    unions = Organisation.objects.live().filter(
        kind=Organisation.Kind.WOMENS_UNION, level=Organisation.Level.PROVINCE, area_id=_province_id(organisation)
    )
    union = unions.select_related("area__parent").order_by("pk").first()
    if union is None:
        raise ActionNotPossible(
            _("%(name)s has no Women's Union in its province yet, so nobody could lead the groups of the roster.")
            % {"name": organisation.name}
        )
    return union


def _open_leads(
    entered: list[tuple[Entry, Cooperative]], organisation: Organisation, *, request_id: UUID, **how: Any
) -> list[Receipt]:
    leads = [(entry, cooperative) for entry, cooperative in entered if entry.becomes_lead]
    if not leads:
        return []
    if len(leads) > MOST_LEADS:
        raise ActionNotPossible(
            _("The roster has more than %(most)s groups without a legal form. Split it into several files.")
            % {"most": MOST_LEADS}
        )
    leading = lead_organisation(organisation)
    return [
        perform(
            _lead(leading, organisation, entry, cooperative), request_id=uuid5(request_id, str(cooperative.pk)), **how
        )
        for entry, cooperative in leads
    ]


def _right_to_import(unit: Unit, organisation: Organisation) -> Seat | None:
    """The seat that gives the right; the owner of the installation needs none. Raises PermissionDenied."""
    if unit.by.is_superuser:
        return None
    seat = import_seat(unit.standing, organisation) if unit.standing else None
    if seat is None:
        raise PermissionDenied("import_roster")
    return seat


def _lock_register() -> None:
    """Two imports at once: one after the other, so that the second finds what the first has entered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('register', 0))")


def _import_seats(standing: Standing) -> list[Seat]:
    return [seat for seat in standing.seats if "import_roster" in seat.permissions]


def _reached(seats: list[Seat]) -> QuerySet[Organisation]:
    """Live organisations below the seats, or in the provinces of those organisations that work in one."""
    own = Organisation.objects.filter(pk__in=[seat.organisation_id for seat in seats], area__isnull=False)
    provinces = own.values_list(Coalesce("area__parent_id", "area_id"))
    below = Q(pk__in=set().union(*(seat.reach for seat in seats)))
    near = Q(area__in=provinces) | Q(area__parent__in=provinces)
    return Organisation.objects.live().filter(below | near)


def _cooperative(entry: Entry, source: str) -> Cooperative:
    return Cooperative(
        name=entry.name,
        legal_form=entry.legal_form,
        province=entry.province,
        commune=entry.commune,
        roster_key=entry.key,
        source=source[:200],
        **entry.values,
    )


def _lead(
    leading: Organisation, imported_for: Organisation, entry: Entry, cooperative: Cooperative
) -> OpenLeadFromRoster:
    """The lead of a group: in its own commune where that lies in the province of who leads it."""
    commune = entry.commune if entry.commune and entry.commune.parent_id == _province_id(leading) else None
    return OpenLeadFromRoster(
        lead_organisation=leading,
        area=commune or leading.area,  # type: ignore[arg-type]  # without an area there is no Alliance: refused
        working_name=entry.name[:160],
        trade=entry.values["products"][:160],
        women_interested=entry.values["women"] or entry.values["members"],
        source=Source.ROSTER,
        cooperative=cooperative,
        imported_for=imported_for,
    )


def _province_id(organisation: Organisation) -> int | None:
    """The province that an organisation works in."""
    return (organisation.area.parent_id or organisation.area_id) if organisation.area else None
