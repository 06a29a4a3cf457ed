"""What the papers of strengthening say, as plain data: the cooperative of the register, its review, its plan."""

from datetime import date
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.cases.stages import Kind
from casework.cooperatives.models import Cooperative
from casework.strengthening.models import (
    ConversionCheck,
    OperationsReview,
    PlanAction,
    StrengtheningPlan,
    StrengtheningReview,
)

_CHANGES = {
    "name": "tên",
    "seat": "trụ sở chính",
    "representative": "người đại diện theo pháp luật",
    "capital": "vốn điều lệ",
    "trades": "ngành, nghề kinh doanh",
}
_CONDITIONS = {
    "good": "hoạt động tốt",
    "fair": "hoạt động bình thường, còn khó khăn",
    "weak": "hoạt động yếu",
    "stopped": "đã ngừng hoạt động",
}
_FIGURES = (
    "members", "women", "minority", "workers", "women_workers", "revenue", "income", "loan", "strengths",
    "difficulties",
)  # fmt: skip


def strengthening_of(case: Case) -> dict[str, Any] | None:
    """The plan agreed last with what it rests on; None for cases of another kind, or before the first plan.

    No query for cases of another kind, else at most five.
    """
    plan = StrengtheningPlan.latest_of(case) if case.kind == Kind.CONSOLIDATION else None
    if plan is None:
        return None
    actions = [_action(number, action) for number, action in enumerate(plan.actions.order_by("pk"), 1)]
    costs = [action["cost"] for action in actions if action["cost"] is not None]
    return {
        "cooperative": _cooperative(case.cooperative),
        "review": _review(OperationsReview.latest_of(case)),
        "plan": _plan(plan),
        "actions": actions,
        "cost": sum(costs) if costs else None,
        "approved_on": _approved_on(case, plan),
    }


def conversion_of(case: Case) -> dict[str, Any] | None:
    """The meeting at which a group agreed to become a cooperative; None for other cases, or before it agreed.

    No query for cases of another kind, else one.
    """
    check = ConversionCheck.latest_of(case) if case.kind == Kind.CONVERSION else None
    if check is None or check.outcome != ConversionCheck.Outcome.CONVERT:
        return None
    return {
        "group": case.cooperative.name if case.cooperative else case.working_name,
        "name": case.working_name,
        "code": check.group_code,
        "since": _iso(check.group_since),
        "on": _iso(check.met_on),
        "minutes": check.minutes,
        "members": check.members,
        "agreed": check.agreed,
    }


def _cooperative(entry: Cooperative | None) -> dict[str, str]:
    if entry is None:
        return {"name": "…", "code": "", "place": ""}
    place = entry.place_as_written or ", ".join(str(unit) for unit in (entry.commune, entry.province) if unit)
    return {"name": entry.name, "code": entry.registration_code, "place": place}


def _review(review: OperationsReview | None) -> dict[str, Any] | None:
    if review is None:
        return None
    figures = {name: getattr(review, name) for name in _FIGURES}
    return {"on": _iso(review.reviewed_on), "condition": _CONDITIONS[review.condition], **figures}


def _plan(plan: StrengtheningPlan) -> dict[str, Any]:
    parts = ("goals", "organisation", "production", "market", "capital")
    return {
        "version": plan.version,
        "on": _iso(plan.agreed_on),
        "by": str(plan.recorded_by),
        "changes": [_CHANGES[change] for change in _CHANGES if change in plan.changes],
        **{name: getattr(plan, name) for name in parts},
    }


def _action(number: int, action: PlanAction) -> dict[str, Any]:
    return {"no": number, "what": action.what, "who": action.who, "until": _iso(action.until), "cost": action.cost}


def _approved_on(case: Case, plan: StrengtheningPlan) -> str:
    """The day on which the Alliance approved this very version; empty while it has not."""
    review = StrengtheningReview.latest_of(case)
    approved = review and review.decision == StrengtheningReview.Decision.APPROVE
    newer = review and review.recorded_at >= plan.recorded_at
    return _iso(timezone.localdate(review.recorded_at)) if review and approved and newer else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
