"""The form of the business plan: its tables, what it refuses, and that nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.plans.comments import AddRemark
from casework.plans.models import BusinessPlan
from casework.plans.tables import checked
from tests.casework.arriving import arrive, form_of
from workflows.demo.answers import answer_for, rows_of
from workflows.demo.play import posted


@pytest.fixture
def task(world):
    return arrive(world, world.open_case(), "draft_plan")


def errors_of(form):
    """Every sentence that the form says, by field; rows by table, number and field."""
    assert not form.is_valid()
    found = {name: list(messages) for name, messages in form.errors.items()}
    for table, rows in form.rows.items():
        for number, row in enumerate(rows.errors):
            found |= {f"{table}-{number}-{name}": list(messages) for name, messages in row.items()}
    return found


def test_the_sums_are_reckoned_from_the_tables_and_stored(world, task):
    receipt = world.finish(task)

    plan = BusinessPlan.latest_of(task.case)
    product = plan.tables["products"][0]
    assert checked(plan.tables)
    assert plan.products == product["name"]
    for year in (1, 2, 3):
        assert getattr(plan, f"revenue_{year}") == product[f"volume_{year}"] * product["price_1"]
    assert plan.investment == plan.own_capital + plan.loan_wanted + plan.other_capital
    assert plan.women_workers == plan.tables["workers"][2]["women"]
    event = AuditEvent.objects.get(chain=receipt.link.chain, seq=receipt.link.seq)
    assert plan.tables in [change.get("to") for change in event.changes]


def test_a_price_left_empty_is_that_of_the_year_before(task):
    form = form_of(task, **{"products-0-price_2": "40.000", "products-0-price_3": ""})

    assert form.is_valid(), form.errors
    [row] = form.cleaned_data["tables"]["products"]
    assert (row["price_2"], row["price_3"]) == (40_000, 40_000)


def test_the_price_of_an_egg_is_no_missing_unit(task):
    assert form_of(task, **{"products-0-price_1": "500"}).is_valid()
    wrong = form_of(task, **{"products-0-price_1": "50"})
    assert "products-0-price_1" in errors_of(wrong)


def test_sources_that_do_not_pay_for_the_uses_name_both_sums(task):
    form = form_of(task, **{"sources-1-amount": "1 triệu"})

    [sentence] = errors_of(form)["__all__"]
    uses = int(form.data["working_capital"].split()[0]) + 150 + int(form.data["investment-1-amount"].split()[0])
    assert f"{uses}.000.000" in sentence
    assert f"{uses - 99}.000.000" in sentence
    assert "99.000.000" in sentence
    assert form["market"].value() == answer_for(task)["market"]
    assert form.rows["sources"].forms[1]["amount"].value() == "1 triệu"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"products-0-volume_2": "2,5"}, "products-0-volume_2"),
        ({"products-0-volume_1": ""}, "products-0-volume_1"),
        ({"products-0-name": "\x00"}, "products-0-name"),
        ({"products-0-name": "Nấm\u202enấm"}, "products-0-name"),
        ({"products-0-inside": "101"}, "products-0-inside"),
        ({"products-0-volume_1": "9" * 30}, "products-0-volume_1"),
        ({"costs-0-kind": "dear"}, "costs-0-kind"),
        ({"costs-1-year_1": "-5"}, "costs-1-year_1"),
        ({"costs-1-year_3": ""}, "costs-1-year_3"),
        ({"investment-0-amount": "0"}, "investment-0-amount"),
        ({"sources-0-kind": ""}, "sources-0-kind"),
        ({"sources-0-rate": "5"}, "sources-0-rate"),
        ({"sources-0-months": "12"}, "sources-0-months"),
        ({"sources-1-months": "0"}, "sources-1-months"),
        ({"workers-0-women": "99"}, "workers-0-women"),
        ({"funds-0-share": "101"}, "funds-0-share"),
        ({"funds-1-kind": "other"}, "funds-1-name"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_there_and_nowhere_else(typed, at, task):
    told = errors_of(form_of(task, **typed))

    assert set(told) == {"__all__", at}
    assert not any(sentence.startswith("This field") for sentences in told.values() for sentence in sentences)


@pytest.mark.parametrize(
    "typed",
    [
        rows_of("products"),
        rows_of("workers", {"workers": 5, "women": 4}),
        {"funds-1-share": "96"},
        {"products-0-volume_1": "1.000.000.000", "products-0-price_1": "1.000.000.000"},
    ],
)
def test_what_contradicts_itself_stands_above_the_form(typed, task):
    assert list(errors_of(form_of(task, **typed))) == ["__all__"]


@pytest.mark.parametrize("count", ["", "-1", "x", "99999999", "10000"])
def test_a_mangled_count_of_rows_is_answered_by_a_sentence(count, task):
    form = form_of(task, **{"products-TOTAL_FORMS": count})

    told = errors_of(form)
    assert told["__all__"]
    assert len(form.rows["products"].forms) <= 30


def test_emoji_and_markup_are_kept_as_text(world, task):
    world.finish(task, **{"products-0-name": "🍄 {{ ''.__class__ }} <w:br/>"})

    assert BusinessPlan.latest_of(task.case).products == "🍄 {{ ''.__class__ }} <w:br/>"


def test_every_table_gets_more_rows_and_keeps_what_was_typed(client, world, task):
    client.force_login(world.claim(task))
    shown = client.get(f"/tasks/{task.pk}/").context["form"].rows
    counts = {f"{name}-TOTAL_FORMS": len(rows.forms) for name, rows in shown.items()}

    typed = {**counts, "costs-0-item": "Điện nước Mẫu", "products-1-name": "Mộc nhĩ Mẫu", "add_rows": "costs"}
    response = client.post(f"/tasks/{task.pk}/", typed, follow=True)

    rows = response.context["form"].rows
    assert response.redirect_chain[0][0].endswith("#costs")
    assert len(rows["costs"].forms) == len(shown["costs"].forms) + 3
    assert len(rows["products"].forms) == len(shown["products"].forms)
    assert "Điện nước Mẫu" in response.text
    assert "Mộc nhĩ Mẫu" in response.text
    assert "errorlist" not in response.text


def test_rows_for_a_table_that_is_not_there_change_nothing(client, world, task):
    client.force_login(world.claim(task))

    response = client.post(f"/tasks/{task.pk}/", {"market": "Chợ Mẫu", "add_rows": "x\x00/../<b>"}, follow=True)

    assert response.status_code == 200
    assert "Chợ Mẫu" in response.text


def test_the_page_of_the_task_with_all_its_tables_is_light(client, world, task):
    client.force_login(world.claim(task))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(f"/tasks/{task.pk}/")

    assert len(response.content) < 60_000
    assert len(queries) <= 22


def test_a_new_version_begins_as_the_last_was_left(world, task):
    world.finish(task)
    world.finish(arrive(world, task.case, "review_plan"), outcome="return", remarks="Sửa.", marked_in_plan=["funds"])
    again = arrive(world, task.case, "draft_plan")

    form = again.step.form_class(task.case, world.lan)
    before = BusinessPlan.latest_of(task.case).tables

    for name in form.rows:
        known = [row.initial for row in form.rows[name].forms if row.initial]
        assert len(known) == len(before[name]), name
    assert len(form.rows["workers"].forms) == 3
    assert form.rows["sources"].forms[1]["rate"].value() == "7,92"
    assert "Sửa." in form.rows["funds"].note
    world.finish(again)
    assert BusinessPlan.latest_of(task.case).tables == before


def test_open_remarks_stand_beside_their_field_and_table(world, task):
    world.finish(task)
    review = arrive(world, task.case, "review_plan")
    plan = BusinessPlan.latest_of(task.case)
    for anchor, text in (("market", "Ai mua <b>mùa mưa</b>?"), ("costs.2", "Thuê đất bao nhiêu?")):
        perform(AddRemark(task.case_id, BusinessPlan, plan.pk, anchor, text), by=world.binh)
    world.finish(review, outcome="return", remarks="Sửa.", marked_in_plan=["market"])
    again = arrive(world, task.case, "draft_plan")

    form = again.step.form_class(task.case, world.lan)

    assert "mùa mưa&lt;/b&gt;" in form["market"].help_text
    assert "Thuê đất bao nhiêu?" in form.rows["costs"].note
    assert "2" in form.rows["costs"].note
    assert form.rows["products"].note == ""


def test_a_draft_of_half_a_plan_shows_no_mistakes(task):
    form = task.step.form_class(
        task.case, task.case.opened_by, draft=posted({"products-TOTAL_FORMS": "2", "products-0-name": "Nấm"})
    )

    assert not form.errors
    assert form.rows["products"].forms[0]["name"].value() == "Nấm"
    assert not any(row.errors for table in form.rows.values() for row in table.forms)
