"""Why can somebody (not) see or do this: the answer never disagrees with what really happens."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.organisations.absences import SetAbsence
from casework.organisations.acts import Appoint, Relieve
from casework.organisations.models import Membership, User
from casework.organisations.standing import standing_of
from casework.sharing.models import CaseAccess
from workflows.acts import ClaimTask
from workflows.engine.models import Task
from workflows.staff.why.acts import AskWhy
from workflows.staff.why.doing import FINISH, TAKE, decide, open_tasks
from workflows.staff.why.sight import sees
from workflows.staff.why.views import explain

URL = "/settings/why/"
EVERYBODY = [
    *("lan", "mai", "cuc", "hanh", "binh", "bao", "ngan", "nga", "van", "thanh"),
    *("phuong", "quynh", "son", "stranger", "owner"),
]


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def case(world):
    return world.open_case(name="HTX Nấm Hoa Sen")


def told(person, case):
    return " ".join(
        line.text for part in explain(person, case) for line in [*part.lines, *([part.verdict] if part.verdict else [])]
    )


def really(task, person):
    """What happens when the person takes the task: done, and undone again."""
    mark = transaction.savepoint()
    try:
        perform(ClaimTask(task.pk), by=person, request_id=uuid4())
    except PermissionDenied:
        return "no right"
    except ActionNotPossible as refusal:
        return str(refusal)
    else:
        return TAKE
    finally:
        transaction.savepoint_rollback(mark)


def agree(task, person):
    """Compare the answer with the deed."""
    decision, deed = decide(task, standing_of(person)), really(task, person)
    if decision.may == FINISH:
        return deed == "You have already taken this task."
    return (decision.may == TAKE) == (deed == TAKE)


@pytest.mark.parametrize("at", ["screen_lead", "draft_plan", "review_plan", "decide_credit"])
def test_the_answer_agrees_with_every_page_and_every_act(client, world, case, at):
    world.advance(case, to=at)
    tasks = open_tasks(case)
    assert tasks

    for name in EVERYBODY:
        person = getattr(world, name)
        client.force_login(person)
        page = client.get(reverse("cases:file", args=[case.code])).status_code
        verdict = next(part.verdict for part in explain(person, case) if part.verdict)
        assert (verdict.says == "yes") == (page == 200) == sees(case, standing_of(person)), name
        assert all(agree(task, person) for task in tasks), name


def test_it_agrees_on_taken_and_held_tasks_and_for_substitutes(world, case):
    task = world.task(case)
    world.claim(task, world.lan)
    today = timezone.localdate()
    perform(SetAbsence(world.lan, world.mai, today, today + timedelta(days=3)), by=world.hanh)
    [task] = open_tasks(case)

    assert decide(task, standing_of(world.lan)).may == FINISH
    assert decide(task, standing_of(world.mai)).may == FINISH
    assert decide(task, standing_of(world.cuc)).may == ""
    assert all(agree(task, getattr(world, name)) for name in EVERYBODY)
    assert "as substitute of Nguyễn Mẫu Lan" in told(world.mai, case)


def test_each_reason_in_words(world, case):
    assert "She sees this case." in told(world.lan, case)
    assert "none of the organisations that she reaches has access" in told(world.cuc, case)
    assert "She has and had no role anywhere." in told(world.stranger, case)
    assert "She lacks the right “Can screen a lead” in Hội LHPN xã Bác Ái." in told(world.binh, case)
    assert "She has the right “Can screen a lead”, but not in Hội LHPN xã Bác Ái." in told(world.cuc, case)


def test_a_role_that_ended_says_on_which_day(world, case):
    seat = Membership.objects.get(user=world.mai)
    perform(Relieve(seat.pk, "đi học"), by=world.owner)

    text = told(world.mai, case)

    assert f"her role was ended on {timezone.localdate():%d/%m/%Y}" in text
    assert "She does not see this case: she has no role today." in text


def test_a_role_that_begins_later_says_so(world, case):
    later = timezone.localdate() + timedelta(days=5)
    perform(Appoint(world.stranger, world.organisation("wu-kh-a"), "advisor", later), by=world.owner)

    assert f"her role begins on {later:%d/%m/%Y}" in told(world.stranger, case)


def test_a_share_opens_only_the_credit_room(world, case):
    lender = world.worker(world.advance(case, to="decide_credit"))
    assert CaseAccess.objects.filter(case=case, kind="share").exists()

    text = told(lender, case)

    assert "a share opens only the credit room" in text
    assert "Decide on the credit: she may take it." in text


def test_a_closed_account_is_told_first(world, case):
    User.objects.filter(pk=world.mai.pk).update(is_active=False)

    assert "The account is closed" in told(world.mai, case)
    assert "She does not see this case" in told(world.mai, case)


@pytest.mark.parametrize(
    ("who", "status"), [("lan", 403), ("hanh", 403), ("binh", 403), ("thanh", 403), ("stranger", 403), ("van", 200)]
)
def test_the_page_is_for_administrators(client, world, who, status):
    client.force_login(getattr(world, who))

    assert client.get(URL).status_code == status
    assert client.post(URL, {}).status_code == status


def test_the_question_is_answered_and_written_down(client, world, case):
    client.force_login(world.van)

    page = client.post(URL, {"person": "LAN", "case": case.code.lower(), "request_id": uuid4()}).text

    assert "She sees this case." in page
    event = AuditEvent.objects.get(chain=f"why:{world.van.pk}")
    assert (event.verb, event.facts) == ("why.asked", {"person": world.lan.pk, "asked": case.pk, "sees": True})
    assert event.case_id is None


def test_a_case_that_she_may_not_see_is_no_case(client, world):
    foreign = world.open_case(by="phuong", name="HTX Xa")
    client.force_login(world.van)

    pages = [client.post(URL, {"person": "lan", "case": code}).text for code in (foreign.code, "LD-2026-999999")]

    assert all("There is no such case, or you may not see it." in page for page in pages)
    assert all("HTX Xa" not in page for page in pages)
    assert not AuditEvent.objects.filter(verb="why.asked").exists()
    with pytest.raises(ActionNotPossible):
        perform(AskWhy(world.lan.pk, foreign.pk), by=world.van)
    with pytest.raises(PermissionDenied):
        perform(AskWhy(world.lan.pk, foreign.pk), by=world.son)


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("", "Fill this in"),
        ("Không Có Ai", "Nobody has this name"),
        ("mẫu", "Several people have this"),
        ("a\x00b", "Null characters"),
        ("🌾", "Nobody has this name"),
        ("x" * 500, "too long"),
    ],
)
def test_bad_questions_get_a_sentence(client, world, case, person, sentence):
    client.force_login(world.van)

    response = client.post(URL, {"person": person, "case": case.code})

    assert response.status_code == 200
    assert sentence in response.text


def test_people_of_another_province_are_nobody_to_her(client, world, case):
    """Neither by user name, nor by name, nor past the form."""
    client.force_login(world.van)
    far = [world.son, world.phuong, world.quynh]
    for typed in [one.username for one in far] + [one.full_name for one in far]:
        response = client.post(URL, {"person": typed, "case": case.code})
        assert "Nobody has this name" in response.text
    with pytest.raises(ActionNotPossible):
        perform(AskWhy(world.son.pk, case.pk), by=world.van)
    assert not AuditEvent.objects.filter(chain=f"why:{world.van.pk}").exists()


def test_the_number_of_queries_does_not_grow_with_seats_and_tasks(world, case):
    def cost():
        person = User.objects.get(username="mai")
        with CaptureQueriesContext(connection) as seen:
            explain(person, Case.objects.get(pk=case.pk))
        return len(seen)

    before = cost()
    for code in ("wu-kh-b", "wu-kh", "al-kh"):
        perform(Appoint(world.mai, world.organisation(code), "reviewer"), by=world.owner)
    world.advance(case, to="draft_plan")
    assert Task.objects.open().filter(case=case).count() >= 1

    assert cost() <= before + 1
