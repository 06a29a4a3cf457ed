"""How many cases stand where: one aggregate by leading organisation and stage, summed here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Avg, Count, Min, QuerySet
from django.db.models.functions import Extract, Floor

from casework.cases.stages import Outcome, Stage
from casework.organisations.models import Organisation
from workflows.board.filters import BoardFilter
from workflows.casefile.measures import MEASURES, TITLES, measure_q

DAY = 24 * 60 * 60
K = TypeVar("K")


@dataclass
class Tally:
    """Counts and ages of some running cases. Ages are whole days, None without a case."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    age_sum: float = 0.0
    stage_sum: float = 0.0
    oldest: float = 0.0
    longest: float = 0.0

    def add(self, other: "Tally") -> None:
        """Count the cases of another tally too."""
        for name in MEASURES:
            self.counts[name] += other.counts[name]
        self.age_sum += other.age_sum
        self.stage_sum += other.stage_sum
        self.oldest = max(self.oldest, other.oldest)
        self.longest = max(self.longest, other.longest)

    def _whole(self, seconds: float) -> int | None:
        return int(seconds / DAY) if self.counts["open"] else None

    @property
    def mean_age(self) -> int | None:
        """Days since they were opened, the mean."""
        return self._whole(self.age_sum / max(1, self.counts["open"]))

    @property
    def oldest_age(self) -> int | None:
        """Days since the oldest was opened."""
        return self._whole(self.oldest)

    @property
    def mean_stay(self) -> int | None:
        """Days in their stage, the mean."""
        return self._whole(self.stage_sum / max(1, self.counts["open"]))

    @property
    def longest_stay(self) -> int | None:
        """Days in its stage of the one that is there longest."""
        return self._whole(self.longest)


@dataclass(frozen=True)
class Cell:
    """A number and the list of what it counts."""

    name: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class StageCard:
    """One stage, or all of them, in all measures."""

    number: int
    label: str
    cells: list[Cell]
    tally: Tally


@dataclass(frozen=True)
class Line:
    """One organisation in one measure: a cell for each stage and one for all."""

    label: str
    cells: list[Cell]


Tallies = dict[tuple[int, str], Tally]


def running(cases: QuerySet, now: datetime) -> Tallies:
    """Tallies by organisation and stage. Two queries: the calendar and the aggregate."""
    # Named `n_…`: a later predicate on `held` would otherwise mean the number.
    counts: dict[str, Any] = {f"n_{name}": Count("pk", filter=measure_q(name, now)) for name in MEASURES}
    rows = cases.filter(measure_q("open", now)).order_by().values("lead_organisation_id", "stage")
    ages = {
        "mean_opened": Avg(Floor(Extract("opened_at", "epoch"))),
        "first_opened": Min("opened_at"),
        "mean_since": Avg(Floor(Extract("stage_since", "epoch"))),
        "first_since": Min("stage_since"),
    }
    found = rows.annotate(**counts, **ages)
    return {(row["lead_organisation_id"], row["stage"]): _tally(row, now) for row in found}


def _tally(row: dict[str, Any], now: datetime) -> Tally:
    counts = {name: row[f"n_{name}"] for name in MEASURES}
    here = int(now.timestamp())
    return Tally(
        counts,
        age_sum=(here - float(row["mean_opened"])) * counts["open"],
        stage_sum=(here - float(row["mean_since"])) * counts["open"],
        oldest=(now - row["first_opened"]).total_seconds(),
        longest=(now - row["first_since"]).total_seconds(),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    together = Tally()
    for one in tallies:
        together.add(one)
    return together


def together(tallies: dict[K, Tally], more: Iterable[tuple[K, Tally]]) -> dict[K, Tally]:
    """More tallies added to those of the same key."""
    for key, tally in more:
        tallies.setdefault(key, Tally()).add(tally)
    return tallies


def stage_cards(stages: dict[str, Tally], form: BoardFilter) -> list[StageCard]:
    """A card for each stage in its order. No query."""
    return [
        _card(number, Stage(stage).label, stage, stages.get(stage, Tally()), form)
        for number, stage in enumerate(Stage.values, 1)
    ]


def all_stages(stages: dict[str, Tally], form: BoardFilter, label: Any) -> StageCard:
    """The same for all stages together. No query."""
    return _card(0, label, "", total(stages.values()), form)


def _card(number: int, label: Any, stage: str, tally: Tally, form: BoardFilter) -> StageCard:
    cells = [
        Cell(name, str(TITLES[name]), tally.counts[name], form.running_url(name, stage=stage)) for name in MEASURES
    ]
    return StageCard(number, str(label), cells, tally)


def line(organisation: Organisation, tallies: Tallies, measure: str, form: BoardFilter) -> Line:
    """One organisation in one measure. No query."""
    stages = {stage: tally for (lead, stage), tally in tallies.items() if lead == organisation.pk}
    return Line(organisation.name, _cells(stages, measure, form, {"organisation": organisation.pk}))


def totals(stages: dict[str, Tally], measure: str, form: BoardFilter, label: Any) -> Line:
    """The sums of the columns, over all pages. No query."""
    return Line(str(label), _cells(stages, measure, form, {}))


def _cells(stages: dict[str, Tally], measure: str, form: BoardFilter, more: dict[str, Any]) -> list[Cell]:
    counted = {stage: stages.get(stage, Tally()).counts[measure] for stage in Stage.values}
    cells = [
        Cell(stage, str(Stage(stage).label), n, form.running_url(measure, stage=stage, **more))
        for stage, n in counted.items()
    ]
    return [*cells, Cell("", "", sum(counted.values()), form.running_url(measure, **more))]


def closed(cases: QuerySet, form: BoardFilter) -> dict[str, int]:
    """How many cases were closed in the period, by outcome. One query."""
    return dict(cases.filter(form.closed_q).order_by().values_list("outcome").annotate(n=Count("pk")))


def closed_cells(found: dict[str, int], form: BoardFilter) -> list[Cell]:
    """A cell for each outcome that occurs. No query."""
    return [
        Cell(outcome, str(label), found[outcome], form.closed_url(outcome))
        for outcome, label in Outcome.choices
        if outcome in found
    ]
