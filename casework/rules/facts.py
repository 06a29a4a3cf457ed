"""The facts of a case that the rules ask for, as plain values: read once, judged by pure functions.

Names and days of birth are here because sentences and ages need them; what is stored of a check holds only ids,
counts and sums (casework/rules/finding.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from casework.cases.stages import LegalForm
from casework.people.models import Member, Office
from casework.plans.models import Charter
from casework.rules.founding import judged_as

OFFICIAL, ASSOCIATE, NONCAPITAL = Member.Kind.OFFICIAL, Member.Kind.ASSOC_CAPITAL, Member.Kind.ASSOC_NONCAPITAL
BOARD = frozenset({Office.Title.BOARD_CHAIR, Office.Title.BOARD_MEMBER})
SUPERVISORS = frozenset({Office.Title.SUPERVISORY_HEAD, Office.Title.SUPERVISORY_MEMBER})


@dataclass(frozen=True)
class AssetFact:
    """A part of a contribution that is not money. `amount` in đồng."""

    id: int
    description: str
    amount: int
    valuation: str
    valuer: str = ""
    votes_for: int | None = None
    votes_of: int | None = None


@dataclass(frozen=True)
class MemberFact:
    """One member. `id_faults`: codes of casework/rules/identity.py, None where no number is known; never the number."""

    id: int
    person: int | None
    name: str
    nature: str = Member.Nature.PERSON
    kind: str = OFFICIAL
    use: str = ""
    sex: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    foreign: bool = False
    committed: int | None = None
    paid: int = 0
    id_faults: tuple[str, ...] | None = None

    @property
    def is_natural(self) -> bool:
        """A person, not a body."""
        return self.nature == Member.Nature.PERSON

    @property
    def gives_capital(self) -> bool:
        """Of a kind whose contributions make up the charter capital (Article 4.24)."""
        return self.kind in (OFFICIAL, ASSOCIATE)


@dataclass(frozen=True)
class OfficeFact:
    """Somebody holds an office on the day."""

    id: int
    person: int
    name: str
    title: str
    sex: str = ""
    foreign: bool = False
    hired: bool = False
    since: date | None = None

    @property
    def title_text(self) -> str:
        """The office in the language of the page."""
        return str(Office.Title(self.title).label)


@dataclass(frozen=True)
class CharterFact:
    """The figures of the newest charter; money in đồng."""

    name: str
    capital: int
    min_contribution: int
    governance: str
    name_agreed: bool = False


@dataclass(frozen=True)
class ConferenceFact:
    """What the newest founding conference resolved."""

    held_on: date
    official_members: int
    attended: int | None
    votes_for: int
    capital: int
    decided: tuple[str, ...]
    filer_known: bool = True


@dataclass(frozen=True)
class ConversionFact:
    """A group that becomes a cooperative: the day of its certificate, and the meeting at which members agreed."""

    group_since: date
    met_on: date
    members: int
    agreed: int


@dataclass(frozen=True)
class CaseFacts:
    """All that the rules may ask about one case, as it stood on `on`."""

    case: int
    on: date
    legal_form: str = LegalForm.HTX
    kind: str = "founding"
    members: tuple[MemberFact, ...] = ()
    assets: tuple[AssetFact, ...] = ()
    offices: tuple[OfficeFact, ...] = ()
    # Pairs of persons, the lower id first.
    ties: tuple[tuple[int, int], ...] = ()
    ties_declared_on: date | None = None
    charter: CharterFact | None = None
    conference: ConferenceFact | None = None
    # Revenue planned for the first year, in đồng.
    revenue: int | None = None
    registration_code: str = ""
    protected_names: tuple[str, ...] = ()
    conversion: ConversionFact | None = None

    @property
    def form(self) -> str:
        """The legal form whose rules bind the case."""
        return judged_as(self.legal_form)

    @property
    def official(self) -> list[MemberFact]:
        """The members whose number and votes count. In a union of cooperatives only cooperatives are."""
        found = (member for member in self.members if member.kind == OFFICIAL)
        if self.form == LegalForm.LHHTX:
            return [member for member in found if member.nature == Member.Nature.COOPERATIVE]
        return list(found)

    @property
    def contributors(self) -> list[MemberFact]:
        """The members whose contributions make up the charter capital."""
        return [member for member in self.members if member.gives_capital]

    @property
    def committed(self) -> int:
        """What they promised together, in đồng; unknown amounts count as nothing."""
        return sum(member.committed or 0 for member in self.contributors)

    @property
    def capital(self) -> int:
        """What shares are measured by: the charter capital, before there is a charter the sum promised."""
        return self.charter.capital if self.charter else self.committed

    @property
    def governance(self) -> str:
        """Full, reduced, or "" while it is not decided."""
        return self.charter.governance if self.charter else ""

    @property
    def has_full_governance(self) -> bool:
        """Board, director and supervisory board."""
        return self.governance == Charter.Governance.FULL

    @property
    def is_founded(self) -> bool:
        """Whether the conference was held by the day that is asked about."""
        return self.conference is not None and self.conference.held_on <= self.on

    @property
    def decisive_day(self) -> date:
        """The day on which ages are counted: that of the conference, before it the day that is asked about."""
        return self.conference.held_on if self.conference else self.on

    def held(self, titles: Iterable[str]) -> list[OfficeFact]:
        """Who holds one of these offices."""
        wanted = set(titles)
        return [office for office in self.offices if office.title in wanted]


def share(part: int, whole: int) -> Fraction:
    """A part of a whole in percent, exact. Raises ZeroDivisionError."""
    return Fraction(part * 100, whole)
