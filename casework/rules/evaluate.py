"""What the law says of a case on a day: every rule that binds it, judged by its check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from casework.audit.chain import plain
from casework.cases.models import Case
from casework.rules.checks import CHECKS
from casework.rules.facts import CaseFacts
from casework.rules.finding import Finding, Verdict
from casework.rules.gather import facts_of, facts_of_all
from casework.rules.law import Law, law_on
from casework.rules.models import LegalRule, RuleOverride

Severity = LegalRule.Severity


@dataclass(frozen=True)
class Judgement:
    """One rule about one case: its words on the day, the numbers it used, what was found, and who let it pass."""

    rule: LegalRule
    title: str
    remedy: str
    note: str
    citation: str
    numbers: dict[str, int]
    finding: Finding
    override: RuleOverride | None = None

    @property
    def verdict(self) -> Verdict:
        """What was found."""
        return self.finding.verdict

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The facts used, as they are stored: counts, sums and ids."""
        return plain(self.finding.facts)

    @property
    def is_broken(self) -> bool:
        """Not fulfilled and not let pass."""
        return self.verdict == Verdict.BROKEN and self.override is None

    @property
    def blocks(self) -> bool:
        """Whether it holds up the steps that the rule guards."""
        return self.is_broken and self.rule.severity == Severity.BLOCKS

    @property
    def state_text(self) -> str:
        """What was found, in words that also say whether it holds anything up."""
        if self.override:
            return _("Let pass, with a reason")
        if self.is_broken:
            return _("Not fulfilled") if self.blocks else _("Please check")
        return str(self.verdict.label)

    def stored(self) -> dict[str, Any]:
        """The entry of a stored check."""
        rule = self.rule
        return {
            "rule": rule.code,
            "version": rule.version,
            "verdict": str(self.verdict),
            "severity": rule.severity,
            "document": rule.document,
            "article": rule.article,
            "clause": rule.clause,
            "point": rule.point,
            "numbers": self.numbers,
            "facts": self.facts,
            "override": self.override.pk if self.override else None,
        }


def evaluate(case: Case, on: date) -> list[Judgement]:
    """Judge a case by the law of a day. Fourteen statements; no rule binds other kinds of case than founding ones."""
    overrides = RuleOverride.objects.filter(case=case, withdrawn_at=None).select_related("decided_by")
    return judge(facts_of(case, on), law_on(on), overrides)


def evaluate_all(cases: Sequence[Case], law: Law) -> dict[int, list[Judgement]]:
    """The same for many cases by one law, overrides left out; as many statements as for one."""
    return {pk: judge(facts, law) for pk, facts in facts_of_all(cases, law.on).items()}


def judge(facts: CaseFacts, law: Law, overrides: Iterable[RuleOverride] = ()) -> list[Judgement]:
    """Ask every rule that binds the case, in the order of their codes. Pure. Raises NoParameter."""
    by_rule = {(override.code, override.version): override for override in overrides}
    judgements = []
    for rule in law.binding(facts.legal_form, facts.kind):
        numbers = law.numbers_of(rule)
        finding = CHECKS[rule.check_name](facts, numbers)
        override = _standing(by_rule.get((rule.code, rule.version)), rule, finding)
        words = (law.worded(rule.title), law.worded(rule.remedy), law.worded(rule.note), law.cite(rule))
        judgements.append(Judgement(rule, *words, numbers, finding, override))
    return judgements


def _standing(override: RuleOverride | None, rule: LegalRule, finding: Finding) -> RuleOverride | None:
    """An override counts for the facts on which it was decided; others ask for a new decision."""
    if override is None or not rule.overridable or finding.verdict != Verdict.BROKEN:
        return None
    return override if override.finding == plain(finding.facts) else None
