"""Targets are set, replaced and taken back by acts; the page says how far an organisation is."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.programme.indicators.counting import share_passed
from casework.programme.indicators.models import Indicator, ReportingPeriod, Target
from casework.programme.reports.models import Report
from casework.programme.targets.acts import SetPeriod, SetTarget, WithdrawTarget
from casework.programme.targets.forms import NumberInput

pytestmark = pytest.mark.django_db
YEAR = 2026
PLAN = f"/targets/year/{YEAR}/wu-kh/"


def period():
    return ReportingPeriod.objects.get(kind="year", year=YEAR)


def set_target(world, value="1", code="new-cooperatives", organisation="wu-kh", by="hanh"):
    indicator = Indicator.objects.get(code=code)
    act = SetTarget(world.organisation(organisation).pk, period().pk, indicator.pk, Decimal(value), "Kế hoạch mẫu")
    return perform(act, by=getattr(world, by)).result["target"]


def test_a_target_is_replaced_and_the_one_before_stays_readable(world):
    first = set_target(world, "1")
    second = set_target(world, "2")

    assert Target.objects.get(withdrawn_at=None).pk == second
    assert Target.objects.get(pk=first).withdrawn_at is not None
    events = AuditEvent.objects.filter(chain=f"organisation:{world.organisation('wu-kh').pk}", verb="target.set")
    assert events.count() == 2
    with pytest.raises(ActionNotPossible):
        set_target(world, "2")


def test_it_is_taken_back_with_a_reason_once(world):
    target = set_target(world)

    perform(WithdrawTarget(target, "Nhập nhầm"), by=world.hanh)

    assert not Target.objects.filter(withdrawn_at=None).exists()
    with pytest.raises(ActionNotPossible):
        perform(WithdrawTarget(target, "Nhập nhầm"), by=world.hanh)


@pytest.mark.parametrize("by", ["lan", "binh", "ngan", "thanh", "son", "stranger"])
def test_only_who_steers_the_organisation_sets_its_targets(world, by):
    with pytest.raises(PermissionDenied):
        set_target(world, by=by)


def test_after_the_report_is_frozen_no_target_changes(world):
    target = set_target(world)
    Report.objects.create(
        organisation=world.organisation("wu-kh"), period=period(), state="frozen", number="1", data_hash="x",
        signed_on=date(YEAR, 11, 25), frozen_by=world.hanh, frozen_at="2026-11-25T00:00Z", begun_by=world.hanh,
    )  # fmt: skip

    with pytest.raises(ActionNotPossible):
        set_target(world, "5")
    with pytest.raises(ActionNotPossible):
        perform(WithdrawTarget(target, "Nhập nhầm"), by=world.hanh)
    with pytest.raises(ActionNotPossible):
        perform(SetPeriod("year", YEAR, date(2025, 11, 21), date(2026, 11, 19), date(2026, 11, 30), "x"), by=world.van)


def test_the_page_shows_target_and_the_sum_handed_down(client, world):
    set_target(world, "7")
    set_target(world, "3", organisation="wu-kh-a")
    set_target(world, "2", organisation="wu-kh-b")
    client.force_login(world.hanh)

    page = client.get(PLAN).content.decode()

    assert "7 hợp tác xã" in page
    assert "5 hợp tác xã" in page
    assert client.get("/targets/", follow=True).status_code == 200


def test_advisors_read_and_do_not_set(client, world):
    client.force_login(world.lan)

    assert client.get(f"/targets/year/{YEAR}/wu-kh-a/").status_code == 200
    assert client.get(PLAN).status_code == 404
    assert client.get(f"/targets/year/{YEAR}/wu-kh-a/courses/set/").status_code == 403
    client.force_login(world.ngan)
    assert client.get("/targets/").status_code == 403


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("courses", "", "Viết chỉ tiêu bằng số"),
        ("courses", "mười", "Viết một số"),
        ("courses", "-1", "không âm"),
        ("courses", "9" * 40, "quá lớn"),
        ("courses", "\x001e5", "Viết một số"),
        ("women-managers-trained-share", "101", "100 %"),
    ],
)
def test_what_is_no_target_is_said_at_the_field_and_kept(client, world, code, value, words):
    client.force_login(world.hanh)

    answer = client.post(f"{PLAN}{code}/set/", {"value": value, "source": "Kế hoạch mẫu"})

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "Kế hoạch mẫu" in answer.content.decode()
    assert not Target.objects.exists()


def test_a_target_is_typed_as_people_write_numbers(client, world):
    client.force_login(world.hanh)

    client.post(f"{PLAN}credit-amount/set/", {"value": "1,5 tỷ", "source": "Kế hoạch mẫu"})
    client.post(f"{PLAN}women-managers-trained-share/set/", {"value": "66,7%", "source": "Kế hoạch mẫu"})

    assert sorted(Target.objects.values_list("value", flat=True)) == [Decimal("66.70"), Decimal(1_500_000_000)]
    assert "1.500.000.000 đồng" in client.get(PLAN).content.decode()


def test_what_is_not_there_is_not_found(client, world):
    client.force_login(world.hanh)

    assert client.get("/targets/year/2030/wu-kh/").status_code == 404
    assert client.get(f"{PLAN}nothing/").status_code == 404
    assert client.get(f"{PLAN}nothing/set/").status_code == 404
    assert client.get("/targets/year/99999999999999999999/wu-kh/").status_code == 404


def test_periods_never_overlap_and_are_set_by_the_programme_office(client, world):
    new = {"kind": "year", "year": "2028", "first_day": "21/11/2027", "last_day": "20/11/2028", "due_on": "30/11/2028"}
    client.force_login(world.hanh)
    assert client.post("/targets/periods/", new).status_code == 403
    client.force_login(world.van)

    assert client.post("/targets/periods/", {**new, "source": "Kế hoạch mẫu"}).status_code == 302
    answer = client.post("/targets/periods/", {**new, "year": "2029", "source": "Kế hoạch mẫu"})

    assert "trùng" in answer.content.decode()
    assert ReportingPeriod.objects.filter(year__gte=2028).count() == 1
    wrong = client.post("/targets/periods/", {**new, "year": "2030", "last_day": "20/11/2026", "source": "x"})
    assert wrong.status_code == 200


@given(st.integers(min_value=-400, max_value=800), st.integers(min_value=1, max_value=400))
def test_the_share_that_is_over_grows_from_nought_to_one(day, length):
    first = date(2025, 1, 1)
    one = ReportingPeriod(first_day=first, last_day=date.fromordinal(first.toordinal() + length))
    on = date.fromordinal(first.toordinal() + day)

    share = share_passed(one, on)

    assert 0 <= share <= 1
    assert (share == 0) == (day < 0)
    assert (share == 1) == (day >= length)


def test_a_number_field_reads_money_only_for_money():
    assert NumberInput(unit="dong").clean("350 triệu") == 350_000_000
    assert NumberInput(unit="count").clean("1.200") == 1200
