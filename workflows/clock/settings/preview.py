"""What a change would do to the open deadlines: it is carried out, looked at, and taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from casework.acts import Unit
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.organisations.models import User
from casework.organisations.standing import Standing
from workflows.clock.affected import Move, moves
from workflows.clock.settings.acts import ClockAct
from workflows.flows.catalogue import node_titles

LISTED = 50


@dataclass(frozen=True)
class Shift:
    """One deadline that moves. `code` is "" for a case that one may not open; the same day twice: it gets certain."""

    code: str
    step: str
    before: date
    after: date


@dataclass(frozen=True)
class Preview:
    """How many deadlines would move, in how many cases, and the first of them; and the days that would be removed."""

    tasks: int
    cases: int
    shifts: tuple[Shift, ...]
    removed: tuple[dict[str, Any], ...] = ()


def preview(act: ClockAct, by: User, standing: Standing) -> Preview:
    """Carry an act out in a transaction that is rolled back. Raises what the act raises.

    As many statements for one deadline as for thousands, those that somebody promised apart.
    """
    with transaction.atomic():
        unit = Unit(act, by, Channel.PAGE, standing=standing, chain=act.on)
        act.authorise(unit)
        act.change(unit)
        found = moves(act.scope)
        transaction.set_rollback(True)
    cases = {move.task.case_id for move in found}
    return Preview(len(found), len(cases), _shown(found[:LISTED], standing), tuple(unit.facts.get("removed", [])))


def _shown(found: list[Move], standing: Standing) -> tuple[Shift, ...]:
    moved = [(move.task.case_id, move.task.node, move.before, move.after) for move in found]
    return shifts_of(moved, standing)


def shifts_of(moved: list[tuple[int, str, date, date]], standing: Standing) -> tuple[Shift, ...]:
    """Moves given as case, node, day before and day after, in words. One statement."""
    cases = Case.objects.filter(pk__in={case for case, *_rest in moved}).visible_to(standing)
    codes, titles = dict(cases.values_list("pk", "code")), node_titles()
    return tuple(Shift(codes.get(case, ""), titles.get(node, node), *days) for case, node, *days in moved)
