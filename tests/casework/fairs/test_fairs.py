"""Trade events and the cooperatives that took part: entered, corrected and withdrawn by acts, on pages."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cooperatives.models import Cooperative
from casework.linkage.fairs.acts import EnterFair, EnterPart, WithdrawFair, WithdrawFairPart
from casework.linkage.fairs.listing import coming_for
from casework.linkage.fairs.models import Fair, FairPart

pytestmark = pytest.mark.django_db
FAIR = {
    "title": "Hội chợ Mẫu", "kind": "fair", "organiser": "Sở Mẫu", "place": "Nha Trang",
    "first_day": date(2026, 5, 1), "last_day": date(2026, 5, 3),
}  # fmt: skip
TYPED = {**FAIR, "first_day": "01/05/2026", "last_day": "03/05/2026", "programme": ""}


def entered(world, code="wu-kh-a", by="lan", **more):
    act = EnterFair(world.organisation(code).pk, {**FAIR, **more})
    return Fair.objects.get(pk=perform(act, by=getattr(world, by)).result["fair"])


@pytest.fixture
def entry(world):
    return Cooperative.objects.create(
        name="HTX Nấm Mẫu", legal_form="HTX", province=world.organisation("wu-kh").area, roster_key="nam"
    )


def test_it_is_entered_on_a_page_and_told_in_its_own_chain(client, world):
    client.force_login(world.lan)
    answer = client.post("/fairs/add/", {**TYPED, "organisation": world.organisation("wu-kh-a").pk})
    fair = Fair.objects.get()
    assert answer.url == f"/fairs/{fair.pk}/"
    assert (fair.organisation.code, fair.recorded_by.username, fair.last_day) == ("wu-kh-a", "lan", date(2026, 5, 3))
    assert AuditEvent.objects.get(chain=f"fair:{fair.pk}").verb == "fair.entered"
    client.post(f"/fairs/{fair.pk}/correct/", {**TYPED, "place": "Cam Ranh"})
    event = AuditEvent.objects.filter(chain=f"fair:{fair.pk}").latest("seq")
    assert event.changes == [{"object": f"fair:{fair.pk}", "field": "place", "from": "Nha Trang", "to": "Cam Ranh"}]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "", "Viết"),
        ("first_day", "31/02/2026", "Không có ngày này"),
        ("last_day", "30/04/2026", "trước ngày đầu"),
        ("kind", "party", ""),
        ("organisation", "999999", ""),
        ("title", "\x00", ""),
        ("title", "x" * 500, "quá dài"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, world, field, typed, said):
    client.force_login(world.lan)
    answer = client.post("/fairs/add/", {**TYPED, "organisation": world.organisation("wu-kh-a").pk, field: typed})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert said in page
    assert "Sở Mẫu" in page
    assert not Fair.objects.exists()


def test_a_cooperative_takes_part_once(client, world, entry):
    fair = entered(world)
    client.force_login(world.lan)
    url = f"/fairs/{fair.pk}/parts/add/"
    assert client.post(url, {"cooperative": "htx nấm mẫu", "sales": "12 triệu", "agreements": ""}).status_code == 302
    assert "đã được nhập" in client.post(url, {"cooperative": f"#{entry.pk}"}).content.decode()
    part = FairPart.objects.get()
    assert (part.sales, part.agreements) == (12_000_000, 0)
    page = client.get(f"/fairs/{fair.pk}/").content.decode()
    assert "12.000.000 đồng" in page
    client.post(f"/fairs/{fair.pk}/parts/{part.pk}/withdraw/", {"reason": "Nhập nhầm"})
    assert client.post(url, {"cooperative": f"#{entry.pk}"}).status_code == 302
    assert FairPart.objects.count() == 2


def test_a_name_that_several_have_asks_which(client, world, entry):
    Cooperative.objects.create(name="HTX Nấm Mẫu", province=entry.province, roster_key="nam2")
    fair = entered(world)
    client.force_login(world.lan)
    said = client.post(f"/fairs/{fair.pk}/parts/add/", {"cooperative": "HTX Nấm Mẫu"}).content.decode()
    assert f"#{entry.pk} HTX Nấm Mẫu" in said
    said = client.post(f"/fairs/{fair.pk}/parts/add/", {"cooperative": "HTX Không Có"}).content.decode()
    assert "Không có" in said
    assert not FairPart.objects.exists()


def test_what_was_withdrawn_stays_as_it_is(world, entry):
    fair = entered(world)
    perform(WithdrawFair(fair.pk, "Nhập nhầm"), by=world.hanh)
    with pytest.raises(ActionNotPossible):
        perform(WithdrawFair(fair.pk, "Nhập nhầm"), by=world.lan)
    with pytest.raises(ActionNotPossible):
        perform(EnterPart(fair.pk, {"cooperative": entry}), by=world.lan)


def test_only_who_keeps_it_changes_it(world, entry):
    fair = entered(world)
    for by in ("cuc", "binh", "thanh", "ngan", "son", "stranger"):
        with pytest.raises(PermissionDenied):
            perform(EnterPart(fair.pk, {"cooperative": entry}), by=getattr(world, by))
    part = perform(EnterPart(fair.pk, {"cooperative": entry}), by=world.mai).result["fairpart"]
    perform(WithdrawFairPart(part, "Không đến"), by=world.lan)


def test_the_list_is_filtered_and_costs_the_same_for_many(client, world, entry, django_assert_max_num_queries):
    for number in range(30):
        perform(EnterPart(entered(world, title=f"Hội chợ {number}").pk, {"cooperative": entry}), by=world.lan)
    entered(world, title="Phiên chợ", kind="online", first_day=date(2025, 1, 1), last_day=date(2025, 1, 1))
    client.force_login(world.hanh)
    with django_assert_max_num_queries(8):
        page = client.get("/fairs/").content.decode()
    assert "31 sự kiện" in page
    assert "30 sự kiện" in client.get("/fairs/?year=2026").content.decode()
    assert "1 sự kiện" in client.get("/fairs/?kind=online&year=2025").content.decode()
    assert "31 sự kiện" in client.get("/fairs/?year=nay&kind=\x00").content.decode()
    client.force_login(world.son)
    assert "0 sự kiện" in client.get("/fairs/").content.decode()


def test_what_lies_ahead_is_for_a_calendar(world):
    day = timezone.localdate() + timedelta(days=9)
    fair = entered(world, first_day=day, last_day=day)
    entered(world)
    assert [(one[1], one[2], one[4]) for one in coming_for(world.standing("hanh"))] == [
        (fair.title, day, f"/fairs/{fair.pk}/")
    ]
    assert coming_for(world.standing("ngan")) == []
