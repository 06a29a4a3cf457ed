"""The world of the tests: two provinces with organisations and people, and cases brought anywhere by acts.

People are invented. In Khánh Hòa: `lan` and `mai` advise in one commune, `cuc` in another, `hanh` supervises for
the province, `binh` and `bao` review for the Alliance, `ngan` and `nga` decide on credit in two lenders, `van`
administers, `thanh` inspects. In Lâm Đồng: `phuong` advises, `quynh` reviews, `son` supervises. `stranger` has
no seat at all.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.utils import timezone

from casework.acts import Receipt, perform
from casework.cases.acts import OpenCase
from casework.cases.models import Case
from casework.organisations.acts import Appoint, EnterOrganisation
from casework.organisations.models import AdministrativeUnit, Organisation, User
from casework.organisations.standing import Standing, standing_of
from workflows.acts import ClaimTask
from workflows.demo.answers import answer_for
from workflows.demo.play import finish
from workflows.engine.models import Task

PASSWORD = "mật khẩu của thử nghiệm"
SINCE = date(2025, 7, 1)

# code, name, kind, level, area code, parent
ORGANISATIONS = [
    ("wu-kh", "Hội LHPN tỉnh Khánh Hòa", "womens_union", "province", "56", None),
    ("wu-kh-a", "Hội LHPN xã Bác Ái", "womens_union", "commune", "22795", "wu-kh"),
    ("wu-kh-b", "Hội LHPN xã Ninh Sơn", "womens_union", "commune", "22810", "wu-kh"),
    ("al-kh", "Liên minh HTX tỉnh Khánh Hòa", "alliance", "province", "56", None),
    ("bank-kh", "Ngân hàng Thử nghiệm Khánh Hòa", "lender", "province", "56", None),
    ("fund-kh", "Quỹ Thử nghiệm Khánh Hòa", "lender", "province", "56", None),
    ("office-kh", "Văn phòng Đề án Khánh Hòa", "programme_office", "province", "56", None),
    ("inspect-kh", "Thanh tra Thử nghiệm Khánh Hòa", "inspectorate", "province", "56", None),
    ("wu-ld", "Hội LHPN tỉnh Lâm Đồng", "womens_union", "province", "68", None),
    ("al-ld", "Liên minh HTX tỉnh Lâm Đồng", "alliance", "province", "68", None),
]
# user name, full name, organisation, role
PEOPLE = [
    ("lan", "Nguyễn Mẫu Lan", "wu-kh-a", "advisor"),
    ("mai", "Trần Mẫu Mai", "wu-kh-a", "advisor"),
    ("cuc", "Lê Mẫu Cúc", "wu-kh-b", "advisor"),
    ("hanh", "Phạm Mẫu Hạnh", "wu-kh", "supervisor"),
    ("binh", "Võ Mẫu Bình", "al-kh", "reviewer"),
    ("bao", "Đỗ Mẫu Bảo", "al-kh", "reviewer"),
    ("ngan", "Hồ Mẫu Ngân", "bank-kh", "credit_officer"),
    ("nga", "Bùi Mẫu Nga", "fund-kh", "credit_officer"),
    ("van", "Đặng Mẫu Vân", "office-kh", "administrator"),
    ("thanh", "Dương Mẫu Thanh", "inspect-kh", "inspector"),
    ("phuong", "Lý Mẫu Phương", "wu-ld", "advisor"),
    ("son", "Mai Mẫu Sơn", "wu-ld", "supervisor"),
    ("quynh", "Tạ Mẫu Quỳnh", "al-ld", "reviewer"),
]


def in_a_month() -> datetime:
    """An end for what must have one."""
    return timezone.now() + timedelta(days=30)


def build_world() -> None:
    """Enter the organisations and appoint the people, by acts."""
    owner = User.objects.create_superuser("owner", password=PASSWORD, full_name="Chủ Hệ Thống")
    organisations: dict[str | None, Organisation | None] = {None: None}
    for code, name, kind, level, area, parent in ORGANISATIONS:
        unit = AdministrativeUnit.objects.get(code=area)
        act = EnterOrganisation(code, name, kind, level, unit, organisations[parent], SINCE)
        organisations[code] = Organisation.objects.get(pk=perform(act, by=owner).result["organisation"])
    for username, full_name, organisation, role in PEOPLE:
        user = User.objects.create_user(username, password=PASSWORD, full_name=full_name)
        perform(Appoint(user, organisations[organisation], role, SINCE), by=owner)
    User.objects.create_user("stranger", password=PASSWORD, full_name="Người Lạ")


@dataclass(frozen=True)
class World:
    """Finds people and organisations by name, and moves cases by acts."""

    def __getattr__(self, username: str) -> User:
        """`world.lan` is the person with that user name."""
        try:
            return User.objects.get(username=username)
        except User.DoesNotExist:
            raise AttributeError(username) from None

    def organisation(self, code: str) -> Organisation:
        return Organisation.objects.get(code=code)

    def standing(self, username: str) -> Standing:
        return standing_of(User.objects.get(username=username))

    @cached_property
    def _users(self) -> dict[str, User]:
        return {user.username: user for user in User.objects.all()}

    def open_case(self, by: str = "lan", name: str = "HTX Nấm Hoa Sen", **more: Any) -> Case:
        """A lead that has just come in, in the first organisation of the person."""
        user = self._users[by]
        organisation = Organisation.objects.select_related("area").get(
            pk=standing_of(user).organisations_with("open_case")[0]
        )
        lead = {"contact_name": "Trần Thị Mẫu", "contact_phone": "+84900000001", "trade": "Nấm", **more}
        area = lead.pop("area", None) or organisation.area
        if area.level == "province":
            area = area.communes.order_by("code").first()
        receipt = perform(OpenCase(organisation, area, name, **lead), by=user)
        return Case.objects.get(pk=receipt.case_id)

    def task(self, case: Case, node: str | None = None) -> Task:
        """The newest open task of a case, of a certain step if named."""
        tasks = Task.objects.open().filter(case=case).order_by("-pk")
        return (tasks.filter(node=node) if node else tasks)[0]

    def worker(self, task: Task) -> User:
        """Somebody who may do the task: its owner, or the first person with the right."""
        if task.owner_id:
            return task.owner
        seats = task.organisation.memberships.order_by("pk")
        return (seats.filter(role=task.role) if task.role else seats)[0].user

    def claim(self, task: Task, by: User | None = None) -> User:
        """Take a task."""
        user = by or self.worker(task)
        perform(ClaimTask(task.pk), by=user, request_id=uuid4())
        return user

    def finish(self, task: Task, by: User | None = None, **fields: Any) -> Receipt:
        """Take a task if nobody has it, and finish it with plausible answers, some of them given here."""
        task = Task.objects.select_related("case", "organisation", "owner").get(pk=task.pk)
        user = by or self.worker(task)
        if task.owner_id is None:
            perform(ClaimTask(task.pk), by=user, request_id=uuid4())
        return finish(task.pk, user, {**answer_for(task), **fields})

    def advance(self, case: Case, to: str) -> Task:
        """Finish tasks of a case until one of the step `to` is open, and return that one."""
        for _attempt in range(40):
            tasks = list(Task.objects.open().filter(case=case).order_by("pk"))
            found = next((task for task in tasks if task.node == to), None)
            if found:
                return found
            self.finish(tasks[0])
        raise AssertionError(f"{case} never reaches {to}")
