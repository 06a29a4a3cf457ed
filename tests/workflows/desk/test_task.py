"""The page of one task: what it says to whom, and finishing it."""

import re
import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.drafts.models import Draft
from tests.factories import PASSWORD
from workflows.acts import ReassignTask
from workflows.demo.answers import answer_for
from workflows.demo.play import make_ready
from workflows.engine.models import Task
from workflows.errands.acts import GiveErrand

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def case(world):
    return world.open_case(name="HTX Nấm Hoa Sen")


@pytest.fixture
def task(world, case):
    return world.task(case)


@pytest.fixture
def mine(client, world, task):
    """The task, taken by lan, who is signed in."""
    world.claim(task, world.lan)
    client.force_login(world.lan)
    return task


def page(task):
    return reverse("tasks:task", args=[task.pk])


def events_about(task):
    return AuditEvent.objects.filter(case_id=task.case_id, verb="task.completed", facts__task=task.pk).count()


def request_id_in(response):
    return re.search(r'name="request_id" value="([0-9a-f-]{36})"', response.text)[1]


def without_tokens(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)


# What the page says


def test_it_says_what_to_do_for_whom_why_and_until_when(client, mine, case):
    response = client.get(page(mine))

    for text in (
        "Screen the lead",
        str(mine.step.instruction),
        str(mine.step.why),
        case.working_name,
        case.code,
        "3 working days",
        mine.due_at.strftime("%d/%m/%Y"),
    ):
        assert text in response.text
    assert 'name="decision"' in response.text
    assert reverse("cases:file", args=[case.code]) in response.text


def test_a_page_costs_few_statements(client, world, case, django_assert_max_num_queries):
    task = world.advance(case, "review_plan")
    client.force_login(world.claim(task))
    client.get(page(task))

    with django_assert_max_num_queries(17):
        client.get(page(task))


@pytest.mark.parametrize(
    ("who", "state", "sentence"),
    [
        ("lan", "free", "Nobody has this task yet"),
        ("hanh", "elsewhere", "This task waits for somebody in"),
        ("binh", "elsewhere", "This task waits for somebody in"),
    ],
)
def test_an_unclaimed_task_is_offered_to_those_who_may_take_it(client, world, task, who, state, sentence):
    client.force_login(getattr(world, who))

    response = client.get(page(task))

    assert response.context["page"].state == state
    assert sentence in response.text
    assert 'name="decision"' not in response.text
    assert (reverse("tasks:claim", args=[task.pk]) in response.text) == (state == "free")


def test_a_colleague_reads_who_has_it(client, world, mine):
    client.force_login(world.mai)

    response = client.get(page(mine))

    assert "Nguyễn Mẫu Lan has this task" in response.text
    assert 'name="decision"' not in response.text


def test_a_finished_task_says_what_was_decided_by_whom_and_what_is_next(client, world, mine, case):
    world.finish(mine)
    following = world.task(case)

    response = client.get(page(mine))

    assert response.context["page"].state == "over"
    assert "Taken up" in response.text
    assert page(following) in response.text
    assert "<textarea" not in response.text


def test_foreign_and_missing_tasks_are_the_same_404(client, world, task):
    client.force_login(world.phuong)

    foreign, missing = client.get(page(task)), client.get("/tasks/999999999/")

    assert foreign.status_code == missing.status_code == 404
    assert client.post(page(task)).status_code == 404
    assert without_tokens(foreign).replace(page(task), "") == without_tokens(missing).replace("/tasks/999999999/", "")


def test_a_gateway_is_no_task(client, world, case):
    world.advance(case, "draft_plan")
    gateway = Task.objects.exclude(flow_task_type="HUMAN").filter(case=case).order_by("-pk")[0]
    client.force_login(world.lan)

    assert client.get(page(gateway)).status_code == 404


def test_a_number_that_no_table_can_hold_is_404(client, world):
    client.force_login(world.lan)

    assert client.get(f"/tasks/{10**30}/").status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, mine, method):
    assert getattr(client, method)(page(mine)).status_code == 405


def test_a_lender_reads_name_and_code_but_gets_no_way_into_the_case(client, world, case):
    task = world.advance(case, "decide_credit")
    client.force_login(world.worker(task))

    response = client.get(page(task))

    assert case.working_name in response.text
    assert case.code in response.text
    assert reverse("cases:file", args=[case.code]) not in response.text
    # The place of the cooperative is part of what is shared (linkage/credit/slice.py); nobody's name is.
    assert str(case.area) in response.text
    assert case.contact.full_name not in response.text


# Finishing


def test_finishing_moves_the_case_and_says_who_is_next(client, world, mine, case):
    response = client.post(page(mine), {"decision": "accept", "request_id": uuid4()}, follow=True)

    case = Case.objects.get(pk=case.pk)
    assert case.stage == "consultation"
    assert response.redirect_chain[-1][0] == reverse("tasks:inbox")
    assert "Finished: Screen the lead, HTX Nấm Hoa Sen. Sent to Hội LHPN xã Bác Ái: " in response.text


