"""Results of bodies that are not users: asked for by a link or a form, answered, kept apart from our own."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.organisations.models import User
from casework.programme.collected.acts import AskAgain, AskForResults, TellResults, WithdrawRequest, token_hash
from casework.programme.collected.models import ResultAnswer, ResultRequest
from casework.programme.collected.reminding import remind
from casework.programme.collected.sheet import form_of
from casework.programme.collected.values import collected_for, not_received
from casework.programme.indicators.models import ReportingPeriod
from casework.programme.reports.models import Report
from notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
TOKEN = "token-of-a-test"
LINK = f"/results/answer/{TOKEN}/"
CODES = ("credit-amount", "outreach-events")
TYPED = {
    "value_credit-amount": "1,5 tỷ", "note_credit-amount": "Quỹ", "value_outreach-events": "12",
    "note_outreach-events": "", "told_by": "Bà Mẫu, Phó giám đốc",
}  # fmt: skip


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def period():
    return ReportingPeriod.objects.get(kind="year", year=2026)


def asked(world, body="Sở Mẫu", token=TOKEN, by="hanh", days=20):
    act = AskForResults(
        world.organisation("wu-kh").pk, period().pk, body, "so@example.com", CODES, in_days(days), token_hash(token)
    )
    return ResultRequest.objects.get(pk=perform(act, by=getattr(world, by)).result["request"])


def filled(request, cells, version=None):
    """The form as the body fills it in: values by cell."""
    book = load_workbook(io.BytesIO(form_of(request)))
    sheet = book.active
    sheet["B3"] = "Ông Mẫu, Trưởng phòng"
    if version:
        sheet["B2"] = version
    for cell, value in cells.items():
        sheet[cell] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("bieu.xlsx", buffer.getvalue())


def test_the_link_is_shown_once_and_only_its_hash_is_kept(client, world):
    client.force_login(world.hanh)
    sent = {
        "organisation": world.organisation("wu-kh").pk, "period": period().pk, "body": "Sở Công Thương Mẫu",
        "email": "", "expires_on": f"{in_days(9):%d/%m/%Y}", "indicators": list(CODES),
    }  # fmt: skip
    page = client.post("/results/ask/", sent).content.decode()
    token = page.split("/results/answer/")[1].split("/")[0]
    row = ResultRequest.objects.get()
    assert (row.token_hash, row.body) == (token_hash(token), "Sở Công Thương Mẫu")
    assert token not in client.get(f"/results/{row.pk}/").content.decode()
    assert token not in str(AuditEvent.objects.filter(chain=f"results:{row.pk}").values())
    client.logout()
    assert client.get(f"/results/answer/{token}/").status_code == 200
    client.force_login(world.hanh)
    assert "đã được đề nghị" in client.post("/results/ask/", sent).content.decode()


def test_the_body_answers_and_answers_again(client, world):
    row = asked(world)
    answer = client.get(LINK)
    assert (answer.status_code, answer["Referrer-Policy"]) == (200, "same-origin")
    assert client.post(LINK, TYPED).status_code == 200
    assert collected_for(row.organisation, row.period)["credit-amount"] == [("Sở Mẫu", Decimal("1500000000.00"), "Quỹ")]
    assert "12" in client.get(LINK).content.decode()
    client.post(LINK, {**TYPED, "value_outreach-events": "15"})
    told = ResultAnswer.objects.filter(indicator__code="outreach-events").order_by("pk")
    assert [(one.value, one.withdrawn_at is None) for one in told] == [(12, False), (15, True)]
    event = AuditEvent.objects.filter(chain=f"results:{row.pk}").latest("seq")
    assert (event.verb, event.facts["told_by"]) == ("results.told", "Bà Mẫu, Phó giám đốc")
    assert OutboxMessage.objects.filter(kind="results.told", user=world.hanh).count() == 2
    assert not_received(row.organisation, row.period) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value_credit-amount", ""),
        ("value_credit-amount", "nhiều lắm"),
        ("value_outreach-events", "-3"),
        ("value_outreach-events", "9" * 40),
        ("told_by", ""),
        ("told_by", "\x00"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, world, field, typed):
    asked(world)
    answer = client.post(LINK, {**TYPED, field: typed})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "Quỹ" in page
    assert not ResultAnswer.objects.exists()


def test_a_link_that_does_not_hold_says_no_more_than_that(client, world):
    """Unknown, replaced, withdrawn and expired are one page."""
    row = asked(world)
    perform(AskAgain(row.pk, in_days(3), token_hash("new")), by=world.hanh)
    pages = [client.get(LINK), client.get("/results/answer/unknown/"), client.get("/results/answer/x/form/")]
    assert client.get("/results/answer/new/").status_code == 200
    ResultRequest.objects.filter(pk=row.pk).update(expires_on=in_days(-1))
    pages.append(client.get("/results/answer/new/"))
    pages.append(client.post("/results/answer/new/", TYPED))
    ResultRequest.objects.filter(pk=row.pk).update(expires_on=in_days(1))
    perform(WithdrawRequest(row.pk, "Nhầm"), by=world.hanh)
    pages.append(client.get("/results/answer/new/"))
    assert {page.status_code for page in pages} == {404}
    assert all("Sở Mẫu" not in page.content.decode() for page in pages)
    assert not ResultAnswer.objects.exists()


def test_the_filled_form_is_read(client, world):
    row = asked(world)
    answer = client.post(LINK, {"upload": "1", "file": filled(row, {"D6": 2_000_000, "D7": 3, "E7": "Ba hội nghị"})})
    assert answer.status_code == 200
    told = {one.indicator.code: one for one in ResultAnswer.objects.select_related("indicator")}
    assert (told["credit-amount"].value, told["outreach-events"].note) == (2_000_000, "Ba hội nghị")
    assert (told["credit-amount"].told_by, told["credit-amount"].via) == ("Ông Mẫu, Trưởng phòng", "form")


@pytest.mark.parametrize(
    ("cells", "version", "said"),
    [
        ({"D6": 1, "D7": "mười hai"}, None, "D7"),
        ({"D6": 1}, None, "D7"),
        ({"D6": -1, "D7": 1}, None, "D6"),
        ({"D6": 1, "D7": 1}, "OTHERVERSION", "B2"),
        ({"D6": 1, "D7": 1, "A7": "courses"}, None, "outreach-events"),
        ({"D6": 1, "D7": 1, "B3": None}, None, "B3"),
    ],
)
def test_a_wrong_form_is_refused_naming_the_cell(client, world, cells, version, said):
    row = asked(world)
    answer = client.post(LINK, {"upload": "1", "file": filled(row, cells, version)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page.split('role="alert"')[1][:600]
    assert not ResultAnswer.objects.exists()


def _other_book():
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken", _other_book()])
def test_a_file_that_is_no_form_is_refused(client, world, content):
    asked(world)
    answer = client.post(LINK, {"upload": "1", "file": SimpleUploadedFile("bieu.xlsx", content)})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_whoever_asked_enters_what_came_by_letter(client, world):
    row = asked(world)
    client.force_login(world.hanh)
    assert client.post(f"/results/{row.pk}/enter/", TYPED).url == f"/results/{row.pk}/"
    assert "1.500.000.000" in client.get(f"/results/{row.pk}/").content.decode()
    assert client.get(f"/results/{row.pk}/form/")["Content-Type"].endswith("sheet")


def test_only_who_collects_for_the_organisation(client, world):
    row = asked(world)
    for by in ("lan", "binh", "ngan", "thanh", "son", "stranger"):
        with pytest.raises(PermissionDenied):
            perform(WithdrawRequest(row.pk, "x"), by=getattr(world, by))
        with pytest.raises(PermissionDenied):
            perform(TellResults(row.pk, {}, "x", "link", by_link=True), by=getattr(world, by))
    for who, status in (("lan", 404), ("son", 404), ("ngan", 404), ("hanh", 200)):
        client.force_login(getattr(world, who))
        assert client.get(f"/results/{row.pk}/").status_code == status, who
    client.force_login(world.lan)
    assert client.get("/results/").status_code == 403


def test_after_the_report_is_frozen_nothing_is_taken_any_more(world):
    row = asked(world)
    Report.objects.create(
        organisation=row.organisation, period=row.period, state="frozen", number="1", data_hash="x",
        signed_on=date(2026, 11, 25), frozen_by=world.hanh, frozen_at="2026-11-25T00:00Z", begun_by=world.hanh,
    )  # fmt: skip
    with pytest.raises(ActionNotPossible, match="chốt"):
        perform(TellResults(row.pk, {}, "x", "link", by_link=True), by=User.objects.system())
    with pytest.raises(ActionNotPossible):
        asked(world, body="Sở Khác", token="other")


def test_reminders_come_twice_and_not_after_an_answer(world, time_machine):
    """Seven and two days before the link expires, to whoever asked; never again on the same days."""
    asked(world, days=20)
    start = timezone.now()
    told = []
    for day in range(22):
        time_machine.move_to(start + timedelta(days=day), tick=False)
        told.append(remind())
        assert remind() == 0
    assert [day for day, number in enumerate(told) if number] == [13, 18]
    assert OutboxMessage.objects.filter(kind="results.missing", user=world.hanh).count() == 2


def test_no_reminder_after_an_answer(client, world):
    asked(world, days=3)
    client.post(LINK, TYPED)
    assert remind() == 0


def test_the_list_says_who_is_missing(client, world, django_assert_max_num_queries):
    for number in range(20):
        asked(world, body=f"Sở {number}", token=f"t{number}")
    client.post("/results/answer/t3/", TYPED)
    client.force_login(world.hanh)
    with django_assert_max_num_queries(9):
        assert "20 đề nghị" in client.get("/results/").content.decode()
    assert "19 đề nghị" in client.get("/results/?state=missing").content.decode()
    assert "1 đề nghị" in client.get("/results/?state=received&year=2026&q=so").content.decode()
