"""What a new number of the law would do to the cases that are open: fifteen statements, however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.cases.models import Case
from casework.cases.stages import Kind, Status
from casework.organisations.standing import Standing
from casework.rules.evaluate import Judgement, judge
from casework.rules.finding import Verdict
from casework.rules.gather import facts_of_all
from casework.rules.law import law_on
from casework.rules.models import ParameterDraft

# The newest cases; an installation of one province has some hundreds of them open.
MOST_CASES = 1000
JUDGED = (Kind.FOUNDING, Kind.CONVERSION)


@dataclass(frozen=True)
class Effect:
    """One rule that would say something else about one case. `code` is "" for a case that one may not open."""

    code: str
    rule: str
    title: str
    before: str
    after: str
    tightens: bool


@dataclass(frozen=True)
class Preview:
    """Over all open cases: how many were looked at, how many would change, and which of them one may see."""

    looked_at: int
    changed: int
    hidden: int
    effects: tuple[Effect, ...]


def preview(draft: ParameterDraft, standing: Standing) -> Preview:
    """Judge the open cases by the law of the day on which the draft would begin, without it and with it."""
    judged = Case.objects.filter(kind__in=JUDGED, status=Status.OPEN).order_by("-pk")
    cases = list(judged.beyond_sight("all are judged, those in sight named")[:MOST_CASES])
    seen = set(Case.objects.filter(pk__in=[c.pk for c in cases]).visible_to(standing).values_list("pk", flat=True))
    law = law_on(draft.valid_from).asking_for(draft.name)
    changed_law = law.with_number(draft.name, draft.value)
    effects: dict[int, list[Effect]] = {}
    for case, facts in zip(cases, facts_of_all(cases, draft.valid_from).values(), strict=True):
        found = _changes(case, judge(facts, law), judge(facts, changed_law))
        if found:
            effects[case.pk] = found
    shown = [effect for pk, found in effects.items() if pk in seen for effect in found]
    return Preview(len(cases), len(effects), sum(pk not in seen for pk in effects), tuple(shown))


def _changes(case: Case, before: Sequence[Judgement], after: Sequence[Judgement]) -> list[Effect]:
    return [
        Effect(case.code, a.rule.code, a.title, b.state_text, a.state_text, a.verdict == Verdict.BROKEN)
        for b, a in zip(before, after, strict=True)
        if b.verdict != a.verdict
    ]
