"""The page of the charter: its versions, its text by content groups, what changed, and the remarks of the review."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.facts import section
from casework.fields import LongText
from casework.plans.charter import articles_of, figure_changes, groups_for, places_in
from casework.plans.comments import AddRemark, may_remark, may_settle, remarks_on
from casework.plans.models import Charter, PlanComment
from casework.plans.pages import case_context
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations

_CHOOSE = _("Choose a passage of the list.")


class CharterRemarkForm(forms.Form):
    """A remark on one place of a version of the charter."""

    anchor = forms.ChoiceField(label=_("Passage"), error_messages={"invalid_choice": _CHOOSE, "required": _CHOOSE})
    text = LongText(label=_("Remark"), error_messages={"required": _("Write your remark.")})

    use_required_attribute = False

    def __init__(self, charter: Charter, data: Any = None, place: str = ""):
        super().__init__(data, initial={"anchor": place})
        anchor: Any = self.fields["anchor"]
        anchor.choices = [("", "–"), *places_in(charter)]


class CharterPage(View):
    """One version of the charter; with `?from=` beside another one. 404 for a case that is not hers to see."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """A fixed number of statements, for one version and for fifty."""
        case, context = case_context(request, code)
        return _show(request, case, context, None, request.GET.get("version"))


class AddCharterRemark(View):
    """Write a remark on a version of the charter. What was typed survives a refusal."""

    http_method_names = ["post", "options"]

    def post(self, request: SignedIn, code: str, version: int) -> HttpResponse:
        """Store it and go back to its place. 403 without the right; 404 for a version that is not there."""
        case, context = case_context(request, code)
        if not may_remark(request.standing, working_organisations(case.pk)):
            raise PermissionDenied
        charter = Charter.objects.filter(case=case, version=version).first() if version < 2**15 else None
        if charter is None:
            raise Http404
        form = CharterRemarkForm(charter, request.POST)
        if form.is_valid():
            act = AddRemark(case.pk, Charter, charter.pk, **form.cleaned_data)
            try:
                perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _g("The remark is written."))
                return redirect(f"{reverse('plans:charter', args=[case.code])}?version={version}#{act.anchor}")
        return _show(request, case, context, form, str(version))


def _show(
    request: SignedIn, case: Case, context: dict[str, Any], form: CharterRemarkForm | None, number: str | None
) -> HttpResponse:
    """The page of one version, with the remark that could not be taken if there is one."""
    versions = list(Charter.objects.filter(case=case).select_related("recorded_by").order_by("-version"))
    shown = _numbered(versions, number) or (versions[0] if versions else None)
    before = _numbered(versions, request.GET.get("from"))
    context["versions"] = versions
    if shown:
        context |= _version(case, shown, before if before != shown else None) | _may(request, case, shown, form)
    else:
        context["groups"] = groups_for(case, timezone.localdate())
    return render(request, "casework/plans/charter.html", context)


def _numbered(versions: list[Charter], typed: str | None) -> Charter | None:
    """The version whose number was typed into the address; None for what is no such number."""
    return next((one for one in versions if str(one.version) == typed), None)


def _version(case: Case, shown: Charter, before: Charter | None) -> dict[str, Any]:
    """What the page tells of one version, beside another one if it is given. Remarks stay until they are settled."""
    articles = articles_of(shown, before)
    by_place: dict[str, list[PlanComment]] = {}
    for remark in remarks_on(case, Charter):
        if remark.charter_id == shown.pk or not remark.settled_at:
            by_place.setdefault(remark.anchor, []).append(remark)
    return {
        "charter": shown,
        "before": before,
        "figures": section("", shown, Charter.DRAFTED).facts,
        "changes": figure_changes(before, shown) if before else [],
        "articles": [(article, by_place.pop(article.anchor, [])) for article in articles],
        "remarks": [remark for placed in by_place.values() for remark in placed],
        "changed": sum(article.changed for article in articles),
    }


def _may(request: SignedIn, case: Case, shown: Charter, form: CharterRemarkForm | None) -> dict[str, Any]:
    """What this person may do with the remarks."""
    working = working_organisations(case.pk) if case.status != Status.CLOSED else set()
    if form is None and may_remark(request.standing, working):
        form = CharterRemarkForm(shown, place=request.GET.get("place", ""))
    return {
        "remark_form": form,
        "may_settle": may_settle(request.standing, working, Charter),
        "request_id": uuid4(),
    }
