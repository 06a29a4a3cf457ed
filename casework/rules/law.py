"""The law on a day: its rules, numbers and documents, read in three statements, and how a rule is cited."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from casework.facts import grouped
from casework.rules.founding import judged_as
from casework.rules.models import LegalDocument, LegalParameter, LegalRule, NoParameter, in_force

_IN_BRACES = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class Law:
    """All rules and numbers in force on one day."""

    on: date
    rules: tuple[LegalRule, ...]
    numbers: Mapping[str, int]
    documents: Mapping[str, LegalDocument]

    def binding(self, legal_form: str, kind: str) -> list[LegalRule]:
        """The rules that bind cases of a legal form and kind, in the order of their codes."""
        form = judged_as(legal_form)
        return [rule for rule in self.rules if form in rule.legal_forms and kind in rule.kinds]

    def numbers_of(self, rule: LegalRule) -> dict[str, int]:
        """The numbers that a rule asks for. Raises NoParameter when one has no value on the day."""
        missing = [name for name in rule.parameters if name not in self.numbers]
        if missing:
            raise NoParameter(f"{', '.join(missing)} on {self.on:%Y-%m-%d}")
        return {name: self.numbers[name] for name in rule.parameters}

    def with_number(self, name: str, value: int) -> "Law":
        """The same law with one number changed, to see what that would do."""
        return replace(self, numbers={**self.numbers, name: value})

    def asking_for(self, name: str) -> "Law":
        """The same law without the rules that do not use this number."""
        return replace(self, rules=tuple(rule for rule in self.rules if name in rule.parameters))

    def cite(self, rule: LegalRule) -> str:
        """Document, article, clause and point, in the language of the page."""
        return cite(rule, self.documents)

    def worded(self, text: str) -> str:
        """A sentence of the law with its numbers in place of their names in braces."""

        def number(found: re.Match[str]) -> str:
            value = self.numbers.get(found[1])
            return found[0] if value is None else grouped(value)

        return _IN_BRACES.sub(number, text)


def law_on(day: date) -> Law:
    """Read the law of a day. Three statements."""
    # Where two rows of a number overlap, the one that began later replaces the other.
    rows = LegalParameter.objects.filter(in_force(day)).order_by("valid_from")
    return Law(
        on=day,
        rules=tuple(sorted(LegalRule.objects.filter(in_force(day)), key=order)),
        numbers=dict(rows.values_list("name", "value")),
        documents=documents(),
    )


def documents() -> dict[str, LegalDocument]:
    """Every legal document by its number. One statement."""
    return {document.number: document for document in LegalDocument.objects.all()}


def order(rule: LegalRule) -> tuple[int, str, int]:
    """R2 before R10, R2 before R2-F."""
    number = re.match(r"R([0-9]+)", rule.code)
    return (int(number[1]) if number else 0, rule.code, rule.version)


def cite(rule: LegalRule, known: Mapping[str, LegalDocument]) -> str:
    """Where a rule stands: “Law on Cooperatives 17/2023/QH15, Article 30, clause 1, point c”."""
    document = known.get(rule.document)
    parts = [str(document) if document else rule.document]
    for text, where in ((_("Article %s"), rule.article), (_("clause %s"), rule.clause), (_("point %s"), rule.point)):
        if where:
            parts.append(text % where)
    return ", ".join(parts)
