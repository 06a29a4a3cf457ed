"""The arithmetic of a business plan: exact, whatever is typed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.plans.chart import chart_of, short_money
from casework.plans.figures import due_in, figures_of, half_up, repayment, share_of
from casework.plans.plan_checks import LARGEST, faults_of
from casework.plans.tables import SourceKind, checked, is_place

AMOUNTS = st.integers(0, 10**12)


def product(volumes=(10, 10, 10), prices=(1000, 1000, 1000), inside=0, **more):
    years = {f"volume_{n}": v for n, v in enumerate(volumes, 1)} | {f"price_{n}": p for n, p in enumerate(prices, 1)}
    return {"name": "Nấm", "unit": "kg", "inside": inside, **years, **more}


def cost(kind, *years):
    return {"item": "Công", "kind": kind, **{f"year_{n}": amount for n, amount in enumerate(years, 1)}}


def source(kind, amount, rate=None, months=None, who=""):
    return {"kind": kind, "who": who, "amount": amount, "rate": rate, "months": months}


def tables(**more):
    """Tables that hold together: 30 million needed, 20 own, 10 borrowed."""
    return {
        "products": [product()],
        "costs": [],
        "investment": [{"item": "Máy", "amount": 20_000_000}],
        "working_capital": 10_000_000,
        "sources": [source("official", 20_000_000), source("loan", 10_000_000, "12", 24)],
        "workers": [{"year": year, "workers": 9, "women": 7} for year in (1, 2, 3)],
        "funds": [{"kind": "common", "name": "", "share": "5"}],
        **more,
    }


products = st.builds(
    product,
    st.tuples(*[st.integers(0, 10**6)] * 3),
    st.tuples(*[st.integers(0, 10**6)] * 3),
    st.integers(0, 100),
)
costs = st.builds(cost, st.sampled_from(["variable", "fixed"]), AMOUNTS, AMOUNTS, AMOUNTS)
sources = st.builds(source, st.sampled_from(SourceKind.values), AMOUNTS)
funds = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["common", "development", "other"]),
            "name": st.just(""),
            "share": st.decimals(0, 25, places=2).map(lambda share: f"{share:f}"),
        }
    ),
    max_size=4,
)


@given(st.lists(products, max_size=8), st.lists(costs, max_size=8))
def test_the_sums_of_a_year_are_the_sums_of_its_rows(rows, spent):
    for year in figures_of(tables(products=rows, costs=spent)).years:
        n = year.number
        assert year.revenue == sum(row[f"volume_{n}"] * row[f"price_{n}"] for row in rows)
        assert year.cost == sum(row[f"year_{n}"] for row in spent)
        assert year.profit == year.revenue - year.cost
        assert year.inside + year.outside == year.revenue
        assert 0 <= year.inside <= year.revenue
        exact = sum((Fraction(row[f"volume_{n}"] * row[f"price_{n}"] * row["inside"], 100) for row in rows), Fraction())
        assert abs(year.inside - exact) <= Fraction(1, 2)


@given(st.lists(products, max_size=5), st.lists(costs, max_size=5))
def test_at_the_break_even_revenue_cost_is_just_covered(rows, spent):
    for year in figures_of(tables(products=rows, costs=spent)).years:
        needed = year.break_even
        if needed is None:
            assert year.variable > year.revenue or year.fixed > 0
            assert year.revenue - year.variable <= 0
        elif needed == 0:
            assert year.fixed == 0
        else:
            kept = Fraction(year.revenue - year.variable, year.revenue)
            assert needed * kept >= year.fixed > (needed - 1) * kept
            assert (year.revenue >= needed) == (year.profit >= 0)


@given(st.lists(products, min_size=1, max_size=5), funds)
def test_funds_and_members_together_get_the_whole_income(rows, shares):
    for year in figures_of(tables(products=rows)).years:
        parts = year.allocations(shares)
        given_away = sum(part.amount for part in parts)
        assert all(part.amount >= 0 for part in parts)
        assert given_away <= year.profit  # four shares of at most 25 %
        for part, fund in zip(parts, shares, strict=True):
            base = year.outside_income if fund["kind"] == "common" else year.profit
            assert part.amount <= base * Fraction(fund["share"]) / 100 < part.amount + 1


def test_a_loss_gives_nothing_to_any_fund():
    year = figures_of(tables(costs=[cost("fixed", 99_999, 0, 0)])).years[0]

    assert year.profit < 0
    assert [part.amount for part in year.allocations(tables()["funds"])] == [0]
    assert year.outside_income == 0


@given(st.integers(1, 10**12), st.decimals(0, 100, places=2), st.integers(1, 360))
def test_a_loan_is_paid_back_in_full_with_interest_on_what_is_owed(amount, rate, months):
    years = [repayment(amount, f"{rate:f}", months, year) for year in range(1, 31)]

    assert sum(principal for principal, _interest in years) == amount
    whole = Fraction(f"{rate:f}") / 1200 * amount * (months + 1) / 2
    assert sum(interest for _principal, interest in years) == whole


def test_what_a_loan_asks_for_is_known_only_with_rate_and_term():
    known = source("loan", 12_000_000, "12", 24)

    # 6 million back; interest 1 % a month on 12, 11.5, … 6.5 million
    assert due_in([known], 1) == 6_000_000 + 1_110_000
    assert due_in([known], 3) == 0
    assert due_in([known, source("loan", 1000)], 1) is None
    assert due_in([source("official", 5000)], 1) == 0


@given(st.lists(sources, max_size=8), AMOUNTS, AMOUNTS)
def test_sources_that_do_not_pay_for_the_uses_are_told_with_both_sums(rows, bought, working):
    plan = tables(sources=rows, investment=[{"item": "Máy", "amount": bought}], working_capital=working)
    figures = figures_of(plan)
    faults = [fault.sentence for fault in faults_of(plan)]

    assert figures.columns["own_capital"] + figures.columns["loan_wanted"] + figures.columns["other_capital"] == sum(
        row["amount"] for row in rows
    )
    if figures.sources == figures.uses:
        assert faults == []
    else:
        [fault] = faults
        for amount in (figures.sources, figures.uses, abs(figures.sources - figures.uses)):
            assert f"{amount:,}".replace(",", ".") in fault


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"workers": [{"year": 1, "workers": 1, "women": 0}]}, "workers"),
        (
            {
                "funds": [
                    {"kind": "other", "name": "A", "share": "60"},
                    {"kind": "other", "name": "B", "share": "40.01"},
                ]
            },
            "funds",
        ),
        ({"funds": [{"kind": "common", "name": "", "share": "5"}] * 2}, "funds"),
        ({"products": [product((10**6, 0, 0), (LARGEST, 0, 0))]}, "products"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_place(more, place):
    assert [fault.place for fault in faults_of(tables(**more))] == [place]
    assert all(fault.blocks for fault in faults_of(tables(**more)))


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12))
def test_a_share_is_rounded_to_the_nearest_tenth(part, whole):
    share = share_of(part, whole)

    assert abs(Fraction(share) - Fraction(part * 100, whole)) <= Fraction(1, 20)
    assert share_of(part, 0) is None
    assert half_up(Fraction(5, 2)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {**tables(), "more": 1},
        {**tables(), "working_capital": "1"},
        {**tables(), "working_capital": -1},
        {**tables(), "products": [{"name": "Nấm"}]},
        {**tables(), "products": [product(inside="10")]},
        {**tables(), "investment": [{"item": "Máy", "amount": 1.5}]},
        {**tables(), "investment": [{"item": "Máy", "amount": True}]},
        {**tables(), "sources": [source("loan", 5, rate=7.92)]},
    ],
)
def test_tables_of_another_shape_are_refused(wrong):
    assert checked(tables())
    with pytest.raises(ValueError, match=r"^(tables|working_capital|products\.1|investment\.1|sources\.1)$"):
        checked(wrong)


@pytest.mark.parametrize(
    ("anchor", "there"),
    [
        ("market", True),
        ("products", True),
        ("products.1", True),
        ("sources.2", True),
        ("products.2", False),
        ("products.0", False),
        ("products.01", False),
        ("products.", False),
        ("products.²", False),
        ("products.-1", False),
        ("market.1", False),
        ("working_capital.1", False),
        ("revenue_1", False),
        ("", False),
        ("products.99999999999999999999", False),
    ],
)
def test_a_remark_stands_only_on_a_place_that_is_there(anchor, there):
    assert is_place(tables(), anchor) is there


# ── The chart ───────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(products, max_size=4), st.lists(costs, max_size=4))
def test_every_bar_lies_inside_the_drawing_and_is_as_long_as_its_sum(rows, spent):
    figures = figures_of(tables(products=rows, costs=spent))
    chart = chart_of(figures.years)

    assert len(chart.groups) == 3
    for group, year in zip(chart.groups, figures.years, strict=True):
        assert [bar.kind for bar in group.bars] == ["revenue", "cost", "profit"]
        for bar, amount in zip(group.bars, (year.revenue, year.cost, year.profit), strict=True):
            assert 84 <= bar.x <= bar.x + bar.width <= 276
            assert (bar.x + bar.width == chart.axis) if amount < 0 else (bar.x == chart.axis)
    longest = max((bar for group in chart.groups for bar in group.bars), key=lambda bar: bar.width)
    assert longest.width <= 192
    assert str(figures.years[0].number) in chart.description


@pytest.mark.parametrize(
    ("amount", "tail"),
    [
        (0, "0"),
        (950_000, "950.000"),
        (84_000_000, "84 "),
        (-30_000_000, "−30 "),
        (12_345_678, "12,3 "),
        (1_250_000_000, "1,25 "),
        (999_999_999, "1.000 "),
    ],
)
def test_sums_are_spoken_short(amount, tail):
    assert short_money(amount).startswith(tail)


def test_the_sums_in_short():
    figures = figures_of(tables(products=[product(prices=(5_000_000, 6_000_000, 7_000_000))]))

    assert (figures.uses, figures.sources, figures.own, figures.loan) == (
        30_000_000,
        30_000_000,
        20_000_000,
        10_000_000,
    )
    assert figures.own_share == Decimal("66.7")
    assert figures.break_even_year == 1
    assert figures.columns["women_workers"] == 7
    assert figures.short_year is None
