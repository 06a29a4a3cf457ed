"""Lists count to a thousand, several in one statement, and only what somebody may see."""

import pytest
from django.template import Context, Template
from django.utils import translation

from casework.cases.models import Case
from casework.counting import count_up_to, counts_up_to
from casework.organisations.models import Organisation
from casework.sharing import scope
from casework.sharing.scope import Unscoped
from workflows.engine.models import Task


def test_several_lists_are_counted_in_one_statement(world, django_assert_num_queries):
    for number in range(3):
        world.open_case(name=f"HTX Đếm {number}")
    lists = [Task.objects.open(), Task.objects.none(), Task.objects.open().filter(held=True), Case.objects.all()]
    exact = [rows.count() for rows in lists]

    with django_assert_num_queries(1):
        assert counts_up_to(lists) == exact
    with django_assert_num_queries(0):
        assert counts_up_to([]) == []
    assert exact[0] > 2
    assert counts_up_to(lists, most=2) == [3, 0, 0, 3]
    assert count_up_to(lists[0], most=2) == 3


def test_what_nobody_limited_is_not_counted_in_a_page(world):
    with scope.page(), pytest.raises(Unscoped):
        counts_up_to([Task.objects.visible_to(world.standing("lan")), Task.objects.open()])


@pytest.mark.parametrize(("language", "words"), [("vi", "7 1.000 1.000+ trên"), ("en", "7 1.000 1.000+ trên")])
def test_beyond_a_thousand_a_page_says_so(language, words):
    page = Template(
        "{% load counting %}{{ a|counted }} {{ b|counted }} {{ c|counted }} {% if c|uncounted %}trên{% endif %}"
    )
    with translation.override(language):
        assert page.render(Context({"a": 7, "b": 1000, "c": 1001})) == words


def test_among_is_in_with_one_parameter(world):
    codes = ["wu-kh-a", "al-kh", "no-such"]
    wanted = Organisation.objects.filter(code__in=codes)

    assert set(Organisation.objects.filter(code__among=codes)) == set(wanted)
    assert set(Organisation.objects.filter(pk__among=[row.pk for row in wanted])) == set(wanted)
    below = Organisation.objects.filter(parent__among=[world.organisation("wu-kh").pk])
    assert set(below) == set(Organisation.objects.filter(parent=world.organisation("wu-kh")))
    assert below.exists()
    assert not Organisation.objects.filter(code__among=[]).exists()
    assert len(wanted.query.sql_with_params()[1]) == 3
    assert len(Organisation.objects.filter(code__among=codes).query.sql_with_params()[1]) == 1
