"""Caps and sums for any amounts: exact, whatever the order of the members and however large the sums."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.checks.capital import capital_shares, capital_sums
from casework.rules.checks.conference import resolution_carried
from casework.rules.checks.members import foreign_members
from casework.rules.founding import judged_as
from tests.casework.rules.cases import CHARTER, HELD, good, member

CAPS = {
    "member_share_at_most_percent_htx": 30,
    "associates_share_at_most_percent_htx": 30,
    "foreign_share_at_most_percent": 30,
}
amounts = st.lists(st.integers(1, 10**13), min_size=1, max_size=40)
kinds = st.sampled_from(["official", "assoc_capital", "assoc_noncapital"])


def people(values, **more):
    return tuple(member(number, committed=value, **more) for number, value in enumerate(values, 1))


def in_capital(members, **more):
    whole = sum(one.committed or 0 for one in members if one.kind != "assoc_noncapital")
    return good(members=members, charter=replace(CHARTER, capital=whole, min_contribution=1), **more)


@given(amounts)
def test_the_cap_is_broken_exactly_when_somebody_has_more_than_her_share(values):
    found = capital_shares(in_capital(people(values)), CAPS)

    assert (found.verdict == "broken") == (max(values) * 10 > sum(values) * 3)


@given(st.lists(st.tuples(kinds, st.integers(1, 10**12), st.booleans()), min_size=1, max_size=30))
def test_groups_are_added_up_before_they_are_compared(rows):
    members = tuple(member(n, kind=k, committed=a, foreign=f) for n, (k, a, f) in enumerate(rows, 1))
    facts = in_capital(members)
    if not facts.committed:
        return
    found = capital_shares(facts, CAPS)

    giving = [(k, a, f) for k, a, f in rows if k != "assoc_noncapital"]
    associates = sum(a for k, a, _f in giving if k == "assoc_capital")
    foreign = sum(a for _k, a, f in giving if f)
    largest = max((a for k, a, _f in giving if k == "official"), default=0)
    assert (found.verdict == "broken") == any(part * 10 > facts.capital * 3 for part in (associates, foreign, largest))


@given(amounts, st.integers(-(10**6), 10**6))
def test_sums_hold_only_when_they_are_equal_to_the_dong(values, off):
    facts = in_capital(people(values), conference=None)
    charter = replace(facts.charter, capital=max(facts.charter.capital + off, 1))
    found = capital_sums(replace(facts, charter=charter), {})

    assert (found.verdict == "holds") == (charter.capital == sum(values))
    assert found.facts["promised"] == sum(values)


@given(amounts, st.integers(1, 10**13))
def test_everybody_gives_at_least_the_smallest_contribution(values, least):
    facts = in_capital(people(values), conference=None)
    found = capital_sums(replace(facts, charter=replace(facts.charter, min_contribution=least)), {})

    assert (found.verdict == "holds") == (min(values) >= least)


@given(st.permutations(range(1, 9)), st.integers(1, 10**9))
def test_the_order_of_members_changes_nothing(order, amount):
    members = [member(number, committed=amount * number) for number in range(1, 9)]
    shuffled = tuple(members[number - 1] for number in order)

    assert (
        capital_shares(in_capital(shuffled), CAPS).verdict == capital_shares(in_capital(tuple(members)), CAPS).verdict
    )


@given(st.integers(1, 10_000), st.data())
def test_a_resolution_needs_more_than_half_of_those_voting(voting, data):
    votes = data.draw(st.integers(0, voting))
    facts = good(conference=replace(HELD, attended=voting, votes_for=votes))
    found = resolution_carried(facts, {"founding_votes_above_percent": 50})

    assert (found.verdict == "holds") == (2 * votes > voting)


@settings(max_examples=50)
@given(st.integers(1, 200), st.data())
def test_foreigners_stay_below_their_share_of_the_members(count, data):
    foreign = data.draw(st.integers(1, count))
    members = tuple(member(n, foreign=n <= foreign) for n in range(1, count + 1))
    found = foreign_members(good(members=members), {"foreign_members_below_percent": 35})

    assert (found.verdict == "broken") == (foreign * 20 >= count * 7)


def test_an_undecided_group_is_judged_as_a_cooperative():
    assert [judged_as(form) for form in ("", "TLK", "THT", "HTX", "LHHTX")] == ["HTX", "HTX", "THT", "HTX", "LHHTX"]
