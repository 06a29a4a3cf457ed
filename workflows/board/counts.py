"""How many cases stand where: one aggregate by leading organisation and stage, summed here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Min, QuerySet
from django.db.models.functions import Extract

from casework.cases.stages import Outcome, Stage
from casework.organisations.models import Organisation
from casework.vietnamese import VnKey
from workflows.board.filters import BoardFilter
from workflows.casefile.measures import MEASURES, TITLES, measure_q

DAY = 24 * 60 * 60


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
        "mean_opened": Avg(Extract("opened_at", "epoch")),
        "first_opened": Min("opened_at"),
        "mean_since": Avg(Extract("stage_since", "epoch")),
        "first_since": Min("stage_since"),
    }
    found = rows.annotate(**counts, **ages)
    return {(row["lead_organisation_id"], row["stage"]): _tally(row, now) for row in found}


def _tally(row: dict[str, Any], now: datetime) -> Tally:
    counts = {name: row[f"n_{name}"] for name in MEASURES}
    here = now.timestamp()
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


def stage_cards(tallies: Tallies, form: BoardFilter) -> list[StageCard]:
    """A card for each stage in its order. No query."""
    return [
        _card(number, Stage(stage).label, stage, total(t for (_who, at), t in tallies.items() if at == stage), form)
        for number, stage in enumerate(Stage.values, 1)
    ]


def all_stages(tallies: Tallies, form: BoardFilter, label: Any) -> StageCard:
    """The same for all stages together. No query."""
    return _card(0, label, "", total(tallies.values()), form)


def _card(number: int, label: Any, stage: str, tally: Tally, form: BoardFilter) -> StageCard:
    cells = [
        Cell(name, str(TITLES[name]), tally.counts[name], form.running_url(name, stage=stage)) for name in MEASURES
    ]
    return StageCard(number, str(label), cells, tally)


def organisations_in(tallies: Tallies) -> QuerySet[Organisation]:
    """The leading organisations that have a running case, in Vietnamese order."""
    return Organisation.objects.filter(pk__in={who for who, _stage in tallies}).order_by(VnKey("name"), "pk")


def line(organisation: Organisation, tallies: Tallies, measure: str, form: BoardFilter) -> Line:
    """One organisation in one measure. No query."""
    return Line(organisation.name, _cells(tallies, measure, form, organisation.pk))


def totals(tallies: Tallies, measure: str, form: BoardFilter, label: Any) -> Line:
    """The sums of the columns, over all pages. No query."""
    return Line(str(label), _cells(tallies, measure, form, None))


def _cells(tallies: Tallies, measure: str, form: BoardFilter, who: int | None) -> list[Cell]:
    more = {"organisation": who} if who else {}
    per_stage = dict.fromkeys(Stage.values, 0)
    for (organisation, stage), tally in tallies.items():
        if who in (None, organisation):
            per_stage[stage] += tally.counts[measure]
    cells = [
        Cell(stage, str(Stage(stage).label), n, form.running_url(measure, stage=stage, **more))
        for stage, n in per_stage.items()
    ]
    return [*cells, Cell("", "", sum(per_stage.values()), form.running_url(measure, **more))]


def closed(cases: QuerySet, form: BoardFilter) -> list[Cell]:
    """Cases closed in the period, for each outcome that occurs. One query."""
    rows = cases.filter(form.closed_q).order_by().values_list("outcome").annotate(n=Count("pk"))
    found = dict(rows)
    return [
        Cell(outcome, str(label), found[outcome], form.closed_url(outcome))
        for outcome, label in Outcome.choices
        if outcome in found
    ]
