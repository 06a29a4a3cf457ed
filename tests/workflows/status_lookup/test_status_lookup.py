"""Founders look up where their case stands: the code, the page, the limits, and what is never shown."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.acts import GrantAccess
from casework.cases.models import Case
from casework.status_lookup.acts import GiveStatusCode, RevokeStatusCode
from casework.status_lookup.codes import ALPHABET, LENGTH, code_hash, draw_code, in_groups, read_code
from casework.status_lookup.models import StatusCode, StatusCodeUse, StatusTry
from casework.status_lookup.throttle import TRIES_OF_ALL, TRIES_OF_ONE, may_try
from tests.factories import in_a_month
from workflows.casefile.timeline import events_of, timeline_of
from workflows.demo.status_codes import show_status_codes
from workflows.errands.acts import GiveErrand
from workflows.holds.acts import HoldCase
from workflows.status_lookup.answer import answer_for
from workflows.steering.closing import CloseCase

PAGE = "/status/"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def case(world):
    return world.open_case(name="HTX Nấm Hoa Sen")


def code_for(world, case):
    return perform(GiveStatusCode(case.pk), by=world.lan).result["code"]


@given(st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_as_it_is_printed_and_as_people_type_it(code):
    assert read_code(in_groups(code)) == read_code(f" {code.lower()} ") == code


@pytest.mark.parametrize("text", ["", "ABCD", "ABCD-EFGH-JKM0", "ABCD-EFGH-JKMNP", "\x00", "🌾" * 12])
def test_what_is_no_code_is_none(text):
    assert read_code(text) is None


def test_codes_are_drawn_anew():
    drawn = {draw_code() for _time in range(50)}

    assert len(drawn) == 50
    assert all(read_code(code) == code for code in drawn)


def test_the_right_code_answers_without_anything_personal(client, world, case):
    code = code_for(world, case)

    response = client.post(PAGE, {"code": in_groups(code).lower()})

    assert response.status_code == 200
    assert "Look at your wish" in response.text
    assert "Hội LHPN xã Bác Ái" in response.text
    for hidden in (case.code, case.working_name, "Trần Thị Mẫu", "Nguyễn Mẫu Lan", "900000001", code):
        assert hidden not in response.text
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    # Under "no-referrer" browsers send "Origin: null" with a form, and Django refuses it.
    assert response["Referrer-Policy"] == "same-origin"


def test_unknown_mistyped_and_revoked_codes_get_the_same_answer(client, world, case):
    revoked = code_for(world, case)
    perform(RevokeStatusCode(case.pk), by=world.lan)

    pages = [client.post(PAGE, {"code": code}).text for code in (revoked, draw_code(), "no code", "🌾")]

    plain = {re.sub(r'value="[^"]*"', "", page) for page in pages}
    assert len(plain) == 1
    assert "This code opens nothing" in plain.pop()
    assert not StatusCodeUse.objects.exists()


@pytest.mark.parametrize("text", ["", "a\x00b", "x" * 5000, "\u202e"])
def test_bad_input_gets_a_sentence(client, db, text):
    response = client.post(PAGE, {"code": text})

    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.text


def test_a_code_in_the_address_is_not_read(client, world, case):
    response = client.get(PAGE, {"code": code_for(world, case)})

    assert "Look at your wish" not in response.text
    assert not StatusTry.objects.exists()


def test_a_look_up_is_counted_with_its_day_and_nothing_else(client, world, case):
    code = code_for(world, case)

    for _time in range(2):
        client.post(PAGE, {"code": code})

    use = StatusCodeUse.objects.get()
    assert (use.times, use.last_day) == (2, timezone.localdate())
    assert "127.0.0.1" not in str(list(StatusTry.objects.values()))


def test_after_ten_tries_an_address_waits_and_others_do_not(client, world, case):
    code = code_for(world, case)
    for _time in range(TRIES_OF_ONE):
        assert client.post(PAGE, {"code": "wrong"}).status_code == 200

    # A header that anybody may write does not make a new visitor.
    refused = client.post(PAGE, {"code": code}, headers={"X-Forwarded-For": "203.0.113.9"})

    assert refused.status_code == 429
    assert "Wait ten minutes" in refused.text
    assert client.post(PAGE, {"code": code}, REMOTE_ADDR="203.0.113.9").status_code == 200
    StatusTry.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert client.post(PAGE, {"code": code}).status_code == 200
    assert StatusTry.objects.count() == 1


def test_behind_our_own_proxy_visitors_are_told_apart(client, world, case, settings):
    settings.TRUSTED_PROXIES = 1
    code = code_for(world, case)
    for _time in range(TRIES_OF_ONE):
        client.post(PAGE, {"code": "wrong"}, headers={"X-Forwarded-For": "203.0.113.8"})

    assert client.post(PAGE, {"code": code}, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 429
    assert client.post(PAGE, {"code": code}, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200


def test_all_together_have_a_limit_too(db):
    now = timezone.now()
    StatusTry.objects.bulk_create(StatusTry(sender=str(n), at=now) for n in range(TRIES_OF_ALL))

    assert not may_try("somebody else")

    StatusTry.objects.update(at=now - timedelta(minutes=2))
    assert may_try("somebody else")


def test_a_new_code_replaces_the_old_one(client, world, case):
    old, new = code_for(world, case), code_for(world, case)

    assert "opens nothing" in client.post(PAGE, {"code": old}).text
    assert "Look at your wish" in client.post(PAGE, {"code": new}).text
    assert StatusCode.objects.filter(revoked_at=None).count() == 1


def test_neither_code_nor_hash_is_in_the_history(world, case):
    code = code_for(world, case)
    perform(RevokeStatusCode(case.pk), by=world.lan)

    stored = str(list(AuditEvent.objects.filter(verb__startswith="status_code.").values()))

    assert code not in stored
    assert code_hash(code) not in stored
    sentences = [entry.sentence for entry in timeline_of(events_of(case))]
    assert "Nguyễn Mẫu Lan gave the founder a code to look up the case" in sentences
    assert "Nguyễn Mẫu Lan took back the look-up code" in sentences


@pytest.mark.parametrize("who", ["hanh", "binh", "van", "cuc", "phuong", "ngan", "stranger"])
def test_only_advisors_of_the_leading_organisation_give_codes(world, case, who):
    with pytest.raises(PermissionDenied):
        perform(GiveStatusCode(case.pk), by=getattr(world, who))


def test_nothing_to_take_back(world, case):
    with pytest.raises(ActionNotPossible):
        perform(RevokeStatusCode(case.pk), by=world.lan)


def test_the_slip_shows_the_code_once(client, world, case):
    client.force_login(world.lan)
    address = reverse("statuscode:give", args=[case.code])
    assert address in client.get(reverse("cases:file", args=[case.code])).text
    request_id = client.get(address).context["request_id"]

    slip = client.post(address, {"request_id": request_id})
    again = client.post(address, {"request_id": request_id}, follow=True)

    code = read_code(slip.context["code"])
    assert slip.context["code"] in slip.text
    assert "no-store" in slip["Cache-Control"]
    assert "shown once already" in again.text
    assert in_groups(code) not in again.text
    assert "opens nothing any more" in client.post(reverse("statuscode:revoke", args=[case.code]), follow=True).text
    assert "opens nothing" in client.post(PAGE, {"code": code}).text


@pytest.mark.parametrize(("who", "status"), [("hanh", 403), ("binh", 403), ("cuc", 404), ("phuong", 404)])
def test_the_page_is_for_those_who_may(client, world, case, who, status):
    client.force_login(getattr(world, who))

    assert client.get(reverse("statuscode:give", args=[case.code])).status_code == status
    assert client.post(reverse("statuscode:revoke", args=[case.code])).status_code == status


def test_a_case_on_hold_says_so_and_names_no_step(world, case):
    assert answer_for(case).steps[0].until is not None
    perform(HoldCase(case.pk, reason="Chờ mùa sau"), by=world.lan)

    answer = answer_for(Case.objects.get(pk=case.pk))

    assert "rests" in answer.now
    assert answer.steps == []


def test_an_inspector_does_not_give_codes(world, case):
    perform(GrantAccess(case.pk, world.organisation("inspect-kh"), "inspect", "Kiểm tra", in_a_month()), by=world.van)

    with pytest.raises(PermissionDenied):
        perform(GiveStatusCode(case.pk), by=world.thanh)


@pytest.mark.parametrize("reason", ["group_withdrew", "no_contact"])
def test_a_closed_case_says_so_and_not_why(world, case, reason):
    perform(CloseCase(case.pk, reason, "Chuyện riêng trong nhà"), by=world.lan)

    answer = answer_for(Case.objects.get(pk=case.pk))

    assert "has ended" in answer.now
    assert answer.steps == []
    assert "Chuyện riêng" not in str(answer)


def test_a_task_outside_the_steps_is_not_told(world, case):
    day = timezone.localdate() + timedelta(days=5)
    perform(GiveErrand(case.pk, "Gọi chị Mẫu Hoa", world.organisation("wu-kh-a"), due_on=day), by=world.hanh)

    assert "Mẫu Hoa" not in str(answer_for(case))


@pytest.mark.parametrize("to", ["hold_consultation", "draft_plan", "decide_credit", "link_market"])
def test_every_stage_has_its_words_in_one_query(world, case, to, django_assert_max_num_queries):
    world.advance(case, to=to)
    found = Case.objects.select_related("lead_organisation").get(pk=case.pk)

    with django_assert_max_num_queries(1):
        answer = answer_for(found)

    assert answer.now
    assert answer.steps


def test_the_demo_gives_one_code(world, case):
    show_status_codes({"lan": world.lan})

    assert StatusCode.objects.get().case == case


def test_a_form_without_its_token_is_refused(world, case):
    assert Client(enforce_csrf_checks=True).post(PAGE, {"code": code_for(world, case)}).status_code == 403
