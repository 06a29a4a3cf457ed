"""Pages of the reports: the list, one report, the rows behind its numbers, and what is done with it."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.models import Case
from casework.documents.papers.press import NotPrinted, digest
from casework.programme.kept import reporting_ids
from casework.programme.reports import acts
from casework.programme.reports.changes import changes_since
from casework.programme.reports.files import FORMATS, file_of
from casework.programme.reports.forms import FreezeForm, ReturnForm, ReviewForm, StartForm, TextsForm
from casework.programme.reports.gather import gather, number_of
from casework.programme.reports.listing import Find, reports_for, writable_organisations
from casework.programme.reports.models import Report
from casework.programme.reports.page import moved_since, page_of, with_links
from casework.requests import SignedIn, request_id_of

PAGE = 50
_RELATED = ("organisation__area__parent", "organisation__parent", "period", "written_by", "reviewed_by", "frozen_by")


class Reports(View):
    """The reports that the person may see."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 for lenders and for whoever has no seat."""
        if not reporting_ids(request.standing):
            raise PermissionDenied("reports")
        pages = Paginator(reports_for(request.standing, request.GET), PAGE)
        shown = pages.get_page(request.GET.get("page"))
        context = {
            "form": Find(request.GET, auto_id="filter-%s"),
            "filtered": any(request.GET.get(name) for name in Find.base_fields),
            "page": shown,
            "may_start": acts.WRITE in request.standing.permissions,
            "previous_url": _page_url(request, shown.previous_page_number()) if shown.has_previous() else "",
            "next_url": _page_url(request, shown.next_page_number()) if shown.has_next() else "",
        }
        return render(request, "casework/programme/reports/list.html", context)


def _page_url(request: SignedIn, number: int) -> str:
    """Another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


class Start(View):
    """Begin a report."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Choose whose, and on which period. 403 without the right."""
        return self._page(request, StartForm(self._organisations(request)))

    def post(self, request: SignedIn) -> HttpResponse:
        """Begin it and open it."""
        form = StartForm(self._organisations(request), request.POST)
        if form.is_valid():
            act = acts.StartReport(form.cleaned_data["organisation"].pk, form.cleaned_data["period"].pk)
            try:
                receipt = perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                return redirect("reports:report", receipt.result["report"])
        return self._page(request, form)

    def _organisations(self, request: SignedIn) -> Any:
        organisations = writable_organisations(request.standing)
        if not organisations.exists():
            raise PermissionDenied(acts.WRITE)
        return organisations

    def _page(self, request: SignedIn, form: StartForm) -> HttpResponse:
        context = {"form": form, "request_id": uuid4(), "title": _("Begin a report"), "button": _("Begin")}
        return render(request, "casework/programme/reports/form.html", context)


@method_decorator(never_cache, name="dispatch")
class ReportPage(View):
    """The whole report: its numbers, its sections, what changed since, and what may be done next."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 outside what the person may see."""
        report = _report(request, pk)
        frozen = report.state == Report.State.FROZEN
        data = gather(report, with_rows=False)
        context = {
            "report": report,
            "data": data,
            "frozen": frozen,
            "blocks": page_of(data),
            "changes": changes_since(report) if frozen else [],
            "steps": _steps(request, report),
            "formats": FORMATS,
        }
        return render(request, "casework/programme/reports/report.html", context)


def _steps(request: SignedIn, report: Report) -> list[tuple[str, Any]]:
    """What the person may do with the report now: name of the address and label."""
    steps = {
        Report.State.DRAFT: [("texts", _("Write the texts")), ("review", _("Review"))],
        Report.State.REVIEWED: [("freeze", _("Freeze")), ("return", _("Return to the writers"))],
    }.get(Report.State(report.state), [])
    rights = {"texts": acts.WRITE, "review": acts.REVIEW, "return": acts.REVIEW, "freeze": acts.FREEZE}
    return [step for step in steps if request.standing.seat_for(rights[step[0]], report.organisation_id)]


