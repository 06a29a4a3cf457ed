"""Pages: the plan of an organisation, the rows behind a number, setting a target, the periods."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.models import Case
from casework.organisations.models import Organisation
from casework.programme.indicators.counting import count
from casework.programme.indicators.models import Indicator, ReportingPeriod, Target
from casework.programme.indicators.periods import current_period
from casework.programme.indicators.rows import Row, Scope
from casework.programme.targets import page
from casework.programme.targets.acts import KEEP, SetPeriod, SetTarget, WithdrawTarget
from casework.programme.targets.forms import PeriodForm, TargetForm, WithdrawForm
from casework.requests import SignedIn, request_id_of

PAGE = 50


def _organisation(request: SignedIn, code: str) -> Organisation:
    """An organisation whose plan the person may see. Raises Http404."""
    found = None if "\x00" in code else page.organisations_for(request.standing).filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


class Home(View):
    """The plan of the person's first organisation in the present period, or in the last one."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 for lenders and for whoever has no seat."""
        first = page.organisations_for(request.standing).first()
        if first is None:
            raise PermissionDenied("targets")
        period = current_period(timezone.localdate()) or page.periods().first()
        if period is None:
            return render(request, "casework/programme/targets/no_period.html")
        return redirect("targets:plan", period.kind, period.year, first.code)


class Plan(View):
    """Every indicator of a period for an organisation: target, reached, percent, expected, forecast."""

    def get(self, request: SignedIn, kind: str, year: int, code: str) -> HttpResponse:
        """404 for a period that was not entered and for organisations that are not hers to see."""
        period = get_object_or_404(ReportingPeriod, kind=kind, year=year)
        organisation = _organisation(request, code)
        context = {
            "organisation": organisation,
            "organisations": page.organisations_for(request.standing),
            "period": period,
            "periods": page.periods(),
            "blocks": page.plan_of(organisation, period, timezone.localdate()),
            "may_set": request.standing.seat_for(KEEP, organisation.pk) is not None,
        }
        return render(request, "casework/programme/targets/plan.html", context)


class _OfNumber(View):
    """A page about one indicator of one organisation and period."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Remember what the address names."""
        super().setup(request, *args, **kwargs)
        self.request: Any = request

    def named(self, kind: str, year: int, code: str, indicator: str) -> dict[str, Any]:
        """What the address names, if it is there and hers to see. Raises Http404."""
        return {
            "period": get_object_or_404(ReportingPeriod, kind=kind, year=year),
            "organisation": _organisation(self.request, code),
            "indicator": get_object_or_404(Indicator, code=indicator),
        }


class Number(_OfNumber):
    """The rows behind a number, as many as it counts, and its parts."""

    def get(self, request: SignedIn, **address: Any) -> HttpResponse:
        """Links lead only to cases that the person may open."""
        named = self.named(**address)
        indicator, period = named["indicator"], named["period"]
        counted = count(indicator, Scope(named["organisation"], period.first_day, period.last_day))
        behind: Any = counted.above
        pages = Paginator(behind, PAGE)
        shown = pages.get_page(request.GET.get("page"))
        context = {
            **named,
            "name": page.name_of(indicator),
            "value": page.told(counted.value, indicator),
            "why_none": counted.why_none,
            "sum": counted.part,
            "whole": counted.whole,
            "total": pages.count,
            "rows": _with_links(request, shown.object_list),
            "splits": page.splits_of(counted),
            "previous_url": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
            "next_url": f"?page={shown.next_page_number()}" if shown.has_next() else "",
        }
        return render(request, "casework/programme/targets/number.html", context)


def _with_links(request: SignedIn, rows: Any) -> list[tuple[Row, str]]:
    """Rows with an address where the person may open what it leads to. One query."""
    codes = {row.case_code for row in rows if row.case_code}
    visible = set(Case.objects.visible_to(request.standing).filter(code__in=codes).values_list("code", flat=True))
    return [(row, row.url if not row.case_code or row.case_code in visible else "") for row in rows]


class SetOne(_OfNumber):
    """Set a target, and see those before it; the newest may be taken back."""

    def get(self, request: SignedIn, **address: Any) -> HttpResponse:
        """403 without the right."""
        named = self._allowed(address)
        return self._page(named, TargetForm(named["indicator"], initial=self._known(named)), WithdrawForm())

    def post(self, request: SignedIn, **address: Any) -> HttpResponse:
        """Set it or take it back, or say what is wrong with everything that was typed."""
        named = self._allowed(address)
        if "withdraw" in request.POST:
            form: Any = WithdrawForm(request.POST)
            other: Any = TargetForm(named["indicator"], initial=self._known(named))
        else:
            form, other = TargetForm(named["indicator"], request.POST), WithdrawForm()
        if form.is_valid():
            try:
                perform(self._act(named, form), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("Done."))
                return redirect("targets:plan", address["kind"], address["year"], address["code"])
        return self._page(named, *((other, form) if "withdraw" in request.POST else (form, other)))

    def _act(self, named: dict[str, Any], form: Any) -> Act:
        ids = (named["organisation"].pk, named["period"].pk, named["indicator"].pk)
        if isinstance(form, TargetForm):
            return SetTarget(*ids, form.cleaned_data["value"], form.cleaned_data["source"])
        current = self._current(named)
        if current is None:
            raise ActionNotPossible(_("There is no target to take back."))
        return WithdrawTarget(current.pk, form.cleaned_data["reason"])

    def _allowed(self, address: dict[str, Any]) -> dict[str, Any]:
        named = self.named(**address)
        if self.request.standing.seat_for(KEEP, named["organisation"].pk) is None:
            raise PermissionDenied(KEEP)
        return named

    def _current(self, named: dict[str, Any]) -> Target | None:
        return page.history_of(**named).filter(withdrawn_at=None).first()

    def _known(self, named: dict[str, Any]) -> dict[str, Any]:
        current = self._current(named)
        return {"value": page.written(current.value), "source": current.source} if current else {}

    def _page(self, named: dict[str, Any], form: Any, withdraw: Any) -> HttpResponse:
        unit = named["indicator"]
        history = [(one, page.told(one.value, unit)) for one in page.history_of(**named)]
        context = {
            **named,
            "name": page.name_of(unit),
            "form": form,
            "withdraw": withdraw if self._current(named) else None,
            "history": history,
            "request_id": uuid4(),
        }
        return render(self.request, "casework/programme/targets/set.html", context)


class Periods(View):
    """The reporting periods, and the form by which the programme office enters one or moves its days."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 without the right."""
        return self._page(request, PeriodForm())

    def post(self, request: SignedIn) -> HttpResponse:
        """Enter it, or say what is wrong with everything that was typed."""
        self._may(request)
        form = PeriodForm(request.POST)
        if form.is_valid():
            try:
                perform(SetPeriod(**form.cleaned_data), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("The period is entered."))
                return redirect("targets:periods")
        return self._page(request, form)

    def _may(self, request: SignedIn) -> None:
        office = Organisation.Kind.PROGRAMME_OFFICE
        seats = request.standing.every_seat
        if not any(KEEP in seat.permissions and seat.organisation_kind == office for seat in seats):
            raise PermissionDenied(KEEP)

    def _page(self, request: SignedIn, form: PeriodForm) -> HttpResponse:
        self._may(request)
        context = {"form": form, "periods": page.periods(), "request_id": uuid4()}
        return render(request, "casework/programme/targets/periods.html", context)
