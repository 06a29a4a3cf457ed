"""The page of the business plan: tables, sums, chart, comparison and remarks."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.plans.comments import AddRemark, SettleRemark
from casework.plans.models import BusinessPlan, Charter, PlanComment
from casework.plans.plan_checks import warnings_of
from tests.casework.arriving import arrive
from workflows.demo.answers import rows_of

SECOND = {
    "market": "Bốn cửa hàng đặc sản ở Nha Trang và khách đặt qua mạng.",
    "products-0-price_1": "36.000",
    **rows_of(
        "funds",
        {"kind": "common", "name": "", "share": "4,5"},
        {"kind": "development", "name": "", "share": 20},
        {"kind": "other", "name": "Quỹ học nghề Mẫu", "share": 5},
    ),
}


@pytest.fixture
def case(world):
    return world.open_case()


def page(client, world, case, by="lan", **asked):
    client.force_login(getattr(world, by))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get(f"/cases/{case.code}/plan/", asked)


def two_versions(world, case):
    """A plan that came back once; market, a price and the funds differ in its second version."""
    world.finish(arrive(world, case, "draft_plan"))
    review = arrive(world, case, "review_plan")
    world.finish(review, outcome="return", remarks="Nói rõ người mua.", marked_in_plan=["market", "funds"])
    world.finish(arrive(world, case, "draft_plan"), **SECOND)
    return list(BusinessPlan.objects.filter(case=case).order_by("version"))


def remark(world, plan, anchor="products.1", text="Giá này của mùa nào?", by="binh"):
    act = AddRemark(plan.case_id, BusinessPlan, plan.pk, anchor, text)
    return perform(act, by=getattr(world, by), request_id=uuid4()).result["remark"]


def test_before_the_first_version_the_page_says_where_it_comes_from(client, world, case):
    assert "Draft the business plan" in page(client, world, case).text


def test_the_page_shows_texts_tables_sums_and_a_chart(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    plan = BusinessPlan.latest_of(case)

    body = page(client, world, case).text

    product = plan.tables["products"][0]
    first = product["volume_1"] * product["price_1"]
    for told in (plan.market, product["name"], plan.tables["investment"][0]["item"], "Quỹ Thử nghiệm", "7,92 %"):
        assert told in body
    assert f"{first:,}".replace(",", ".") + " đồng" in body
    assert "<svg" in body
    assert "<desc" in body
    assert "style=" not in body
    assert "<script>" not in body
    assert len(body.encode()) < 60_000


def test_a_comparison_marks_every_changed_word_and_cell_with_old_and_new(client, world, case):
    first, second = two_versions(world, case)

    response = page(client, world, case, **{"from": 1, "to": 2})

    blocks = {block.name: block for block in response.context["page"].blocks}
    assert {name for name, block in blocks.items() if block.changes} == {"market", "products", "funds"}
    price = blocks["products"].rows[0].cells[3]
    assert (" 35.000 " in price.old, " 36.000 " in price.text) == (True, True)
    assert [row.state for row in blocks["funds"].rows] == ["changed", "same", "changed"]
    assert ("removed", "Hai ") in blocks["market"].parts
    assert ("added", "Bốn ") in blocks["market"].parts
    assert f"<del>{price.old}</del> → <ins>{price.text}</ins>" in response.text
    old, new = (f"{plan.revenue_1:,}".replace(",", ".") for plan in (first, second))
    assert f"<del>{old} đồng</del> → <ins>{new} đồng</ins>" in response.text
    assert len(response.content) < 60_000


def test_rows_that_came_and_went_are_named(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    world.finish(arrive(world, case, "review_plan"), outcome="return", remarks="Sửa.", marked_in_plan=["costs"])
    rows = rows_of("costs", {"item": "Vận chuyển Mẫu", "kind": "fixed", "year_1": 0, "year_2": 0, "year_3": "5 triệu"})
    world.finish(arrive(world, case, "draft_plan"), **rows)

    response = page(client, world, case, **{"from": 1, "to": 2})
    costs = next(block for block in response.context["page"].blocks if block.name == "costs")
    assert [row.state for row in costs.rows] == ["changed", "removed"]
    assert "Taken out" in response.text

    back = page(client, world, case, **{"from": 2, "to": 1})
    costs = next(block for block in back.context["page"].blocks if block.name == "costs")
    assert [row.state for row in costs.rows] == ["changed", "added"]
    assert "New row" in back.text


@pytest.mark.parametrize("asked", [{"from": "x"}, {"from": 1, "to": 1}, {"from": "\x00", "to": "٢"}, {"to": "9" * 40}])
def test_versions_that_are_not_there_are_not_compared(asked, client, world, case):
    two_versions(world, case)

    response = page(client, world, case, **asked)

    assert response.status_code == 200
    assert response.context["before"] is None


def test_two_equal_versions_say_that_nothing_changed(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    world.finish(arrive(world, case, "review_plan"), outcome="return", remarks="Sửa.", marked_in_plan=["costs"])
    world.finish(arrive(world, case, "draft_plan"))

    response = page(client, world, case, **{"from": 1, "to": 2})

    assert "Nothing changed." in response.text
    assert "<del>" not in response.text


def test_a_return_stands_on_the_page_with_links_to_its_places(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    world.finish(arrive(world, case, "review_plan"), outcome="return", remarks="Quỹ?", marked_in_plan=["funds"])

    response = page(client, world, case)

    assert '<a href="#funds">' in response.text
    assert "Quỹ?" in response.text
    assert [block.name for block in response.context["page"].blocks if block.marked] == ["funds"]


def test_the_number_of_queries_does_not_grow_with_versions_and_remarks(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    plan = BusinessPlan.latest_of(case)
    remark(world, plan)
    page(client, world, case)
    with CaptureQueriesContext(connection) as few:
        page(client, world, case)
    for number in range(4):
        remark(world, plan, text=f"Câu hỏi {number}")
    two_versions_more(world, case)
    with CaptureQueriesContext(connection) as many:
        page(client, world, case, **{"from": 1, "to": 2})

    assert len(many) <= len(few) <= 25


def two_versions_more(world, case):
    for _round in range(2):
        world.finish(arrive(world, case, "review_plan"), outcome="return", remarks="Sửa.", marked_in_plan=["market"])
        world.finish(arrive(world, case, "draft_plan"))


# ── What the plan should think of ───────────────────────────────────────────────────────────────────────


def test_the_page_warns_of_a_small_common_fund_and_a_small_own_share(client, world, case):
    rows = rows_of(
        "sources",
        {"kind": "official", "amount": "10 triệu"},
        {"kind": "loan", "who": "Quỹ Thử nghiệm", "amount": f"{10}00 triệu", "rate": "12", "months": "12"},
    )
    typed = {"working_capital": "860 triệu", **rows_of("investment", {"item": "Máy", "amount": "150 triệu"}), **rows}
    world.finish(arrive(world, case, "draft_plan"), **typed, **{"funds-0-share": "4"})

    plan = BusinessPlan.latest_of(case)
    with translation.override("en"):
        told = [(check.place, check.sentence) for check in warnings_of(plan.tables, case, timezone.localdate())]

    assert [place for place, _sentence in told] == ["sources", "funds", "sources"]
    assert "20 %" in told[0][1]
    assert "5 %" in told[1][1]
    assert "1.000.000.000" not in told[2][1]
    assert told[0][1] in page(client, world, case).text


def test_a_sound_plan_has_nothing_to_think_of(world, case):
    world.finish(arrive(world, case, "draft_plan"))
    plan = BusinessPlan.latest_of(case)

    assert warnings_of(plan.tables, case, timezone.localdate()) == []


# ── Remarks ─────────────────────────────────────────────────────────────────────────────────────────────


def test_who_reviews_writes_a_remark_at_a_row_and_who_drafts_settles_it(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    client.force_login(world.binh)
    typed = {"anchor": "products.1", "text": "Giá này\ncủa mùa nào?", "request_id": str(uuid4())}
    response = client.post(f"/cases/{case.code}/plan/1/remarks/", typed)

    assert response.url.endswith("?version=1#products")
    written = PlanComment.objects.get(case=case)
    assert (written.anchor, written.written_by, written.plan.version) == ("products.1", world.binh, 1)
    assert AuditEvent.objects.get(verb="plan.remarked", case_id=case.pk).facts == {"remark": written.pk, "version": 1}
    row = next(b for b in page(client, world, case).context["page"].blocks if b.name == "products").rows[0]
    assert row.remarks == [written]

    client.force_login(world.lan)
    client.post(f"/cases/{case.code}/plan/remarks/{written.pk}/settle/", {"request_id": str(uuid4())})
    written.refresh_from_db()
    assert (written.settled_by, bool(written.settled_at)) == (world.lan, True)
    assert "settled by" in page(client, world, case).text


def test_an_open_remark_stays_in_sight_on_the_next_version(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    first = BusinessPlan.latest_of(case)
    open_one, settled = remark(world, first, text="Còn mở"), remark(world, first, text="Đã xong")
    perform(SettleRemark(case.pk, settled), by=world.lan)
    world.finish(arrive(world, case, "review_plan"), outcome="return", remarks="Sửa.", marked_in_plan=["products"])
    world.finish(arrive(world, case, "draft_plan"))

    response = page(client, world, case)

    assert "Còn mở" in response.text
    assert "Đã xong" not in response.text
    products = next(block for block in response.context["page"].blocks if block.name == "products")
    assert [one.pk for one in products.remarks] == [open_one]
    assert "Đã xong" in page(client, world, case, version=1).text


def test_a_remark_that_was_refused_stays_in_the_form(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    client.force_login(world.binh)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    for typed in ({"anchor": "products.9", "text": "Câu hỏi Mẫu"}, {"anchor": "", "text": "Câu hỏi Mẫu"}):
        response = client.post(f"/cases/{case.code}/plan/1/remarks/", typed)
        assert response.status_code == 200
        assert "Câu hỏi Mẫu" in response.text
        assert "Choose a place of the list." in response.text
    for text in ("", " ", "\x00", "x" * 5000):
        response = client.post(f"/cases/{case.code}/plan/1/remarks/", {"anchor": "market", "text": text})
        assert response.status_code == 200
        assert response.context["remark_form"].errors["text"]
    assert not PlanComment.objects.filter(case=case).exists()


def test_rights_are_asked_by_page_and_act_alike(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    plan = BusinessPlan.latest_of(case)
    written = remark(world, plan)

    with pytest.raises(PermissionDenied):
        remark(world, plan, by="lan")
    with pytest.raises(PermissionDenied):
        perform(SettleRemark(case.pk, written), by=world.binh)
    client.force_login(world.lan)
    assert client.post(f"/cases/{case.code}/plan/1/remarks/", {"anchor": "market", "text": "x"}).status_code == 403
    client.force_login(world.binh)
    assert client.post(f"/cases/{case.code}/plan/remarks/{written}/settle/").status_code == 403
    for number in (7, 10**30):
        assert client.post(f"/cases/{case.code}/plan/{number}/remarks/", {"anchor": "market"}).status_code == 404
        assert client.post(f"/cases/{case.code}/plan/remarks/{number}{number}/settle/").status_code == 404
    assert client.post(f"/cases/{case.code}/plan/1/remarks/", {}).status_code == 200
    client.force_login(world.cuc)
    assert client.get(f"/cases/{case.code}/plan/").status_code == 404
    assert client.post(f"/cases/{case.code}/plan/1/remarks/", {}).status_code == 404


def test_the_buttons_stand_only_where_they_may_be_pressed(client, world, case):
    world.finish(arrive(world, case, "draft_plan"))
    remark(world, BusinessPlan.latest_of(case))

    assert 'id="remark"' not in page(client, world, case).text
    assert "This is done" in page(client, world, case).text
    assert 'id="remark"' in page(client, world, case, by="binh").text
    assert "This is done" not in page(client, world, case, by="binh").text


def test_a_remark_is_settled_once_and_knows_its_places(world, case):
    world.finish(arrive(world, case, "draft_charter"))
    world.finish(arrive(world, case, "draft_plan"))
    plan, charter = BusinessPlan.latest_of(case), Charter.latest_of(case)
    written = remark(world, plan)

    perform(SettleRemark(case.pk, written), by=world.lan)
    with pytest.raises(ActionNotPossible):
        perform(SettleRemark(case.pk, written), by=world.lan)
    with pytest.raises(ActionNotPossible):
        remark(world, plan, anchor="revenue_1")
    perform(AddRemark(case.pk, Charter, charter.pk, "seat", "Thôn nào?"), by=world.binh)
    with pytest.raises(ActionNotPossible):
        perform(AddRemark(case.pk, Charter, charter.pk, "article_nothing", "Gì?"), by=world.binh)
    with pytest.raises(BusinessPlan.DoesNotExist):
        perform(AddRemark(world.open_case().pk, BusinessPlan, plan.pk, "market", "Sai hồ sơ"), by=world.binh)


def test_capital_in_the_plan_is_compared_with_the_list_of_members(world, case):
    arrive(world, case, "hold_founding_conference")
    plan = BusinessPlan.latest_of(case)
    assert warnings_of(plan.tables, case, timezone.localdate()) == []

    tables = {**plan.tables, "sources": [*plan.tables["sources"]]}
    tables["sources"][0] = {**tables["sources"][0], "amount": tables["sources"][0]["amount"] + 1_000_000}
    [told] = warnings_of(tables, case, timezone.localdate())

    assert told.place == "sources"
    for amount in (plan.own_capital, plan.own_capital + 1_000_000):
        assert f"{amount:,}".replace(",", ".") in told.sentence
