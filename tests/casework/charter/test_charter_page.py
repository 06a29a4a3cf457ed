"""The page of the charter: who sees it, what it tells, and the comparison of two versions."""

import pytest

from casework.plans.models import Charter, CharterGroup
from tests.casework.arriving import arrive


@pytest.fixture
def case(world):
    return world.open_case()


def page(client, world, case, by="lan", **asked):
    client.force_login(getattr(world, by))
    return client.get(f"/cases/{case.code}/plan/charter/", asked)


def two_versions(world, case):
    """A charter that came back once and has another fee and name in its second version."""
    world.finish(arrive(world, case, "draft_charter"), article_fee="Phí mười nghìn đồng một năm.")
    review = arrive(world, case, "review_plan")
    world.finish(review, outcome="return", remarks="Sửa phí.", marked_in_charter=["seat"])
    task = arrive(world, case, "draft_charter")
    world.finish(task, seat="Thôn Mẫu 9, xã Bác Ái", article_fee="Phí hai mươi nghìn đồng một năm.")


def test_before_the_first_version_the_page_says_what_the_law_asks_for(client, world, case):
    body = page(client, world, case).content.decode()

    assert "Phí thành viên" in body
    assert body.count("<li>") >= 19


def test_a_version_is_shown_by_contents(client, world, case):
    world.finish(arrive(world, case, "draft_charter"))

    body = page(client, world, case).content.decode()

    charter = Charter.latest_of(case)
    assert charter.cooperative_name in body
    for group in CharterGroup.objects.all():
        assert str(group) in body
    assert f'id="article_{CharterGroup.objects.first().code}"' in body


def test_two_versions_are_compared_word_by_word(client, world, case):
    two_versions(world, case)

    response = page(client, world, case, **{"from": "1", "version": "2"})

    body = response.content.decode()
    assert "<del>mười </del><ins>hai mươi </ins>" in body
    assert "Thôn Mẫu 9, xã Bác Ái" in body
    assert response.context["changed"] == 2
    assert "<del>" not in page(client, world, case, version="1").content.decode()


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "", "9" * 40, "1\x00"])
def test_a_number_that_is_no_version_shows_the_newest(number, client, world, case):
    world.finish(arrive(world, case, "draft_charter"))

    response = page(client, world, case, version=number, **{"from": number})

    assert response.status_code == 200
    assert response.context["charter"].version == 1
    assert response.context["before"] is None


def test_text_from_people_is_never_markup(client, world, case):
    world.finish(arrive(world, case, "draft_charter"), article_fee="<script>alert(1)</script> {{ 7*7 }}")

    body = page(client, world, case).content.decode()

    assert "<script>alert" not in body
    assert "{{ 7*7 }}" in body


@pytest.mark.parametrize(
    ("by", "status"),
    [("lan", 200), ("mai", 200), ("hanh", 200), ("binh", 200), ("van", 200), ("cuc", 404), ("phuong", 404)],
)
def test_who_may_open_the_case_sees_its_charter(by, status, client, world, case):
    assert page(client, world, case, by=by).status_code == status


def test_the_page_asks_as_much_for_two_versions_as_for_one(client, world, case, django_assert_max_num_queries):
    two_versions(world, case)
    client.force_login(world.lan)

    with django_assert_max_num_queries(12):
        response = client.get(f"/cases/{case.code}/plan/charter/", {"from": "1"})

    assert len(response.content) < 60_000