def test_finish_and_next_opens_the_most_urgent_task_of_mine(client, world, mine):
    other = world.task(world.open_case(name="HTX Kế Tiếp"))
    world.claim(other, world.lan)

    response = client.post(page(mine), {"decision": "accept", "next": "1"})

    assert response["Location"] == page(other)


def test_finish_and_next_without_another_task_opens_the_inbox(client, mine):
    response = client.post(page(mine), {"decision": "accept", "next": "1"})

    assert response["Location"] == reverse("tasks:inbox")


def test_sent_twice_the_answer_is_the_same_and_the_effect_is_one(client, mine):
    sent = {"decision": "accept", "request_id": request_id_in(client.get(page(mine)))}

    first, second = client.post(page(mine), sent), client.post(page(mine), sent)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert events_about(mine) == 1


@pytest.mark.parametrize("request_id", ["", "not-an-id", "0"])
def test_a_form_without_a_proper_id_is_finished_all_the_same(client, mine, request_id):
    response = client.post(page(mine), {"decision": "accept", "request_id": request_id})

    assert response.status_code == 302
    assert events_about(mine) == 1


def test_a_mistake_is_told_at_the_field_and_all_that_was_typed_stays(client, mine):
    typed = {"decision": "duplicate", "duplicate_of": "KH-1999-000001", "reason": "Trùng với hồ sơ cũ"}

    response = client.post(page(mine), typed)

    assert response.status_code == 200
    assert "There is no other case with this code" in response.text
    assert "data-summary" in response.text
    for value in typed.values():
        assert value in response.text
    assert Draft.objects.read(mine.owner or response.wsgi_request.user, f"task:{mine.pk}")["reason"] == typed["reason"]
    assert events_about(mine) == 0


def test_htmx_hears_of_a_mistake_by_422(client, mine):
    assert client.post(page(mine), {"decision": ""}, headers=HTMX).status_code == 422


def test_the_draft_goes_when_the_task_is_finished(client, world, mine):
    client.post(reverse("tasks:draft", args=[mine.pk]), {"decision": "accept"})

    client.post(page(mine), {"decision": "accept"})

    assert Draft.objects.read(world.lan, f"task:{mine.pk}") is None


def test_a_task_finished_by_a_colleague_meanwhile_is_named_and_the_typed_is_kept(client, world, mine):
    perform(ReassignTask(mine.pk, to=world.mai, reason="Nghỉ phép"), by=world.hanh)
    world.finish(mine)

    response = client.post(page(mine), {"decision": "decline", "reason": "Chưa đủ người", "request_id": uuid4()})

    assert response.status_code == 409
    assert "This task is already finished" in response.text
    assert "What you had typed is kept as your draft." in response.text
    assert Draft.objects.read(world.lan, f"task:{mine.pk}")["reason"] == "Chưa đủ người"


def test_a_task_handed_to_a_colleague_meanwhile_is_told_and_the_typed_is_kept(client, world, mine):
    perform(ReassignTask(mine.pk, to=world.mai, reason="Nghỉ phép"), by=world.hanh)

    response = client.post(page(mine), {"decision": "decline", "reason": "Chưa đủ người"})

    assert response.status_code == 403
    assert "Only the person who has this task can finish it." in response.text
    assert "Trần Mẫu Mai has this task" in response.text
    assert Draft.objects.read(world.lan, f"task:{mine.pk}")["reason"] == "Chưa đủ người"
    assert events_about(mine) == 0


@pytest.mark.parametrize("who", ["mai", "hanh", "binh", "van"])
def test_only_the_owner_finishes(client, world, mine, who):
    client.force_login(getattr(world, who))

    response = client.post(page(mine), {"decision": "accept"})

    assert response.status_code == 403
    assert events_about(mine) == 0


def test_without_taking_it_first_nobody_finishes(client, world, task):
    client.force_login(world.lan)

    assert client.post(page(task), {"decision": "accept"}).status_code == 403
    assert events_about(task) == 0


def test_a_refusal_of_the_act_stands_above_the_form_and_the_typed_stays(client, world, case):
    task = world.advance(case, "confirm_linkage")
    client.force_login(world.claim(task, world.hanh))
    wait = GiveErrand(case.pk, "Nộp thuế môn bài", world.organisation("wu-kh-a"), blocks_stage=True)
    perform(wait, by=world.lan)

    response = client.post(page(task), answer_for(task))

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()[0].startswith("Before the next stage this must be done")
    assert Draft.objects.read(world.hanh, f"task:{task.pk}") is not None
    assert events_about(task) == 0


def test_when_a_colleague_works_on_the_case_the_typed_stays_for_a_second_try(committed_world):
    world = committed_world
    task = world.task(world.open_case(name="HTX Đang Bận"))
    world.claim(task, world.lan)
    typed = {"decision": "decline", "reason": "Gửi lúc đang bận"}
    answers = []

    def send():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        browser = Client()
        browser.cookies["django_language"] = "en"
        browser.force_login(world.lan)
        answers.append(browser.post(page(task), typed))
        connection.close()

    with transaction.atomic():
        Case.objects.locked(task.case_id)
        thread = threading.Thread(target=send)
        thread.start()
        thread.join()

    assert answers[0].status_code == 200
    assert "Somebody else is working on this right now." in answers[0].text
    assert "Gửi lúc đang bận" in answers[0].text
    assert Draft.objects.read(world.lan, f"task:{task.pk}")["reason"] == typed["reason"]
    assert events_about(task) == 0


