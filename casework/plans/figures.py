"""What follows from the tables of a business plan: sums, profit, break-even, repayment, funds.

All arithmetic is exact. A result that need not be whole is rounded once, to whole đồng or to one tenth of a
percent. Where the law leaves a reading open, ours stands in the docstring and in docs/concepts/plan.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from casework.plans.tables import OWN, YEARS, CostKind, FundKind, SourceKind, Tables

_MONTHS = 12


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (value + Fraction(1, 2)).__floor__()


def share_of(part: int, whole: int) -> Decimal | None:
    """A part in percent of the whole, to one tenth; None of nothing."""
    return Decimal(half_up(Fraction(part * 1000, whole))) / 10 if whole else None


@dataclass(frozen=True)
class Allocation:
    """What one fund gets of the income of one year."""

    kind: str
    name: str
    amount: int


@dataclass(frozen=True)
class Year:
    """One of the three years, in đồng. `due`: what loans ask for in it, None while a rate or term is missing."""

    number: int
    revenue: int
    inside: int
    variable: int
    fixed: int
    workers: int
    women: int
    due: int | None

    @property
    def outside(self) -> int:
        """Revenue from transactions with others than members (LHTX Article 4.2)."""
        return self.revenue - self.inside

    @property
    def cost(self) -> int:
        """All costs, without interest."""
        return self.variable + self.fixed

    @property
    def profit(self) -> int:
        """Revenue less cost; below zero for a loss."""
        return self.revenue - self.cost

    @property
    def margin(self) -> Decimal | None:
        """Profit in percent of the revenue; None without revenue."""
        return share_of(self.profit, self.revenue)

    @property
    def outside_income(self) -> int:
        """The part of the profit that external transactions brought, by their part of the revenue; 0 at a loss.

        Our reading of Article 84.2: costs are shared out like the revenue.
        """
        return half_up(Fraction(self.profit * self.outside, self.revenue)) if self.profit > 0 else 0

    @property
    def break_even(self) -> int | None:
        """The revenue at which cost is just covered at these prices; None when no revenue would do."""
        if self.fixed == 0 and self.variable <= self.revenue:
            return 0
        if self.variable >= self.revenue:
            return None
        return -(-self.fixed * self.revenue // (self.revenue - self.variable))

    @property
    def left(self) -> int | None:
        """What the profit leaves after interest and repayment; below zero when it does not reach."""
        return None if self.due is None else self.profit - self.due

    def allocations(self, funds: Iterable[Any]) -> list[Allocation]:
        """What each fund gets, rounded down. The common fund has its share of the external income, others of all."""
        if self.profit <= 0:
            return [Allocation(fund["kind"], fund["name"], 0) for fund in funds]
        return [
            Allocation(fund["kind"], fund["name"], int(self._base(fund["kind"]) * Fraction(fund["share"]) // 100))
            for fund in funds
        ]

    def _base(self, kind: str) -> int:
        return self.outside_income if kind == FundKind.COMMON else self.profit


@dataclass(frozen=True)
class Figures:
    """All that the tables add up to, in đồng."""

    years: tuple[Year, ...]
    investment: int
    working_capital: int
    # Sum by kind of source, every kind named.
    by_kind: dict[str, int]

    @property
    def uses(self) -> int:
        """All the money that is needed."""
        return self.investment + self.working_capital

    @property
    def sources(self) -> int:
        """All the money that comes."""
        return sum(self.by_kind.values())

    @property
    def own(self) -> int:
        """Capital of the members, official and associate."""
        return sum(self.by_kind[kind] for kind in OWN)

    @property
    def loan(self) -> int:
        """All loans wanted."""
        return self.by_kind[SourceKind.LOAN]

    @property
    def own_share(self) -> Decimal | None:
        """Own capital in percent of all sources; None without sources."""
        return share_of(self.own, self.sources)

    @property
    def break_even_year(self) -> int | None:
        """The first year without a loss; None when all three have one."""
        return next((year.number for year in self.years if year.profit >= 0), None)

    @property
    def short_year(self) -> Year | None:
        """The first year whose profit does not pay what loans ask for; None when all do, or it is not known."""
        return next((year for year in self.years if year.left is not None and year.left < 0 and year.due), None)

    @property
    def columns(self) -> dict[str, int]:
        """The sums that are stored in columns of the plan."""
        by_year = {f"{name}_{year.number}": getattr(year, name) for year in self.years for name in ("revenue", "cost")}
        return {
            **by_year,
            "investment": self.uses,
            "own_capital": self.own,
            "loan_wanted": self.loan,
            "other_capital": self.sources - self.own - self.loan,
            "women_workers": max(year.women for year in self.years),
        }


def figures_of(tables: Tables) -> Figures:
    """All sums of the tables of one version."""
    by_kind = dict.fromkeys(SourceKind.values, 0)
    for source in tables["sources"]:
        by_kind[source["kind"]] += source["amount"]
    return Figures(
        years=tuple(_year(tables, number) for number in YEARS),
        investment=sum(row["amount"] for row in tables["investment"]),
        working_capital=tables["working_capital"],
        by_kind=by_kind,
    )


def _year(tables: Any, number: int) -> Year:
    sales = [(row[f"volume_{number}"] * row[f"price_{number}"], row["inside"]) for row in tables["products"]]
    workers = next((row for row in tables["workers"] if row["year"] == number), {"workers": 0, "women": 0})
    return Year(
        number=number,
        revenue=sum(sale for sale, _inside in sales),
        inside=half_up(sum((Fraction(sale * inside, 100) for sale, inside in sales), Fraction(0))),
        variable=_cost(tables, CostKind.VARIABLE, number),
        fixed=_cost(tables, CostKind.FIXED, number),
        workers=workers["workers"],
        women=workers["women"],
        due=due_in(tables["sources"], number),
    )


def _cost(tables: Any, kind: str, number: int) -> int:
    return sum(row[f"year_{number}"] for row in tables["costs"] if row["kind"] == kind)


def due_in(sources: Iterable[Any], number: int) -> int | None:
    """What all loans ask for in a year, rounded up; None while the rate or term of one is missing."""
    loans = [row for row in sources if row["kind"] == SourceKind.LOAN and row["amount"]]
    if any(row["rate"] is None or not row["months"] for row in loans):
        return None
    due = sum((sum(repayment(row["amount"], row["rate"], row["months"], number)) for row in loans), Fraction(0))
    return -((-due).__floor__())


def repayment(amount: int, rate: str, months: int, number: int) -> tuple[Fraction, Fraction]:
    """Principal and interest of a loan in a year: equal parts each month, interest on what is still owed.

    The first part falls due a month after the loan is paid out. `rate` in percent a year.
    """
    paid = range(_MONTHS * (number - 1), min(_MONTHS * number, months))
    part = Fraction(amount, months)
    monthly_rate = Fraction(rate) / (100 * _MONTHS)
    return len(paid) * part, sum(((amount - part * month) * monthly_rate for month in paid), Fraction(0))
