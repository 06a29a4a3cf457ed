"""Samples as inspectors draw them: chance decides, and whoever has the seed draws the same cases again."""

from dataclasses import dataclass

from django.db.models import F, QuerySet, TextField, Value, Window
from django.db.models.functions import MD5, Cast, Concat, RowNumber

from casework.cases.models import Case
from casework.organisations.standing import Standing

MOST = 100
EVENLY = {"area": "area_id", "stage": "stage", "organisation": "lead_organisation_id"}


@dataclass(frozen=True)
class Draw:
    """How a sample is drawn: how many, from which seed, at which stage, spread evenly over what."""

    number: int
    seed: str
    stage: str = ""
    evenly: str = ""


def drawn(standing: Standing, draw: Draw) -> list[Case]:
    """The cases that this draw gives, out of those that the person may open. One query.

    The order of a case is the MD5 of the seed and its code: it can be computed again with paper and pencil. Spread
    evenly, the first of each group come first, then the second ones.
    """
    cases: QuerySet[Case] = Case.objects.visible_to(standing)
    if draw.stage:
        cases = cases.filter(stage=draw.stage)
    lot = MD5(Concat(Value(f"{draw.seed}:"), Cast("code", TextField()), output_field=TextField()))
    cases = cases.annotate(lot=lot)
    if draw.evenly in EVENLY:
        turn = Window(RowNumber(), partition_by=F(EVENLY[draw.evenly]), order_by="lot")
        cases = cases.annotate(turn=turn).order_by("turn", "lot")
    else:
        cases = cases.order_by("lot")
    return list(cases.select_related("area", "lead_organisation")[: min(draw.number, MOST)])
