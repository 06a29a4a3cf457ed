"""What a check says: a verdict, sentences for a person, and the facts it used."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# Of a list that is wrong from top to bottom the first few say enough; the numbers of all are in the facts.
MOST_SENTENCES = 12
MOST_IDS = 50


class Verdict(TextChoices):
    """What a rule says of a case."""

    HOLDS = "holds", _("Fulfilled")
    BROKEN = "broken", _("Not fulfilled")
    UNKNOWN = "unknown", _("Something is not known yet")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


@dataclass(frozen=True)
class Finding:
    """The answer of one check. `facts` holds counts, sums and ids only: it is stored for good."""

    verdict: Verdict
    sentences: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)


def judged(faults: Sequence[str], questions: Sequence[str], well: str, **facts: Any) -> Finding:
    """Broken by any fault, unknown by any open question, else it holds and `well` says so."""
    told = {name: value for name, value in facts.items() if value is not None}
    if faults:
        return Finding(Verdict.BROKEN, tuple(_first([*faults, *questions])), told)
    if questions:
        return Finding(Verdict.UNKNOWN, tuple(_first(questions)), told)
    return Finding(Verdict.HOLDS, (well,), told)


def unknown(sentence: str, **facts: Any) -> Finding:
    """The case does not say yet what the rule asks for."""
    return Finding(Verdict.UNKNOWN, (sentence,), facts)


def not_applicable(sentence: str) -> Finding:
    """There is nothing in the case that the rule speaks of."""
    return Finding(Verdict.NOT_APPLICABLE, (sentence,))


def ids(numbers: Sequence[int]) -> list[int] | None:
    """Ids as facts keep them: the first few; None when there are none."""
    return list(numbers[:MOST_IDS]) or None


def _first(sentences: Sequence[str]) -> list[str]:
    shown, rest = list(sentences[:MOST_SENTENCES]), len(sentences) - MOST_SENTENCES
    if rest > 0:
        shown.append(ngettext("And %(rest)s more like these.", "And %(rest)s more like these.", rest) % {"rest": rest})
    return shown
