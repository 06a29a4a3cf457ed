"""Who holds which office from when to when, and the family ties that office holders declare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.cases.models import Case
from casework.people.likely import persons_in
from casework.people.models import FamilyTie, Office, Person, TiesDeclaration

# Held by one person at a time (LHTX Articles 56, 64–72); of the others there may be several.
HELD_BY_ONE = frozenset(
    {
        Office.Title.BOARD_CHAIR,
        Office.Title.DIRECTOR,
        Office.Title.SUPERVISORY_HEAD,
        Office.Title.CONTROLLER,
        Office.Title.CHIEF_ACCOUNTANT,
        Office.Title.REPRESENTATIVE,
    }
)


def appoint(
    unit: Unit,
    case: Case,
    person: Person,
    title: str,
    since: date,
    *,
    hired: bool = False,
    legal_representative: bool = False,
) -> Office:
    """A person takes an office. Part of an act on the locked case. Raises ActionNotPossible.

    Refused: the same office a second time, and two holders at once of an office that one person holds. What
    the law says on family and on offices that exclude each other, the rules say.
    """
    for held in _at_or_after(case, title, since):
        if held.person_id == person.pk or title in HELD_BY_ONE:
            raise ActionNotPossible(_taken(held, same=held.person_id == person.pk), "title")
    return unit.add(
        Office(
            case=case,
            person=person,
            title=title,
            since=since,
            hired=hired,
            legal_representative=legal_representative,
        )
    )


def _at_or_after(case: Case, title: str, since: date) -> list[Office]:
    """Periods of an office that had not ended on a day."""
    rows = Office.objects.filter(Q(until=None) | Q(until__gt=since), case=case, title=title)
    return list(rows.select_related("person").order_by("since"))


def _taken(held: Office, *, same: bool) -> str:
    words = {
        "name": held.person.full_name,
        "office": held.get_title_display(),
        "since": f"{held.since:%d/%m/%Y}",
        "until": f"{held.until:%d/%m/%Y}" if held.until else "",
    }
    if held.until:
        return _("%(name)s held this office (%(office)s) until %(until)s. Begin on that day or later.") % words
    if same:
        return _("%(name)s holds this office already (%(office)s, since %(since)s).") % words
    return _("%(name)s has held this office since %(since)s (%(office)s). End that first.") % words


def end_office(unit: Unit, office: Office, until: date, reason: str) -> Office:
    """An office ends on a day. Part of an act. Raises ActionNotPossible."""
    words = {"name": office.person.full_name, "office": office.get_title_display(), "since": f"{office.since:%d/%m/%Y}"}
    if office.until:
        raise ActionNotPossible(
            _("%(name)s’s office (%(office)s) ended on %(day)s already.") % {**words, "day": f"{office.until:%d/%m/%Y}"}
        )
    if until < office.since:
        raise ActionNotPossible(
            _("%(name)s has been in office since %(since)s; it cannot end before.") % words, "until"
        )
    return unit.change(office, until=until, reason=reason)


@dataclass(frozen=True)
class Tie:
    """Two persons of a case and how they are related (FamilyTie.Relation)."""

    one: int
    other: int
    relation: str

    @property
    def pair(self) -> tuple[int, int]:
        """The two, the lower id first."""
        return min(self.one, self.other), max(self.one, self.other)


def declare(unit: Unit, case: Case, ties: Sequence[Tie], declared_on: date) -> TiesDeclaration:
    """These are all family ties among the office holders from a day. Part of an act. Raises ActionNotPossible.

    Ties that were declared before and are not among them are withdrawn.
    """
    _refuse_impossible(case, ties)
    wanted: dict[tuple[int, int], str] = {tie.pair: tie.relation for tie in ties}
    for known in FamilyTie.objects.filter(case=case, withdrawn_on=None):
        if wanted.get((known.person_a_id, known.person_b_id)) == known.relation:
            del wanted[(known.person_a_id, known.person_b_id)]
        else:
            unit.change(known, withdrawn_on=declared_on)
    unit.add_all(
        [
            FamilyTie(case=case, person_a_id=a, person_b_id=b, relation=relation, declared_on=declared_on)
            for (a, b), relation in wanted.items()
        ]
    )
    return unit.add(TiesDeclaration(case=case, declared_on=declared_on, recorded_by=unit.by))


def _refuse_impossible(case: Case, ties: Sequence[Tie]) -> None:
    ids = {person for tie in ties for person in tie.pair}
    known: Any = persons_in(Case.objects.filter(pk=case.pk)).in_bulk(ids)
    if ids - set(known):
        raise ActionNotPossible(_("Choose persons of this case."))
    seen = set()
    for tie in ties:
        if tie.one == tie.other:
            raise ActionNotPossible(_("%(name)s stands on both sides of a family tie.") % {"name": known[tie.one]})
        if tie.pair in seen:
            raise ActionNotPossible(
                _("The tie between %(one)s and %(other)s is declared twice. Keep one line.")
                % {"one": known[tie.pair[0]], "other": known[tie.pair[1]]}
            )
        seen.add(tie.pair)
