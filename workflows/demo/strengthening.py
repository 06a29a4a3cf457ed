"""Plausible answers for the steps that strengthen a cooperative."""

from typing import Any

from django.utils import timezone

from workflows.engine.models import Task


def _today() -> str:
    return timezone.localdate().strftime("%d/%m/%Y")


def _review_operations(_task: Task, number: int) -> dict[str, Any]:
    return {
        "reviewed_on": _today(),
        "condition": "fair",
        "members": 10 + number % 4,
        "women": 8 + number % 3,
        "workers": 12,
        "women_workers": 9,
        "revenue": "240 triệu",
        "difficulties": "Thiếu nơi bán ổn định và vốn lưu động.",
        "outcome": "plan",
        "reason": "Hợp tác xã tự làm được.",
    }


def _check_conversion(_task: Task, number: int) -> dict[str, Any]:
    members = 8 + number % 4
    return {
        "outcome": "convert",
        "group_code": f"THT-{number:04d}",
        "group_since": f"15/03/{timezone.localdate().year - 2}",
        "met_on": _today(),
        "minutes": f"{number % 90 + 1:02d}/BB-HTV",
        "members": members,
        "agreed": members,
        "reason": "Tổ muốn làm thêm một năm.",
    }


def _agree_plan(_task: Task, _number: int) -> dict[str, Any]:
    return {
        "agreed_on": _today(),
        "goals": "Bán được cả năm, mỗi quý họp thành viên một lần.",
        "actions-TOTAL_FORMS": 1,
        "actions-INITIAL_FORMS": 0,
        "actions-0-what": "Ký hợp đồng bán với một cửa hàng",
        "actions-0-who": "Giám đốc hợp tác xã",
        "actions-0-until": f"30/06/{timezone.localdate().year + 1}",
        "actions-0-cost": "2 triệu",
    }


def _review_strengthening(_task: Task, _number: int) -> dict[str, Any]:
    return {"decision": "approve", "remarks": "Ghi rõ người làm từng việc."}


def _change_registration(_task: Task, number: int) -> dict[str, Any]:
    today = _today()
    days = dict.fromkeys(("decided_on", "filed_on", "answered_on"), today)
    return {**days, "receipt": f"H32.{number:05d}", "result": "accepted", "reason": "Thiếu nghị quyết."}


STRENGTHENING = {
    "review_operations": _review_operations,
    "check_conversion": _check_conversion,
    "agree_plan": _agree_plan,
    "review_strengthening": _review_strengthening,
    "change_registration": _change_registration,
}
