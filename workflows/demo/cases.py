"""The cases of the demo: where each stands, and what happened on the way. All of it by acts."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from casework.acts import perform
from casework.audit.models import Channel
from casework.cases.acts import GrantAccess, OpenCase
from casework.cases.models import Case
from casework.organisations.models import AdministrativeUnit, Organisation, User
from casework.sharing.models import CaseAccess
from workflows.acts import ClaimTask
from workflows.demo.answers import answer_for, founder_name
from workflows.demo.play import finish
from workflows.engine.models import Task

# Stop before a task of this step, or at the very end.
TO_THE_END = "the end"


@dataclass(frozen=True)
class Story:
    """One case: who leads it, what it is about, how far it has come, what went wrong on the way."""

    advisor: str
    name: str
    trade: str
    women: int
    until: str
    days_ago: int = 0
    claimed: bool = False
    detours: dict[str, dict[str, str]] = field(default_factory=dict)


RETURNED = {
    "review_plan": {
        "outcome": "return",
        "marked_in_plan": "products",
        "remarks": "Doanh thu năm thứ hai tăng gấp ba mà không nêu đầu ra. Đề nghị bổ sung hợp đồng hoặc thư cam kết.",
    }
}

STORIES = [
    # Leads
    Story("lan", "HTX Măng khô Bác Ái", "Sơ chế măng le", 9, "screen_lead", 2),
    Story("lan", "HTX Chuối cô đơn Phước Bình", "Chuối và bột chuối", 12, "screen_lead", 9),
    Story("lan", "HTX Gà đồi Phước Đại", "Nuôi gà thả đồi", 8, "screen_lead", 1, claimed=True),
    Story("lan", "HTX Mật ong rừng Phước Thành", "Mật ong", 7, "screen_lead", 12, claimed=True),
    Story("cuc", "HTX Dệt may Lâm Sơn", "May gia công", 15, "screen_lead", 3),
    Story("dao", "HTX Rau má Phước Hậu", "Rau và trà rau má", 11, "screen_lead", 8),
    Story("hue", "HTX Nha đam Thuận Nam", "Nha đam", 10, "screen_lead", 0),
    # Consultation
    Story("lan", "HTX Đan lát Bác Ái Đông", "Mây tre đan", 14, "survey_needs", 6),
    Story("lan", "HTX Bò vàng Phước Tiến", "Chăn nuôi bò", 9, "survey_needs", 4, claimed=True),
    Story("lan", "HTX Rượu cần Raglai", "Rượu cần", 13, "hold_consultation", 20),
    Story("cuc", "HTX Bưởi da xanh Ninh Sơn", "Bưởi", 16, "hold_consultation", 15, claimed=True),
    Story("cuc", "HTX Sầu riêng Lâm Sơn", "Sầu riêng", 10, "form_founding_group", 25),
    Story("dao", "HTX Gốm đất nung Bàu Mẫu", "Gốm", 18, "form_founding_group", 30, claimed=True),
    Story("hue", "HTX Muối sạch Cà Ná", "Muối", 20, "survey_needs", 5),
    Story("sen", "HTX Bánh căn Phan Rang", "Bánh dân gian", 8, "hold_consultation", 18),
    # Business plan
    Story("lan", "HTX Táo xanh Phước Trung", "Táo", 12, "draft_plan", 40, claimed=True),
    Story("lan", "HTX Dược liệu Phước Hòa", "Cây thuốc", 9, "review_plan", 45),
    Story("cuc", "HTX Hạt điều Mỹ Sơn", "Hạt điều", 11, "draft_charter", 38),
    Story("cuc", "HTX Nấm rơm Quảng Sơn", "Nấm rơm", 10, "review_plan", 42, claimed=True),
    Story("dao", "HTX Nho đỏ Phước Thuận", "Nho", 22, "draft_plan", 50, detours=RETURNED),
    Story("dao", "HTX Dệt thổ cẩm Mỹ Mẫu", "Thổ cẩm", 25, "review_plan", 60, detours=RETURNED),
    Story("hue", "HTX Dê cừu Phước Dinh", "Dê, cừu", 9, "hold_founding_conference", 55),
    Story("sen", "HTX Nước mắm Đông Hải", "Nước mắm", 14, "hold_founding_conference", 58, claimed=True),
    Story("hue", "HTX Măng tây Phước Hà", "Măng tây xanh", 12, "draft_charter", 33, claimed=True),
    # Registration
    Story("lan", "HTX Heo đen Bác Ái", "Heo đen", 10, "prepare_dossier", 70),
    Story("lan", "HTX Cà phê Phước Bình", "Cà phê", 12, "file_dossier", 75, claimed=True),
    Story("cuc", "HTX Dưa lưới Ninh Sơn", "Dưa lưới", 9, "record_registration_result", 80),
    Story(
        "dao",
        "HTX Hành tím Phước Hữu",
        "Hành tím",
        13,
        "prepare_dossier",
        85,
        detours={"record_registration_result": {"outcome": "amend"}},
    ),
    Story("hue", "HTX Rong sụn Cà Ná", "Rong sụn", 17, "record_registration_result", 78, claimed=True),
    Story("sen", "HTX Hải sản khô Phan Rang", "Hải sản khô", 15, "file_dossier", 72),
    # Market and credit
    Story("lan", "HTX Bắp nếp Phước Tân", "Bắp nếp", 11, "link_market", 100),
    Story("lan", "HTX Lúa nếp cẩm Bác Ái", "Nếp cẩm", 14, "request_credit", 105, claimed=True),
    Story("cuc", "HTX Tỏi đen Ninh Sơn", "Tỏi", 10, "decide_credit", 110),
    Story("dao", "HTX Rượu nho Ninh Phước", "Rượu nho", 16, "decide_credit", 115),
    Story("hue", "HTX Nha đam sấy Phước Nam", "Nha đam sấy", 12, "confirm_linkage", 120),
    Story("sen", "HTX Chả cá Phan Rang", "Chả cá", 9, "confirm_linkage", 125, claimed=True),
    Story(
        "sen",
        "HTX Yến sào Đô Vinh",
        "Yến sào",
        8,
        "link_market",
        130,
        detours={"confirm_linkage": {"decision": "return", "reason": "Chưa có bản hợp đồng bao tiêu kèm theo."}},
    ),
    # Linked
    Story("lan", "HTX Đậu xanh Phước Chính", "Đậu xanh", 13, "follow_up_6_months", 150),
    Story("cuc", "HTX Mía đường Ninh Sơn", "Mía", 18, "follow_up_6_months", 160),
    Story("dao", "HTX Táo sấy Ninh Phước", "Táo sấy", 21, "follow_up_6_months", 170),
    # Closed on the way
    Story(
        "lan",
        "HTX Trùn quế Phước Thắng",
        "Trùn quế",
        5,
        TO_THE_END,
        60,
        detours={
            "screen_lead": {
                "decision": "decline",
                "reason": "Nhóm chỉ có hai hộ và muốn vay cá nhân; đã hướng dẫn sang tổ tiết kiệm.",
            }
        },
    ),
    Story(
        "cuc",
        "HTX Hoa lan Ninh Sơn",
        "Hoa lan",
        7,
        TO_THE_END,
        65,
        detours={
            "hold_consultation": {
                "outcome": "stop",
                "reason": "Các chị muốn tiếp tục mô hình tổ tiết kiệm thêm một năm.",
            }
        },
    ),
    Story(
        "dao",
        "HTX Bánh tráng Phước Dân",
        "Bánh tráng",
        9,
        TO_THE_END,
        90,
        detours={
            "record_registration_result": {
                "outcome": "refused",
                "refusal_reasons": "Tên trùng với hợp tác xã đã đăng ký tại tỉnh khác.",
            }
        },
    ),
    Story(
        "hue",
        "THT Đan lưới Phước Diêm",
        "Đan lưới",
        10,
        "draft_plan",
        48,
        detours={"hold_consultation": {"outcome": "group"}},
    ),
]


def play_stories(by: User) -> None:
    """Open every case and carry it as far as its story says; give the inspectorate what it asked for."""
    users = {user.username: user for user in User.objects.all()}
    for number, story in enumerate(STORIES, 1):
        _play(story, number, users)
    inspectorate = Organisation.objects.get(code="thanh-tra-kh")
    until = timezone.now() + timedelta(days=90)
    for case in Case.objects.filter(stage__in=["linkage", "linked"]).order_by("pk"):
        act = GrantAccess(case.pk, inspectorate, CaseAccess.Kind.INSPECT, "Kế hoạch thanh tra mẫu năm 2026", until)
        perform(act, by=users["van"], channel=Channel.COMMAND)


def _play(story: Story, number: int, users: dict[str, User]) -> None:
    advisor = users[story.advisor]
    organisation = Organisation.objects.get(memberships__user=advisor)
    lead = OpenCase(
        organisation,
        AdministrativeUnit.objects.select_related("parent").get(organisations=organisation),
        story.name,
        contact_name=founder_name(number, 0),
        contact_phone=f"+8490000{number:04d}",
        trade=story.trade,
        women_interested=story.women,
        received_on=timezone.localdate() - timedelta(days=story.days_ago),
    )
    receipt = perform(lead, by=advisor, channel=Channel.COMMAND)
    _carry(receipt.case_id, story, users, dict(story.detours))


def _carry(case_id: Any, story: Story, users: dict[str, User], detours: dict[str, dict[str, str]]) -> None:
    for _step in range(60):
        tasks = list(_open_tasks(case_id))
        if not tasks:
            return
        # A parallel branch that is not the goal is finished first, so that the goal is what is left open.
        goal = next((t for t in tasks if t.node == story.until), None) if not detours else None
        others = [t for t in tasks if t is not goal]
        if goal and (len(tasks) == 1 or story.until in {"draft_plan", "link_market"}):
            _leave_open(goal, story, users)
            return
        task = others[0]
        worker = _worker(task, users, story)
        perform(ClaimTask(task.pk), by=worker, channel=Channel.COMMAND, request_id=uuid4())
        finish(task.pk, worker, {**answer_for(task), **detours.pop(task.node, {})})


def _open_tasks(case_id: int | None):
    return Task.objects.open().filter(case_id=case_id).select_related("case", "organisation").order_by("pk")


def _leave_open(task: Task, story: Story, users: dict[str, User]) -> None:
    if story.claimed:
        perform(ClaimTask(task.pk), by=_worker(task, users, story), channel=Channel.COMMAND, request_id=uuid4())


def _worker(task: Any, users: dict[str, User], story: Story) -> User:
    """The advisor of the story, or the first person of the organisation with the task's role."""
    seats = task.organisation.memberships.filter(role=task.role).order_by("pk").values_list("user__username", flat=True)
    names = list(seats)
    return users[story.advisor if story.advisor in names else names[0]]
