"""Plausible answers for the form of every step, as a person would type them. The demo and the tests use them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.linkage.forms import lenders_for
from casework.linkage.models import CreditApplication
from casework.reading import CHECK_WEIGHTS
from workflows.engine.models import Task

GIVEN_NAMES = ("An", "Bưởi", "Cam", "Dừa", "Đậu", "Gấm", "Hường", "Khế", "Lựu", "Mận", "Na", "Ổi", "Quýt", "Sim", "Trà")
CLAN_NAMES = ("Chamaléa", "Katơr", "Nguyễn", "Đàng", "Trần", "Tà In", "Lê")


def answer_for(task: Task) -> dict[str, Any]:
    """Fields of a form as posted, for one task. Differs from case to case, never from run to run."""
    return ANSWERS[task.node](task, task.case_id)


def day(task: Task, share: float, later: int = 0) -> str:
    """A day as people type it: after a share of the time since the lead was received, and some days later.

    So the days of one case follow each other, and what was filed long ago is answered late.
    """
    received = task.case.received_on
    passed = int((timezone.localdate() - received).days * share)
    return (received + timedelta(days=passed + later)).strftime("%d/%m/%Y")


def founder_name(case_id: int, number: int) -> str:
    """An invented name; the middle name Mẫu means "sample"."""
    clan = CLAN_NAMES[(case_id + number) % len(CLAN_NAMES)]
    return f"{clan} Mẫu {GIVEN_NAMES[(3 * case_id + number) % len(GIVEN_NAMES)]}"


def registration_code(case_id: int) -> str:
    """A code with the right check digit that no real body has: the block 99 is not given out."""
    for last in range(10):
        digits = f"99{(case_id * 10 + last) % 10_000_000:07d}"
        total = sum(int(digit) * weight for digit, weight in zip(digits, CHECK_WEIGHTS, strict=True))
        check = 10 - total % 11
        if check in range(10):
            return f"{digits}{check}"
    raise AssertionError("of ten neighbours one has a check digit")


def _screen_lead(task: Task, _number: int) -> dict[str, Any]:
    return {"decision": "accept"}


def _survey_needs(task: Task, number: int) -> dict[str, Any]:
    return {
        "surveyed_on": day(task, 0.1),
        "women_interested": task.case.women_interested or 9,
        "ethnic_minority_women": min(task.case.women_interested or 9, 2 + number % 5),
        "trade": task.case.trade or "Nông sản",
        "needs": "Cần nơi bán ổn định, vốn mua máy và người hướng dẫn ghi sổ.",
        "expected_capital": f"{40 + number % 7 * 10} triệu",
        "consent_given": "on",
        "consent_on": day(task, 0.1),
    }


def _hold_consultation(task: Task, number: int) -> dict[str, Any]:
    return {
        "held_on": day(task, 0.2),
        "place": f"Nhà văn hóa {task.case.area}",
        "attendees": 14 + number % 9,
        "women": 12 + number % 9,
        "alliance_attended": "on",
        "conclusion": "Các chị đã nghe so sánh hợp tác xã và tổ hợp tác, và thống nhất cách làm.",
        "outcome": "cooperative",
    }


def _form_founding_group(task: Task, number: int) -> dict[str, Any]:
    count = 6 + number % 4
    fields: dict[str, Any] = {"row-TOTAL_FORMS": count, "row-INITIAL_FORMS": 0}
    for row in range(count):
        fields[f"row-{row}-full_name"] = founder_name(number, row)
        fields[f"row-{row}-sex"] = "male" if row == 4 else "female"
        fields[f"row-{row}-birth_year"] = 1968 + (number + 3 * row) % 32
        fields[f"row-{row}-phone"] = f"0900 {number % 1000:03d} {row:03d}" if row < 2 else ""
    return fields


def _draft_plan(task: Task, number: int) -> dict[str, Any]:
    year = 180 + number % 9 * 20
    return {
        "market": "Hai cửa hàng đặc sản ở Nha Trang, chợ phiên cuối tuần và khách đặt qua mạng.",
        "products": task.case.trade or "Nông sản",
        "revenue_1": f"{year} triệu",
        "cost_1": f"{year - 30} triệu",
        "revenue_2": f"{year + 90} triệu",
        "cost_2": f"{year + 30} triệu",
        "revenue_3": f"{year + 160} triệu",
        "cost_3": f"{year + 70} triệu",
        "investment": "220 triệu",
        "own_capital": "120 triệu",
        "loan_wanted": "100 triệu",
        "women_workers": 8 + number % 6,
    }


def _draft_charter(task: Task, number: int) -> dict[str, Any]:
    form, _space, own_name = task.case.working_name.partition(" ")
    written_out = "Tổ hợp tác" if task.case.legal_form == "THT" else "Hợp tác xã"
    return {
        "cooperative_name": f"{written_out} {own_name or form}",
        "seat": f"Thôn Mẫu {number % 6 + 1}, {task.case.area}",
        "lines_of_business": f"Sản xuất, sơ chế và bán {(task.case.trade or 'nông sản').lower()}",
        "governance": "reduced",
        "charter_capital": f"{120 + number % 5 * 30} triệu",
        "min_contribution": "5 triệu",
    }


def _review_plan(task: Task, _number: int) -> dict[str, Any]:
    return {"outcome": "approve"}


def _hold_founding_conference(task: Task, number: int) -> dict[str, Any]:
    return {
        "held_on": day(task, 0.5),
        "place": f"Nhà văn hóa {task.case.area}",
        "official_members": 6 + number % 4,
        "women_members": 5 + number % 4,
        "votes_for": 6 + number % 4,
        "charter_capital": f"{120 + number % 5 * 30} triệu",
        "chair_name": founder_name(number, 0),
        "supervisor_name": founder_name(number, 1),
        "filer_name": founder_name(number, 2),
        "resolution_number": f"{number:02d}/NQ-HNTL",
    }


def _prepare_dossier(task: Task, _number: int) -> dict[str, Any]:
    documents = ["application", "contract", "members", "representative"]
    if task.case.legal_form != "THT":
        documents = ["application", "charter", "resolution", "members", "representatives"]
    return {"documents": documents}


def _file_dossier(task: Task, number: int) -> dict[str, Any]:
    return {
        "filed_on": day(task, 0.6),
        "authority": task.case.area_id,
        "channel": "online" if number % 2 else "paper",
        "receipt_code": f"H32.{number:05d}",
        "promised_on": day(task, 0.6, later=5),
    }


def _record_registration_result(task: Task, number: int) -> dict[str, Any]:
    return {
        "outcome": "certificate",
        "registration_code": registration_code(number),
        "issued_on": day(task, 0.7),
        "to_amend": "Bổ sung chữ ký của hai thành viên trong danh sách.",
        "refusal_reasons": "Tên trùng với hợp tác xã đã đăng ký.",
    }


def _link_market(task: Task, number: int) -> dict[str, Any]:
    return {
        "result": "linked",
        "kind": "contract",
        "partner": f"Công ty Nông sản Ví Dụ {number % 4 + 1}",
        "proof": f"Hợp đồng {number:02d}/2026/HĐ-BT",
        "linked_on": day(task, 0.8),
    }


def _request_credit(task: Task, number: int) -> dict[str, Any]:
    lenders = list(lenders_for(task.case))
    return {
        "request": "requested",
        "lender": lenders[number % len(lenders)].pk,
        "purpose": "Mua máy sấy và bao bì.",
        "amount": "100 triệu",
        "term_months": 36,
        "own_capital": "120 triệu",
        "workers": 8 + number % 6,
        "consent_given": "on",
        "consent_on": day(task, 0.85),
    }


def _decide_credit(task: Task, number: int) -> dict[str, Any]:
    asked = CreditApplication.objects.filter(case=task.case).order_by("-pk")[0]
    part = number % 3 == 0
    return {
        "decision": "partial" if part else "full",
        "granted_amount": (asked.amount or 0) * 4 // 5 if part else asked.amount,
        "rate": "7,92",
        "granted_months": 36,
    }


def _confirm_linkage(task: Task, _number: int) -> dict[str, Any]:
    return {"decision": "confirm"}


def _follow_up(task: Task, number: int) -> dict[str, Any]:
    return {
        "visited_on": day(task, 1),
        "members": 8 + number % 4,
        "women": 7 + number % 4,
        "workers": 10 + number % 6,
        "revenue": f"{90 + number % 5 * 15} triệu",
        "difficulties": "Mùa mưa khó phơi.",
    }


ANSWERS: dict[str, Callable[[Task, int], dict[str, Any]]] = {
    "screen_lead": _screen_lead,
    "survey_needs": _survey_needs,
    "hold_consultation": _hold_consultation,
    "form_founding_group": _form_founding_group,
    "draft_plan": _draft_plan,
    "draft_charter": _draft_charter,
    "review_plan": _review_plan,
    "hold_founding_conference": _hold_founding_conference,
    "prepare_dossier": _prepare_dossier,
    "file_dossier": _file_dossier,
    "record_registration_result": _record_registration_result,
    "link_market": _link_market,
    "request_credit": _request_credit,
    "decide_credit": _decide_credit,
    "confirm_linkage": _confirm_linkage,
    "follow_up_6_months": _follow_up,
    "follow_up_12_months": _follow_up,
}
