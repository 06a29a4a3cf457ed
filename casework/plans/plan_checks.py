"""What is wrong or weak in the tables of a business plan, each in a sentence at its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from casework.cases.stages import LegalForm
from casework.facts import dong
from casework.people.models import Member
from casework.plans.figures import Figures, figures_of
from casework.plans.tables import YEARS, FundKind, SourceKind, Tables, percent
from casework.rules.models import parameter

# More than this in one year is a slip of the zeros, and would not fit the columns of the sums.
LARGEST = 10**15


@dataclass(frozen=True)
class Check:
    """One sentence about a place of the plan. What `blocks` must be put right before the plan is stored."""

    place: str
    sentence: str
    blocks: bool = False


def faults_of(tables: Tables) -> list[Check]:
    """What cannot be stored: sums that contradict each other. No query."""
    figures = figures_of(tables)
    return [Check(place, sentence, blocks=True) for place, sentence in _faults(tables, figures)]


def _faults(tables: Tables, figures: Figures) -> Iterator[tuple[str, str]]:
    if max((year.revenue for year in figures.years), default=0) > LARGEST:
        yield "products", _("The revenue of a year is too large. Check volumes and prices.")
    if figures.sources != figures.uses:
        yield "sources", _not_balanced(figures)
    if sorted(row["year"] for row in tables["workers"]) != list(YEARS):
        yield "workers", _("Write the workers of all three years; write 0 if there is none.")
    if sum(Decimal(fund["share"]) for fund in tables["funds"]) > 100:
        yield "funds", _("The funds together get more than 100 percent of the income.")
    common = [fund for fund in tables["funds"] if fund["kind"] == FundKind.COMMON]
    if len(common) > 1:
        yield "funds", _("The indivisible common fund stands in two rows. Write it once.")


def _not_balanced(figures: Figures) -> str:
    told = {
        "sources": dong(figures.sources),
        "uses": dong(figures.uses),
        "gap": dong(abs(figures.sources - figures.uses)),
    }
    if figures.sources < figures.uses:
        return (
            _("The sources bring %(sources)s, but investment and working capital need %(uses)s: %(gap)s are missing.")
            % told
        )
    return (
        _("The sources bring %(sources)s, but investment and working capital need only %(uses)s: %(gap)s too much.")
        % told
    )


def warnings_of(tables: Tables, case: Any, on: date) -> list[Check]:
    """What the plan should think of once more, by the law and the members of a day. At most three queries."""
    figures = figures_of(tables)
    return [
        Check(place, sentence)
        for place, sentence in (*_member_capital(figures, case), *_shares(tables, figures, case, on), *_weak(figures))
    ]


def _member_capital(figures: Figures, case: Any) -> Iterator[tuple[str, str]]:
    """Capital in the plan and in the list of members; says nothing before members have committed capital."""
    rows = Member.objects.filter(case=case, until=None).values_list("kind").annotate(Sum("committed"))
    committed = {kind: total for kind, total in rows if total is not None}
    for source, kind in (
        (SourceKind.OFFICIAL, Member.Kind.OFFICIAL),
        (SourceKind.ASSOCIATE, Member.Kind.ASSOC_CAPITAL),
    ):
        in_plan, in_list = figures.by_kind[source], committed.get(kind, 0)
        if committed and in_plan != in_list:
            yield (
                "sources",
                _("%(source)s: %(plan)s in this plan, but %(list)s committed in the list of members.")
                % {"source": source.label, "plan": dong(in_plan), "list": dong(in_list)},
            )


def _shares(tables: Tables, figures: Figures, case: Any, on: date) -> Iterator[tuple[str, str]]:
    asked = parameter("own_capital_share_percent", on)
    if figures.own_share is not None and figures.own * 100 < figures.sources * asked:
        yield (
            "sources",
            _(
                "Own capital is %(share)s of all sources. A Cooperative Development Support Fund asks for at least "
                "%(asked)s (Decree 45/2021/NĐ-CP, Article 22)."
            )
            % {"share": percent(figures.own_share), "asked": percent(asked)},
        )
    if case.legal_form == LegalForm.THT:
        return
    union = case.legal_form == LegalForm.LHHTX
    least = parameter(f"common_fund_percent_{'lhhtx' if union else 'htx'}", on)
    share = sum(Decimal(fund["share"]) for fund in tables["funds"] if fund["kind"] == FundKind.COMMON)
    if share < least:
        yield (
            "funds",
            _(
                "The indivisible common fund gets %(share)s of the income from external transactions. The law asks for "
                "at least %(least)s (Law on Cooperatives, Article 84.2)."
            )
            % {"share": percent(share), "least": percent(least)},
        )


def _weak(figures: Figures) -> Iterator[tuple[str, str]]:
    if figures.break_even_year is None:
        yield "costs", _("Break-even is not reached in these three years: each year has a loss.")
    year = figures.short_year
    if year and year.due is not None and year.left is not None:
        yield (
            "sources",
            _("In year %(year)s the loans ask for %(due)s, but the profit is %(profit)s: %(gap)s are missing.")
            % {"year": year.number, "due": dong(year.due), "profit": dong(year.profit), "gap": dong(-year.left)},
        )
    if any(year.due is None for year in figures.years):
        yield "sources", _("Write rate and months of each loan, to see whether the profit pays it back.")
