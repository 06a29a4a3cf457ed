"""The page of the business plan: its versions, tables and sums, what changed, and the remarks of the review."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.facts import section
from casework.fields import LongText
from casework.plans.chart import chart_of
from casework.plans.comments import AddRemark, SettleRemark, may_remark, may_settle, remarks_on
from casework.plans.models import BusinessPlan, PlanComment, PlanReview
from casework.plans.pages import case_context
from casework.plans.plan_page import page_of_plan, places_of
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations

_CHOOSE = _("Choose a place of the list.")


class RemarkForm(forms.Form):
    """A remark on one place of a version."""

    anchor = forms.ChoiceField(
        label=_("Place in the plan"), error_messages={"invalid_choice": _CHOOSE, "required": _CHOOSE}
    )
    text = LongText(label=_("Remark"), error_messages={"required": _("Write your remark.")})

    use_required_attribute = False

    def __init__(self, plan: BusinessPlan, data: Any = None, place: str = ""):
        super().__init__(data, initial={"anchor": place})
        anchor: Any = self.fields["anchor"]
        anchor.choices = [("", "–"), *places_of(plan)]


class PlanPageView(View):
    """One version of the plan; with `?from=&to=` two of them compared. 404 for a case that is not hers to see."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """A fixed number of statements, for one version and for fifty."""
        case, context = case_context(request, code)
        return show_plan(request, case, context, request.GET.get("to") or request.GET.get("version"))


def show_plan(
    request: SignedIn, case: Case, context: dict[str, Any], number: str | None, form: RemarkForm | None = None
) -> HttpResponse:
    """The page, with the remark that could not be taken if there is one."""
    versions = list(BusinessPlan.objects.filter(case=case).select_related("recorded_by").order_by("-version"))
    plan = _numbered(versions, number) or next(iter(versions), None)
    before = _numbered(versions, request.GET.get("from"))
    context |= {"versions": versions, "plan": plan}
    if plan:
        context |= _version(request, case, plan, before if before != plan else None, form)
    return render(request, "casework/plans/plan.html", context)


def _numbered(versions: list[BusinessPlan], typed: str | None) -> BusinessPlan | None:
    """The version whose number was typed into the address; None for what is no such number."""
    return next((one for one in versions if str(one.version) == typed), None)


def _version(
    request: SignedIn, case: Case, plan: BusinessPlan, before: BusinessPlan | None, form: RemarkForm | None
) -> dict[str, Any]:
    """What is told of one version, and what this person may do with it."""
    review = PlanReview.latest_of(case)
    told: dict[str, Any] = {"before": before, "review": review if review and review.plan_id == plan.pk else None}
    if not plan.tables:
        # Written before plans had tables: only sums are known.
        return {**told, "sums_only": section("", plan, BusinessPlan.DRAFTED).facts}
    page = page_of_plan(case, plan, before, list(remarks_on(case, BusinessPlan)), review)
    working = working_organisations(case.pk) if case.status != Status.CLOSED else set()
    may = may_remark(request.standing, working)
    return {
        **told,
        "page": page,
        "chart": chart_of(page.figures.years),
        "may_settle": may_settle(request.standing, working),
        "may_remark": may,
        "remark_form": form or (RemarkForm(plan, place=request.GET.get("place", "")) if may else None),
        "request_id": uuid4(),
    }


class AddRemarkView(View):
    """Write a remark on a version of the plan. What was typed survives a refusal."""

    http_method_names = ["post", "options"]

    def post(self, request: SignedIn, code: str, version: int) -> HttpResponse:
        """Store it and go back to its place. 403 without the right; 404 for a version that is not there."""
        case, context = case_context(request, code)
        if not may_remark(request.standing, working_organisations(case.pk)):
            raise PermissionDenied
        plan = BusinessPlan.objects.filter(case=case, version=version).first()
        if plan is None:
            raise Http404
        form = RemarkForm(plan, request.POST)
        if form.is_valid():
            act = AddRemark(case.pk, BusinessPlan, plan.pk, **form.cleaned_data)
            try:
                perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _g("The remark is written."))
                return redirect(_place(case, plan, act.anchor))
        return show_plan(request, case, context, str(version), form)


class SettleRemarkView(View):
    """Say that a remark on a plan or charter is taken up."""

    http_method_names = ["post", "options"]

    def post(self, request: SignedIn, code: str, remark: int) -> HttpResponse:
        """Settle it and go back to its place."""
        case, _context = case_context(request, code)
        found = PlanComment.objects.filter(case=case, pk=remark).select_related("plan", "charter").first()
        if found is None:
            raise Http404
        try:
            perform(SettleRemark(case.pk, found.pk), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _g("The remark is settled."))
        if found.plan is None:
            return redirect(f"{reverse('plans:charter', args=[case.code])}#{found.anchor}")
        return redirect(_place(case, found.plan, found.anchor))


def _place(case: Case, plan: BusinessPlan, anchor: str) -> str:
    name = anchor.partition(".")[0]
    return f"{reverse('plans:plan', args=[case.code])}?version={plan.version}#{name}"