class _Doing(View):
    """A form that does one thing with a report and goes back to it."""

    right: ClassVar[str]
    title: ClassVar[Any]
    button: ClassVar[Any]
    lead: ClassVar[Any] = ""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """The form. 404 outside what the person may see, 403 without the right."""
        report = self._allowed(request, pk)
        return self._page(request, report, self.form(report))

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Do it, or show what is in the way with everything that was typed."""
        report = self._allowed(request, pk)
        form = self.form(report, request.POST)
        if form.is_valid():
            try:
                perform(self.act(report, form, request), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("Done."))
                return redirect("reports:report", report.pk)
        return self._page(request, report, form)

    def form(self, report: Report, *typed: Any) -> Any:
        """The form of the act."""
        raise NotImplementedError

    def act(self, report: Report, form: Any, request: SignedIn) -> Act:
        """The act that the cleaned form asks for."""
        raise NotImplementedError

    def more(self, report: Report) -> dict[str, Any]:
        """What else the page needs."""
        return {}

    def _allowed(self, request: SignedIn, pk: int) -> Report:
        report = _report(request, pk)
        if request.standing.seat_for(self.right, report.organisation_id) is None:
            raise PermissionDenied(self.right)
        return report

    def _page(self, request: SignedIn, report: Report, form: Any) -> HttpResponse:
        context = {
            "report": report,
            "form": form,
            "title": self.title,
            "button": self.button,
            "lead": self.lead,
            "request_id": uuid4(),
            "seen": request.POST.get("seen", acts.mark_of(report)),
            **self.more(report),
        }
        return render(request, "casework/programme/reports/form.html", context)


class Texts(_Doing):
    """Write the texts."""

    right, title, button = acts.WRITE, gettext_lazy("Texts of the report"), gettext_lazy("Save the texts")

    def form(self, report: Report, *typed: Any) -> Any:
        return TextsForm(report, *typed)

    def act(self, report: Report, form: Any, request: SignedIn) -> Act:
        return acts.WriteTexts(report.pk, form.cleaned_data, request.POST.get("seen", ""))


class Review(_Doing):
    """Find the draft in order."""

    right, title, button = acts.REVIEW, gettext_lazy("Review the report"), gettext_lazy("The report is in order")
    lead = gettext_lazy("Whoever wrote in it last cannot review it. After this only its freezing is left.")

    def form(self, report: Report, *typed: Any) -> Any:
        return ReviewForm(*typed)

    def act(self, report: Report, form: Any, request: SignedIn) -> Act:
        return acts.ReviewReport(report.pk)


class Return(_Doing):
    """Give it back to its writers."""

    right, title, button = acts.REVIEW, gettext_lazy("Return the report"), gettext_lazy("Return to the writers")

    def form(self, report: Report, *typed: Any) -> Any:
        return ReturnForm(*typed)

    def act(self, report: Report, form: Any, request: SignedIn) -> Act:
        return acts.ReturnReport(report.pk, form.cleaned_data["reason"])


class Freeze(_Doing):
    """Give it number and day; from then on it says the same."""

    right, title, button = acts.FREEZE, gettext_lazy("Freeze the report"), gettext_lazy("Freeze for ever")
    lead = gettext_lazy("The numbers are counted once more and then kept. This cannot be undone.")

    def form(self, report: Report, *typed: Any) -> Any:
        return FreezeForm(*typed)

    def act(self, report: Report, form: Any, request: SignedIn) -> Act:
        return acts.FreezeReport(report.pk, **form.cleaned_data, read=request.POST.get("read", ""))

    def more(self, report: Report) -> dict[str, Any]:
        """What changed since the review, and the mark of the numbers that the page is about."""
        data = gather(report, with_rows=False)
        return {"moved": moved_since(data, acts.values_reviewed(report)), "read": digest(acts.values_of(data))}


@method_decorator(never_cache, name="dispatch")
class Numbers(View):
    """The rows behind one number of a report, as many as it counts."""

    def get(self, request: SignedIn, pk: int, code: str) -> HttpResponse:
        """404 for a number that the report does not have."""
        report = _report(request, pk)
        found = number_of(report, code)
        if found is None:
            raise Http404(code)
        number, behind = found
        pages: Paginator[Any] = Paginator(behind, PAGE)
        shown = pages.get_page(request.GET.get("page"))
        codes = {row["case"] for row in shown.object_list if row["case"]}
        visible = set(Case.objects.visible_to(request.standing).filter(code__in=codes).values_list("code", flat=True))
        context = {
            "report": report,
            "number": number,
            "rows": with_links(list(shown.object_list), visible),
            "total": pages.count,
            "previous_url": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
            "next_url": f"?page={shown.next_page_number()}" if shown.has_next() else "",
        }
        return render(request, "casework/programme/reports/numbers.html", context)


class TakeFile(View):
    """The report as a file. A form, not a link: that it left is an act."""

    http_method_names = ["post"]

    def post(self, request: SignedIn, pk: int, format: str) -> HttpResponse:  # noqa: A002 (the address names it so)
        """404 for a format that there is none of."""
        report = _report(request, pk)
        if format not in FORMATS:
            raise Http404(format)
        try:
            body = file_of(gather(report), format)
            perform(acts.TakeReport(report.organisation_id, report.pk, format), by=request.user)
        except (ActionNotPossible, NotPrinted) as error:
            messages.error(request, str(error))
            return redirect("reports:report", report.pk)
        name = f"bao-cao-{report.organisation.code}-{report.period.year}.{format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(body, content_type=FORMATS[format], headers=headers)


def _report(request: SignedIn, pk: int) -> Report:
    """The report, if the person may see it. Raises Http404."""
    found = Report.objects.visible_to(request.standing).select_related(*_RELATED)
    report = found.filter(pk=pk).first() if pk < 2**63 else None
    if report is None:
        raise Http404
    return report
