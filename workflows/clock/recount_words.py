"""How the history of a case tells of a recount: why, and each deadline with its old and its new day."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from workflows.clock.words import day_words
from workflows.flows.catalogue import node_titles


def recounted(who: str, facts: Mapping[str, Any]) -> str:
    """The sentence for an event of the verb "deadlines.recounted"."""
    if facts.get("cause") == "limits":
        sentence = _("%(who)s counted the deadlines anew, because a time limit was changed")
    else:
        sentence = _("%(who)s counted the deadlines anew, because the calendar was corrected")
    titles = node_titles()
    moved = [_moved(titles, move) for move in facts.get("moved", [])]
    return ": ".join([sentence % {"who": who}, *(["; ".join(moved)] if moved else [])])


def _moved(titles: Mapping[str, str], move: Mapping[str, Any]) -> str:
    before, after = (parse_date(str(move[name])) for name in ("from", "to"))
    days = f"{day_words(before)} → {day_words(after)}" if before and after else ""
    return _("“%(step)s” %(days)s") % {"step": titles.get(move["node"], move["node"]), "days": days}
