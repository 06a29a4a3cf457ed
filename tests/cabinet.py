"""One of everything that a case file can hold beside its steps, put in by acts."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from casework.acts import perform
from casework.cases.models import Case
from casework.documents.acts import AddDocument, NewFile
from casework.documents.papers.acts import KeepPapers, make
from casework.documents.storage import store
from casework.filings.status import NoteOuterStatus
from casework.linkage.credit.acts import NoteRepayment, OpenRoom, RecordDisbursement
from casework.linkage.market.acts import AddLink
from casework.models import Cooperative, CreditApplication, LegalParameter, Member, OuterStatus
from casework.notes.acts import LinkCases, WriteNote
from casework.people.acts import AssetData, DeclareTies, EnterAsset, Tie
from casework.people.roll.reading import read_list
from casework.people.roll.uploads import keep_upload
from casework.plans.comments import AddRemark
from casework.plans.models import BusinessPlan, Charter
from casework.plans.visits import RecordVisit
from casework.rules.acts import OverrideRule
from casework.status_lookup.acts import GiveStatusCode
from casework.strengthening.opening import OpenConsolidation, OpenConversion
from workflows.clock.calendar import calendar_between
from workflows.credit_room.acts import AnswerLender, AskLead
from workflows.engine.models import Task
from workflows.errands.acts import GiveErrand
from workflows.holds.task_acts import AnswerCame, ExtendTask, WaitForAnswer


def fill_the_file(world, case: Case) -> None:
    """A registered case of lan's gets one of everything; the case itself stays where it is."""
    case = Case.objects.select_related("area__parent", "lead_organisation", "reviewing_organisation", "contact").get(
        pk=case.pk
    )
    _people(world, case)
    _papers(world, case)
    plan, charter = BusinessPlan.latest_of(case), Charter.latest_of(case)
    perform(AddRemark(case.pk, BusinessPlan, plan.pk, "market", "Nêu rõ người mua."), by=world.binh)
    perform(AddRemark(case.pk, Charter, charter.pk, "seat", "Ghi rõ thôn."), by=world.binh)
    today = timezone.localdate()
    present = [{"full_name": "Trần Mẫu Khách", "sex": "female", "role": "Khách mời"}]
    perform(RecordVisit(case.pk, today, "check", "Nhà văn hóa", "Chị Mẫu", "Đều đặn", present), by=world.lan)
    perform(NoteOuterStatus(case.pk, OuterStatus.Status.FINISHED, today), by=world.lan)
    perform(WriteNote(case.pk, "Gọi lại sau mùa gặt"), by=world.lan)
    perform(LinkCases(case.pk, world.open_case(name="HTX Liên Kết").pk, "supports"), by=world.lan)
    errand = perform(GiveErrand(case.pk, "Gọi cơ quan thuế", world.organisation("al-kh")), by=world.lan)
    _stand_still(world, Task.objects.get(pk=errand.result["task"]))
    link = {"kind": "contract", "partner": "Công ty Mẫu", "proof": "7/HĐ", "linked_on": today, "product": "Nấm"}
    perform(AddLink(case.pk, link), by=world.lan)
    _override(world, case)


def strengthen(world, founded: Case) -> Case:
    """The cooperative of a case is strengthened: its plan changes the registration, and the market is next."""
    entry = Cooperative.objects.get(cases=founded)
    opened = perform(OpenConsolidation(entry, world.organisation("wu-kh-a")), by=world.lan)
    case = Case.objects.get(pk=opened.case_id)
    world.finish(world.advance(case, "agree_plan"), changes=["name"])
    world.advance(case, "link_market")
    return case


def lend(world, case: Case) -> None:
    """The lender asks, is answered, grants, pays out and says how it is paid back; the founder can look it up."""
    asked, today = CreditApplication.latest_of(case), timezone.localdate()
    officer = world.worker(world.task(case, "decide_credit"))
    question = perform(AskLead(asked.pk, "Ai bảo lãnh?"), by=officer).result["question"]
    perform(AnswerLender(question, "Các thành viên."), by=world.lan)
    perform(OpenRoom(asked.pk), by=officer)
    world.finish(world.task(case, "decide_credit"), by=officer, decision="full", granted_amount=asked.amount)
    perform(RecordDisbursement(asked.pk, today, 1_000_000), by=officer)
    perform(NoteRepayment(asked.pk, "on_time", today), by=officer)
    perform(GiveStatusCode(case.pk), by=world.lan)


def convert(world, beside) -> Case:
    """A group of the same place becomes a cooperative; its members agreed."""
    group = Cooperative.objects.create(
        name="Tổ hợp tác Mẫu", legal_form="THT", commune=beside.commune, province=beside.province, roster_key="tổ mẫu"
    )
    opened = perform(OpenConversion(group, world.organisation("wu-kh-a")), by=world.lan)
    case = Case.objects.get(pk=opened.case_id)
    world.finish(world.task(case, "check_conversion"))
    return case


def _people(world, case: Case) -> None:
    members = list(Member.objects.filter(case=case, until=None).order_by("pk"))
    perform(EnterAsset(case.pk, members[0].pk, AssetData("other", "Máy sấy mẫu", 1_000_000)), by=world.lan)
    tie = Tie(members[2].person_id, members[3].person_id, "sibling")
    perform(DeclareTies(case.pk, [tie], timezone.localdate()), by=world.lan)
    rows = "STT,Họ và tên,Năm sinh,Vốn góp\n1,Trần Mẫu Xoan,1985,5.000.000\n"
    keep_upload(case, world.lan, read_list(rows.encode(), "ds.csv"))


def _papers(world, case: Case) -> None:
    made = make(case, ["khao-sat"])
    perform(KeepPapers(case.pk, made), by=world.lan)
    file = NewFile(store(ContentFile(made[0].printed.pdf).chunks()), "giấy.pdf", "application/pdf")
    perform(AddDocument(case.pk, "certificate", "Giấy chứng nhận", file), by=world.lan)


def _stand_still(world, task: Task) -> None:
    """A task outside the steps gets more time, waits for an answer, and goes on."""
    until = timezone.localdate(task.due_at) + timedelta(days=7)
    calendar = calendar_between(until, until + timedelta(days=30), task.case.area_id)
    while not calendar.is_working_day(until):
        until += timedelta(days=1)
    perform(ExtendTask(task.pk, until, "Cơ quan thuế hẹn lại"), by=world.hanh)
    world.claim(task, world.binh)
    perform(WaitForAnswer(task.pk, "partner", "Chờ cơ quan thuế"), by=world.binh)
    perform(AnswerCame(task.pk, "Đã trả lời"), by=world.binh)


def _override(world, case: Case) -> None:
    """A rule is broken for a moment by another number of the law, and let pass."""
    votes = LegalParameter.objects.filter(name="founding_votes_above_percent")
    before = votes.get().value
    votes.update(value=100)
    perform(OverrideRule(case.pk, "R9", "Đã có văn bản của cơ quan đăng ký"), by=world.hanh)
    votes.update(value=before)
