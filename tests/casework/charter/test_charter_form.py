"""The draft charter: nineteen texts by law, figures filled in, and what the form refuses."""

import pytest
from django.utils import timezone, translation

from casework.cases.models import Case
from casework.cases.stages import LegalForm
from casework.plans.charter import ARTICLE, BLANK, articles_of, groups_for
from casework.plans.models import Charter, CharterGroup
from tests.casework.arriving import arrive, assert_refused, blank_form, form_of


@pytest.fixture
def case(world):
    return world.open_case()


@pytest.fixture
def task(world, case):
    return arrive(world, case, "draft_charter")


def again(world, case):
    """The task of a second draft, after the review sent the charter back."""
    review = arrive(world, case, "review_plan")
    world.finish(review, outcome="return", remarks="Sửa trụ sở.", marked_in_charter=["seat"])
    return arrive(world, case, "draft_charter")


def test_the_law_in_force_asks_for_nineteen_contents_each_with_a_guide_and_a_source(case):
    groups = groups_for(case, timezone.localdate())

    assert [group.place for group in groups] == list(range(1, 20))
    assert all(group.guide_vi and "Article 40" in group.source for group in groups)
    assert groups_for(case, CharterGroup.objects.earliest("valid_from").valid_from.replace(year=2023)) == []


def test_the_form_opens_with_the_guide_in_every_text(task):
    form = blank_form(task)
    texts = {name: form.initial[name] for name in form.fields if name.startswith(ARTICLE)}

    assert len(texts) == 19
    assert "{vốn điều lệ}" in texts["article_capital"]
    assert BLANK in texts["article_internal"]


def test_what_is_finished_has_its_figures_and_no_braces(task, world, case):
    world.finish(task)

    charter = Charter.latest_of(case)
    assert len(charter.articles) == 19
    assert f"{charter.charter_capital:,}".replace(",", ".") in charter.articles["capital"]
    assert charter.cooperative_name in charter.articles["name"]
    assert charter.seat in charter.articles["name"]
    assert "Giám đốc và kiểm soát viên" in charter.articles["governance"]
    assert not any("{" in text for text in charter.articles.values())


@pytest.mark.parametrize("code", ["name", "fee", "disputes"])
def test_an_empty_text_blocks_and_is_named(code, task):
    title = str(CharterGroup.objects.get(code=code))

    assert_refused(task, f"article_{code}", title, **{f"article_{code}": "  \n "})


def test_what_was_left_open_in_the_guide_blocks(task):
    guide = blank_form(task).initial["article_internal"]

    assert_refused(task, "article_internal", BLANK, article_internal=guide)


def test_braces_that_somebody_typed_are_kept_as_typed(task, world, case):
    world.finish(task, article_debts="{{ ''.__class__ }} {% x %} <w:br/> {tên!r}")

    assert Charter.latest_of(case).articles["debts"] == "{{ ''.__class__ }} {% x %} <w:br/> {tên!r}"


def test_a_refused_form_shows_what_was_typed(task):
    form = form_of(task, article_fee="", article_debts="Nợ của tôi")

    assert not form.is_valid()
    assert "Nợ của tôi" in str(form["article_debts"])


def test_the_next_version_begins_with_the_last_one_and_says_what_is_out_of_date(world, case):
    first = world.finish(arrive(world, case, "draft_charter"), article_fee="Không thu phí thành viên.")
    assert first
    task = again(world, case)
    written = Charter.latest_of(case)

    form = blank_form(task)

    assert form.initial["article_fee"] == "Không thu phí thành viên."
    assert form.initial["article_name"] == written.articles["name"]
    assert_refused(
        task, "article_name", written.seat, article_name=written.articles["name"], seat="Thôn Mẫu 77, xã Bác Ái"
    )


def test_a_cooperative_group_has_a_contract_and_no_nineteen_texts(world, case):
    task = arrive(world, case, "draft_charter", hold_consultation={"outcome": "group"})
    form = blank_form(task)

    assert task.case.legal_form == LegalForm.THT
    assert not [name for name in form.fields if name.startswith(ARTICLE)]
    assert "governance" not in form.fields
    world.finish(task)
    charter = Charter.latest_of(case)
    assert (charter.governance, charter.articles) == ("", {})


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Nấm Hoa Sen", "Hợp tác xã"),
        ("Hợp tác xã", "Hợp tác xã"),
        ("HTX Nấm Hoa Sen", "Hợp tác xã"),
        ("Hợp tác xã Hội Liên hiệp Phụ nữ Bác Ái", "Hội Liên hiệp Phụ nữ"),
        ("Hợp tác xã 蘑菇", "蘑"),
    ],
)
def test_a_name_that_the_law_blocks_is_refused(name, part, task):
    assert_refused(task, "cooperative_name", part, cooperative_name=name)


def test_a_protected_name_is_taken_with_consent(task):
    name = "Hợp tác xã Hội Phụ nữ Bác Ái"

    assert form_of(task, cooperative_name=name, name_agreed="on").is_valid()


def test_the_smallest_contribution_is_a_part_of_the_capital(task):
    assert_refused(task, "min_contribution", charter_capital="100 triệu", min_contribution="101 triệu")
    assert_refused(task, "min_contribution", min_contribution="0")


@pytest.mark.parametrize("number", ["0", "21", "x", "1,5"])
def test_representatives_are_counted(number, task):
    assert_refused(task, "legal_representatives", legal_representatives=number)


def test_the_contents_are_told_in_the_language_of_the_page(task, world, case):
    world.finish(task)

    with translation.override("en"):
        titles = [article.title for article in articles_of(Charter.latest_of(case))]

    assert titles[0] == "Name, seat and logo (if any)"
    assert len(titles) == 19


def test_long_text_emoji_and_overrides_are_answered_by_a_sentence_or_kept(task, world, case):
    assert_refused(task, "article_pay", article_pay="x" * 4001)
    assert_refused(task, "article_pay", article_pay="Thưởng \u202eđảo\u202c")
    world.finish(task, article_pay="Thưởng 🎉")

    assert "🎉" in Charter.latest_of(case).articles["pay"]
    assert Case.objects.get(pk=case.pk).stage == "business_plan"
