"""What the founding conference needs to know: the member register, who may be elected, assets to be valued."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.stages import LegalForm
from casework.facts import Section, dong, grouped
from casework.people.models import ContributedAsset, Member, Office, Person, founders_of
from casework.plans.models import Charter

# Codes of what a founding resolution decides, in the order of the law (LHTX Article 39.2, 39.3, 39.5).
DECISIONS = ("charter", "members", "plan", "elected", "filer")
_CAPITAL_KINDS = (Member.Kind.OFFICIAL, Member.Kind.ASSOC_CAPITAL)
_Title = Office.Title
# By governance of the charter ("" for a group): who may be elected, and who must be.
_OFFICES: dict[str, tuple[Office.Title, ...]] = {
    Charter.Governance.FULL: (
        _Title.BOARD_CHAIR,
        _Title.BOARD_MEMBER,
        _Title.DIRECTOR,
        _Title.DEPUTY_DIRECTOR,
        _Title.SUPERVISORY_HEAD,
        _Title.SUPERVISORY_MEMBER,
        _Title.CHIEF_ACCOUNTANT,
        _Title.TREASURER,
    ),
    Charter.Governance.REDUCED: (
        _Title.DIRECTOR,
        _Title.DEPUTY_DIRECTOR,
        _Title.CONTROLLER,
        _Title.CHIEF_ACCOUNTANT,
        _Title.TREASURER,
    ),
    "": (_Title.REPRESENTATIVE, _Title.TREASURER),
}
_HEADS = {
    Charter.Governance.FULL: (_Title.BOARD_CHAIR, _Title.SUPERVISORY_HEAD),
    Charter.Governance.REDUCED: (_Title.DIRECTOR, _Title.CONTROLLER),
    "": (_Title.REPRESENTATIVE, None),
}


class LinkedFact(NamedTuple):
    """A fact that leads to the page where it is kept."""

    label: str
    value: str
    hint: str = ""
    url: str = ""


@dataclass(frozen=True)
class Register:
    """The members of a case today, as the conference counts them, beside the newest charter."""

    case: Any
    members: list[Member]
    charter: Charter | None
    assets: list[ContributedAsset]

    @property
    def official(self) -> list[Member]:
        """Those who vote."""
        return [member for member in self.members if member.kind == Member.Kind.OFFICIAL]

    @property
    def women(self) -> int:
        """Women among the official members who are persons."""
        return sum(
            member.nature == Member.Nature.PERSON
            and member.person is not None
            and member.person.sex == Person.Sex.FEMALE
            for member in self.official
        )

    @property
    def contributors(self) -> list[Member]:
        """Official and associate members who bring capital."""
        return [member for member in self.members if member.kind in _CAPITAL_KINDS]

    @property
    def committed(self) -> int:
        """All that they committed, in đồng."""
        return sum(member.committed or 0 for member in self.contributors)

    @property
    def without_capital(self) -> list[Member]:
        """Who must bring capital and has none written down."""
        return [member for member in self.contributors if not member.committed]

    @property
    def capital(self) -> int | None:
        """The charter capital of the newest charter, in đồng."""
        return self.charter.charter_capital if self.charter else None

    @property
    def governance(self) -> str:
        """That of the charter; "" for a cooperative group, which has none."""
        if self.case.legal_form == LegalForm.THT or self.charter is None:
            return ""
        return self.charter.governance

    @property
    def offices(self) -> list[tuple[str, str]]:
        """Offices to which the conference may elect, with their labels."""
        return [(title.value, str(title.label)) for title in _OFFICES[self.governance]]

    @property
    def head(self) -> str:
        """The office of the chair, director or representative."""
        return _HEADS[self.governance][0].value

    @property
    def supervisor(self) -> str:
        """The office of whoever supervises; "" for a cooperative group."""
        title = _HEADS[self.governance][1]
        return title.value if title else ""

    @property
    def persons(self) -> dict[int, Person]:
        """Who may be elected or file: members and representatives of members, then founders; by id."""
        official = {member.person.pk: member.person for member in self.official if member.person}
        return {**official, **{founder.person_id: founder.person for founder in founders_of(self.case)}}


def register_of(case: Any) -> Register:
    """The member register of a case beside its charter. Three queries; asking for `persons` is one more."""
    members = Member.objects.filter(case=case, until=None).select_related("person").order_by("pk")
    assets = ContributedAsset.objects.filter(case=case, withdrawn_on=None, member__until=None)
    return Register(
        case,
        list(members),
        Charter.latest_of(case),
        list(assets.select_related("member__person").order_by("pk")),
    )


def faults_of_register(register: Register) -> list[str]:
    """What the register still lacks before the conference can be held, as sentences; [] when nothing."""
    if not register.official:
        return [_("The register has no official member yet. Enter the members with their capital first.")]
    faults = []
    if register.without_capital:
        names = "; ".join(member.name for member in register.without_capital)
        faults.append(_("No capital is written down for: %(names)s.") % {"names": names})
    elif register.capital is not None and register.committed != register.capital:
        faults.append(
            _("The members commit %(members)s in the register, but the charter says %(charter)s.")
            % {"members": dong(register.committed), "charter": dong(register.capital)}
        )
    faults += [
        _("How “%(asset)s” of %(name)s was valued is not written down.") % {"asset": asset, "name": asset.member.name}
        for asset in register.assets
        if not asset.valuation
    ]
    return faults


def register_facts(case: Any) -> list[Section]:
    """What the register says, for the form of the conference; what it lacks stands first."""
    register = register_of(case)
    url = people_url(case)
    told = [
        LinkedFact(_("Official members"), grouped(len(register.official)), "", url),
        LinkedFact(_("Of them women"), grouped(register.women)),
        LinkedFact(_("Capital committed"), dong(register.committed)),
        LinkedFact(_("Charter capital"), dong(register.capital) if register.capital is not None else ""),
    ]
    shown = [Section(_("From the member register"), told)]  # type: ignore[arg-type]
    faults = [LinkedFact(_("In the register"), fault, "", url) for fault in faults_of_register(register)]
    missing = Section(_("Before the conference can be held"), faults, correction=True)  # type: ignore[arg-type]
    return [missing, *shown] if faults else shown


def people_url(case: Any) -> str:
    """Where the members are kept."""
    return reverse("people:members", args=[case.code])
