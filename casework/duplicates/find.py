"""Cases and register entries that may be the same group as a lead: SQL narrows, the score decides."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import Outcome
from casework.cooperatives.models import Alias, Cooperative
from casework.cooperatives.querysets import CooperativeQuerySet
from casework.duplicates import entries
from casework.duplicates.models import NotDuplicate, told_apart
from casework.duplicates.score import Entry, Level, Score, score
from casework.duplicates.spelling import core_of
from casework.organisations.standing import Standing
from casework.sharing.querysets import seen_cases
from casework.vietnamese import VnFold

CANDIDATES = 60
SHOWN = 8


@dataclass(frozen=True)
class Alike:
    """A case or register entry that may be the same, and why. `kind` and `pk` say which row it is."""

    kind: str
    pk: int
    title: str
    detail: str
    score: Score
    url: str = ""

    @property
    def key(self) -> str:
        """Its name in the form."""
        return f"{self.kind}-{self.pk}"

    @property
    def reasons(self) -> list[Any]:
        """In words what speaks for it, the weightiest first."""
        return [reason.words for reason in self.score.reasons if reason.points > 0]


@dataclass(frozen=True)
class Duplicates:
    """What the person may see, likeliest first, and whether somebody else has a similar case."""

    seen: list[Alike]
    elsewhere: bool = False

    def __bool__(self) -> bool:
        return bool(self.seen) or self.elsewhere

    @property
    def keys(self) -> set[str]:
        """Names of all that was found, so that a confirmation holds for these only."""
        return {alike.key for alike in self.seen} | ({"elsewhere"} if self.elsewhere else set())


def find_duplicates(lead: Entry, standing: Standing) -> Duplicates:
    """Compare a new lead with all cases and the register. Four queries.

    Of a case that the person may not see, only this much is told: that there is one, and only for the same phone
    or a very likely one.
    """
    cases = list(_candidate_cases(lead).beyond_sight("what she may not see is told of, not shown"))
    visible = set(seen_cases(standing).filter(case_id__in=[c.pk for c in cases]).values_list("case_id", flat=True))
    found = [_case_alike(case, lead) for case in cases if case.pk in visible]
    found += [_register_alike(entry, lead) for entry in _candidate_entries(lead, standing)]
    hidden = (score(lead, entries.of_lead(case)) for case in cases if case.pk not in visible)
    return Duplicates(_likeliest(found), any(_tells_of_itself(one) for one in hidden))


def duplicates_of(case: Case, standing: Standing) -> list[Alike]:
    """What may be the same as a stored lead and was not told apart from it, as the person may see it. Six queries.

    `case` comes with what `entries.leads()` reads.
    """
    found = find_duplicates(entries.of_lead(case), standing).seen
    pairs = {kind: {alike.pk for alike in found if alike.kind == kind} - {case.pk} for kind in ("lead", "register")}
    leads = told_apart(NotDuplicate.Kind.LEAD, {(min(pk, case.pk), max(pk, case.pk)) for pk in pairs["lead"]})
    known = told_apart(NotDuplicate.Kind.REGISTER, {(case.pk, pk) for pk in pairs["register"]})
    apart = {("lead", sum(pair) - case.pk) for pair in leads} | {("register", pk) for _case, pk in known}
    apart |= {("lead", case.pk), ("register", case.cooperative_id or 0)}
    return [alike for alike in found if (alike.kind, alike.pk) not in apart]


def _likeliest(found: list[Alike]) -> list[Alike]:
    enough = [alike for alike in found if alike.score.points >= Level.POSSIBLE.least]
    return sorted(enough, key=lambda alike: -alike.score.points)[:SHOWN]


def _core(lead: Entry) -> str:
    return " ".join(core_of(lead.names[0]).plain)


def _candidate_cases(lead: Entry) -> Any:
    core, name = _core(lead), VnFold("working_name")
    near, order = Q(area__code__in=lead.communes) | Q(folded__trigram_word_similar=core), []
    if lead.phones:
        by_phone = Q(contact__phone__in=lead.phones)
        near |= by_phone
        order = [ExpressionWrapper(by_phone, BooleanField()).desc(nulls_last=True)]
    found = entries.leads().exclude(outcome=Outcome.DUPLICATE).alias(folded=name).filter(near)
    return found.order_by(*order, TrigramWordSimilarity(core, name).desc(), "-pk")[:CANDIDATES]


def _candidate_entries(lead: Entry, standing: Standing) -> CooperativeQuerySet:
    core = _core(lead)
    named = Alias.objects.alias(folded=VnFold("name")).filter(folded__trigram_word_similar=core)
    near = Q(folded__trigram_word_similar=core) | Q(pk__in=named.values("cooperative_id"))
    return (
        entries.cooperatives()
        .visible_to(standing)
        .alias(folded=VnFold("name"))
        .filter(Q(commune__code__in=lead.communes) | near)
        .order_by(TrigramWordSimilarity(core, VnFold("name")).desc(), "-pk")[:CANDIDATES]
    )


def _case_alike(case: Case, lead: Entry) -> Alike:
    detail = " · ".join([case.code, str(case.area), str(case.get_stage_display()), case.lead_organisation.name])
    url = reverse("cases:file", args=[case.code])
    return Alike("lead", case.pk, case.working_name, detail, score(lead, entries.of_lead(case)), url)


def _register_alike(entry: Cooperative, lead: Entry) -> Alike:
    place = str(entry.commune or entry.province or entry.place_as_written)
    detail = " · ".join(part for part in [_("In the register"), place, entry.founded[:4]] if part)
    url = reverse("cooperatives:entry", args=[entry.pk])
    return Alike("register", entry.pk, entry.name, detail, score(lead, entries.of_cooperative(entry)), url)


def _tells_of_itself(found: Score) -> bool:
    return found.points >= Level.LIKELY.least or found.speaks_of("phone")
