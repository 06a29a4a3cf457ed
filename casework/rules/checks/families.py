"""Family among those in office (rule R8-F; Articles 62 and 4.11)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from django.utils.translation import gettext as _

from casework.rules.checks.offices import GROUPS
from casework.rules.facts import CaseFacts, OfficeFact
from casework.rules.finding import Finding, ids, judged, unknown

# Between these groups, and within those named twice, there is no family. Board and director may be family.
APART = frozenset(
    frozenset(pair)
    for pair in (
        ("board", "board"),
        ("board", "control"),
        ("board", "accountant"),
        ("board", "treasurer"),
        ("director", "control"),
        ("director", "accountant"),
        ("director", "treasurer"),
        ("control", "control"),
        ("control", "accountant"),
        ("control", "treasurer"),
    )
)


def families_apart(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R8-F: no declared tie joins offices that must be apart; asks for the declaration where there is none."""
    if not facts.offices:
        return unknown(_("The offices are filled at the founding conference."))
    joined = list(_joined(facts))
    faults = [
        _("%(one)s (%(title)s) and %(other)s (%(other_title)s) are family.")
        % {"one": a.name, "title": a.title_text, "other": b.name, "other_title": b.title_text}
        for a, b in joined
    ]
    return judged(
        faults,
        _not_declared(facts),
        _("Those in office declared their family ties; none is forbidden."),
        ties=len(facts.ties),
        declared_on=facts.ties_declared_on.isoformat() if facts.ties_declared_on else None,
        persons=ids(sorted({person for a, b in joined for person in (a.person, b.person)})),
    )


def _joined(facts: CaseFacts) -> Iterator[tuple[OfficeFact, OfficeFact]]:
    """For each tie the first pair of offices that it must not join."""
    held: dict[int, list[OfficeFact]] = defaultdict(list)
    for office in facts.offices:
        held[office.person].append(office)
    for one, other in facts.ties:
        pairs = product(held[one], held[other])
        found = next(((a, b) for a, b in pairs if _must_be_apart(a, b)), None)
        if found:
            yield found


def _must_be_apart(a: OfficeFact, b: OfficeFact) -> bool:
    return frozenset({GROUPS.get(a.title), GROUPS.get(b.title)}) in APART


def _not_declared(facts: CaseFacts) -> list[str]:
    if facts.ties_declared_on is None:
        return [_("Those in office have not yet declared whether they are family of each other.")]
    later = [o.name for o in facts.offices if o.since and o.since > facts.ties_declared_on and o.title in GROUPS]
    if not later:
        return []
    words = {"names": ", ".join(dict.fromkeys(later)), "day": f"{facts.ties_declared_on:%d/%m/%Y}"}
    return [_("%(names)s took office after the declaration of %(day)s; ask anew.") % words]
