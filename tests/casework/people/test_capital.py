"""Shares of the capital: exact, whatever the sums; the same from the list and from the database."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.acts import perform
from casework.people.acts import AssetData, EnterAsset
from casework.people.capital import Group, Totals, percent, table_of
from casework.people.models import Member, Person
from casework.people.queries import capital_table, gaps_of, members_of, totals_of

AMOUNTS = st.one_of(st.none(), st.integers(0, 10**13))
KINDS = st.sampled_from(Member.Kind.values)
SEXES = st.sampled_from(["female", "male", ""])


@st.composite
def members(draw):
    committed = draw(AMOUNTS)
    return Member(
        kind=draw(KINDS),
        nature=draw(st.sampled_from(["person", "household"])),
        person=draw(st.one_of(st.none(), SEXES.map(lambda sex: Person(sex=sex)))),
        committed=committed,
        paid=draw(st.integers(0, committed or 0)),
    )


@given(st.lists(members(), max_size=30))
def test_shares_add_up_to_exactly_everything_or_there_are_none(listed):
    table = table_of(listed, {})
    shares = [row.share for row in table.rows if row.share is not None]

    if any(member.committed for member in listed):
        assert sum(shares) == 1
    else:
        assert shares == []
    assert sum(row.committed for row in table.rows) == table.totals.all.committed


@given(st.lists(members(), max_size=30))
def test_kinds_add_up_to_all_and_women_are_a_part(listed):
    totals = table_of(listed, {}).totals
    everybody = totals.all

    assert everybody.members == len(listed)
    for name in Group.__dataclass_fields__:
        assert getattr(everybody, name) == sum(getattr(totals.of(kind), name) for kind in Member.Kind.values)
    assert everybody.women <= everybody.members
    assert everybody.women_committed <= everybody.committed
    assert everybody.paid <= everybody.committed


@given(st.integers(0, 10**13), st.integers(1, 10**13))
def test_a_percentage_is_within_half_a_hundredth_of_the_share(part, rest):
    share = Fraction(part, part + rest)
    shown = Fraction(percent(share).removesuffix(" %").replace(",", "."))

    assert abs(shown - share * 100) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "–"),
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(3, 10), "30 %"),
        (Fraction(1, 3), "33,33 %"),
        (Fraction(1, 200), "0,5 %"),
        (Fraction(300001, 1000000), "30 %"),
        (Fraction(1, 16), "6,25 %"),
    ],
)
def test_percentages_are_written_with_a_comma_and_no_idle_zeros(share, text):
    assert percent(share) == text


def test_there_is_no_share_of_nothing_and_none_of_what_is_unknown():
    assert Totals({}).share(5) is None
    assert Totals({"official": Group(1, committed=10)}).share(None) is None
    assert Totals({"official": Group(1, committed=10)}).share(5) == Fraction(1, 2)


def test_the_database_counts_what_the_list_counts(world, case, add, leave):
    add("Lê Mẫu An", sex="female", committed=7, paid=3)
    add("Lê Mẫu Cam", sex="male", committed=None)
    add("Lê Mẫu Dừa", kind="assoc_capital", sex="female", committed=2)
    add("Lê Mẫu Gấm", kind="assoc_noncapital", sex="female")
    add("Lê Mẫu Khế", nature="household", body_name="Hộ bà Mẫu", sex="female", committed=1)
    leave(add("Lê Mẫu Lựu", committed=100))

    table = capital_table(case)

    assert table.totals == totals_of(case)
    assert table.totals.all == Group(members=5, women=3, committed=10, women_committed=9, paid=3, unknown=1)
    assert [row.member.name for row in table.rows] == [
        "Lê Mẫu An",
        "Lê Mẫu Cam",
        "Lê Mẫu Dừa",
        "Lê Mẫu Gấm",
        "Hộ bà Mẫu",
    ]
    assert [row.share for row in table.rows] == [Fraction(7, 10), None, Fraction(2, 10), None, Fraction(1, 10)]


def test_assets_are_a_part_of_what_is_committed(world, case, add):
    member = add(committed=5_000_000)
    perform(EnterAsset(case.pk, member.pk, AssetData("gold", "Một chỉ vàng", 2_000_000)), by=world.lan)

    (row,) = capital_table(case).rows

    assert (row.assets, row.cash) == (2_000_000, 3_000_000)
    assert gaps_of(case)["valuation"] == 1


def test_the_list_of_an_earlier_day_is_the_list_of_that_day(case, add, leave):
    member = add()
    before, day = member.since - timedelta(days=1), member.since
    leave(member, until=day + timedelta(days=0))

    assert list(members_of(case)) == []
    assert list(members_of(case, before)) == []
    assert list(members_of(case, day)) == []


def test_gaps_are_counted_by_what_is_missing(case, add):
    add("Lê Mẫu An", birth="", committed=None)
    add("Lê Mẫu Cam", birth="1985", sex="female", committed=5, id_number="056185000123")
    add("Lê Mẫu Dừa", birth="1985-03-12", sex="male", committed=5, paid=5)
    add("Lê Mẫu Gấm", kind="assoc_noncapital", committed=None)

    found = gaps_of(case)

    assert found["capital"] == 1
    assert found["unpaid"] == 1
    assert (found["birth"], found["birth_day"]) == (1, 2)
    assert (found["sex"], found["id_number"], found["address"]) == (2, 3, 4)
    assert (found["representative"], found["valuation"]) == (0, 0)
