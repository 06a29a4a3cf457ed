"""The pages of this room: what they show beforehand, what they do, who may open them, bad input."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from casework.acts import perform
from casework.drafts.models import Draft
from casework.models import Case
from workflows.engine.models import Task
from workflows.errands.acts import GiveErrand
from workflows.steering.closing import CloseCase
from workflows.steering.corrections import ReturnToStep


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def page_of(case, name):
    return reverse(f"steering:{name}", args=[case.code])


def sent(client, url, **fields):
    return client.post(url, {"request_id": str(uuid4()), **fields})


def text_of(response):
    return response.content.decode()


@pytest.fixture
def taken(walk, client):
    """A dossier that binh is preparing; she is signed in."""
    walk.to("prepare_dossier")
    task = walk.task("prepare_dossier")
    walk.world.claim(task, walk.world.binh)
    client.force_login(walk.world.binh)
    return task


# ── Close ────────────────────────────────────────────────────────────────────────────────────────────


def test_closing_shows_what_ends_and_does_it_once(client, walk):
    walk.to("survey_needs")
    perform(GiveErrand(walk.case.pk, "Call the bank", walk.world.organisation("al-kh")), by=walk.world.lan)
    client.force_login(walk.world.lan)

    page = client.get(page_of(walk.case, "close"))
    assert "Survey the needs" in text_of(page)
    assert "Call the bank" in text_of(page)
    assert len(page.content) < 60_000

    fields = {"reason_code": "no_contact", "text": "No answer.", "request_id": str(uuid4())}
    for _click in range(2):
        response = client.post(page_of(walk.case, "close"), fields)
        assert response.status_code == 302
    assert walk.stage[1:] == ("closed", "stopped")


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"reason_code": "made up"},
        {"reason_code": "double_entry", "text": "same women"},
        {"reason_code": "double_entry", "duplicate_of": "XX-1", "text": "same women"},
        {"reason_code": "no_contact", "text": "same women\x00"},
        {"reason_code": "no_contact", "text": "same women " * 100},
        {"reason_code": "double_entry", "duplicate_of": "\x00", "text": "same women"},
        {"reason_code": "double_entry", "duplicate_of": "🌾" * 9, "text": "same women"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, walk, bad):
    client.force_login(walk.world.lan)

    response = sent(client, page_of(walk.case, "close"), **bad)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert "same women" in text_of(response) or not bad.get("text")
    assert walk.stage[1] == "open"


def test_a_task_page_held_open_says_who_closed_the_case_and_keeps_what_was_typed(client, walk):
    walk.to("survey_needs")
    task = walk.task("survey_needs")
    walk.world.claim(task, walk.world.mai)
    client.force_login(walk.world.mai)
    url = reverse("tasks:task", args=[task.pk])
    perform(CloseCase(walk.case.pk, "no_contact", "nobody answers"), by=walk.world.lan)

    response = sent(client, url, trade="Nấm rơm")

    assert response.status_code == 409
    assert walk.world.lan.full_name in text_of(response)
    assert "nobody answers" in text_of(response)
    assert Draft.objects.read(walk.world.mai, f"task:{task.pk}")["trade"] == "Nấm rơm"
    assert walk.world.lan.full_name in text_of(client.get(url))


# ── Jump and reopen ──────────────────────────────────────────────────────────────────────────────────


def test_a_jump_is_previewed_and_done(client, walk):
    walk.to("survey_needs")
    client.force_login(walk.world.hanh)
    url = page_of(walk.case, "jump")

    assert "Not possible" in text_of(client.get(url))
    seen = client.get(url, {"to": "drafting"})
    assert {"Draft the business plan", "Draft the charter"} == set(seen.context["preview"].created)
    assert seen.context["preview"].cancelled == ["Survey the needs"]
    assert "Never finished" in text_of(seen)

    assert sent(client, url, to="drafting", reason="They have both.").status_code == 302
    assert walk.open() == ["draft_plan", "draft_charter"]


@pytest.mark.parametrize("to", ["", "nowhere", "draft_plan", "linking", "\x00", "🌾", "start"])
def test_a_step_that_cannot_be_reached_is_refused_with_a_sentence(client, walk, to):
    client.force_login(walk.world.hanh)

    response = sent(client, page_of(walk.case, "jump"), to=to, reason="x")

    assert response.status_code == 200
    assert response.context["refusal"]
    assert walk.open() == ["screen_lead"]


def test_without_a_reason_the_preview_stays(client, walk):
    client.force_login(walk.world.hanh)

    response = sent(client, page_of(walk.case, "jump"), to="survey_needs", reason=" ")

    assert "reason" in response.context["form"].errors
    assert response.context["preview"].created == ["Survey the needs"]


def test_a_closed_case_is_reopened_from_its_page(client, walk):
    perform(CloseCase(walk.case.pk, "no_contact"), by=walk.world.lan)
    client.force_login(walk.world.hanh)

    assert client.get(page_of(walk.case, "close")).status_code == 302
    assert client.get(page_of(walk.case, "jump")).status_code == 302
    assert client.get(page_of(walk.case, "reopen")).status_code == 200
    assert sent(client, page_of(walk.case, "reopen"), to="survey_needs", reason="They called.").status_code == 302
    assert (walk.open(), walk.stage[1]) == (["survey_needs"], "open")
    assert client.get(page_of(walk.case, "reopen")).status_code == 302


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("close", "lan", 200), ("close", "hanh", 200), ("close", "binh", 403), ("close", "van", 403),
        ("close", "phuong", 404), ("close", "ngan", 404), ("close", "stranger", 404),
        ("jump", "hanh", 200), ("jump", "lan", 403), ("jump", "binh", 403), ("jump", "son", 404),
    ],
)  # fmt: skip
def test_who_may_open_which_page(client, walk, name, who, status):
    client.force_login(getattr(walk.world, who))

    assert client.get(page_of(walk.case, name)).status_code == status


def test_the_case_file_offers_what_a_person_may(client, walk):
    def offered(who):
        client.force_login(getattr(walk.world, who))
        return [n for n in ("close", "jump", "reopen") if page_of(walk.case, n) in text_of(
            client.get(reverse("cases:file", args=[walk.case.code])))]  # fmt: skip

    assert (offered("lan"), offered("binh"), offered("hanh")) == (["close"], [], ["close", "jump"])
    perform(CloseCase(walk.case.pk, "no_contact"), by=walk.world.lan)
    assert (offered("lan"), offered("hanh")) == ([], ["reopen"])


# ── Return ───────────────────────────────────────────────────────────────────────────────────────────


def test_work_is_returned_with_marks_and_called_back(client, walk, taken):
    url, task_url = reverse("taskreturn:return", args=[taken.pk]), reverse("tasks:task", args=[taken.pk])
    assert url in text_of(client.get(task_url))
    assert "Survey the needs" in text_of(client.get(url))
    assert "marks" in client.get(url, {"node": "survey_needs"}).context["form"].fields

    response = sent(client, url, node="survey_needs", reason="No seat.", marks=["trade", "women_interested"])

    assert response.status_code == 302
    correction = Task.objects.get(back_to=taken)
    assert correction.marks == ["women_interested", "trade"]
    call_back = reverse("taskreturn:call_back", args=[taken.pk])
    assert call_back in text_of(client.get(task_url))
    assert client.get(call_back).status_code == 200
    sent(client, call_back)
    assert Task.objects.get(pk=correction.pk).status == "CANCELED"


def test_whoever_corrects_reads_who_waits_for_what(client, walk, taken):
    perform(ReturnToStep(taken.pk, "survey_needs", "No seat was named.", ["trade"]), by=walk.world.binh)
    client.force_login(walk.world.lan)

    page = text_of(client.get(reverse("tasks:task", args=[Task.objects.get(back_to=taken).pk])))

    assert "No seat was named." in page
    assert walk.world.binh.full_name in page
    assert "Marked: please correct this." in page


@pytest.mark.parametrize(
    "bad",
    [
        {"node": "survey_needs", "reason": ""},
        {"node": "survey_needs", "reason": "x" * 501},
        {"node": "survey_needs", "reason": "x\x00"},
        {"node": "survey_needs", "reason": "x", "marks": ["made up"]},
        {"node": "decide_credit", "reason": "x"},
        {"node": "", "reason": "x"},
    ],
)
def test_a_bad_return_is_refused_on_the_page(client, walk, taken, bad):
    response = sent(client, reverse("taskreturn:return", args=[taken.pk]), **bad)

    assert response.status_code == 200
    assert not Task.objects.filter(back_to=taken).exists()


@pytest.mark.parametrize(("who", "status"), [("bao", 403), ("lan", 403), ("quynh", 404), ("stranger", 404)])
def test_only_the_owner_opens_the_return(client, walk, taken, who, status):
    client.force_login(getattr(walk.world, who))

    for name in ("return", "call_back"):
        assert client.get(reverse(f"taskreturn:{name}", args=[taken.pk])).status_code == status


def test_the_history_tells_each_act_in_words(client, walk, taken):
    perform(ReturnToStep(taken.pk, "survey_needs", "No seat."), by=walk.world.binh)
    client.force_login(walk.world.hanh)
    sent(client, page_of(walk.case, "jump"), to="drafting", reason="Both anew.")
    perform(CloseCase(walk.case.pk, "no_contact"), by=walk.world.lan)
    sent(client, page_of(walk.case, "reopen"), to="survey_needs", reason="On.")

    history = text_of(client.get(reverse("cases:history", args=[walk.case.code])))

    for words in (
        "sent “Survey the needs” back for correction; “Prepare the registration dossier” waits for it",
        "sent the case to “Draft the business plan + Draft the charter”",
        "closed the case",
        "reopened the case at “Survey the needs”",
    ):
        assert words in history
    assert Case.objects.get(pk=walk.case.pk).status == "open"
