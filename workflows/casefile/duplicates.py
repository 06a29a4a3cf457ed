"""Cases and register entries that may be the same group as a new lead: by name, commune and phone."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import Outcome
from casework.cooperatives.models import Cooperative
from casework.organisations.models import AdministrativeUnit
from casework.organisations.standing import Standing
from casework.sharing.querysets import seen_cases
from casework.vietnamese import VnFold, fold

# Said of every second group, so it tells no two apart. Folded; whole phrases, for a lone syllable may be a name.
_COMMON = re.compile(
    r"\b(lien hiep hop tac xa|to hop tac|hop tac xa|to lien ket|nhom lien ket|lhhtx|htxnn|htx|h t x|tht|tlk|nong nghiep"
    r"|dich vu|san xuat|kinh doanh|thuong mai|tong hop|phu nu|hoi lhpn|nn|dvnn|dv|sx|kd|tm|va)\b"
)
SAME, CLOSE, SOME = 0.92, 0.75, 0.6
CANDIDATES = 60
SHOWN = 8


@dataclass(frozen=True)
class Lead:
    """What is known of the new lead."""

    name: str
    area: AdministrativeUnit
    phone: str = ""


@dataclass(frozen=True)
class Likeness:
    """A case or register entry that may be the same, and why. `key` names it in the form."""

    key: str
    title: str
    detail: str
    reason: str
    url: str = ""
    score: float = 0


@dataclass(frozen=True)
class Duplicates:
    """What the person may see, likeliest first, and whether somebody else has a similar case."""

    seen: list[Likeness]
    elsewhere: bool = False

    def __bool__(self) -> bool:
        return bool(self.seen) or self.elsewhere

    @property
    def keys(self) -> set[str]:
        """Names of all that was found, so that a confirmation holds for these only."""
        return {likeness.key for likeness in self.seen} | ({"elsewhere"} if self.elsewhere else set())


def core_of(name: str) -> str:
    """The part of a name that tells groups apart: without marks, legal form and common words."""
    folded = re.sub(r"[^\w\s]|_", " ", fold(name))
    return " ".join(_COMMON.sub(" ", folded).split()) or " ".join(folded.split())


def likeness_of(one: str, other: str) -> float:
    """How alike two cores are, from 0 to 1: by letters, or by words where one holds the other."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return 1.0
    words, others = set(one.split()), set(other.split())
    shared = len(words & others) / max(1, min(len(words), len(others)))
    # A single shared word is chance; two or more that cover the shorter name are not.
    by_words = shared * 0.9 if min(len(words), len(others)) > 1 else 0.0
    return max(by_words, SequenceMatcher(None, one, other, autojunk=False).ratio())


def find_duplicates(lead: Lead, standing: Standing) -> Duplicates:
    """Compare a lead with all cases and the register. Three queries.

    Of a case that the person may not see, only this much is told: that there is one, and only for the same phone
    or a very similar name in the same commune.
    """
    core = core_of(lead.name)
    cases = list(_candidate_cases(lead, core))
    visible = set(seen_cases(standing).filter(case_id__in=[c.pk for c in cases]).values_list("case_id", flat=True))
    found = [_case_likeness(case, lead, core) for case in cases if case.pk in visible]
    found += [_register_likeness(entry, lead, core) for entry in _candidate_entries(lead, core)]
    likely = sorted((one for one in found if one.score >= SOME), key=lambda one: -one.score)[:SHOWN]
    return Duplicates(likely, any(_tells_of_itself(c, lead, core) for c in cases if c.pk not in visible))


def _candidate_cases(lead: Lead, core: str) -> QuerySet[Case]:
    near = Q(area=lead.area) | Q(folded__trigram_word_similar=core)
    if lead.phone:
        near |= Q(contact__phone=lead.phone)
    return (
        Case.objects.exclude(outcome=Outcome.DUPLICATE)
        .alias(folded=VnFold("working_name"))
        .filter(near)
        .select_related("area", "lead_organisation", "contact")
        .order_by(TrigramWordSimilarity(core, VnFold("working_name")).desc(), "-pk")[:CANDIDATES]
    )


def _candidate_entries(lead: Lead, core: str) -> QuerySet[Cooperative]:
    return (
        Cooperative.objects.alias(folded=VnFold("name"))
        .filter(Q(commune=lead.area) | Q(folded__trigram_word_similar=core))
        .select_related("commune", "province")
        .order_by(TrigramWordSimilarity(core, VnFold("name")).desc(), "-pk")[:CANDIDATES]
    )


def _case_likeness(case: Case, lead: Lead, core: str) -> Likeness:
    here = case.area_id == lead.area.pk
    score, reason = _judge(likeness_of(core, core_of(case.working_name)), here=here, by_phone=_same_phone(case, lead))
    detail = " · ".join([case.code, str(case.area), str(case.get_stage_display()), case.lead_organisation.name])
    return Likeness(
        f"case-{case.pk}", case.working_name, detail, reason, reverse("cases:file", args=[case.code]), score
    )


def _register_likeness(entry: Cooperative, lead: Lead, core: str) -> Likeness:
    here = entry.commune_id == lead.area.pk
    score, reason = _judge(likeness_of(core, core_of(entry.name)), here=here, by_phone=False)
    place = str(entry.commune or entry.province or entry.place_as_written)
    detail = " · ".join(part for part in [_("In the register"), place, entry.founded[:4]] if part)
    return Likeness(f"entry-{entry.pk}", entry.name, detail, reason, score=score)


def _same_phone(case: Case, lead: Lead) -> bool:
    return bool(lead.phone and case.contact and case.contact.phone == lead.phone)


def _judge(likeness: float, *, here: bool, by_phone: bool) -> tuple[float, str]:
    """How likely it is the same group, and why. Farther away the names must be closer."""
    if by_phone:
        return 2.0, _("Same phone number")
    if here and likeness >= SAME:
        return 1.5, _("Same name in the same commune")
    if here and likeness >= SOME:
        return 1.0 + likeness / 10, _("Similar name in the same commune")
    if likeness >= SAME:
        return 0.9, _("Same name in another commune")
    return (likeness * 0.8, _("Similar name in another commune")) if likeness >= CLOSE else (0.0, "")


def _tells_of_itself(case: Case, lead: Lead, core: str) -> bool:
    if _same_phone(case, lead):
        return True
    return case.area_id == lead.area.pk and likeness_of(core, core_of(case.working_name)) >= SAME
