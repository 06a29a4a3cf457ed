"""The ledger of support: entered by acts, warned of overlaps, each side seeing only what it may."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cooperatives.models import Cooperative
from casework.months import add_months
from casework.organisations.models import Organisation, User
from casework.programme.support.acts import CorrectSupport, EnterSupport, WithdrawSupport
from casework.programme.support.models import Support
from casework.programme.support.overlaps import overlapping, overlapping_for, overlaps
from notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)
TYPED = {
    "cooperative": "HTX Nấm Mẫu", "need": "equipment", "what": "Máy sấy", "amount": "50 triệu", "fund": "local",
    "giver": "Sở Mẫu", "given_on": "04/05/2026",
}  # fmt: skip


@pytest.fixture
def entry(world):
    return Cooperative.objects.create(
        name="HTX Nấm Mẫu", legal_form="HTX", province=world.organisation("wu-kh").area, roster_key="nam"
    )


def values(entry, **more):
    return {
        "cooperative": entry, "need": "equipment", "what": "Máy sấy", "amount": 50_000_000, "fund": "local",
        "giver": "Sở Mẫu", "given_on": DAY, "despite": "", **more,
    }  # fmt: skip


def give(world, entry, code="wu-kh-a", by="lan", **more):
    act = EnterSupport(world.organisation(code).pk, values(entry, **more))
    return Support.objects.get(pk=perform(act, by=getattr(world, by)).result["support"])


def test_it_is_entered_on_a_page_on_the_chain_of_the_cooperative(client, world, entry):
    client.force_login(world.lan)
    sent = {**TYPED, "organisation": world.organisation("wu-kh-a").pk}
    assert client.post("/support/add/", sent).url == "/support/"
    row = Support.objects.get()
    assert (row.amount, row.cooperative, row.given_on) == (50_000_000, entry, DAY)
    assert AuditEvent.objects.get(chain=f"cooperative:{entry.pk}").verb == "support.entered"
    page = client.get("/support/").content.decode()
    assert "50.000.000 đồng" in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", ""),
        ("amount", "nhiều"),
        ("amount", "9" * 30),
        ("quantity", "2,5"),
        ("quantity", "-1"),
        ("quantity", "\x00"),
        ("quantity", "1" * 20),
        ("cooperative", "HTX Không Có"),
        ("given_on", "01/01/2999"),
        ("case_code", "KHONG-CO"),
        ("case_code", "\x00"),
        ("need", "x"),
    ],
)
def test_what_is_wrong_is_said_and_stays(client, world, entry, field, typed):
    client.force_login(world.lan)
    sent = {**TYPED, "organisation": world.organisation("wu-kh-a").pk, field: typed}
    answer = client.post("/support/add/", sent)
    assert answer.status_code == 200
    assert "Máy sấy" in answer.content.decode()
    assert not Support.objects.exists()


def test_in_kind_needs_a_unit(client, world, entry):
    client.force_login(world.lan)
    sent = {**TYPED, "organisation": world.organisation("wu-kh-a").pk, "amount": "", "quantity": "2,5"}
    assert "đơn vị" in client.post("/support/add/", sent).content.decode()
    assert client.post("/support/add/", {**sent, "unit": "tấn"}).status_code == 302
    assert str(Support.objects.get().quantity) == "2.50"


def test_an_overlap_is_warned_of_told_and_shown_as_far_as_one_may_see(client, world, entry):
    first = give(world, entry)
    client.force_login(world.cuc)
    sent = {**TYPED, "organisation": world.organisation("wu-kh-b").pk, "given_on": "05/05/2026"}
    page = client.post("/support/add/", sent).content.decode()
    assert "tổ chức khác" in page
    assert "05/2026" in page
    assert "Sở Mẫu" not in page.split("Đã được hỗ trợ")[1].split("</li>")[0]  # neither giver nor amount of the other
    assert Support.objects.count() == 1
    assert client.post("/support/add/", {**sent, "despite": "Máy cũ đã hỏng"}).status_code == 302
    told = OutboxMessage.objects.filter(kind="support.overlaps")
    assert [(message.organisation_id, message.audience) for message in told] == [
        (first.organisation_id, "keep_support")
    ]
    page = client.get("/support/overlaps/").content.decode()
    assert "tổ chức khác" in page
    assert "Máy cũ đã hỏng" in page
    client.force_login(world.hanh)
    assert "2 dòng" in client.get("/support/overlaps/").content.decode()
    client.force_login(world.ngan)
    assert client.get("/support/overlaps/").status_code == 403


def test_other_needs_other_months_and_withdrawn_rows_do_not_overlap(world, entry):
    row = give(world, entry)
    give(world, entry, need="training")
    give(world, entry, given_on=add_months(DAY, -12))
    with pytest.raises(ActionNotPossible):
        give(world, entry, given_on=add_months(DAY, -12) + timedelta(days=1))
    perform(WithdrawSupport(row.pk, "Nhập nhầm"), by=world.lan)
    give(world, entry, given_on=DAY + timedelta(days=3))


def test_an_entry_that_was_merged_is_the_one_it_became(world, entry):
    give(world, entry)
    other = Cooperative.objects.create(
        name="HTX Nấm (tên cũ)", province=entry.province, roster_key="cu", merged_into=entry
    )
    with pytest.raises(ActionNotPossible):
        give(world, other)


def test_a_correction_is_checked_too(world, entry):
    give(world, entry)
    other = give(world, entry, need="training")
    with pytest.raises(ActionNotPossible):
        perform(CorrectSupport(other.pk, values(entry)), by=world.lan)
    perform(CorrectSupport(other.pk, values(entry, need="training", what="Lớp")), by=world.lan)


def test_only_who_keeps_it_changes_it(world, entry):
    row = give(world, entry)
    for by in ("cuc", "binh", "thanh", "ngan", "son"):
        with pytest.raises(PermissionDenied):
            perform(WithdrawSupport(row.pk, "x"), by=getattr(world, by))


def test_the_list_costs_the_same_for_many(client, world, entry, django_assert_max_num_queries):
    for number in range(30):
        give(world, entry, despite="mẫu", given_on=DAY - timedelta(days=number))
    client.force_login(world.hanh)
    with django_assert_max_num_queries(10):
        page = client.get("/support/").content.decode()
    assert "30 dòng" in page
    assert "30 dòng" in client.get(f"/support/?cooperative={entry.pk}&fund=local&need=equipment").content.decode()
    assert "0 dòng" in client.get("/support/?fund=donor").content.decode()
    assert "30 dòng" in client.get("/support/?q=may say").content.decode()


@given(st.dates(date(2023, 1, 1), date(2026, 10, 1)), st.integers(-500, 500))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_see_the_overlap_or_neither(world, entry, one, days):
    """Whoever was first: the act asks the database what the calendar says, from both sides."""
    other = one + timedelta(days=days)
    with transaction.atomic():
        rows = [give(world, entry, given_on=day, despite="mẫu") for day in (one, other)]
        expected = overlaps(one, other, 12)
        assert [overlapping(row).exists() for row in rows] == [expected] * 2
        assert overlapping_for(world.standing("hanh")).exists() == expected
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 2, 27), True),
        (date(2024, 3, 31), date(2025, 3, 30), True),
        (date(2023, 6, 30), date(2024, 6, 30), False),
        (date(2003, 1, 1), date(2003, 5, 1), True),
    ],
)
def test_the_edges_of_a_year_are_the_same_from_both_sides(world, entry, one, other, expected):
    rows = [give(world, entry, given_on=day, despite="mẫu") for day in (one, other)]
    assert [overlapping(row).exists() for row in rows] == [expected] * 2
    assert set(overlapping_for(world.standing("hanh"))) == (set(rows) if expected else set())


def test_a_case_that_she_may_not_see_is_not_named_and_stays(client, world, entry):
    far = world.open_case("cuc", "HTX Rong Biển")
    row = give(world, entry, through=far)
    client.force_login(world.lan)
    url = f"/support/{row.pk}/correct/"
    assert far.code not in client.get(url).content.decode()
    assert client.post(url, {**TYPED, "cooperative": f"#{entry.pk}", "what": "Máy khác"}).status_code == 302
    row.refresh_from_db()
    assert (row.what, row.through) == ("Máy khác", far)


def test_what_moves_to_another_cooperative_stands_in_both_chains(world, entry):
    row = give(world, entry)
    other = Cooperative.objects.create(name="HTX Khác Mẫu", province=entry.province, roster_key="khác")
    perform(CorrectSupport(row.pk, values(other)), by=world.lan)
    chains = AuditEvent.objects.filter(verb="support.corrected").values_list("chain", flat=True)
    assert set(chains) == {f"cooperative:{entry.pk}", f"cooperative:{other.pk}"}


def test_the_page_and_the_act_agree(world, entry):
    """What the page of overlaps lists is what the act warns of, for days on both sides of the edge."""
    days = [
        DAY,
        add_months(DAY, -12),
        add_months(DAY, 12),
        add_months(DAY, -12) + timedelta(days=1),
        add_months(DAY, 12) - timedelta(days=1),
    ]
    rows = [give(world, entry, given_on=min(day, date(2026, 11, 1)), despite="mẫu") for day in days]
    warned = {row.pk for row in rows if overlapping(row).exists()}
    listed = set(overlapping_for(world.standing("hanh")).values_list("pk", flat=True))
    assert warned == listed


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_warned(world, entry):
    barrier, answers = Barrier(2), []

    def enter(code, by):
        try:
            barrier.wait(10)
            act = EnterSupport(Organisation.objects.get(code=code).pk, values(Cooperative.objects.get(pk=entry.pk)))
            perform(act, by=User.objects.get(username=by))
            answers.append("entered")
        except ActionNotPossible:
            answers.append("warned")
        finally:
            connections.close_all()

    threads = [Thread(target=enter, args=pair) for pair in (("wu-kh-a", "lan"), ("wu-kh-b", "cuc"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answers) == ["entered", "warned"]
