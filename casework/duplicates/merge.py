"""Two register entries turn out to be one cooperative: everything about it comes together, both histories stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cooperatives.acts import note_alias
from casework.cooperatives.models import Alias, Cooperative, Fact, FormPeriod, SeatPeriod, StatePeriod, Succession
from casework.duplicates.reach import MERGE, may_merge_cooperatives

# Taken over from the entry that goes where the entry that stays says nothing.
_FILLED = (
    "legal_form",
    "founded",
    "province_id",
    "commune_id",
    "place_as_written",
    "products",
    "members",
    "women",
    "ethnic_minority",
    "women_jobs",
    "capital",
    "loan",
    "lender",
    "grant",
    "income_from",
    "income_to",
    "ocop_stars",
)
# What makes two dated rows say the same thing; such a row stays with the old entry.
_SAYS: dict[type[models.Model], tuple[str, ...]] = {
    FormPeriod: ("legal_form", "since"),
    SeatPeriod: ("address", "since"),
    StatePeriod: ("state", "since"),
    Alias: ("name", "kind"),
    Fact: ("indicator", "as_of", "source"),
}


@dataclass(frozen=True)
class MergeCooperatives(Act):
    """Keep one entry of the register and lead everything about another one to it."""

    verb: ClassVar[str] = "cooperative.merged"

    keep_id: int
    drop_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        # Cases first, as in every act that changes a case and then the register.
        for case in Case.objects.select_for_update(of=("self",)).filter(cooperative=self.drop_id).order_by("pk"):
            unit.also_about_case(case)
        rows = Cooperative.objects.select_for_update().filter(pk__in=(self.keep_id, self.drop_id)).order_by("pk")
        if len(rows) != 2:
            raise Cooperative.DoesNotExist
        unit.chain = f"cooperative:{self.keep_id}"
        unit.also_about(f"cooperative:{self.drop_id}")

    def authorise(self, unit: Unit) -> None:
        seat = may_merge_cooperatives(unit.standing) if unit.standing else None
        both = Q(pk__in=(self.keep_id, self.drop_id))
        if seat is None or not unit.standing or Cooperative.objects.visible_to(unit.standing).filter(both).count() < 2:
            raise PermissionDenied(MERGE)
        unit.seat = seat

    def change(self, unit: Unit) -> dict[str, Any]:
        rows = Cooperative.objects.in_bulk((self.keep_id, self.drop_id))
        keep, drop = rows[self.keep_id], rows[self.drop_id]
        say_if_not_possible(keep, drop)
        unit.reason = self.reason
        unit.facts.update({"keep": keep.pk, "keep_name": keep.name, "drop": drop.pk, "drop_name": drop.name})
        _move_notes(unit, keep, drop)
        _move_successions(unit, keep, drop)
        _take_over(unit, keep, drop)
        for case in Case.objects.filter(cooperative=drop).order_by("pk"):
            unit.change(case, cooperative_id=keep.pk)
        unit.change(drop, merged_into_id=keep.pk)
        return {"cooperative": keep.pk}


def say_if_not_possible(keep: Cooperative, drop: Cooperative) -> None:
    """Raise ActionNotPossible for entries that are merged already or that the register itself tells apart."""
    for row in (keep, drop):
        if row.merged_into_id:
            raise ActionNotPossible(_("“%(name)s” was merged into another entry already.") % {"name": row.name})
    if keep.registration_code and drop.registration_code:
        raise ActionNotPossible(
            _(
                "The two have different registration codes, %(one)s and %(other)s, so they are two bodies. "
                "Correct the wrong code first, or write down that one came out of the other."
            )
            % {"one": keep.registration_code, "other": drop.registration_code}
        )
    if Succession.objects.filter(_between(keep, drop), withdrawn_at=None).exists():
        raise ActionNotPossible(
            _("It is written down that one of the two came out of the other, so they are not the same. Withdraw that.")
        )


def _between(keep: Cooperative, drop: Cooperative) -> Q:
    return Q(earlier=keep, later=drop) | Q(earlier=drop, later=keep)


def _move_notes(unit: Unit, keep: Cooperative, drop: Cooperative) -> None:
    """Dated rows of the old entry go to the one that stays, unless that says the same already."""
    for model, names in _SAYS.items():
        rows = model._default_manager.filter(withdrawn_at=None)
        known = set(rows.filter(cooperative=keep).values_list(*names))
        for row in rows.filter(cooperative=drop).order_by("pk"):
            if tuple(getattr(row, name) for name in names) not in known:
                unit.change(row, cooperative_id=keep.pk)
    if drop.name != keep.name:
        note_alias(unit, keep, drop.name, Alias.Kind.AS_WRITTEN, drop.source or _("Entered twice in the register"))


def _move_successions(unit: Unit, keep: Cooperative, drop: Cooperative) -> None:
    """Where the old entry came from, and what came out of it."""
    rows = Succession.objects.filter(withdrawn_at=None)
    known = set(rows.filter(Q(earlier=keep) | Q(later=keep)).values_list("earlier_id", "later_id"))
    for row in rows.filter(Q(earlier=drop) | Q(later=drop)).order_by("pk"):
        ends = tuple(keep.pk if pk == drop.pk else pk for pk in (row.earlier_id, row.later_id))
        if ends not in known:
            unit.change(row, earlier_id=ends[0], later_id=ends[1])


def _take_over(unit: Unit, keep: Cooperative, drop: Cooperative) -> None:
    """The code and whatever else only the old entry says. The code leaves first: it stands in the register once."""
    code = drop.registration_code
    if code:
        unit.change(drop, registration_code="")
    unit.change(keep, **({"registration_code": code} if code else {}), **dict(_missing(keep, drop)))


def _missing(keep: Cooperative, drop: Cooperative) -> Iterator[tuple[str, Any]]:
    for name in _FILLED:
        if getattr(keep, name) in (None, "") and getattr(drop, name) not in (None, ""):
            yield name, getattr(drop, name)
