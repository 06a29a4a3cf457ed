"""Who may hold an office, and which offices exclude each other (rule R8; Article 62)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from django.utils.translation import gettext as _

from casework.people.models import Office
from casework.rules.facts import BOARD, OFFICIAL, SUPERVISORS, CaseFacts, OfficeFact
from casework.rules.finding import Finding, ids, judged, unknown

Title = Office.Title

# The offices of Article 62 by what they do: a matrix of groups is easier to read than one of nine titles.
GROUPS: dict[str, str] = {
    **dict.fromkeys(BOARD, "board"),
    Title.DIRECTOR: "director",
    **dict.fromkeys(SUPERVISORS, "control"),
    Title.CONTROLLER: "control",
    Title.CHIEF_ACCOUNTANT: "accountant",
    Title.TREASURER: "treasurer",
}
# Held by one person these exclude each other. A member of the board may be the director.
EXCLUDED = frozenset(
    frozenset(pair)
    for pair in (
        ("board", "control"),
        ("board", "accountant"),
        ("board", "treasurer"),
        ("director", "control"),
        ("director", "accountant"),
        ("director", "treasurer"),
        ("control", "accountant"),
        ("control", "treasurer"),
    )
)
_FOR_MEMBERS = frozenset({"board", "director", "control"})
_HELD_BY_ONE = (Title.BOARD_CHAIR, Title.DIRECTOR, Title.SUPERVISORY_HEAD)


def offices_compatible(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R8: office holders are official members or represent one, and hold no offices that exclude each other."""
    if not facts.offices:
        return unknown(_("The offices are filled at the founding conference."))
    outside = [office for office in facts.offices if _must_be_member(office, facts) and not _is_member(office, facts)]
    together = list(_excluded(facts))
    faults = [
        *(_("%(title)s %(name)s is not an official member and represents none.") % _words(one) for one in outside),
        *(_("%(name)s is both %(title)s and %(other)s.") % words for _person, words in together),
        *_held_twice(facts),
    ]
    return judged(
        faults,
        [],
        _("Everybody in office may hold it."),
        offices=len(facts.offices),
        not_members=ids([office.person for office in outside]),
        excluded=ids([person for person, _words in together]),
    )


def _must_be_member(office: OfficeFact, facts: CaseFacts) -> bool:
    hired = office.hired and office.title == Title.DIRECTOR and facts.has_full_governance
    return GROUPS.get(office.title) in _FOR_MEMBERS and not hired


def _is_member(office: OfficeFact, facts: CaseFacts) -> bool:
    """Herself, or as the representative of a body that is one."""
    return any(member.kind == OFFICIAL and member.person == office.person for member in facts.members)


def _excluded(facts: CaseFacts) -> Iterator[tuple[int, dict[str, str]]]:
    by_person: dict[int, list[OfficeFact]] = defaultdict(list)
    for office in facts.offices:
        by_person[office.person].append(office)
    for person, held in by_person.items():
        for one, other in combinations(held, 2):
            if frozenset({GROUPS.get(one.title), GROUPS.get(other.title)}) in EXCLUDED:
                yield person, _words(one) | {"other": other.title_text.lower(), "title": one.title_text.lower()}


def _held_twice(facts: CaseFacts) -> list[str]:
    faults = []
    for title in _HELD_BY_ONE:
        holders = sorted({office.name for office in facts.held([title])})
        if len({office.person for office in facts.held([title])}) > 1:
            words = {"title": Title(title).label, "names": ", ".join(holders)}
            faults.append(_("%(title)s is held by more than one person: %(names)s.") % words)
    return faults


def _words(office: OfficeFact) -> dict[str, str]:
    return {"title": office.title_text, "name": office.name}
