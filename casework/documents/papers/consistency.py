"""Whether the papers of a dossier would say the same: each figure that stands in two places is compared."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from casework.documents.papers.words import money
from casework.vietnamese import fold


def contradictions(context: dict[str, Any]) -> list[str]:
    """Sentences, each naming both places and what stands there; [] when all agree."""
    return [
        _("%(one)s says %(here)s, but %(other)s says %(there)s. Correct one of them.")
        % {"one": one, "here": here, "other": other, "there": there}
        for one, here, other, there in _differing(context)
    ]


def _differing(context: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for (one, here), (other, there) in _pairs(context):
        if here is not None and there is not None and here != there:
            yield one, _shown(here), other, _shown(there)


def _pairs(context: dict[str, Any]) -> Iterator[tuple[tuple[str, Any], tuple[str, Any]]]:
    coop, conference, plan = context["coop"], context["conference"], context["plan"]
    totals = context["totals"]
    register = _("the member list")
    if coop:
        capital = (_("The charter (charter capital)"), coop["capital"])
        yield capital, (_("%(list)s (sum of the capital)") % {"list": register}, totals["committed"])
        if conference:
            yield capital, (_("the founding conference (charter capital)"), conference["capital"])
    if plan and plan["sources"]:
        yield (
            (_("The business plan (capital of the members)"), plan["own"]),
            (_("%(list)s (sum of the capital)") % {"list": register}, totals["committed"]),
        )
    if conference:
        yield (
            (_("The founding conference (official members)"), conference["official"]),
            (_("%(list)s (official members)") % {"list": register}, totals["official"]),
        )
        yield from _heads(context)


def _heads(context: dict[str, Any]) -> Iterator[tuple[tuple[str, Any], tuple[str, Any]]]:
    """Who was elected to lead stands among the office holders."""
    officers = {fold(one["name"]): one["name"] for one in context["officers"]}
    for name in (context["conference"]["chair"], context["conference"]["supervisor"]):
        if name and officers and fold(name) not in officers:
            yield (_("The founding conference (elected)"), name), (_("the offices"), "; ".join(officers.values()))


def _shown(value: Any) -> str:
    return money(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)
