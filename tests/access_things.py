"""The world of tests/test_access.py: one object of each kind, by the name that the table gives it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casework.acts import perform
from casework.cases.acts import GrantAccess
from casework.exports.acts import AskForExport
from casework.linkage.credit.acts import OpenRoom
from casework.linkage.market.links import live_links
from casework.models import (
    AdministrativeUnit,
    Case,
    CaseAccess,
    CaseLink,
    ChecklistItem,
    Consent,
    ContributedAsset,
    Cooperative,
    CreditApplication,
    CreditQuestion,
    DocumentVersion,
    Fact,
    Member,
    MemberListUpload,
    Note,
    Office,
    Organisation,
    PlanComment,
    ReportingPeriod,
    RosterUpload,
    RuleCheck,
    User,
)
from casework.organisations.absences import SetAbsence
from casework.organisations.acts import Appoint, EnterOrganisation
from casework.programme.reports.acts import StartReport
from casework.programme.roster.reader import read_bytes
from casework.rules.editing import DraftParameter
from casework.signing_in.acts import SignIn
from notifications import outbox
from notifications.models import Delivery, Notification
from tests.cabinet import fill_the_file
from tests.factories import in_a_month
from tests.programme_things import kept_by_people
from workflows.clock.models import CalendarDay
from workflows.clock.settings.calendar_acts import SetCalendarDay
from workflows.credit_room.acts import AskLead
from workflows.desk.feed_acts import MakeFeed, digest_of
from workflows.desk.view_acts import SaveView
from workflows.errands.models import Errand


def build_things(world) -> dict[str, Any]:
    """The objects of the table by their names, as arguments of addresses."""
    _second_inspector(world)
    a, b, c = world.open_case(), world.open_case("cuc", "HTX Rong Biển"), world.open_case("phuong", "HTX Cà Phê")
    k = world.open_case(name="HTX Bưởi Da Xanh")
    until = timezone.localdate() + timedelta(days=7)
    asked_for = {"lender": world.organisation("bank-kh").pk, "consent_until": f"{until:%d/%m/%Y}"}
    world.finish(world.advance(k, "request_credit"), **asked_for)
    credit = world.task(k, "decide_credit")
    taken = world.task(world.open_case(name="HTX Măng Tây"))
    world.claim(taken, world.lan)
    perform(
        GrantAccess(a.pk, world.organisation("inspect-kh"), CaseAccess.Kind.INSPECT, "yearly check", in_a_month()),
        by=world.van,
    )
    asked = CreditApplication.latest_of(k)
    perform(AskLead(asked.pk, "Ai bảo lãnh?"), by=world.ngan)
    perform(OpenRoom(asked.pk), by=world.ngan)
    fill_the_file(world, k)
    tasks = {"waiting": world.task(a), "taken": taken, "credit": credit, "other": world.task(c)}
    return {
        **{name: {"code": case.code} for name, case in {"A": a, "B": b, "C": c, "K": k}.items()},
        **{name: {"pk": task.pk} for name, task in tasks.items()},
        "upload": {"pk": _upload(world)},
        "loan": {"pk": asked.pk},
        "inspection": {"pk": CaseAccess.objects.get(case=a, kind="inspect").pk},
        "-": {},
        **inside_of(k),
        **register_and_law(world, a, c, k),
        **organised(world),
    }


def inside_of(case: Case) -> dict[str, dict[str, Any]]:
    """For each address inside a case, the arguments beside its code that name something of this case."""
    member = Member.objects.filter(case=case, until=None).order_by("pk")[0]
    asset = ContributedAsset.objects.get(case=case)
    version = DocumentVersion.objects.filter(case=case, media_type="application/pdf").order_by("pk")[0]
    document, of_member = {"pk": version.document_id}, {"pk": member.pk}
    link = {"link": live_links(case)[0].pk}
    return {
        "people:import_preview": {"upload": MemberListUpload.objects.get(for_case=case).request_id},
        "people:end_office": {"pk": Office.objects.filter(case=case, until=None).order_by("pk")[0].pk},
        "people:member": of_member,
        "people:leave": of_member,
        "people:new_asset": of_member,
        "people:asset": {"pk": asset.member_id, "asset": asset.pk},
        "people:reveal": {"person": member.person_id, "what": "id_number"},
        "plans:add_remark": {"version": 1},
        "plans:add_charter_remark": {"version": 1},
        "plans:settle_remark": {"remark": PlanComment.objects.filter(case=case).order_by("pk")[0].pk},
        "rules:check": {"pk": RuleCheck.objects.filter(case=case).order_by("pk")[0].pk},
        **shared(case),
        **{f"market:{name}": link for name in ("correct", "withdraw", "verify", "outcome")},
        "rules:override": {"rule": "R9"},
        "rules:withdraw": {"rule": "R9"},
        "papers:make": {"paper": "khao-sat"},
        "documents:download": {"pk": version.pk},
        "documents:look": {"pk": version.pk},
        "documents:preview": {"pk": version.pk, "page": 1},
        "documents:replace": document,
        "documents:circle": document,
        "documents:withdraw": document,
        "notes:strike": {"pk": Note.objects.filter(case=case).order_by("pk")[0].pk},
        "notes:unlink": {"pk": CaseLink.objects.get(case=case).pk},
        "notes:withdraw_errand": {"pk": Errand.objects.get(case=case).pk},
    }


def shared(case: Case) -> dict[str, dict[str, Any]]:
    """What is shared of a case with its lender: the consent, the share, a question that waits."""
    return {
        "sharing:withdraw": {"pk": Consent.objects.get(case=case).pk},
        "sharing:revoke": {"pk": CaseAccess.objects.get(case=case, kind="share").pk},
        "sharing:answer": {"pk": CreditQuestion.objects.get(case=case).pk},
    }


def register_and_law(world, a: Case, c: Case, k: Case) -> dict[str, Any]:
    """An entry of the register, a draft of a number, an item of a checklist, and pairs of leads."""
    entry = Cooperative.objects.get(cases=k)
    fact = Fact.objects.filter(cooperative=entry).order_by("pk")[0]
    draft = perform(DraftParameter("members_at_least_htx", 6, date(2030, 1, 1), "Luật thử"), by=world.van).result
    return {
        "entry": {"pk": entry.pk},
        "cooperatives:note": {"what": "figure"},
        "cooperatives:withdraw": {"kind": "fact", "note_id": fact.pk},
        "draft": {"pk": draft["draft"]},
        "item": {"pk": ChecklistItem.objects.order_by("pk")[0].pk},
        "AK": {"kind": "lead", "one": a.pk, "other": k.pk},
        "AC": {"kind": "lead", "one": a.pk, "other": c.pk},
    }


def organised(world) -> dict[str, Any]:
    """People, an absence of mai, a view and a calendar address of lan, what she was told, and background work."""
    today = timezone.localdate()
    away = perform(SetAbsence(world.mai, world.lan, today, today, "họp"), by=world.mai).result
    view = perform(SaveView("Của tôi", "tab=mine"), by=world.lan).result
    change = perform(SetCalendarDay(None, date(2027, 3, 15), "off", "Nghỉ thử", "Quyết định thử"), by=world.van).result
    secret = "x" * 43
    perform(MakeFeed(digest_of(secret)), by=world.lan)
    while outbox.pump():
        pass
    told = Notification.objects.filter(user=world.lan).order_by("pk")[0]
    delivery = Delivery.objects.create(channel="email", user=world.lan, notification=told, idem_key="thử")
    dead = DBTaskResult.objects.create(
        status="FAILED",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="casework.background.chores.tidy",
        backend_name="default",
        run_after=timezone.now(),
    )
    return {
        "mai": {"pk": world.mai.pk},
        "phuong": {"pk": world.phuong.pk},
        "absence": {"absence": away["absence"]},
        "view": {"pk": view["view"]},
        "day": {"pk": CalendarDay.objects.get(day=date(2027, 3, 15)).pk},
        "change": {"change": change["change"]},
        "feed": {"secret": secret},
        "message": {"pk": told.pk},
        "delivery": {"pk": delivery.pk},
        "dead": {"pk": dead.pk},
        "place": {"pk": perform(SignIn("k" * 40, None, "Máy thử"), by=world.lan).result["place"]},
        **planned(world),
        **kept_by_people(world),
        "staff:relieve": {"seat": world.mai.memberships.get().pk},
        "staff:move": {"seat": world.mai.memberships.get().pk},
    }


def planned(world) -> dict[str, Any]:
    """Plans of organisations, the report of Bác Ái on this year, and a list that lan took out."""
    period = ReportingPeriod.objects.get(kind="year", year=2026)
    report = perform(StartReport(world.organisation("wu-kh-a").pk, period.pk), by=world.lan).result
    export = perform(AskForExport("tasks", "", ("name",), "csv", "vi", 0), by=world.lan).result
    of_2026 = {"kind": "year", "year": 2026}
    return {
        "report": {"pk": report["report"]},
        "reports:numbers": {"code": "courses"},
        "reports:file": {"format": "xlsx"},
        "export": {"pk": UUID(export["export"])},
        "list": {"name": "tasks"},
        "plan": {**of_2026, "code": "wu-kh-a"},
        "plan_above": {**of_2026, "code": "wu-kh"},
        "plan_far": {**of_2026, "code": "wu-ld"},
        "targets:number": {"indicator": "courses"},
        "targets:set": {"indicator": "courses"},
    }


def _second_inspector(world) -> None:
    area = AdministrativeUnit.objects.get(code="56")
    act = EnterOrganisation("inspect-2", "Thanh tra Thử nghiệm thứ hai", "inspectorate", "province", area)
    office = perform(act, by=world.owner).result["organisation"]
    tuan = User.objects.create_user("tuan", full_name="Ngô Mẫu Tuấn")
    perform(Appoint(tuan, Organisation.objects.get(pk=office), "inspector"), by=world.owner)


def _upload(world) -> UUID:
    """A roster that the administrator is about to import."""
    rows = "STT,Tên HTX,Xã,Sản phẩm,Số thành viên nữ\n1,HTX Nho Xanh,Xã Ninh Phước,Nho,12\n"
    read = read_bytes(rows.encode(), "ds.csv")
    upload = RosterUpload(uploaded_by=world.van, organisation=world.organisation("wu-kh"), roster=read.wire())
    upload.save()
    return upload.pk
