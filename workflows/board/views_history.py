"""Pages about what was: times in a stage, and work that went back; each number with its list."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.requests import SignedIn
from workflows.board import returns, times
from workflows.board.asked import PeriodForm, TimesForm, page_number
from workflows.board.chart import chart, days_text
from workflows.board.views_tasks import Seated, pages
from workflows.flows.catalogue import node_titles


class Times(Seated):
    """How long cases stayed in their stages, as a table and as bars."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Four statements, however many cases there are."""
        form = TimesForm(request.GET, times.organisations_of(request.standing))
        page = page_number(request.GET.get("page", ""))
        found, count = times.lines(form, request.standing, page)
        by = form.chosen.get("by", "")
        context = {
            "form": form,
            "by": dict(TimesForm.BY).get(by, ""),
            "active": form.chips(request.path),
            "clear_url": request.path,
            "lines": [(line, _words(line), stays_url(form, line)) for line in found],
            "chart": chart((_name(line), line.median, line.p90) for line in found),
            "first_day": form.first_day,
            **pages(request, page, count, times.PAGE),
        }
        return render(request, "workflows/board/times.html", context)


def _name(line: times.Line) -> str:
    return f"{line.label}, {line.stage_label}" if line.label else line.stage_label


def _words(line: times.Line) -> tuple[str, str, str]:
    return days_text(line.median), days_text(line.p90), days_text(line.held)


def stays_url(form: TimesForm, line: times.Line) -> str:
    """The list of the stays that a line counts."""
    return f"{reverse('board:stays')}?{form.query(stage=line.stage, key=line.key)}"


class Stays(Seated):
    """The stays behind a number of the times, the longest first."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Four statements, for one stay and for fifty."""
        form = TimesForm(request.GET, times.organisations_of(request.standing))
        page, key = page_number(request.GET.get("page", "")), request.GET.get("key", "").replace("\0", "")
        rows, total = times.stays(form, request.standing, key, page)
        context = {
            "rows": [(row, days_text(row.days), days_text(row.held)) for row in rows],
            "total": total,
            "back_url": f"{reverse('board:times')}?{form.query()}",
            **pages(request, page, total, times.PAGE),
        }
        return render(request, "workflows/board/stays.html", context)


class Returns(Seated):
    """How often work went back, at which step and in which organisation."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Four statements."""
        form = PeriodForm(request.GET, returns.organisations_of(request.standing))
        context = {
            "form": form,
            "active": form.chips(request.path),
            "clear_url": request.path,
            "headings": list(returns.WHAT.values()),
            "lines": returns.lines(form, request.standing),
            "first_day": form.first_day,
        }
        return render(request, "workflows/board/returns.html", context)


class ReturnTasks(Seated):
    """The tasks behind a number of the returns, with their reasons."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Seven statements, for one task and for fifty."""
        form = PeriodForm(request.GET, returns.organisations_of(request.standing))
        node, what = request.GET.get("node", "").replace("\0", ""), request.GET.get("what", "")
        what = what if what in returns.WHAT else returns.AGAIN
        page = page_number(request.GET.get("page", ""))
        found = returns.behind(form, request.standing, node, what)
        total, start = found.count(), returns.PAGE * (page - 1)
        context = {
            "heading": returns.WHAT[what],
            "step": node_titles().get(node, node),
            "total": total,
            "rows": returns.rows_of(found[start : start + returns.PAGE], request.standing),
            "back_url": f"{reverse('board:returns')}?{form.query()}",
            **pages(request, page, total, returns.PAGE),
        }
        return render(request, "workflows/board/return_tasks.html", context)
