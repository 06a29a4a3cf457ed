"""Plausible answers for the form of every step, as a person would type them. The demo and the tests use them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.filings.dossier_forms import points_asked
from casework.linkage.credit.acts import left_to_pay
from casework.linkage.credit.forms import lenders_for
from casework.linkage.market.links import live_links, unverified
from casework.linkage.models import CreditApplication
from casework.people.models import founders_of
from casework.plans.charter import ARTICLE, BLANK, groups_for
from casework.reading import CHECK_WEIGHTS
from workflows.demo.strengthening import STRENGTHENING
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
        "form_reasons": "Các chị muốn ký hợp đồng bán chung, vay vốn và có tư cách pháp nhân.",
        "present-TOTAL_FORMS": 2,
        "present-INITIAL_FORMS": 0,
        "present-0-full_name": founder_name(number, 0),
        "present-0-sex": "female",
        "present-0-role": "Sáng lập viên",
        "present-1-full_name": founder_name(number, 1),
        "present-1-sex": "female",
        "present-1-role": "Sáng lập viên",
    }


def _form_founding_group(task: Task, number: int) -> dict[str, Any]:
    count = 6 + number % 4
    fields: dict[str, Any] = {"rows-TOTAL_FORMS": count, "rows-INITIAL_FORMS": 0}
    for row in range(count):
        fields[f"rows-{row}-full_name"] = founder_name(number, row)
        fields[f"rows-{row}-sex"] = "male" if row == 4 else "female"
        fields[f"rows-{row}-birth_year"] = 1968 + (number + 3 * row) % 32
        fields[f"rows-{row}-phone"] = f"0900 {number % 1000:03d} {row:03d}" if row < 2 else ""
    return fields


# Trade (a word of it) → product, unit, price of one, volume of the first year, what one costs to make.
_PLAN_PRODUCTS = {
    "nấm": ("Nấm sò tươi", "kg", 35_000, 6_000, 14_000),
    "thổ cẩm": ("Khăn thổ cẩm", "tấm", 350_000, 640, 150_000),
    "dệt": ("Khăn thổ cẩm", "tấm", 350_000, 640, 150_000),
    "nho": ("Nho tươi", "kg", 60_000, 3_600, 27_000),
    "táo": ("Táo sấy dẻo", "kg", 120_000, 1_800, 60_000),
    "dê": ("Thịt dê tươi", "kg", 180_000, 1_250, 95_000),
    "du lịch": ("Ngày tham quan", "lượt", 150_000, 1_450, 60_000),
}
_OTHER_PRODUCT = ("Nông sản sơ chế", "kg", 45_000, 4_800, 20_000)


def rows_of(name: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """Rows of a table as a browser posts them."""
    fields: dict[str, Any] = {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        fields |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return fields


def _draft_plan(task: Task, number: int) -> dict[str, Any]:
    trade = (task.case.trade or "").lower()
    name, unit, price, volume, made_for = next(
        (row for word, row in _PLAN_PRODUCTS.items() if word in trade), _OTHER_PRODUCT
    )
    volumes = [volume * (100 + number % 9 * 5 + more) // 100 for more in (0, 25, 45)]
    product = {"name": name, "unit": unit, "inside": number % 4 * 5, "price_1": price, "price_2": "", "price_3": ""}
    capital = 120 + number % 5 * 30  # as in the charter
    women = [6 + number % 5 + more for more in (0, 1, 2)]
    return {
        "market": "Hai cửa hàng đặc sản ở Nha Trang, chợ phiên cuối tuần và khách đặt qua mạng.",
        "member_needs": "Cần bán chung, mua vật tư rẻ hơn và có việc làm quanh năm.",
        "marketing": "Đóng gói có nhãn, giao hằng tuần, bán qua mạng và tại phiên chợ.",
        "working_capital": "40 triệu",
        **rows_of("products", product | {f"volume_{year}": each for year, each in enumerate(volumes, 1)}),
        **rows_of(
            "costs",
            {"item": "Nguyên liệu, bao bì, công làm", "kind": "variable"}
            | {f"year_{year}": each * made_for for year, each in enumerate(volumes, 1)},
            {"item": "Thuê đất, điện nước, sửa chữa", "kind": "fixed"}
            | dict.fromkeys(("year_1", "year_2", "year_3"), "36 triệu"),
        ),
        **rows_of(
            "investment",
            {"item": "Máy sấy và nhà xưởng", "amount": "150 triệu"},
            {"item": "Bàn ghế, kệ, dụng cụ", "amount": f"{capital - 90} triệu"},
        ),
        **rows_of(
            "sources",
            {"kind": "official", "who": "", "amount": f"{capital} triệu", "rate": "", "months": ""},
            {"kind": "loan", "who": "Quỹ Thử nghiệm", "amount": "100 triệu", "rate": "7,92", "months": 36},
        ),
        **rows_of("workers", *({"workers": each + 1, "women": each} for each in women)),
        **rows_of(
            "funds",
            {"kind": "common", "name": "", "share": 5},
            {"kind": "development", "name": "", "share": 20},
            {"kind": "reserve", "name": "", "share": 10},
        ),
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
        "legal_representatives": "1",
        "representative_titles": "Giám đốc",
        **{
            f"{ARTICLE}{group.code}": group.guide_vi.replace(BLANK, "30" if "%" in group.guide_vi else "03")
            for group in groups_for(task.case, timezone.localdate())
        },
    }


def _review_plan(task: Task, _number: int) -> dict[str, Any]:
    return {"outcome": "approve"}


def _hold_founding_conference(task: Task, number: int) -> dict[str, Any]:
    founders = founders_of(task.case)
    group = task.case.legal_form == "THT"
    offices = ["representative"] if group else ["director", "controller"]
    fields: dict[str, Any] = {"elected-TOTAL_FORMS": len(offices), "elected-INITIAL_FORMS": 0}
    for row, (title, founder) in enumerate(zip(offices, founders, strict=False)):
        fields |= {f"elected-{row}-title": title, f"elected-{row}-person": founder.person_id}
    return fields | {
        "guests-TOTAL_FORMS": 1,
        "guests-INITIAL_FORMS": 0,
        "guests-0-full_name": "Võ Mẫu Khách",
        "guests-0-role": "Liên minh hợp tác xã tỉnh",
        "elected-0-legal_representative": "on",
        "held_on": day(task, 0.5),
        "place": f"Nhà văn hóa {task.case.area}",
        "attended": len(founders),
        "votes_for": len(founders),
        "votes_against": "0",
        "decided": ["charter", "members", "plan", "elected", "filer"],
        "filer": founders[-1].person_id if founders else "",
        "resolution_number": f"{number:02d}/NQ-HNTL",
        "minutes": "Chị em thảo luận dự thảo Điều lệ và phương án, nghe trả lời các câu hỏi rồi biểu quyết.",
        "ties_declared": "on",
    }


def _prepare_dossier(task: Task, _number: int) -> dict[str, Any]:
    documents = ["application", "contract", "members", "representative"]
    if task.case.legal_form != "THT":
        documents = ["application", "charter", "resolution", "members", "representatives"]
    return {"documents": documents, "corrected": [str(point) for point, _asked in enumerate(points_asked(task.case))]}


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
        "letter_number": f"{number:02d}/TB-UBND",
        "to_amend": "Bổ sung chữ ký của hai thành viên trong danh sách.\nGhi rõ thôn trong địa chỉ trụ sở.",
        "refusal_reasons": "Tên trùng với hợp tác xã đã đăng ký.",
    }


def _link_market(task: Task, number: int) -> dict[str, Any]:
    return {
        "result": "linked",
        "kind": "contract",
        "partner": f"Công ty Nông sản Ví Dụ {number % 4 + 1}",
        "proof": f"Hợp đồng {number:02d}/2026/HĐ-BT",
        "linked_on": day(task, 0.8),
        "product": task.case.trade or "Nông sản",
        "volume": f"{number % 5 + 2} tấn mỗi tháng",
        "price_rule": "Theo giá chợ đầu mối, không thấp hơn giá sàn",
        "value": f"{number % 7 + 3}0 triệu",
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
    asked: CreditApplication = task.about
    part = number % 3 == 0
    return {
        "decision": "partial" if part else "full",
        "granted_amount": (asked.amount or 0) * 4 // 5 if part else asked.amount,
        "rate": "7,92",
        "granted_months": 36,
    }


def _record_disbursement(task: Task, _number: int) -> dict[str, Any]:
    return {"drawn": "paid", "amount": left_to_pay(task.about), "paid_on": day(task, 1)}


def _confirm_linkage(task: Task, _number: int) -> dict[str, Any]:
    return {"decision": "confirm"} | {f"how_{link.pk}": "original" for link in unverified(task.case)}


def _follow_up(task: Task, number: int) -> dict[str, Any]:
    return {
        "visited_on": day(task, 1),
        "members": 8 + number % 4,
        "women": 7 + number % 4,
        "workers": 10 + number % 6,
        "revenue": f"{90 + number % 5 * 15} triệu",
        "difficulties": "Mùa mưa khó phơi.",
    } | {f"state_{link.pk}": "growing" if number % 2 else "holding" for link in live_links(task.case)}


def _do_errand(_task: Task, _number: int) -> dict[str, Any]:
    return {"outcome": "done", "result": "Đã làm xong."}


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
    "record_disbursement": _record_disbursement,
    "confirm_linkage": _confirm_linkage,
    "follow_up_6_months": _follow_up,
    "follow_up_12_months": _follow_up,
    "do_errand": _do_errand,
    **STRENGTHENING,
}