# Drafts


def test_what_is_typed_is_kept_and_shown_in_a_second_tab(client, mine):
    kept = client.post(reverse("tasks:draft", args=[mine.pk]), {"decision": "decline", "reason": "Đang gõ dở"})

    response = client.get(page(mine))

    assert kept.status_code == 204
    assert "Đang gõ dở" in response.text
    assert "data-summary" not in response.text
    assert "errorlist" not in response.text


def test_saving_a_draft_sends_nothing(client, mine):
    response = client.post(page(mine), {"reason": "Để mai làm", "save_draft": "1"}, follow=True)

    assert "Draft saved. Nothing was sent yet." in response.text
    assert "Để mai làm" in response.text
    assert events_about(mine) == 0


def test_another_person_never_sees_my_draft(client, world, mine):
    client.post(reverse("tasks:draft", args=[mine.pk]), {"reason": "Chỉ tôi thấy"})
    client.force_login(world.mai)

    assert "Chỉ tôi thấy" not in client.get(page(mine)).text


def test_no_draft_is_kept_for_a_task_that_is_not_mine(client, world, mine):
    client.force_login(world.mai)

    assert client.post(reverse("tasks:draft", args=[mine.pk]), {"reason": "x"}).status_code == 409
    assert not Draft.objects.filter(user=world.mai).exists()


def test_only_post_keeps_a_draft(client, mine):
    assert client.get(reverse("tasks:draft", args=[mine.pk])).status_code == 405


def test_what_was_typed_survives_the_end_of_the_session(client, world, mine):
    client.logout()
    client.cookies["django_language"] = "en"

    refused = client.post(page(mine), {"decision": "decline", "reason": "Gõ lúc hết phiên"})
    client.post(refused["Location"], {"username": "lan", "password": PASSWORD})
    response = client.get(page(mine))

    assert "What you had typed is here again" in response.text
    assert "Gõ lúc hết phiên" in response.text
    assert events_about(mine) == 0
    assert "What you had typed is here again" not in client.get(page(mine)).text
    assert "Gõ lúc hết phiên" in client.get(page(mine)).text


@pytest.fixture
def founders(client, world, case):
    """The task whose form has rows, taken by the person who is signed in."""
    task = world.advance(case, "form_founding_group")
    client.force_login(world.claim(task))
    return task


def _empty_rows(count):
    return {"rows-TOTAL_FORMS": count, "rows-INITIAL_FORMS": 0}


def test_more_rows_keep_all_that_was_typed(client, founders):
    shown = len(client.get(page(founders)).context["form"].rows["rows"].forms)
    typed = {**_empty_rows(shown), "rows-0-full_name": "Chị Mẫu Gõ Dở", "add_rows": "rows"}

    response = client.post(page(founders), typed, follow=True)

    assert len(response.context["form"].rows["rows"].forms) == shown + 3
    assert "Chị Mẫu Gõ Dở" in response.text
    assert "errorlist" not in response.text


def test_a_mistake_in_a_row_is_told_and_the_rows_stay(client, founders):
    typed = {**_empty_rows(3), "rows-0-full_name": "", "rows-0-born": "năm kia", "rows-1-full_name": "Chị Mẫu Hai"}

    response = client.post(page(founders), typed)

    assert response.status_code == 200
    assert "Chị Mẫu Hai" in response.text
    assert "data-summary" in response.text


@pytest.mark.parametrize("count", ["", "-1", "99999999", "x"])
def test_a_mangled_count_of_rows_is_no_fault_of_ours(client, founders, count):
    response = client.post(page(founders), {"rows-TOTAL_FORMS": count, "add_rows": "rows"}, follow=True)

    assert response.status_code == 200
    assert client.post(page(founders), {"rows-TOTAL_FORMS": count}).status_code == 200


# Every step


def test_every_step_of_the_flow_is_done_through_its_page(client, world, case):
    done = []
    for _attempt in range(30):
        tasks = list(Task.objects.open().begun().filter(case=case).order_by("pk"))
        if not tasks:
            break
        task = Task.objects.select_related("case", "organisation", "owner").get(pk=tasks[0].pk)
        worker = world.worker(task)
        client.force_login(worker)
        client.post(reverse("tasks:claim", args=[task.pk]))
        make_ready(task, worker)
        assert "<form" in client.get(page(task)).text
        response = client.post(page(task), answer_for(task))
        assert response.status_code == 302, (task.node, response.context["form"].errors)
        done.append(task.node)

    assert Case.objects.get(pk=case.pk).stage == "linked"
    assert {"screen_lead", "review_plan", "decide_credit", "confirm_linkage"} <= set(done)
