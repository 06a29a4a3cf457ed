"""What may be decided about a pair, by whom, with which act, and where one goes on afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.duplicates import entries
from casework.duplicates.acts import ALREADY, RememberNotDuplicate
from casework.duplicates.merge import MergeCooperatives
from casework.duplicates.merge import say_if_not_possible as say_if_no_cooperative
from casework.duplicates.models import NotDuplicate, in_order, told_apart
from casework.duplicates.reach import may_merge_cooperatives, may_merge_leads, may_tell_apart
from casework.duplicates.score import Entry, Score, score
from casework.organisations.standing import Standing
from workflows.casefile.merge import MergeLeads
from workflows.casefile.merge import say_if_not_possible as say_if_no_lead


@dataclass(frozen=True)
class Choice:
    """One decision: the button, the act, what is said afterwards and which page follows.

    `obstacle`: the sentence that says why it is not possible now; "" when it is.
    """

    value: str
    label: str
    act: Callable[[str], Act]
    done: str
    next_url: str
    obstacle: str = ""


@dataclass(frozen=True)
class Shown:
    """One side of a pair as the page heads it."""

    title: str
    number: str
    url: str


def entry_of(row: Any) -> Shown:
    """The name of a row, its number for people, and its page; a person has neither."""
    if isinstance(row, Case):
        return Shown(row.working_name, row.code, reverse("cases:file", args=[row.code]) + "?stay=1")
    if isinstance(row, Cooperative):
        number = row.registration_code or _("Entry %(number)d") % {"number": row.pk}
        return Shown(row.name, number, reverse("cooperatives:entry", args=[row.pk]) + "?stay=1")
    return Shown(str(row), "", "")


def score_of(one: Any, other: Any) -> Score:
    """The score of two rows."""
    return score(_entry(one), _entry(other))


def _entry(row: Any) -> Entry:
    if isinstance(row, Case):
        return entries.of_lead(row)
    return entries.of_cooperative(row) if isinstance(row, Cooperative) else entries.of_person(row)


def choices_for(kind: str, pair: tuple[Any, Any], standing: Standing) -> list[Choice]:
    """The decisions to which a person has the right; the acts ask again under their locks."""
    return [*_merges(kind, pair, standing), *_apart(kind, pair, standing)]


def _merges(kind: str, pair: tuple[Any, Any], standing: Standing) -> Iterator[Choice]:
    one, other = pair
    if kind == NotDuplicate.Kind.LEAD and may_merge_leads(one.pk, other.pk, standing):
        merge = partial(_merge, act=MergeLeads, forbids=say_if_no_lead)
    elif kind == NotDuplicate.Kind.COOPERATIVE and may_merge_cooperatives(standing):
        merge = partial(_merge, act=MergeCooperatives, forbids=say_if_no_cooperative)
    else:
        return
    yield merge("keep_one", one, other)
    yield merge("keep_other", other, one)


def _merge(
    value: str, keep: Any, drop: Any, act: Callable[[int, int, str], Act], forbids: Callable[[Any, Any], None]
) -> Choice:
    """Merging in one direction."""
    names = {"keep": entry_of(keep).number, "drop": entry_of(drop).number}
    return Choice(
        value,
        _("Keep %(keep)s, merge %(drop)s into it") % names,
        partial(act, keep.pk, drop.pk),
        _("%(drop)s was merged into %(keep)s. Its history stays readable.") % names,
        entry_of(keep).url.partition("?")[0],
        _obstacle(forbids, keep, drop),
    )


def _obstacle(forbids: Callable[[Any, Any], None], keep: Any, drop: Any) -> str:
    try:
        forbids(keep, drop)
    except ActionNotPossible as sentence:
        return str(sentence)
    return ""


def _apart(kind: str, pair: tuple[Any, Any], standing: Standing) -> Iterator[Choice]:
    ids = in_order(kind, pair[0].pk, pair[1].pk)
    if may_tell_apart(kind, *ids, standing):
        yield Choice(
            "not_same",
            _("They are not the same"),
            partial(RememberNotDuplicate, kind, *ids),
            _("Remembered: they are not the same. Nobody is asked about these two again."),
            reverse("duplicates:list"),
            str(ALREADY) if told_apart(kind, [ids]) else "",
        )
