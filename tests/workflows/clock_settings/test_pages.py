"""The pages of calendar and limits: shown, previewed, saved, refused with a sentence, for administrators only."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.acts import perform
from casework.audit.models import AuditEvent
from tests.workflows.clock_settings.changes import SOURCE, change, day_off, last_day, province, weekday_in_term
from workflows.clock.models import CalendarDay, CalendarYear, TimeLimit
from workflows.clock.recount import recount_after
from workflows.clock.settings.calendar_acts import SetCalendarDay
from workflows.clock.settings.limit_acts import SetLimit

PAGES = ["calendar:home", "calendar:set_day", "calendar:confirm_year", "calendar:import", "calendar:import_days",
         "limits:home", "limits:new"]  # fmt: skip


@pytest.fixture
def office(client, world):
    client.force_login(world.van)
    client.cookies["django_language"] = "en"
    return client


def page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    return response, response.content.decode()


def typed(day, **more):
    fields = {"day": f"{day:%d/%m/%Y}", "kind": "off", "name": "Nghỉ thử", "source": SOURCE, "confirmed": "on"}
    return {"area": "", "request_id": str(uuid4()), **fields, **more}


def typed_limit(**more):
    day = f"{timezone.localdate():%d/%m/%Y}"
    fields = {"node": "screen_lead", "kind": "", "organisation": "", "length": "10", "unit": "working_day"}
    return {**fields, "valid_from": day, "source": SOURCE, "confirmed": "on", "request_id": str(uuid4()), **more}


@pytest.mark.parametrize("name", PAGES)
def test_administrators_see_the_pages_and_others_do_not(client, world, name):
    client.force_login(world.van)
    response, text = page(client, name)
    assert response.status_code == 200
    assert len(text) < 60_000
    client.force_login(world.hanh)
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["calendar:change", "limits:change"])
def test_a_change_that_is_not_there_is_not_found(office, name):
    assert office.get(reverse(name, args=[uuid4()])).status_code == 404


def test_the_year_tells_each_day_in_words_and_what_is_not_confirmed(office):
    _response, text = page(office, "calendar:home", year="2026")

    assert "1 day of this year is not confirmed" in text
    assert "24/11/2026" in text
    assert "Day off" in text
    assert "Worked instead" in text
    assert "12729/VPCP-KGVX" in text
    assert "21 working days" in text  # January 2026: 22 weekdays, two days off, one Saturday worked


@pytest.mark.parametrize("year", ["2019", "2101", "x", "１２３４", "\x00", "99999999999", ""])
def test_an_odd_year_shows_the_present_one(office, year):
    response, text = page(office, "calendar:home", year=year, area="\x00")
    assert response.status_code == 200
    assert f"Working calendar {timezone.localdate().year}" in text


def test_a_missing_next_year_is_warned_of(office):
    following = timezone.localdate().year + 1
    CalendarYear.objects.filter(year=following).delete()

    _response, text = page(office, "calendar:home")
    assert f"The calendar of {following} is not entered" in text


def test_a_province_shows_its_own_day_beside_the_nations(office, world):
    perform(SetCalendarDay(province(), date(2026, 11, 24), "ordinary", "Vẫn làm", SOURCE), by=world.van)

    _response, text = page(office, "calendar:home", year="2026", area=province().pk)
    assert "does not hold in this province" in text
    assert "Vẫn làm" in text


def test_a_day_is_looked_at_and_then_saved(office, world):
    task = world.task(world.open_case())
    day, before = weekday_in_term(task), last_day(task)

    looked = office.post(reverse("calendar:set_day"), {**typed(day), "look": ""})
    text = looked.content.decode()
    assert "1 open deadline would change." in text
    assert task.case.code in text
    assert f"{before:%d/%m/%Y}" in text
    assert not CalendarDay.objects.filter(day=day).exists()
    assert not AuditEvent.objects.filter(chain="calendar").exists()

    saved = office.post(reverse("calendar:set_day"), {**typed(day), "save": ""}, follow=True)
    assert "The deadlines are being counted anew" in saved.content.decode()
    assert CalendarDay.objects.get(day=day).name == "Nghỉ thử"


def test_the_page_of_a_change_tells_what_has_moved(office, world):
    task = world.task(world.open_case())
    order = change(world, day_off(task))
    recount_after.call(order)

    _response, text = page(office, "calendar:change", order["id"])
    assert "1 case was counted anew." in text
    assert "1 deadline has moved." in text
    assert task.case.code in text
    assert "Đặng Mẫu Vân" in text
    _response, text = page(office, "calendar:home")
    assert order["id"] in text


def test_save_twice_is_one_change(office, world):
    fields = {**typed(date(2026, 6, 8)), "save": ""}
    first = office.post(reverse("calendar:set_day"), fields)
    again = office.post(reverse("calendar:set_day"), fields)

    assert first.url == again.url
    assert AuditEvent.objects.filter(chain="calendar").count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"day": "31/02/2026"}, "There is no such day"),
        ({"day": "13/06/2026"}, "is a day off in any case"),
        ({"day": "08/06/2019"}, "The calendar is kept for the years"),
        ({"day": "08/06/9999"}, "too far away"),
        ({"name": "\x00"}, "Null characters"),
        ({"source": ""}, "Name the decision"),
        ({"kind": "worked"}, "is worked in any case"),
        ({"area": "999999999999999999999999"}, "There is no such province"),
        ({"area": "0x"}, "There is no such province"),
    ],
)
@pytest.mark.parametrize("button", ["look", "save"])
def test_bad_input_is_told_and_kept(office, more, says, button):
    fields = {**typed(date(2026, 6, 8)), **more, button: ""}
    response = office.post(reverse("calendar:set_day"), fields)

    text = response.content.decode()
    assert response.status_code == 200
    assert says in text
    assert "Not saved yet" in text
    assert not AuditEvent.objects.filter(chain="calendar").exists()


def test_what_was_typed_before_the_session_ended_comes_back(office, world):
    office.logout()
    office.post(reverse("calendar:set_day"), {**typed(date(2026, 6, 8), name="Nghỉ đã gõ"), "save": ""})
    office.force_login(world.van)

    assert "Nghỉ đã gõ" in page(office, "calendar:set_day")[1]


def test_a_day_that_is_there_is_offered_for_change(office):
    _response, text = page(office, "calendar:set_day", day="2026-11-24")
    assert 'value="24/11/2026"' in text
    assert "python-holidays" in text
    for odd in ("2026-99-99", "\x00", "x"):
        assert office.get(reverse("calendar:set_day"), {"day": odd, "area": "9" * 30}).status_code == 200


def test_a_day_is_removed_with_a_reason(office, world):
    row = CalendarDay.objects.get(day=date(2026, 11, 24), area=None)
    url = reverse("calendar:remove_day", args=[row.pk])

    assert "24/11/2026" in office.get(url).content.decode()
    assert "Write why" in office.post(url, {"reason": "", "save": ""}).content.decode()
    office.post(url, {"reason": "Luật chưa sửa", "save": "", "request_id": str(uuid4())})
    assert not CalendarDay.objects.filter(pk=row.pk).exists()
    assert office.get(url).status_code == 404


def test_a_year_is_confirmed(office):
    fields = {"year": "2031", "source": SOURCE, "save": "", "request_id": str(uuid4())}
    office.post(reverse("calendar:confirm_year"), fields)
    assert CalendarYear.objects.get(year=2031).confirmed
    fields["year"] = "9999999999999999999999"
    assert "at most" in office.post(reverse("calendar:confirm_year"), fields).content.decode()


def test_limits_show_law_marks_and_history(office, world):
    perform(_longer(world), by=world.van)

    _response, text = page(office, "limits:home")
    assert "term of the law" in text
    assert "kept by somebody else" in text
    assert "10 working days" in text
    assert "1 limit of before" in text


def _longer(world, **more):
    today = timezone.localdate()
    return SetLimit("screen_lead", "", None, 10, "working_day", today, SOURCE, **more)


def test_a_limit_is_looked_at_and_saved(office, world):
    task = world.task(world.open_case())

    text = office.post(reverse("limits:new"), {**typed_limit(), "look": ""}).content.decode()
    assert "1 open deadline would change." in text
    assert task.case.code in text
    assert TimeLimit.objects.filter(node="screen_lead").count() == 1

    office.post(reverse("limits:new"), {**typed_limit(), "save": ""})
    old, new = TimeLimit.objects.filter(node="screen_lead").order_by("valid_from")
    assert old.valid_until == timezone.localdate() - timedelta(days=1)
    assert (new.length, new.valid_until, new.source) == (10, None, SOURCE)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"length": "0"}, "at least 1"),
        ({"length": "367"}, "at most 366"),
        ({"length": "9" * 40}, "at most 366"),
        ({"length": "x"}, "whole number"),
        ({"valid_from": "01/01/2023"}, "a new one can only begin after that day"),
        ({"valid_from": "01/01/2019"}, "The calendar is kept for the years"),
        ({"node": "nothing"}, "Choose one of the entries"),
        ({"unit": "fortnight"}, "Choose one of the entries"),
        ({"organisation": "99999999999999999999"}, "There is no such organisation"),
        ({"source": "  "}, "Name the decision"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(office, more, says):
    text = office.post(reverse("limits:new"), {**typed_limit(), **more, "save": ""}).content.decode()
    assert says in text
    assert TimeLimit.objects.filter(node="screen_lead").count() == 1


def test_two_limits_never_hold_on_one_day(office, world):
    perform(_longer(world), by=world.van)
    text = office.post(reverse("limits:new"), {**typed_limit(length="7"), "save": ""}).content.decode()
    assert "a new one can only begin after that day" in text
    narrower = typed_limit(length="7", organisation=str(world.organisation("wu-kh-a").pk), save="")
    assert office.post(reverse("limits:new"), narrower).status_code == 302


def test_the_lists_take_as_many_statements_however_long_they_are(office, world):
    def statements(name):
        with CaptureQueriesContext(connection) as captured:
            assert office.get(reverse(name)).status_code == 200
        return len(captured)

    few = [statements("calendar:home"), statements("limits:home")]
    year = timezone.localdate().year
    for number, day in enumerate(d for d in _june(year) if d.weekday() < 5):
        perform(SetCalendarDay(None, day, "half", f"Ngày {number}", SOURCE), by=world.van)
    for code in ("wu-kh-a", "wu-kh-b", "wu-ld"):
        act = SetLimit("screen_lead", "", world.organisation(code), 5, "month", date(year, 6, 1), SOURCE)
        perform(act, by=world.van)
    more = [statements("calendar:home"), statements("limits:home")]
    assert all(b - a <= 2 for a, b in zip(few, more, strict=True)), (few, more)  # the names of who changed


def _june(year):
    return [date(year, 6, 1) + timedelta(days=n) for n in range(30)]
