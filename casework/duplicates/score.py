"""How likely two entries are the same lead, cooperative or person: points, and the reasons for them.

One scoring for the page of a new lead, the list of likely pairs and the comparison side by side. What neither
entry says counts for nothing; what both say adds or takes points (data/weights.csv).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.duplicates.likeness import How, Likeness, likeness_of
from casework.duplicates.weights import LEVELS, LIKENESS, WEIGHTS

_PHONE_DIGITS = 9  # those behind the 0 or +84


class Kind(StrEnum):
    """What is compared."""

    LEAD = "lead"
    COOPERATIVE = "cooperative"
    PERSON = "person"


class Level(StrEnum):
    """What the points mean."""

    SAME = "same"
    LIKELY = "likely"
    POSSIBLE = "possible"
    DIFFERENT = "different"

    @property
    def least(self) -> int:
        """The points from which this level begins."""
        return LEVELS[self.value]

    @property
    def label(self) -> Any:
        """The level in words."""
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {
    Level.SAME: _("Almost certainly the same"),
    Level.LIKELY: _("Probably the same"),
    Level.POSSIBLE: _("Possibly the same"),
    Level.DIFFERENT: _("Hardly the same"),
}


@dataclass(frozen=True)
class Entry:
    """What is known of one lead, cooperative or person, ready for comparing.

    `names`: its name and its other names. `communes`: codes of the communes of today where it may be. `born` and
    `founded` are as precise as known: 1979, 1979-05 or 1979-05-11. `code`: registration code or identification number.
    """

    kind: Kind
    names: tuple[str, ...]
    communes: frozenset[str] = frozenset()
    province: int | None = None
    phones: frozenset[str] = frozenset()
    contact: str = ""
    born: str = ""
    founded: str = ""
    code: str = ""
    register: int | None = None


@dataclass(frozen=True)
class Reason:
    """One signal: what was compared, what came out in words, and the points it gave or took."""

    what: str
    words: Any
    points: int


@dataclass(frozen=True)
class Score:
    """Points from 0 to 100 and the reasons, the weightiest first."""

    points: int
    reasons: tuple[Reason, ...]

    @property
    def level(self) -> Level:
        """What the points mean."""
        return next(level for level in Level if self.points >= level.least)

    def speaks_of(self, what: str) -> bool:
        """Whether a signal speaks for the two being the same."""
        return any(reason.what == what and reason.points > 0 for reason in self.reasons)


def score(one: Entry, other: Entry) -> Score:
    """Compare two entries; a lead may be compared with a cooperative. The order of the two does not matter."""
    kind = Kind.COOPERATIVE if one.kind != other.kind else one.kind
    reasons = [reason for signal in _SIGNALS[kind] for reason in signal(kind, one, other)]
    reasons.sort(key=lambda reason: -abs(reason.points))
    return Score(max(0, min(100, sum(reason.points for reason in reasons))), tuple(reasons))


def best_likeness(one: Entry, other: Entry) -> Likeness:
    """The likeness of the two names that are most alike."""
    person = one.kind == other.kind == Kind.PERSON
    pairs = product(one.names, other.names)
    return max((likeness_of(a, b, person=person) for a, b in pairs), key=lambda likeness: likeness.value)


_NAME_WORDS = {
    How.EXACT: _("Same name"),
    How.TELEX: _("Same name, typed with Telex keys"),
    How.UNMARKED: _("Same name, one without marks"),
    How.MARKS: _("Same letters, other marks"),
    How.ORDER: _("Same words in another order"),
    How.NEAR: _("Similar name"),
    How.OTHER: _("Different name"),
}


def _name(kind: Kind, one: Entry, other: Entry) -> Iterator[Reason]:
    weight, likeness = WEIGHTS[kind, "name"], best_likeness(one, other)
    points = round(weight.agree * likeness.value) if likeness.value >= LIKENESS["floor"] else weight.differ
    yield Reason("name", _NAME_WORDS[likeness.how], points)


def _place(kind: Kind, one: Entry, other: Entry) -> Iterator[Reason]:
    """By commune where both are known; else by province."""
    if one.communes and other.communes:
        same = bool(one.communes & other.communes)
        yield _reason(kind, "commune", same=same, yes=_("Same commune"), no=_("Another commune"))
    elif one.province and other.province:
        same = one.province == other.province
        yield _reason(kind, "province", same=same, yes=_("Same province"), no=_("Another province"))


def last_digits(phone: str) -> str:
    """The digits by which a number is known however its beginning is written; "" when they are too few."""
    digits = re.sub(r"\D", "", phone)[-_PHONE_DIGITS:]
    return digits if len(digits) == _PHONE_DIGITS else ""


def _phone(kind: Kind, one: Entry, other: Entry) -> Iterator[Reason]:
    a, b = ({last_digits(phone) for phone in entry.phones} - {""} for entry in (one, other))
    if a and b:
        yield _reason(kind, "phone", same=bool(a & b), yes=_("Same phone number"), no=_("Another phone number"))


def _contact(kind: Kind, one: Entry, other: Entry) -> Iterator[Reason]:
    if one.contact and other.contact and likeness_of(one.contact, other.contact, person=True).value >= _SURE:
        yield _reason(kind, "contact", same=True, yes=_("Same contact person"), no="")


_SURE = LIKENESS["unmarked"]


def _birth(kind: Kind, one: Entry, other: Entry) -> Iterator[Reason]:
    """By day where both days are known; else by year. Ages told by lunar years are one apart."""
    if not one.born or not other.born:
        return
    apart = abs(int(one.born[:4]) - int(other.born[:4]))
    weight = WEIGHTS[kind, "birth year"]
    if apart == 0:
        yield from _same_year(kind, one.born, other.born)
    elif apart == 1:
        yield Reason("birth year", _("Year of birth one apart"), weight.near)
    else:
        yield Reason("birth year", _("Another year of birth"), weight.differ)


def _same_year(kind: Kind, one: str, other: str) -> Iterator[Reason]:
    day = WEIGHTS[kind, "birth day"]
    if min(len(one), len(other)) < len("2000-01-31"):
        yield _reason(kind, "birth year", same=True, yes=_("Same year of birth"), no="")
    elif one == other:
        yield Reason("birth day", _("Same day of birth"), day.agree)
    elif {one[5:7], one[8:]} == {other[5:7], other[8:]}:
        yield Reason("birth day", _("Same year of birth, day and month swapped"), day.near)
    else:
        yield Reason("birth day", _("Same year of birth, another day"), day.differ)


def _founded(kind: Kind, one: Entry, other: Entry) -> Iterator[Reason]:
    if one.founded and other.founded:
        a, b = sorted((one.founded, other.founded), key=len)
        yield _reason(
            kind, "founded", same=b.startswith(a), yes=_("Founded at the same time"), no=_("Founded at another time")
        )


_CODE_WORDS = {
    Kind.PERSON: (_("Same identification number"), _("Another identification number")),
    Kind.COOPERATIVE: (_("Same registration code"), _("Another registration code")),
}


def _code(kind: Kind, one: Entry, other: Entry) -> Iterator[Reason]:
    if one.code and other.code:
        yes, no = _CODE_WORDS[kind]
        yield _reason(kind, "code", same=one.code == other.code, yes=yes, no=no)


def _register(kind: Kind, one: Entry, other: Entry) -> Iterator[Reason]:
    if one.register and other.register:
        same = one.register == other.register
        yes, no = _("Same entry of the register"), _("Another entry of the register")
        yield _reason(kind, "register", same=same, yes=yes, no=no)


def _reason(kind: Kind, what: str, *, same: bool, yes: Any, no: Any) -> Reason:
    weight = WEIGHTS[kind, what]
    return Reason(what, yes if same else no, weight.agree if same else weight.differ)


_SIGNALS: dict[Kind, tuple[Callable[[Kind, Entry, Entry], Iterator[Reason]], ...]] = {
    Kind.LEAD: (_name, _place, _phone, _contact, _register),
    Kind.COOPERATIVE: (_name, _place, _founded, _code),
    Kind.PERSON: (_name, _place, _phone, _birth, _code),
}
