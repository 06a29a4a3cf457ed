"""The gate at the end of a step: a broken rule that guards it holds the step up and says why."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.rules.evaluate import Judgement, evaluate
from casework.rules.models import RuleCheck

_MOST_SENTENCES = 3


class RulesBroken(ActionNotPossible):
    """The law holds the step up. `judgements` are the broken rules, for pages that show them one by one."""

    def __init__(self, judgements: Sequence[Judgement]):
        super().__init__("\n".join([_("The law does not allow this step yet:"), *map(_told, judgements)]))
        self.judgements = tuple(judgements)


def gate(unit: Unit, step: str, on: date) -> None:
    """Judge the case of an act by the law of a day and store what was found; call it when all else is written.

    `step`: the name of the step that ends. Raises RulesBroken with every broken rule that guards the step and was
    not let pass; the act is then undone. Warnings never hold anything up.
    """
    judgements = evaluate(unit.case, on)
    blocking = [one for one in judgements if one.blocks and step in one.rule.gates]
    if blocking:
        raise RulesBroken(blocking)
    if judgements:
        store_check(unit, judgements, on, step)


def store_check(unit: Unit, judgements: Sequence[Judgement], on: date, step: str = "") -> RuleCheck:
    """Keep what the rules said, for good. `step` is "" when somebody asked by hand."""
    results = [judgement.stored() for judgement in judgements]
    check = RuleCheck(case=unit.case, gate=step, on=on, results=results, checked_by=unit.by)
    unit.facts["broken_rules"] = [one.rule.code for one in judgements if one.is_broken]
    return unit.add(check)


def _told(judgement: Judgement) -> str:
    """One broken rule in one line: what is wrong, where it stands, what to do."""
    sentences = judgement.finding.sentences
    more = " …" if len(sentences) > _MOST_SENTENCES else ""
    return _("%(rule)s – %(wrong)s (%(citation)s) %(remedy)s") % {
        "rule": judgement.rule.code,
        "wrong": " ".join(sentences[:_MOST_SENTENCES]) + more,
        "citation": judgement.citation,
        "remedy": judgement.remedy,
    }
