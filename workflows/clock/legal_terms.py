"""Terms that the law sets a cooperative once it is registered (domain.md §1.8), counted from the facts of its case.

They are data (`data/legal_terms.csv`). `begins` says from when: `certificate`, `after:CODE` (the end of another term)
or `yearly:MM-DD` (that day of each year; the term that is running or next is told). A term that rests on something
that nobody entered, such as the financial year, is marked as not confirmed.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.filings.models import FilingResult
from workflows.clock.calendar import Calendar, calendar_between
from workflows.clock.deadline import Deadline
from workflows.clock.reference import DATA
from workflows.clock.terms import Term, due
from workflows.clock.words import day_words, explain

# How far ahead of today, or of the certificate, the calendar is read.
AHEAD = timedelta(days=800)


@dataclass(frozen=True)
class LegalTerm:
    """A row of the data."""

    code: str
    title_vi: str
    title_en: str
    begins: str
    length: int
    unit: str
    valid_from: date
    valid_until: date | None
    confirmed: bool
    citation: str

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class CaseTerm:
    """A term of the law as it runs in one case. `missing_year`: its day is not certain."""

    code: str
    title: str
    day: date
    citation: str
    confirmed: bool
    explanation: str
    missing_year: int | None

    @property
    def passed(self) -> bool:
        """Whether its last day lies behind us."""
        return self.day < timezone.localdate()


@cache
def legal_terms() -> tuple[LegalTerm, ...]:
    """The terms that are known, in the order of the data."""
    with (DATA / "legal_terms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_read(row) for row in csv.DictReader(file))


def _read(row: dict[str, Any]) -> LegalTerm:
    until = date.fromisoformat(row["valid_until"]) if row["valid_until"] else None
    dates = {"valid_from": date.fromisoformat(row["valid_from"]), "valid_until": until}
    return LegalTerm(**{**row, **dates, "length": int(row["length"]), "confirmed": row["confirmed"] == "1"})


def terms_of(case: Any) -> list[CaseTerm]:
    """The terms that run for the cooperative of a case; none before its certificate. At most two queries."""
    issued = FilingResult.objects.filter(case=case, outcome=FilingResult.Outcome.CERTIFICATE)
    certificate = issued.order_by("-pk").values_list("issued_on", flat=True).first()
    if certificate is None:
        return []
    calendar = calendar_between(certificate, max(certificate, timezone.localdate()) + AHEAD, case.area_id)
    return list(_counted(certificate, calendar))


def _counted(certificate: date, calendar: Calendar) -> Iterator[CaseTerm]:
    ends = {"certificate": certificate}
    for row in legal_terms():
        term = _term(row, ends, calendar)
        if term and row.holds_on(term.start):
            ends[row.code] = term.end
            yield _in_words(row, term, calendar)


def _term(row: LegalTerm, ends: dict[str, date], calendar: Calendar) -> Term | None:
    """The running term of a row; None when what it follows does not run."""
    how, _colon, what = row.begins.partition(":")
    if how == "yearly":
        return _yearly(row, what, ends["certificate"], calendar)
    begins = ends.get(what or how)
    return due(begins, row.length, row.unit, calendar) if begins else None


def _yearly(row: LegalTerm, day: str, certificate: date, calendar: Calendar) -> Term:
    """The first term, since the certificate, that has not ended yet. A day without a length is that very day."""
    year = certificate.year
    while True:
        begins = date.fromisoformat(f"{year}-{day}")
        term = due(begins, row.length, row.unit, calendar) if row.length else Term(begins, 0, row.unit, begins)
        if begins >= certificate and term.end >= timezone.localdate():
            return term
        year += 1


def _in_words(row: LegalTerm, term: Term, calendar: Calendar) -> CaseTerm:
    if term.length:
        explanation = explain(Deadline(term.end, calendar, term.start, term=term))
    else:
        explanation = _("every year → %(day)s") % {"day": day_words(term.end)}
    if not row.confirmed:
        explanation = _("%(explanation)s (not confirmed)") % {"explanation": explanation}
    title = row.title_vi if (get_language() or "vi").startswith("vi") else row.title_en
    return CaseTerm(row.code, title, term.end, row.citation, row.confirmed, explanation, term.missing_year)
