"""The programme in the demo: targets of the plan, cooperatives that are strengthened, two yearly reports."""

from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from casework.acts import perform
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.organisations.models import Organisation, User
from casework.programme.acts import import_roster
from casework.programme.indicators.models import Indicator, ReportingPeriod
from casework.programme.roster.reader import read_bytes
from casework.programme.targets.acts import SetTarget
from casework.strengthening.opening import OpenConsolidation, OpenConversion
from workflows.acts import ClaimTask
from workflows.demo.answers import answer_for
from workflows.demo.credit import ask_two_lenders
from workflows.demo.data_requests import show_data_requests
from workflows.demo.kept import show_kept
from workflows.demo.play import finish
from workflows.demo.programmes import show_programmes
from workflows.demo.reports import show_reports
from workflows.demo.reviews import show_reviews
from workflows.demo.signing_in import show_sessions
from workflows.demo.status_codes import show_status_codes
from workflows.engine.models import Task

_PLAN = "Kế hoạch mẫu của UBND tỉnh thực hiện Đề án 01"
# What the plan of the province asks for (programme-plan: one new cooperative, all women managers trained, credit).
_OF_THE_PROVINCE = {"new-cooperatives": 1, "women-managers-trained-share": 100, "credit-amount": 500_000_000}
_OF_A_COMMUNE = {"new-cooperatives": 1}
# Cases whose cooperative is strengthened, and the step at which that case stands.
_STRENGTHENED = {
    "HTX Đậu xanh Phước Chính": "review_operations",
    "HTX Mía đường Ninh Sơn": "review_strengthening",
    "HTX Táo sấy Ninh Phước": "link_market",
}


# An invented group, as an officer lists it.
_GROUP = """STT,"Tên HTX, THT",Loại hình,Xã/phường,Tỉnh,Ngày thành lập,Số thành viên,Trong đó nữ,Sản phẩm
1,Tổ hợp tác Rau sạch Mẫu,THT,xã Bác Ái,Khánh Hòa,15/03/2022,9,8,rau
"""


def show_programme() -> None:
    """Let the people of the demo plan, strengthen and report, by acts."""
    users = {user.username: user for user in User.objects.all()}
    for name, step in _STRENGTHENED.items():
        _strengthen(name, step, users)
    _convert(users)
    show_programmes(users)
    show_kept(users)
    show_reviews(users)
    for period in ReportingPeriod.objects.filter(kind="year", first_day__lte=timezone.localdate()).order_by("year"):
        _set("hlhpn-kh", period, _OF_THE_PROVINCE, users)
        _set("hlhpn-bac-ai", period, _OF_A_COMMUNE, users)
    show_reports(users)
    ask_two_lenders(users)
    show_status_codes(users)
    show_data_requests(users)
    show_sessions([users["lan"], users["hanh"]])


def _convert(users: dict[str, User]) -> None:
    """A group of the register becomes a cooperative; its members have agreed, the plan is next."""
    union = Organisation.objects.select_related("area__parent").get(code="hlhpn-bac-ai")
    import_roster(read_bytes(_GROUP.encode(), "to-hop-tac.csv"), union, by=User.objects.system())
    entry = Cooperative.objects.get(legal_form="THT", commune=union.area)
    act = OpenConversion(entry, union, "Tổ muốn ký hợp đồng với cửa hàng")
    case_id = perform(act, by=users["lan"], channel=Channel.COMMAND).case_id
    _carry(case_id, "draft_plan", users["lan"], users)


def _set(code: str, period: ReportingPeriod, targets: dict[str, int], users: dict[str, User]) -> None:
    organisation = Organisation.objects.get(code=code)
    for indicator, value in targets.items():
        pk = Indicator.objects.get(code=indicator).pk
        act = SetTarget(organisation.pk, period.pk, pk, Decimal(value), _PLAN)
        perform(act, by=users["hanh"], channel=Channel.COMMAND)


def _strengthen(name: str, until: str, users: dict[str, User]) -> None:
    """Open the case as the advisor of the founding case, and carry it to a step."""
    founded = Case.objects.select_related("cooperative", "lead_organisation", "opened_by").get(working_name=name)
    if founded.cooperative is None:
        return
    act = OpenConsolidation(founded.cooperative, founded.lead_organisation, "Rà soát hằng năm")
    case_id = perform(act, by=founded.opened_by, channel=Channel.COMMAND).case_id
    _carry(case_id, until, founded.opened_by, users)


def _carry(case_id: int | None, until: str, advisor: User, users: dict[str, User]) -> None:
    """Finish steps with plausible answers until one is next."""
    while (task := _next(case_id)) is not None and task.node != until:
        worker = advisor if task.role == "advisor" else users["binh"]
        perform(ClaimTask(task.pk), by=worker, channel=Channel.COMMAND, request_id=uuid4())
        finish(task.pk, worker, answer_for(task))


def _next(case_id: int | None) -> Task | None:
    """The oldest open task of a case."""
    return Task.objects.open().filter(case_id=case_id).select_related("case", "organisation").order_by("pk").first()
