"""What the page of a business plan tells: texts, tables, sums, checks, remarks, and what changed between versions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.facts import dong, grouped
from casework.plans.charter import word_changes
from casework.plans.compare import Row, compared_cell, count_changes, rows_of
from casework.plans.figures import Figures, Year, figures_of
from casework.plans.models import BusinessPlan, PlanComment, PlanReview
from casework.plans.plan_checks import Check, warnings_of
from casework.plans.tables import COLUMNS, ENTRIES, PLACES, YEARS, FundKind, percent, place_label

_TEXTS = ("market", "member_needs", "marketing")


@dataclass(frozen=True)
class Block:
    """One place of the plan: a text (`parts`: kept, added or removed words) or a table (`headings`, `rows`)."""

    name: str
    title: str
    parts: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    remarks: list[PlanComment] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    marked: bool = False

    @property
    def changes(self) -> int:
        """How many rows differ from the other version; for a text 0 or 1."""
        return count_changes(self.rows) + any(kind != "kept" for kind, _words in self.parts)


@dataclass(frozen=True)
class PlanPage:
    """One version of a plan as it is shown, beside another one if one is given."""

    blocks: list[Block]
    sums: list[Row]
    funds: list[Row]
    facts: list[tuple[str, str, str | None]]
    figures: Figures
    other_remarks: list[PlanComment]

    @property
    def changes(self) -> int:
        """How many places differ."""
        return sum(bool(block.changes) for block in self.blocks)


def page_of_plan(
    case: Case, plan: BusinessPlan, before: BusinessPlan | None, remarks: list[PlanComment], review: PlanReview | None
) -> PlanPage:
    """The page of a version that has tables. At most three queries, for the checks."""
    tables: Any = plan.tables
    old: Any = before.tables if before and before.tables else None
    checks = warnings_of(tables, case, timezone.localdate(plan.recorded_at))
    marked = review.marked_in_plan if review and review.plan_id == plan.pk else []
    placed = _by_place(remarks, plan)
    blocks = [_block(name, plan, before, placed.pop(name, []), checks, name in marked) for name in PLACES]
    figures = figures_of(tables)
    then = figures_of(old) if old else None
    return PlanPage(
        blocks,
        sums_of(figures, then),
        funds_of(tables, figures, old, then),
        facts_of(figures, then),
        figures,
        [remark for rest in placed.values() for remark in rest],
    )


def _by_place(remarks: Iterable[PlanComment], plan: BusinessPlan) -> dict[str, list[PlanComment]]:
    """Remarks by the text or table they stand on: those of this version, and what is still open of others."""
    placed: dict[str, list[PlanComment]] = {}
    for remark in remarks:
        if remark.plan_id == plan.pk or remark.settled_at is None:
            placed.setdefault(remark.anchor.partition(".")[0], []).append(remark)
    return placed


def _block(
    name: str,
    plan: BusinessPlan,
    before: BusinessPlan | None,
    remarks: list[PlanComment],
    checks: list[Check],
    marked: bool,
) -> Block:
    parts: tuple[tuple[str, str], ...] = ()
    rows: list[Row] = []
    if name in _TEXTS:
        parts = text_parts(getattr(plan, name), getattr(before, name) if before else None)
    elif name in ENTRIES:
        rows = rows_of(name, plan.tables[name], before.tables.get(name, []) if before else None)
    else:
        was = before.tables.get(name) if before else None
        parts = text_parts(dong(plan.tables[name]), None if was is None else dong(was))
    on_rows = {row.number: [one for one in remarks if _is_on(one, plan, row)] for row in rows}
    rows = [Row(row.number, row.cells, row.state, on_rows[row.number]) for row in rows]
    above = [one for one in remarks if not any(one in placed for placed in on_rows.values())]
    return Block(
        name,
        str(PLACES[name]),
        parts,
        tuple(str(label) for _key, label, _told in COLUMNS.get(name, ())),
        rows,
        above,
        [check for check in checks if check.place == name],
        marked,
    )


def text_parts(text: str, old: str | None) -> tuple[tuple[str, str], ...]:
    """A text in parts: what was kept, removed and added since another version; one kept part without one."""
    if old is None or old == text:
        return (("kept", text),) if text else ()
    return word_changes(old, text)


def _is_on(remark: PlanComment, plan: BusinessPlan, row: Row) -> bool:
    """Whether a remark stands on this very row: rows of other versions may have moved."""
    return remark.plan_id == plan.pk and remark.anchor.partition(".")[2] == str(row.number)


Told = Callable[[Year], str]


def _sum_rows() -> tuple[tuple[str, Told], ...]:
    return (
        (_("Revenue"), lambda year: dong(year.revenue)),
        (_("of it from members (internal)"), lambda year: dong(year.inside)),
        (_("of it from others (external)"), lambda year: dong(year.outside)),
        (_("Variable cost"), lambda year: dong(year.variable)),
        (_("Fixed cost"), lambda year: dong(year.fixed)),
        (_("Cost together"), lambda year: dong(year.cost)),
        (_("Profit (loss with −)"), lambda year: _signed(year.profit)),
        (_("Profit in percent of the revenue"), lambda year: percent(year.margin) or "–"),
        (_("Revenue at which cost is just covered"), _break_even),
        (_("Interest and repayment of loans"), lambda year: _known(year.due)),
        (_("Left after that (missing with −)"), lambda year: _known(year.left)),
        (_("Workers"), lambda year: grouped(year.workers)),
        (_("of them women"), lambda year: grouped(year.women)),
    )


def _signed(amount: int) -> str:
    return f"−{dong(-amount)}" if amount < 0 else dong(amount)


def _known(amount: int | None) -> str:
    return _("not known") if amount is None else _signed(amount)


def _break_even(year: Year) -> str:
    return _("not reached at these prices") if year.break_even is None else dong(year.break_even)


def sums_of(figures: Figures, then: Figures | None) -> list[Row]:
    """The sums of the three years, each with what the other version said."""
    return [_sum_row(label, told, figures, then) for label, told in _sum_rows()]


def _sum_row(label: str, told: Told, figures: Figures, then: Figures | None) -> Row:
    olds = [told(year) for year in then.years] if then else [None] * len(YEARS)
    both = zip(figures.years, olds, strict=True)
    cells = [compared_cell(_year_word(year.number), told(year), old) for year, old in both]
    state = "changed" if any(cell.changed for cell in cells) else "same"
    return Row(None, (compared_cell("", label, None), *cells), state)


def _year_word(number: int) -> str:
    return _("Year %(number)s") % {"number": number}


def funds_of(tables: Any, figures: Figures, old: Any, then: Figures | None) -> list[Row]:
    """What each fund gets each year, and what is left for the members."""
    now = _fund_sums(tables, figures)
    was = _fund_sums(old, then) if old and then else None
    rows = []
    for name, sums in now.items():
        olds = was.get(name, [_("nothing")] * len(YEARS)) if was is not None else [None] * len(YEARS)
        cells = [compared_cell(_year_word(n), text, before) for n, text, before in zip(YEARS, sums, olds, strict=True)]
        rows.append(Row(None, (compared_cell("", name, None), *cells)))
    return rows


def _fund_sums(tables: Any, figures: Figures) -> dict[str, list[str]]:
    names = [fund["name"] or str(FundKind(fund["kind"]).label) for fund in tables["funds"]]
    by_year = [[part.amount for part in year.allocations(tables["funds"])] for year in figures.years]
    shown = {name: [dong(parts[place]) for parts in by_year] for place, name in enumerate(names)}
    left = [dong(max(year.profit, 0) - sum(parts)) for year, parts in zip(figures.years, by_year, strict=True)]
    return {**shown, _("Left for the members"): left}


def facts_of(figures: Figures, then: Figures | None) -> list[tuple[str, str, str | None]]:
    """The sums that do not belong to a year: (label, value, value of the other version where it differs)."""
    now, was = _facts(figures), _facts(then) if then else {}
    return [(label, text, was[label] if label in was and was[label] != text else None) for label, text in now.items()]


def _facts(figures: Figures) -> dict[str, str]:
    year = figures.break_even_year
    return {
        _("Money that is needed"): dong(figures.uses),
        _("Money that comes"): dong(figures.sources),
        _("Own capital"): dong(figures.own),
        _("Own capital in percent of all sources"): percent(figures.own_share) or "–",
        _("Loan wanted"): dong(figures.loan),
        _("First year without a loss"): _year_word(year) if year else _("not reached in three years"),
    }


def places_of(plan: BusinessPlan) -> list[tuple[str, str]]:
    """Every place of a version that a remark can name: (anchor, words)."""
    found = []
    for name, title in PLACES.items():
        found.append((name, str(title)))
        for row in rows_of(name, plan.tables.get(name, [])) if name in ENTRIES else []:
            anchor = f"{name}.{row.number}"
            found.append((anchor, f"{place_label(anchor)}: {row.title}"))
    return found
