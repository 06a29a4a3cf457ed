"""The history of a case in sentences: complete, in words, and without what is personal."""

from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from casework.acts import perform
from casework.audit import chain
from casework.audit.codes import short_code
from casework.audit.models import AuditEvent
from casework.cases.acts import RevealContact
from tests.test_history import GUARDED
from workflows.acts import ClaimTask, ReassignTask, ReleaseTask
from workflows.casefile.changes import Names, shown_changes
from workflows.casefile.field_words import WORDS
from workflows.casefile.timeline import events_of, timeline_of


def told(case):
    """The entries of a case in English, newest first."""
    with translation.override("en"):
        return timeline_of(events_of(case))


def test_every_event_is_told_with_number_and_receipt(world):
    case = world.open_case("lan")
    world.advance(case, "hold_consultation")

    entries = told(case)

    events = list(AuditEvent.objects.filter(case_id=case.pk).order_by("-seq"))
    assert [entry.seq for entry in entries] == [event.seq for event in events]
    assert [entry.receipt for entry in entries] == [short_code(bytes(event.hash)) for event in events]
    assert all("%(" not in entry.sentence for entry in entries)


def test_each_act_has_its_sentence(world):
    case = world.open_case("lan")
    task = world.task(case)
    perform(ClaimTask(task.pk), by=world.lan, request_id=uuid4())
    perform(ReleaseTask(task.pk, reason="Đi họp"), by=world.lan, request_id=uuid4())
    perform(ReassignTask(task.pk, to=world.mai, reason="Thay chị Lan"), by=world.hanh, request_id=uuid4())
    perform(RevealContact(case.pk, "Hẹn gặp thứ Sáu"), by=world.lan, request_id=uuid4())

    with translation.override("en"):
        title = str(task.step.title)
    sentences = [entry.sentence for entry in told(case)][::-1]

    assert sentences == [
        f"{world.lan} opened the case",
        f"{world.lan} took the task “{title}”",
        f"{world.lan} gave back the task “{title}”",
        f"{world.hanh} handed the task “{title}” to {world.mai}",
        f"{world.lan} looked at the contact's phone number",
    ]
    assert [entry.reason for entry in told(case)][:3] == ["Hẹn gặp thứ Sáu", "Thay chị Lan", "Đi họp"]


def test_a_return_is_told_with_outcome_and_round(world):
    case = world.open_case("lan")
    review = world.advance(case, "review_plan")
    world.finish(review, outcome="return", remarks="Sửa lại phần doanh thu.", marked_in_plan=["products"])
    world.finish(world.advance(case, "review_plan"))

    with translation.override("en"):
        finished = f"finished “{review.step.title}”"
    second, first = [entry for entry in told(case) if finished in entry.sentence]

    assert first.tone == "warn"
    assert second.tone == "ok"
    assert "round 2" in second.sentence


def test_a_step_of_the_stage_stands_beside_the_sentence(world):
    case = world.open_case("lan")
    world.finish(world.task(case))

    assert told(case)[0].moves == ["Lead → Consultation"]


def test_personal_values_are_never_in_the_history(client, world):
    case = world.open_case("lan", contact_name="Trần Thị Mẫu", contact_phone="+84901234567")
    client.force_login(world.hanh)

    text = client.get(reverse("cases:history", args=[case.code])).content.decode()

    assert "Trần Thị Mẫu" not in text
    assert "901234567" not in text
    assert [change for entry in told(case) for change in entry.changes if "personal" in change.new]


def test_changes_are_shown_in_the_words_of_the_models(world):
    case = world.open_case("lan", trade="Nấm rơm")

    changes = {change.label: change.new for change in told(case)[0].changes}

    assert changes["Case: trade"] == "Nấm rơm"
    assert changes["Case: lead organisation"] == "Hội LHPN xã Bác Ái"
    assert changes["Case: legal form aimed at"] == "Cooperative"


def test_an_unknown_verb_and_odd_data_are_no_fault(client, world):
    case = world.open_case("lan")
    data = {
        "actor": world.lan.pk,
        "case": case.pk,
        "changes": [
            {"object": "spaceship:1", "field": "warp", "from": 1, "to": [2, 3]},
            {"object": "case:1", "field": "no_such_field", "from": None, "to": {"a": 1}},
            {"object": "case:1", "field": "closed_at", "from": None, "to": "not a date"},
            {"object": "case:1", "field": "lead_organisation_id", "from": 999999, "to": None},
        ],
        "channel": "worker",
        "facts": {"node": "gone", "outcome": ["odd"]},
        "on_behalf_of": world.mai.pk,
        "organisation": 999999,
        "reason": "",
        "request": None,
        "role": "captain",
        "verb": "case.teleported",
    }
    chain.append(f"case:{case.pk}", data)
    client.force_login(world.lan)

    response = client.get(reverse("cases:history", args=[case.code]))

    assert response.status_code == 200
    assert "case.teleported" in response.content.decode()
    assert f"on behalf of {world.mai}" in told(case)[0].sentence


def test_older_events_are_a_page_further(client, world):
    case = world.open_case("lan")
    task = world.task(case)
    for _pair in range(52):
        perform(ClaimTask(task.pk), by=world.lan, request_id=uuid4())
        perform(ReleaseTask(task.pk, reason="Đi họp"), by=world.lan, request_id=uuid4())
    client.force_login(world.lan)
    address = reverse("cases:history", args=[case.code])

    first = client.get(address)
    second = client.get(address + first.context["older_url"])

    seen = [entry.seq for response in (first, second) for entry in response.context["entries"]]
    assert seen == list(range(105, 0, -1))
    assert not second.context["older_url"]


def test_every_field_that_a_history_tells_has_words_of_its_own():
    """A field without a name would be told in Django's English."""
    nameless = set()
    for model in GUARDED:
        for field in model._meta.concrete_fields:
            told = shown_changes([{"object": f"{model._meta.model_name}:1", "field": field.attname, "to": 1}], Names())
            named = isinstance(field.verbose_name, Promise) or str(field.verbose_name) in WORDS
            if told and not field.primary_key and not named and not isinstance(field, models.GeneratedField):
                nameless.add(f"{model.__name__}.{field.name}")

    assert nameless == set()
