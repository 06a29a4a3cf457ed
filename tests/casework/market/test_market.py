"""Market links: what each kind needs, who verifies, what came of them, and what the steps ask for."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.linkage.market.acts import AddLink, CorrectLink, NoteOutcome, VerifyLink, WithdrawLink
from casework.linkage.market.kinds import KINDS
from casework.linkage.market.links import live_links
from casework.linkage.models import FollowUp, MarketLink
from casework.months import add_months
from workflows.acts import ClaimTask
from workflows.demo.answers import answer_for
from workflows.demo.play import AnswerRefused
from workflows.engine.models import Task
from workflows.steering.corrections import ReturnToStep

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
BASE = {"partner": "Công ty Mẫu", "proof": "12/2026/HĐ", "linked_on": "02/03/2026"}
NEEDED = {
    "contract": {"product": "Nấm rơm"},
    "platform": {"address": "https://example.com/nam"},
    "ocop": {"product": "Nấm khô", "stars": "3", "number": "QĐ 12", "valid_until": "02/03/2029"},
    "brand": {"number": "4-0123"},
    "traceability": {"number": "TX-9"},
    "growing_area": {"number": "VN-KH-1", "group": "Xoài", "area": "12,5"},
    "standard": {"group": "VietGAP", "number": "VG-1", "valid_until": "02/03/2028"},
    "trade_fair": {},
}


@pytest.fixture
def case(world):
    founded = world.open_case()
    world.advance(founded, to="link_market")
    return founded


def add(world, case, kind="contract", by="lan", **more):
    values = {"kind": kind, "partner": "Công ty Mẫu", "proof": "12/2026/HĐ", "linked_on": DAY, **more}
    link = perform(AddLink(case.pk, values), by=getattr(world, by)).result["link"]
    return MarketLink.objects.get(pk=link)


@pytest.mark.parametrize("kind", NEEDED)
def test_each_kind_has_its_fields_and_needs_some(client, world, case, kind):
    client.force_login(world.lan)
    url = f"/cases/{case.code}/market/add/"
    sent = {**BASE, **NEEDED[kind], "kind": kind}
    for name in KINDS[kind].needed:
        page = client.post(url, {**sent, name: ""}).content.decode()
        assert "cần nội dung này" in page
        assert "Công ty Mẫu" in page
    # A field of another kind that was left filled in is forgotten.
    assert client.post(url, {**sent, "volume": "2 tấn"}).status_code == 302
    link = MarketLink.objects.get()
    assert (link.kind, link.verified_at, link.volume) == (kind, None, "2 tấn" if kind == "contract" else "")
    assert "Công ty Mẫu" in client.get(f"/cases/{case.code}/market/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", ""),
        ("partner", ""),
        ("proof", "\x00"),
        ("linked_on", "31/02/2026"),
        ("linked_on", "01/01/2999"),
        ("address", "javascript:alert(1)"),
        ("address", "ftp://example.com/x"),
        ("address", "x" * 400),
        ("valid_until", "01/01/2020"),
        ("stars", "9"),
    ],
)
def test_what_is_wrong_is_said_and_stays(client, world, case, field, typed):
    client.force_login(world.lan)
    kind = "platform" if field == "address" else "ocop"
    sent = {**BASE, **NEEDED[kind], "kind": kind, field: typed}
    answer = client.post(f"/cases/{case.code}/market/add/", sent)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not MarketLink.objects.exists()


def test_somebody_else_verifies_by_name(client, world, case):
    link = add(world, case)
    with pytest.raises(PermissionDenied):
        perform(VerifyLink(case.pk, link.pk, "original"), by=world.binh)
    own = add(world, case, by="hanh", proof="Tự ghi")
    with pytest.raises(ActionNotPossible, match="Người khác"):
        perform(VerifyLink(case.pk, own.pk, "original"), by=world.hanh)
    client.force_login(world.hanh)
    url = f"/cases/{case.code}/market/{link.pk}/verify/"
    assert client.post(url, {"how": ""}).status_code == 200
    assert client.post(url, {"how": "issuer"}).status_code == 302
    link.refresh_from_db()
    assert (link.verified_by, link.verified_how) == (world.hanh, "issuer")
    assert AuditEvent.objects.filter(case_id=case.pk).latest("seq").verb == "market.verified"
    with pytest.raises(ActionNotPossible):
        perform(VerifyLink(case.pk, link.pk, "page"), by=world.hanh)
    assert "Phạm Mẫu Hạnh" in client.get("/market/").content.decode()


def test_a_corrected_link_is_verified_anew(world, case):
    link = add(world, case)
    perform(VerifyLink(case.pk, link.pk, "original"), by=world.hanh)
    values = {"kind": "contract", "partner": "Công ty Mẫu", "proof": "13/2026/HĐ", "linked_on": DAY}
    new = perform(CorrectLink(case.pk, link.pk, values), by=world.lan).result["link"]
    link.refresh_from_db()
    assert link.withdrawn_at is not None
    assert MarketLink.objects.get(pk=new).verified_at is None
    with pytest.raises(ActionNotPossible):
        perform(WithdrawLink(case.pk, link.pk, "x"), by=world.lan)


def test_the_same_proof_told_again_takes_the_old_ones_place(world, case):
    first = add(world, case)
    add(world, case, partner="CÔNG TY MẪU")
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert MarketLink.objects.filter(withdrawn_at=None).count() == 1


def test_the_step_confirms_only_what_somebody_verified(world, case):
    """Neither an unverified link nor none is enough; a reason why not is, and so is a link verified in the step."""
    task = world.advance(case, to="confirm_linkage")
    (link,) = MarketLink.objects.all()
    with pytest.raises(AnswerRefused, match="how_"):
        world.finish(task, **{f"how_{link.pk}": ""})
    world.finish(task, **{f"how_{link.pk}": "visit"})
    link.refresh_from_db()
    assert (link.verified_how, link.verified_by.username) == ("visit", "hanh")
    assert Case.objects.get(pk=case.pk).stage == Stage.LINKED


def test_the_step_offers_a_supervisor_only_links_of_others_to_verify(world, case):
    task = world.advance(case, to="confirm_linkage")
    own = add(world, case, by="hanh", proof="Của chính mình")
    (other,) = MarketLink.objects.exclude(pk=own.pk)

    offered = [name for name in task.form(world.hanh).fields if name.startswith("how_")]

    assert offered == [f"how_{other.pk}"]
    with pytest.raises(AnswerRefused):
        world.finish(task, by=world.hanh, **{f"how_{other.pk}": "", f"how_{own.pk}": "visit"})


def test_a_link_that_was_verified_before_is_enough(world, case):
    task = world.advance(case, to="confirm_linkage")
    link = MarketLink.objects.get()
    perform(VerifyLink(case.pk, link.pk, "page"), by=world.hanh)
    world.finish(task)
    assert Case.objects.get(pk=case.pk).stage == Stage.LINKED


def test_a_case_without_a_market_is_confirmed_with_its_reason(world, case):
    world.finish(world.task(case, "link_market"), result="skipped", reason="Chưa đến mùa")
    world.finish(world.advance(case, to="confirm_linkage"))
    assert Case.objects.get(pk=case.pk).stage == Stage.LINKED


def test_a_withdrawn_link_leaves_nothing_to_confirm(world, case):
    task = world.advance(case, to="confirm_linkage")
    link = MarketLink.objects.get()
    perform(WithdrawLink(case.pk, link.pk, "Hợp đồng bị hủy"), by=world.lan)
    with pytest.raises(AnswerRefused, match="decision"):
        world.finish(task)


def test_the_visit_asks_what_came_of_each_link(world, case):
    add(world, case, proof="Thứ hai")
    task = world.advance(case, to="follow_up_6_months")
    links = list(MarketLink.objects.filter(withdrawn_at=None))
    world.finish(task, **{f"state_{links[0].pk}": "ended", f"sales_{links[1].pk}": "90 triệu"})
    visit = FollowUp.objects.get()
    told = {link.pk: MarketLink.objects.get(pk=link.pk) for link in links}
    assert told[links[0].pk].state == "ended"
    assert told[links[1].pk].state_sales == 90_000_000
    assert {link.state_on for link in told.values()} == {visit.visited_on}


def test_an_outcome_is_noted_and_missed(client, world, case):
    today = timezone.localdate()
    old = add(world, case, proof="Cũ", linked_on=add_months(today, -7))
    add(world, case, proof="Mới", linked_on=add_months(today, -6) + timedelta(days=1))
    client.force_login(world.lan)
    assert "1 liên kết" in client.get("/market/?state=no_outcome").content.decode()
    with pytest.raises(ActionNotPossible):
        perform(NoteOutcome(case.pk, old.pk, "holding", old.linked_on - timedelta(days=1)), by=world.lan)
    sent = {"state": "growing", "on": f"{today:%d/%m/%Y}", "sales": "12 triệu"}
    assert client.post(f"/cases/{case.code}/market/{old.pk}/outcome/", sent).status_code == 302
    assert "0 liên kết" in client.get("/market/?state=no_outcome").content.decode()


def test_filters_and_budget(client, world, case, django_assert_max_num_queries):
    for number in range(20):
        add(world, case, kind="ocop", proof=f"QĐ {number}", product="Nấm khô",
            valid_until=timezone.localdate() + timedelta(days=number * 30 - 60))  # fmt: skip
    client.force_login(world.hanh)
    with django_assert_max_num_queries(8):
        assert "20 liên kết" in client.get("/market/").content.decode()
    for query, count in (
        ("kind=ocop", 20), ("kind=contract", 0), ("state=unverified", 20), ("state=verified", 0), ("state=ended", 2),
        ("q=nam kho", 20), ("q=\x00", 20), ("state=x", 20),
    ):  # fmt: skip
        assert f"{count} liên kết" in client.get(f"/market/?{query}").content.decode(), query
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_marketlink WHERE valid_until BETWEEN %s AND %s",
                       [timezone.localdate(), add_months(timezone.localdate(), 6)])  # fmt: skip
        ending = cursor.fetchone()[0]
    assert f"{ending} liên kết" in client.get("/market/?state=ending").content.decode()


def test_who_sees_and_who_writes(client, world, case):
    link = add(world, case)
    for by, status in (("mai", 200), ("cuc", 404), ("binh", 200), ("hanh", 200), ("ngan", 404), ("son", 404)):
        client.force_login(getattr(world, by))
        assert client.get(f"/cases/{case.code}/market/").status_code == status, by
    for by in ("cuc", "ngan", "son", "thanh", "van", "stranger"):
        with pytest.raises(PermissionDenied):
            perform(WithdrawLink(case.pk, link.pk, "x"), by=getattr(world, by))
    client.force_login(world.ngan)
    assert client.get("/market/").status_code == 404
    client.force_login(world.hanh)
    assert client.get(f"/cases/{case.code}/market/{link.pk + 99}/verify/").status_code == 404
    assert client.get(f"/cases/{case.code}/market/{2**70}/verify/").status_code == 404


def test_the_usual_end_of_an_ocop_certificate_is_suggested_by_the_number_of_its_day(client, world, case):
    """36 months since 24/02/2023; nothing is said of earlier certificates, nor of other kinds."""
    client.force_login(world.lan)
    for kind, begins, suggested in (
        ("ocop", "24/02/2023", "24/02/2026"), ("ocop", "30/11/2025", "30/11/2028"), ("ocop", "23/02/2023", ""),
        ("standard", "24/02/2023", ""),
    ):  # fmt: skip
        sent = {**BASE, **NEEDED[kind], "kind": kind, "linked_on": begins, "valid_until": ""}
        page = client.post(f"/cases/{case.code}/market/add/", sent)
        (needed, *usual) = page.context["form"].errors["valid_until"]
        assert "cần nội dung này" in needed
        assert [suggested in words for words in usual] == [True] * bool(suggested)


def test_ocop_is_certified_with_three_stars_or_more(client, world, case):
    client.force_login(world.lan)
    for stars in ("2", "6"):
        sent = {**BASE, **NEEDED["ocop"], "kind": "ocop", "stars": stars}
        assert list(client.post(f"/cases/{case.code}/market/add/", sent).context["form"].errors) == ["stars"]


def test_what_came_of_a_link_stays_when_it_is_corrected(world, case):
    link = add(world, case)
    perform(NoteOutcome(case.pk, link.pk, "growing", add_months(DAY, 6), 5_000_000), by=world.lan)
    values = {"kind": "contract", "partner": "Công ty Mẫu", "proof": "13/2026/HĐ", "linked_on": DAY}
    new = perform(CorrectLink(case.pk, link.pk, values), by=world.lan).result["link"]
    later = perform(CorrectLink(case.pk, new, {**values, "linked_on": add_months(DAY, 7)}), by=world.lan).result["link"]
    told = MarketLink.objects.in_bulk([new, later])
    assert (told[new].state, told[new].state_on, told[new].state_sales) == ("growing", add_months(DAY, 6), 5_000_000)
    assert (told[later].state, told[later].state_on) == ("", None)


def test_a_correction_of_the_step_takes_the_place_of_what_it_opened_with(client, world, case):
    """Its form opens with the newest link; with another proof the wrong one is gone, and other links stay."""
    other = add(world, case, proof="Khác")
    asking = world.advance(case, to="confirm_linkage")
    wrong = MarketLink.latest_of(case)
    perform(ClaimTask(asking.pk), by=world.hanh)
    perform(ReturnToStep(asking.pk, "link_market", "Sai số hợp đồng"), by=world.hanh)
    correction = Task.objects.get(back_to=asking)
    if correction.owner is None:
        perform(ClaimTask(correction.pk), by=world.binh)
    client.force_login(world.binh)
    form = client.get(f"/tasks/{correction.pk}/").context["form"]
    assert form["replaces"].value() == wrong.pk
    sent = answer_for(correction) | {"replaces": wrong.pk, "proof": "Số đúng"}
    client.post(f"/tasks/{correction.pk}/", {**sent, "request_id": uuid4()})
    assert set(MarketLink.objects.filter(withdrawn_at=None).values_list("proof", flat=True)) == {other.proof, "Số đúng"}


def test_a_link_that_began_after_the_visit_is_not_asked_for(world, case):
    """Each of them began today, and the visit was yesterday; on the day itself both are asked for."""
    task = world.advance(case, to="follow_up_6_months")
    today = timezone.localdate()
    link = add(world, case, proof="Sau chuyến thăm", linked_on=today)
    silent = {f"state_{one.pk}": "" for one in live_links(case)}
    with pytest.raises(AnswerRefused, match=f"state_{link.pk}"):
        world.finish(task, visited_on=f"{today:%d/%m/%Y}", **silent)
    before = f"{today - timedelta(days=1):%d/%m/%Y}"
    with pytest.raises(AnswerRefused, match=f"state_{link.pk}"):
        world.finish(task, visited_on=before, **silent | {f"state_{link.pk}": "growing"})
    world.finish(task, visited_on=before, **silent)
    assert set(live_links(case).values_list("state", "state_on")) == {("", None)}
