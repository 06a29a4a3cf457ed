"""The data of a report: everything that it says, as plain JSON. Pages, papers and sheets are made of this alone."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from casework.organisations.models import Organisation
from casework.programme.collected.models import ResultAnswer, ResultRequest
from casework.programme.indicators.counting import Counted, Line, count, indicators_of, progress, splits
from casework.programme.indicators.models import Dimension, ReportingPeriod
from casework.programme.indicators.rows import Scope
from casework.programme.reports.corrections import corrections_of
from casework.programme.reports.models import Report
from casework.programme.reports.recount import Behind, row_data, rows_of

# Of the shape of the data; a frozen report keeps the shape that it was frozen with. Since 2 the parts of a share are
# shares, and every number has the mark of its rows.
VERSION = 2


def gather(report: Report, *, with_rows: bool = True) -> dict[str, Any]:
    """What a report says: its data if it is frozen, else all of it counted now.

    `with_rows=False` leaves out the rows behind the numbers, which a page of numbers does not show.
    """
    if report.state == Report.State.FROZEN:
        return report.data
    # The report is a Vietnamese paper, whoever prints it.
    with translation.override("vi"):
        return {
            "version": VERSION,
            "state": report.state,
            "organisation": _organisation(report.organisation),
            "period": period_data(report.period),
            "counted_at": timezone.localtime().isoformat(timespec="seconds"),
            "number": report.number,
            "signed_on": "",
            "texts": dict(report.texts),
            "numbers": numbers_of(report.organisation, report.period, with_rows=with_rows),
            "corrections": corrections_of(report),
            "bodies": _bodies(report.organisation, report.period),
        }


def numbers_of(organisation: Organisation, period: ReportingPeriod, *, with_rows: bool = True) -> list[dict[str, Any]]:
    """Every indicator of a period for an organisation, counted now, in the order of the report."""
    on = min(timezone.localdate(), period.last_day)
    return [_number(line, with_rows) for line in progress(organisation, period, on)]


def number_of(report: Report, code: str) -> tuple[dict[str, Any], Any] | None:
    """One number of a report, and the rows behind it to be read by the page; None where there is no such number."""
    if report.state == Report.State.FROZEN:
        told = next((one for one in report.data["numbers"] if one["code"] == code), None)
        return (told, told["rows"]) if told else None
    indicator = next((one for one in indicators_of(report.period) if one.code == code), None)
    if indicator is None:
        return None
    counted = count(indicator, Scope(report.organisation, report.period.first_day, report.period.last_day))
    return _told(counted), Behind(counted)


def _organisation(organisation: Organisation) -> dict[str, Any]:
    area = organisation.area
    above = area.parent if area is not None and area.parent_id else area
    return {
        "code": organisation.code,
        "name": organisation.name,
        "parent": organisation.parent.name if organisation.parent else "",
        "place": above.name if above else "",
    }


def period_data(period: ReportingPeriod) -> dict[str, Any]:
    """A period as a report names it."""
    return {
        "kind": period.kind,
        "year": period.year,
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
        "due_on": period.due_on.isoformat(),
    }


def _number(line: Line, with_rows: bool) -> dict[str, Any]:
    number = _told(line.counted) | {
        "target": plain(line.target),
        "percent": plain(line.percent),
        "expected": plain(line.expected),
        "forecast": plain(line.forecast),
        "splits": _splits(line.counted),
    }
    return number | (_rows(line.counted) if with_rows else {})


def _told(counted: Counted) -> dict[str, Any]:
    indicator = counted.indicator
    return {
        "code": indicator.code,
        "name": indicator.name_vi,
        "name_en": indicator.name_en,
        "unit": indicator.unit,
        "block": indicator.block,
        "source": indicator.source,
        "value": plain(counted.value),
        "why_none": str(counted.why_none),
        "part": counted.part,
        "whole": counted.whole,
    }


def _rows(counted: Counted) -> dict[str, Any]:
    whole = counted.below
    return {
        "mark": counted.above.mark(),
        "rows": rows_of(counted),
        "whole_rows": None if whole is None else [row_data(row) for row in whole.rows()],
    }


def _splits(counted: Counted) -> list[dict[str, Any]]:
    found = splits(counted, counted.indicator.dimensions)
    return [
        {
            "by": dimension,
            "title": str(Dimension(dimension).label),
            "parts": [[str(part.label), plain(part.value)] for part in parts],
        }
        for dimension, parts in found.items()
    ]


def _bodies(organisation: Organisation, period: ReportingPeriod) -> list[dict[str, Any]]:
    """Who else was asked, and what they answered."""
    asked = ResultRequest.objects.filter(organisation=organisation, period=period, withdrawn_at=None)
    answers: dict[int, list[dict[str, Any]]] = {}
    told = ResultAnswer.objects.filter(request__in=asked, withdrawn_at=None).select_related("indicator")
    for answer in told.order_by("indicator__number", "pk"):
        answers.setdefault(answer.request_id, []).append(_answer(answer))
    return [
        {
            "body": request.body,
            "asked_on": _day(request.asked_at),
            "answered_on": _day(request.answered_at) if request.answered_at else "",
            "answers": answers.get(request.pk, []),
        }
        for request in asked.order_by("body", "pk")
    ]


def _answer(answer: ResultAnswer) -> dict[str, Any]:
    return {
        "code": answer.indicator.code,
        "name": answer.indicator.name_vi,
        "unit": answer.indicator.unit,
        "value": plain(answer.value),
        "note": answer.note,
        "told_by": answer.told_by,
    }


def _day(moment: Any) -> str:
    day: date = timezone.localtime(moment).date()
    return day.isoformat()


def plain(value: Decimal | int | None) -> str | None:
    """A number as text without needless zeros: 12, 66.67; None stays None."""
    if value is None:
        return None
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
