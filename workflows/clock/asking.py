"""What the command `clock` answers: a term counted from the calendar, and the open deadlines of a case, derived."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.organisations.models import AdministrativeUnit
from workflows.clock.calendar import calendar_between, horizon
from workflows.clock.deadline import Deadline, current_deadline
from workflows.clock.legal_terms import CaseTerm, terms_of
from workflows.clock.models import Unit
from workflows.clock.terms import due
from workflows.clock.words import day_words, explain
from workflows.engine.models import Task

EARLIEST, LATEST, LONGEST = date(1990, 1, 1), date(2200, 1, 1), 3660


class NotAnswered(ValueError):
    """The question cannot be answered. The message is a sentence for the person who asked."""


@dataclass(frozen=True)
class Question:
    """A term of `n` units from a day, in a province (`area`: the code of a place) or in the nation."""

    begins: date
    n: int
    unit: str = Unit.WORKING_DAY
    area: str = ""


def read_day(text: str) -> date:
    """A day as people write it: 2026-02-13 or 13/02/2026. Raises NotAnswered."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (only its day is kept)
        except ValueError:
            continue
        if EARLIEST <= day <= LATEST:
            return day
    raise NotAnswered(
        _("%(text)s is not a day between %(first)s and %(last)s. Write it as 2026-02-13 or 13/02/2026.")
        % {"text": text, "first": day_words(EARLIEST), "last": day_words(LATEST)}
    )


def answer(question: Question) -> dict[str, Any]:
    """When a term ends and why. `due` is empty when the calendar of a year is missing. Raises NotAnswered."""
    if not 0 <= question.n <= LONGEST:
        raise NotAnswered(_("Count from 0 to %(most)d days or months.") % {"most": LONGEST})
    area = _area(question.area) if question.area else None
    months = question.n if question.unit == Unit.MONTH else question.n // 15 + 1
    calendar = calendar_between(question.begins, horizon(question.begins, months), area)
    term = due(question.begins, question.n, question.unit, calendar)
    line = explain(Deadline(term.end, calendar, term.start, term=term))
    return {
        "from": question.begins.isoformat(),
        "days": question.n,
        "unit": question.unit,
        "area": question.area or None,
        "due": None if term.missing_year else term.end.isoformat(),
        "explanation": _cannot_be_told(term.missing_year) if term.missing_year else line,
        "missing_year": term.missing_year,
    }


def _cannot_be_told(year: int) -> str:
    return _("The term runs into %(year)d, and the calendar of that year has not been entered.") % {"year": year}


def _area(code: str) -> int:
    found = AdministrativeUnit.objects.filter(code=code.replace("\x00", "")).values_list("pk", flat=True).first()
    if found is None:
        raise NotAnswered(_("There is no province or commune with the code %(code)s.") % {"code": code})
    return found


def answer_for_case(code: str) -> dict[str, Any]:
    """Every open deadline of a case, with holds, extensions and derivation, and its legal terms. Raises NotAnswered."""
    case = Case.objects.filter(code=code.replace("\x00", "").strip().upper()).select_related("cooperative").first()
    if case is None:
        raise NotAnswered(_("There is no case with the code %(code)s.") % {"code": code})
    rows = Task.objects.open().filter(case=case).select_related("organisation", "owner", "limit", "process")
    tasks = []
    for row in rows.order_by("due_at", "pk"):
        row.case = row.process.case = case
        tasks.append(_of_task(row))
    return {"case": case.code, "tasks": tasks, "legal_terms": [_of_term(term) for term in terms_of(case)]}


def _of_task(task: Task) -> dict[str, Any]:
    found = current_deadline(task)
    return {
        "task": task.pk,
        "title": task.title or str(task.step.title if task.step else task.node),
        "organisation": str(task.organisation),
        "owner": task.owner.username if task.owner else None,
        "due": timezone.localdate(task.due_at).isoformat(),
        "first_due": timezone.localdate(task.first_due_at or task.due_at).isoformat(),
        "held": task.held,
        "watched": task.watched,
        "missing_year": found.missing_year,
        "holds": [{"first": span.first.isoformat(), "until": span.until.isoformat()} for span in found.holds],
        "extensions": [
            {"before": one.before.isoformat(), "until": one.until.isoformat(), "reason": one.reason}
            for one in task.extensions.all()
        ],
        "explanation": explain(found),
    }


def _of_term(term: CaseTerm) -> dict[str, Any]:
    return {
        "code": term.code,
        "title": term.title,
        "due": term.day.isoformat(),
        "citation": term.citation,
        "confirmed": term.confirmed,
        "missing_year": term.missing_year,
        "explanation": term.explanation,
    }
