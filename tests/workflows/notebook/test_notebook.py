"""Notes are read by their circle, tasks outside the steps go through the inbox, links stand at both ends."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.notes.acts import EndLink, LinkCases, StrikeNote, WriteNote
from casework.notes.models import CaseLink, Note
from casework.organisations.standing import standing_of
from workflows.acts import CompleteTask
from workflows.engine.models import Task
from workflows.errands.acts import GiveErrand, WithdrawErrand
from workflows.errands.models import Errand


def note(world, case, by="lan", visibility="own", text="Chị Mẫu bận mùa gặt"):
    return perform(WriteNote(case.pk, text, visibility), by=getattr(world, by)).result["note"]


def readers(world, note_id):
    people = ["lan", "mai", "cuc", "hanh", "binh", "van", "ngan", "thanh", "phuong", "stranger"]
    return {p for p in people if Note.objects.visible_to(standing_of(getattr(world, p))).filter(pk=note_id).exists()}


def test_a_note_is_read_by_its_circle_only(world):
    case = world.open_case()
    assert readers(world, note(world, case)) == {"lan", "mai", "hanh"}
    assert readers(world, note(world, case, "binh")) == {"binh"}
    assert readers(world, note(world, case, visibility="partners")) == {"lan", "mai", "hanh", "binh", "van"}


def test_the_event_does_not_say_what_the_note_says(world):
    case = world.open_case()
    note(world, case, text="điều rất riêng tư")
    event = AuditEvent.objects.filter(case_id=case.pk).order_by("-seq")[0]
    assert event.verb == "note.written"
    assert "riêng tư" not in event.canon


def test_only_its_writer_strikes_a_note_out_and_it_stays_readable(world, client):
    case = world.open_case()
    pk = note(world, case)
    with pytest.raises(PermissionDenied):
        perform(StrikeNote(pk, "sai"), by=world.mai)
    perform(StrikeNote(pk, "sai"), by=world.lan)
    client.force_login(world.mai)
    page = client.get(reverse("notes:list", args=[case.code])).content.decode()
    assert "<del>Chị Mẫu bận mùa gặt</del>" in page
    with pytest.raises(ActionNotPossible):
        perform(StrikeNote(pk, "sai"), by=world.lan)


@pytest.mark.parametrize("who", ["thanh", "ngan", "phuong", "stranger", "cuc"])
def test_others_write_no_note(world, who):
    with pytest.raises(PermissionDenied):
        note(world, world.open_case(), who)


def give(world, case, **more):
    asked = {"organisation": world.organisation("al-kh"), "title": "Gọi cho cơ quan thuế", **more}
    return perform(GiveErrand(case.pk, **asked), by=world.lan).result


def test_an_errand_is_taken_and_finished_like_any_task(world, client):
    case = world.open_case()
    given = give(world, case, text="Hỏi về mã số thuế")
    task = Task.objects.get(pk=given["task"])
    assert (task.title, task.organisation.code, task.status) == ("Gọi cho cơ quan thuế", "al-kh", "NEW")

    client.force_login(world.binh)
    inbox = client.get(reverse("tasks:inbox"), {"tab": "queue"}).content.decode()
    assert "Gọi cho cơ quan thuế" in inbox
    world.claim(task, world.binh)
    page = client.get(reverse("tasks:task", args=[task.pk])).content.decode()
    assert "Hỏi về mã số thuế" in page
    answer = {"outcome": "done", "result": "Đã hỏi xong", "request_id": uuid4()}
    assert client.post(reverse("tasks:task", args=[task.pk]), answer).status_code == 302
    errand = Errand.objects.get(pk=given["errand"])
    assert errand.result == "Đã hỏi xong"
    assert errand.ended_at is not None


def test_an_errand_for_a_person_is_hers_at_once(world):
    day = timezone.localdate()
    given = give(world, world.open_case(), person=world.binh, due_on=day)
    task = Task.objects.get(pk=given["task"])
    assert (task.owner, task.status) == (world.binh, "ASSIGNED")
    assert timezone.localdate(task.due_at) == day


def test_an_errand_that_blocks_holds_up_the_next_stage_and_nothing_else(world):
    case = world.open_case()
    given = give(world, case, blocks_stage=True)
    task = world.task(case, "screen_lead")
    world.claim(task, world.lan)
    with pytest.raises(ActionNotPossible, match="Gọi cho cơ quan thuế"):
        perform(CompleteTask(task.pk, {"decision": "accept"}), by=world.lan)
    assert Case.objects.get(pk=case.pk).stage == "lead"

    perform(WithdrawErrand(given["errand"], "Không cần nữa"), by=world.lan)
    perform(CompleteTask(task.pk, {"decision": "accept"}), by=world.lan)
    assert Case.objects.get(pk=case.pk).stage == "consultation"


def test_a_withdrawn_errand_leaves_every_inbox(world, client):
    case = world.open_case()
    given = give(world, case, person=world.binh)
    with pytest.raises(PermissionDenied):
        perform(WithdrawErrand(given["errand"], "x"), by=world.cuc)
    with pytest.raises(PermissionDenied):
        perform(WithdrawErrand(given["errand"], "x"), by=world.mai)
    perform(WithdrawErrand(given["errand"], "Nhầm hồ sơ"), by=world.hanh)
    task = Task.objects.get(pk=given["task"])
    assert task.status == "CANCELED"
    assert task.process.status == "CANCELED"
    assert task.assignments.get().ended_how == "cancelled"
    assert not Task.objects.mine(world.standing("binh")).exists()
    with pytest.raises(ActionNotPossible):
        perform(WithdrawErrand(given["errand"], "x"), by=world.lan)


def test_refusals_of_an_errand(world):
    case = world.open_case()
    with pytest.raises(ActionNotPossible, match="Ngân hàng"):
        give(world, case, organisation=world.organisation("bank-kh"))
    with pytest.raises(ActionNotPossible):
        give(world, case, due_on=timezone.localdate().replace(year=2020))
    with pytest.raises(ActionNotPossible):
        give(world, case, person=world.ngan)
    with pytest.raises(PermissionDenied):
        perform(GiveErrand(case.pk, "x", world.organisation("al-kh")), by=world.thanh)


def test_a_link_stands_at_both_ends_and_in_both_histories(world, client):
    one, two = world.open_case(), world.open_case(name="HTX Gừng")
    link = perform(LinkCases(one.pk, two.pk, "supports", "Cùng xưởng"), by=world.lan).result["link"]
    verbs = AuditEvent.objects.filter(verb="cases.linked").values_list("case_id", flat=True)
    assert set(verbs) == {one.pk, two.pk}
    client.force_login(world.lan)
    for case, other in ((one, two), (two, one)):
        assert other.code in client.get(reverse("notes:list", args=[case.code])).content.decode()
    with pytest.raises(ActionNotPossible):
        perform(LinkCases(two.pk, one.pk, "related"), by=world.lan)
    perform(EndLink(link, "Nhầm"), by=world.hanh)
    assert not CaseLink.objects.filter(ended_at=None).exists()


def test_a_link_tells_nothing_of_a_case_that_one_may_not_open(world, client):
    one, two = world.open_case(), world.open_case(by="cuc", name="HTX Bí Mật")
    perform(LinkCases(one.pk, two.pk, "related", "Chung chợ"), by=world.binh)
    client.force_login(world.lan)
    page = client.get(reverse("notes:list", args=[one.code])).content.decode()
    assert two.code not in page
    assert "Bí Mật" not in page
    assert "Chung chợ" not in page
    with pytest.raises(PermissionDenied):
        perform(LinkCases(one.pk, two.pk, "related"), by=world.lan)


@pytest.mark.parametrize(
    "typed",
    [
        {"form": "note", "text": ""},
        {"form": "note", "text": "x" * 5000, "visibility": "everybody"},
        {"form": "errand", "errand-title": "", "errand-whom": "o999999", "errand-due_on": "mai"},
        {"form": "errand", "errand-title": "a", "errand-whom": "p1-1"},
        {"form": "link", "link-other": "KH-0000-1\x00", "link-kind": "eats"},
        {"form": "link", "link-other": "\u202e🐃", "link-kind": "related"},
    ],
)
def test_bad_input_is_told_and_nothing_happens(world, client, typed):
    case = world.open_case()
    client.force_login(world.lan)
    before = AuditEvent.objects.count()
    assert client.post(reverse("notes:list", args=[case.code]), typed).status_code == 200
    assert AuditEvent.objects.count() == before


def test_the_page_costs_the_same_for_one_and_fifty(world, client, django_assert_max_num_queries):
    case = world.open_case()
    client.force_login(world.lan)
    for number in range(3):
        note(world, case, text=f"Ghi chú {number}")
        perform(LinkCases(case.pk, world.open_case(name=f"HTX {number}").pk, "related"), by=world.lan)
    address = reverse("notes:list", args=[case.code])
    with django_assert_max_num_queries(16):
        client.get(address)
    for number in range(20):
        note(world, case, text=f"Nữa {number}")
    with django_assert_max_num_queries(16):
        client.get(address)
