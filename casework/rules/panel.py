"""The rules of a case as its pages show them: in words, with citation, facts and what to do next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.rules.evaluate import Judgement, evaluate
from casework.rules.finding import Verdict
from casework.rules.gather import relevant_day
from casework.rules.law import cite, documents
from casework.rules.models import LegalRule, RuleCheck, RuleOverride
from casework.rules.words import NamesOf, step_words, told_facts, told_numbers

# Where something is put right, by check; all others on the page of people and capital.
_PLACES = {
    "governance_fits_size": "plans:charter",
    "capital_sums": "people:members",
    "name_allowed": "plans:charter",
    "resolution_carried": "plans:conference",
    "assets_valued": "people:members",
    "code_fits": "filings:rounds",
}


@dataclass(frozen=True)
class RuleRow:
    """One rule on the panel. `tone` and `icon` go with the words of `state`, never alone."""

    code: str
    title: str
    state: str
    tone: str
    icon: str
    sentences: tuple[str, ...]
    citation: str
    note: str
    facts: list[tuple[str, str]]
    numbers: list[tuple[str, str]]
    holds_up: str = ""
    remedy: str = ""
    place_url: str = ""
    override: RuleOverride | None = None
    may_override: bool = False


@dataclass(frozen=True)
class Group:
    """Rows with the same weight; those that need nobody are folded."""

    key: str
    title: str
    rows: list[RuleRow]
    folded: bool = False


@dataclass(frozen=True)
class Summary:
    """The panel in a few lines, for the overview and the page of a task."""

    url: str
    day: date
    blocking: list[RuleRow]
    to_check: int
    unknown: int
    fulfilled: int


def groups_of(case: Case, judgements: Sequence[Judgement], *, may_override: bool = False) -> list[Group]:
    """The judgements in the order in which they need somebody."""
    wanted = [
        ("blocks", _("Not fulfilled"), False, lambda one: one.blocks),
        ("check", _("Please check"), False, _needs_a_look),
        ("unknown", _("Something is not known yet"), False, lambda one: one.verdict == Verdict.UNKNOWN),
        ("holds", _("Fulfilled"), False, lambda one: one.verdict == Verdict.HOLDS),
        ("apart", _("Does not apply"), True, lambda one: one.verdict == Verdict.NOT_APPLICABLE),
    ]
    groups = [
        Group(key, title, [row_of(case, one, may_override=may_override) for one in judgements if belongs(one)], folded)
        for key, title, folded, belongs in wanted
    ]
    return [group for group in groups if group.rows]


def _needs_a_look(one: Judgement) -> bool:
    return one.verdict == Verdict.BROKEN and not one.blocks


def row_of(case: Case, one: Judgement, *, may_override: bool = False) -> RuleRow:
    """One judgement in words."""
    tone, icon = _look(one)
    unsettled = one.is_broken or one.verdict == Verdict.UNKNOWN
    return RuleRow(
        code=one.rule.code,
        title=one.title,
        state=one.state_text,
        tone=tone,
        icon=icon,
        sentences=one.finding.sentences,
        citation=one.citation,
        note=_note(one),
        facts=told_facts(one.facts),
        numbers=told_numbers(one.numbers),
        holds_up=_held_up(one.rule.gates) if one.blocks else "",
        remedy=one.remedy if unsettled else "",
        place_url=_place(case, one.rule.check_name) if unsettled else "",
        override=one.override,
        may_override=may_override and one.is_broken and one.rule.overridable,
    )


def _look(one: Judgement) -> tuple[str, str]:
    if one.override:
        return "held", "check"
    if one.is_broken:
        return ("bad", "late") if one.blocks else ("warn", "late")
    looks = {Verdict.HOLDS: ("ok", "check"), Verdict.UNKNOWN: ("warn", "info")}
    return looks.get(one.verdict, ("", ""))


def _note(one: Judgement) -> str:
    if one.rule.confirmed:
        return one.note
    return " ".join([_("Our reading, or not confirmed in the text of the law."), one.note])


def _held_up(gates: Iterable[str]) -> str:
    return ", ".join(step_words(gate) for gate in gates)


def _place(case: Case, check: str) -> str:
    try:
        return reverse(_PLACES.get(check, "people:members"), args=[case.code])
    except NoReverseMatch:
        return ""


def summary(case: Case, on: date | None = None) -> Summary | None:
    """Counts and the rules that hold the case up; None where no rule binds it. Sixteen statements."""
    day = on or relevant_day(case, timezone.localdate())
    judgements = evaluate(case, day)
    if not judgements:
        return None
    return Summary(
        url=reverse("rules:panel", args=[case.code]),
        day=day,
        blocking=[row_of(case, one) for one in judgements if one.blocks],
        to_check=sum(_needs_a_look(one) for one in judgements),
        unknown=sum(one.verdict == Verdict.UNKNOWN for one in judgements),
        fulfilled=sum(one.verdict == Verdict.HOLDS for one in judgements),
    )


@dataclass(frozen=True)
class StoredRow:
    """One rule of a stored check, as it was stored."""

    code: str
    title: str
    state: str
    tone: str
    citation: str
    facts: list[tuple[str, str]]
    numbers: list[tuple[str, str]]
    let_pass: bool


def stored_rows(check: RuleCheck) -> list[StoredRow]:
    """A stored check in words: five statements. Verdict, numbers and facts are the stored ones; names are today's."""
    entries: list[dict[str, Any]] = check.results
    rules = {(r.code, r.version): r for r in LegalRule.objects.filter(code__in=[e["rule"] for e in entries])}
    names, known = NamesOf.behind(entry["facts"] for entry in entries), documents()
    return [_stored(entry, rules.get((entry["rule"], entry["version"])), names, known) for entry in entries]


def _stored(entry: Mapping[str, Any], rule: LegalRule | None, names: NamesOf, known: Mapping[str, Any]) -> StoredRow:
    verdict = Verdict(entry["verdict"])
    blocks = entry["severity"] == LegalRule.Severity.BLOCKS
    tones = {Verdict.HOLDS: "ok", Verdict.BROKEN: "bad" if blocks else "warn", Verdict.UNKNOWN: "warn"}
    place = LegalRule(**{name: entry[name] for name in ("document", "article", "clause", "point")})
    return StoredRow(
        code=f"{entry['rule']}.{entry['version']}",
        title=_filled(rule.title, entry["numbers"]) if rule else "",
        state=str(verdict.label),
        tone="held" if entry["override"] else tones.get(verdict, ""),
        citation=cite(place, known),
        facts=told_facts(entry["facts"], names),
        numbers=told_numbers(entry["numbers"]),
        let_pass=bool(entry["override"]),
    )


def _filled(title: str, numbers: Mapping[str, int]) -> str:
    for name, value in numbers.items():
        title = title.replace(f"{{{name}}}", f"{value:,}".replace(",", "."))
    return title
