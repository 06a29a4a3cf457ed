"""What people do with the rules of one case: store a check, let a rule pass for a reason, take that back."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.rules.evaluate import Judgement, evaluate
from casework.rules.finding import Verdict
from casework.rules.gate import store_check
from casework.rules.gather import relevant_day
from casework.rules.models import RuleOverride
from casework.sharing.querysets import working_organisations

SHORTEST_REASON = 10
CHECK, OVERRIDE = "check_rules", "override_rule"


class _AboutCase(Act):
    """An act about the rules of one case."""

    right: ClassVar[str]
    case_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(self.right, working_organisations(unit.case.pk))


@dataclass(frozen=True)
class CheckRules(_AboutCase):
    """Somebody has the rules checked and keeps the answer. `on`: the law of which day; default the relevant one."""

    verb: ClassVar[str] = "rules.checked"
    right: ClassVar[str] = CHECK

    case_id: int
    on: date | None = None

    def change(self, unit: Unit) -> dict[str, Any]:
        day = self.on or relevant_day(unit.case, timezone.localdate())
        judgements = evaluate(unit.case, day)
        if not judgements:
            raise ActionNotPossible(_("On that day no rule that is known here binds this case."))
        return {"check": store_check(unit, judgements, day).pk}


@dataclass(frozen=True)
class OverrideRule(_AboutCase):
    """A right holder lets the case pass a broken rule whose reading is open. Counts for these facts only."""

    verb: ClassVar[str] = "rule.overridden"
    right: ClassVar[str] = OVERRIDE

    case_id: int
    code: str
    reason: str

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("rule") == self.code

    def change(self, unit: Unit) -> dict[str, Any]:
        _open_case(unit)
        if len(self.reason.strip()) < SHORTEST_REASON:
            raise ActionNotPossible(_("Write the reason in a full sentence; it stays in the history."), "reason")
        judgement = _overridable(unit.case, self.code)
        for earlier in RuleOverride.objects.filter(case=unit.case, code=self.code, withdrawn_at=None):
            unit.change(earlier, withdrawn_at=timezone.now())
        unit.reason = self.reason
        unit.facts |= {"rule": self.code, "version": judgement.rule.version, "found": judgement.facts}
        override = RuleOverride(
            case=unit.case,
            code=self.code,
            version=judgement.rule.version,
            reason=self.reason,
            finding=judgement.facts,
            decided_by=unit.by,
        )
        return {"override": unit.add(override).pk}


@dataclass(frozen=True)
class WithdrawOverride(_AboutCase):
    """The rule holds for the case again."""

    verb: ClassVar[str] = "rule.override_withdrawn"
    right: ClassVar[str] = OVERRIDE

    case_id: int
    code: str

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("rule") == self.code

    def change(self, unit: Unit) -> dict[str, Any]:
        _open_case(unit)
        override = RuleOverride.objects.filter(case=unit.case, code=self.code, withdrawn_at=None).first()
        if override is None:
            raise ActionNotPossible(_("This rule has not been let pass."))
        unit.change(override, withdrawn_at=timezone.now())
        unit.facts["rule"] = self.code
        return {"override": override.pk}


def _open_case(unit: Unit) -> None:
    if unit.case.status == Status.CLOSED:
        raise ActionNotPossible(_("The case is closed."))


def _overridable(case: Case, code: str) -> Judgement:
    """The broken rule as it stands on the relevant day. Raises ActionNotPossible."""
    judgements = evaluate(case, relevant_day(case, timezone.localdate()))
    found = next((one for one in judgements if one.rule.code == code), None)
    if found is None or not found.rule.overridable:
        raise ActionNotPossible(_("The law leaves no choice in this rule, so nobody may let a case pass it."))
    if found.verdict != Verdict.BROKEN or found.override:
        raise ActionNotPossible(_("This rule holds nothing up, so there is nothing to let pass."))
    return found
