"""What organising looks like in the demo: a hold, an answer waited for, an extension, a correction, an absence."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.acts import Act, perform
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.organisations.absences import SetAbsence
from casework.organisations.models import Organisation, User
from workflows.acts import ClaimTask
from workflows.clock.calendar import calendar_between
from workflows.desk.view_acts import SaveView
from workflows.engine.models import Priority, Task
from workflows.holds.acts import HoldCase
from workflows.holds.models import Hold
from workflows.holds.task_acts import ExtendTask, SetPriority, WaitForAnswer
from workflows.steering.corrections import ReturnToStep


def organise() -> None:
    """Let the people of the demo organise their work, by acts."""
    users = {user.username: user for user in User.objects.all()}
    for who, act in _acts(users):
        perform(act, by=users[who], channel=Channel.COMMAND)


def _acts(users: dict[str, User]) -> list[tuple[str, Act]]:
    today = timezone.localdate()
    held = Case.objects.get(working_name="HTX Bưởi da xanh Ninh Sơn")
    nets, pottery = _task("THT Đan lưới Phước Diêm"), _task("HTX Gốm đất nung Bàu Mẫu")
    cloth, mushrooms = _task("HTX Dệt thổ cẩm Mỹ Mẫu"), _task("HTX Nấm rơm Quảng Sơn")
    baskets = _task("HTX Đan lát Bác Ái Đông")
    who_stands_for_it = "Ghi rõ ai là người đại diện của nhóm"
    late = SaveView("Quá hạn của cả tỉnh", "tab=organisation&due=late", Organisation.objects.get(code="hlhpn-kh"))
    away = SetAbsence(users["mai"], users["lan"], today, today + timedelta(days=9), "Đi tập huấn mẫu")
    return [
        ("cuc", HoldCase(held.pk, "Cả nhóm đang vào mùa thu hoạch", _working_day(today + timedelta(days=21)))),
        ("hue", ClaimTask(nets.pk)),
        ("hue", WaitForAnswer(nets.pk, Hold.Waits.FOUNDER, "Chờ các chị gửi số liệu lưới bán năm ngoái")),
        ("hanh", ExtendTask(pottery.pk, _later(pottery, today), "Nhóm chờ thêm ba hộ cùng tham gia")),
        ("hanh", SetPriority(cloth.pk, Priority.URGENT, "Hạn nộp hồ sơ hỗ trợ cuối tháng")),
        ("mai", ClaimTask(baskets.pk)),
        ("mai", away),
        (_owner(mushrooms), ReturnToStep(mushrooms.pk, "form_founding_group", who_stands_for_it, [])),
        ("hanh", late),
    ]


def _task(working_name: str) -> Any:
    """The open task of a case of the demo."""
    return Task.objects.open().select_related("owner", "case").filter(case__working_name=working_name).order_by("pk")[0]


def _owner(task: Any) -> str:
    return task.owner.username


def _later(task: Any, today: date) -> date:
    """A working day some days after the deadline of a task, and after today."""
    return _working_day(max(timezone.localdate(task.due_at), today) + timedelta(days=7))


def _working_day(day: date) -> date:
    """The day itself, or the next one that is worked."""
    calendar = calendar_between(day, day + timedelta(days=30))
    return next(later for later in (day + timedelta(days=n) for n in range(30)) if calendar.is_working_day(later))
