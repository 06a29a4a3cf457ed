"""The business plan as plain data for papers."""

from decimal import Decimal
from typing import Any

from casework.plans.figures import Figures, figures_of
from casework.plans.models import BusinessPlan
from casework.plans.tables import YEARS, CostKind, FundKind, SourceKind, checked


def plan_of(case: Any) -> dict[str, Any] | None:
    """The newest business plan with its tables and what follows from them; None before the first. One query."""
    plan = BusinessPlan.latest_of(case)
    if plan is None:
        return None
    told = {
        "version": plan.version,
        "market": plan.market,
        "needs": plan.member_needs,
        "marketing": plan.marketing,
        "products_text": plan.products,
        "own": plan.own_capital,
        "loan": plan.loan_wanted,
        "needed": plan.investment,
    }
    return told | (_tables(plan) if plan.tables else _sums(plan))


def _sums(plan: BusinessPlan) -> dict[str, Any]:
    """A plan from before there were tables: its sums only."""
    years = [
        {
            "no": n,
            "revenue": getattr(plan, f"revenue_{n}"),
            "cost": getattr(plan, f"cost_{n}"),
            "profit": getattr(plan, f"revenue_{n}") - getattr(plan, f"cost_{n}"),
            "workers": plan.women_workers,
            "women": plan.women_workers,
        }
        for n in YEARS
    ]
    empty: dict[str, Any] = {key: [] for key in ("products", "costs", "investment", "sources", "funds")}
    return {**empty, "years": years, "working_capital": 0, "sources_sum": plan.own_capital + plan.loan_wanted}


def _tables(plan: BusinessPlan) -> dict[str, Any]:
    tables: Any = checked(plan.tables)
    figures = figures_of(tables)
    return {
        "products": [_product(row) for row in tables["products"]],
        "costs": [{**row, "kind": _COSTS[row["kind"]]} for row in tables["costs"]],
        "investment": tables["investment"],
        "working_capital": tables["working_capital"],
        "sources": [_source(row) for row in tables["sources"]],
        "sources_sum": figures.sources,
        "funds": [
            {"name": row["name"] or _FUNDS[row["kind"]], "share": _written(row["share"])} for row in tables["funds"]
        ],
        "years": _years(figures),
        "own_share": str(figures.own_share or Decimal(0)),
        "break_even_year": figures.break_even_year or 0,
    }


_COSTS = {CostKind.VARIABLE: "biến đổi", CostKind.FIXED: "cố định"}
_FUNDS = {
    FundKind.COMMON: "Quỹ chung không chia",
    FundKind.DEVELOPMENT: "Quỹ đầu tư phát triển",
    FundKind.RESERVE: "Quỹ dự phòng tài chính",
    FundKind.OTHER: "Quỹ khác",
}
_SOURCES = {
    SourceKind.OFFICIAL: "Vốn góp của thành viên chính thức",
    SourceKind.ASSOCIATE: "Vốn góp của thành viên liên kết",
    SourceKind.LOAN: "Vốn vay",
    SourceKind.SUPPORT: "Hỗ trợ không hoàn lại",
    SourceKind.OTHER: "Nguồn khác",
}


def _product(row: Any) -> dict[str, Any]:
    years = [
        {"volume": row[f"volume_{n}"], "price": row[f"price_{n}"], "sum": row[f"volume_{n}"] * row[f"price_{n}"]}
        for n in YEARS
    ]
    return {"name": row["name"], "unit": row["unit"], "inside": row["inside"], "years": years}


def _written(share: str) -> str:
    """A share in percent without needless noughts, with a decimal comma."""
    return f"{Decimal(share).normalize():f}".replace(".", ",")


def _source(row: Any) -> dict[str, Any]:
    who = f" ({row['who']})" if row["who"] else ""
    return {"name": f"{_SOURCES[row['kind']]}{who}", "amount": row["amount"]}


def _years(figures: Figures) -> list[dict[str, Any]]:
    return [
        {
            "no": year.number,
            "revenue": year.revenue,
            "inside": year.inside,
            "outside": year.outside,
            "cost": year.cost,
            "profit": year.profit,
            "workers": year.workers,
            "women": year.women,
        }
        for year in figures.years
    ]
