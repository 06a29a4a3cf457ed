"""The rules of a case: the panel, a stored check, and letting a rule pass."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.stages import Status
from casework.cases.tabs import tabs_of
from casework.organisations.standing import Standing
from casework.requests import SignedIn, request_id_of
from casework.rules.acts import CHECK, OVERRIDE, CheckRules, OverrideRule, WithdrawOverride
from casework.rules.evaluate import Judgement, evaluate
from casework.rules.finding import Verdict
from casework.rules.forms import DayForm, OverrideForm
from casework.rules.gather import relevant_day
from casework.rules.models import RuleCheck
from casework.rules.panel import groups_of, row_of, stored_rows
from casework.rules.words import step_words
from casework.sharing.querysets import working_organisations

SHOWN_CHECKS = 20


class Panel(View):
    """Every rule that binds the case, by the law of a day, and the checks that were stored."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """As many statements for five members as for ten thousand. 404 for what is not hers to see."""
        case, context = _page(request, code)
        form = DayForm(request.GET or None)
        asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
        binding = relevant_day(case, timezone.localdate())
        judgements = evaluate(case, asked or binding)
        held = rights_of(request.standing, case)
        may_override = OVERRIDE in held and case.status != Status.CLOSED and asked in (None, binding)
        context |= {
            "form": form,
            "day": asked or binding,
            "binding_day": binding,
            "groups": groups_of(case, judgements, may_override=may_override),
            "may_withdraw": may_override,
            "may_check": CHECK in held and bool(judgements),
            "checks": _checks_of(case),
        }
        return render(request, "casework/rules/panel.html", context)


class StoreCheck(View):
    """Keep what the rules say now."""

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """By the law of `on` if it is given, else of the day that binds the case. 403 without the right."""
        case = visible_case(request.standing, code)
        form = DayForm(request.POST)
        day: date | None = form.cleaned_data["on"] if form.is_valid() else None
        done = _do(request, CheckRules(case.pk, day), _("The check is stored and stays as it is."))
        return redirect("rules:check", code, done["check"]) if done else redirect("rules:panel", code)


class StoredCheck(View):
    """One stored check, as it was."""

    def get(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """404 for a check of another case too."""
        case, context = _page(request, code)
        check = get_object_or_404(RuleCheck.objects.select_related("checked_by"), pk=pk, case=case)
        context |= {"check": check, "step": step_words(check.gate), "rows": stored_rows(check)}
        return render(request, "casework/rules/check.html", context)


class Override(View):
    """Let the case pass one broken rule, for a reason."""

    def get(self, request: SignedIn, code: str, rule: str) -> HttpResponse:
        """What was found, and the reason asked for. 403 without the right, 404 for a rule that leaves no choice."""
        case, judgement = self._broken(request, code, rule)
        return self._show(request, case, judgement, OverrideForm())

    def post(self, request: SignedIn, code: str, rule: str) -> HttpResponse:
        """Do it, or say why not beside what was typed."""
        case, judgement = self._broken(request, code, rule)
        form = OverrideForm(request.POST)
        if form.is_valid():
            act = OverrideRule(case.pk, rule, form.cleaned_data["reason"])
            try:
                perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, _("The case may pass this rule. Your reason stays in the history."))
                return redirect("rules:panel", code)
        return self._show(request, case, judgement, form)

    def _broken(self, request: SignedIn, code: str, rule: str) -> tuple[Case, Judgement]:
        case = visible_case(request.standing, code)
        if OVERRIDE not in rights_of(request.standing, case):
            raise PermissionDenied(OVERRIDE)
        judgements = evaluate(case, relevant_day(case, timezone.localdate()))
        found = next((one for one in judgements if one.rule.code == rule and one.rule.overridable), None)
        if found is None:
            raise Http404
        return case, found

    def _show(self, request: SignedIn, case: Case, judgement: Judgement, form: OverrideForm) -> HttpResponse:
        context = {
            "case": case,
            "tabs": tabs_of(case, "rules:panel"),
            "row": row_of(case, judgement),
            "form": form,
            "request_id": uuid4(),
        }
        return render(request, "casework/rules/override.html", context)


class Withdraw(View):
    """The rule holds for the case again."""

    def post(self, request: SignedIn, code: str, rule: str) -> HttpResponse:
        """403 without the right; a sentence when the rule was not let pass."""
        case = visible_case(request.standing, code)
        _do(request, WithdrawOverride(case.pk, rule), _("The rule holds for this case again."))
        return redirect("rules:panel", code)


def rights_of(standing: Standing, case: Case) -> set[str]:
    """Which of the rights of this room a person holds on the case. One statement."""
    working = working_organisations(case.pk)
    return {right for right in (CHECK, OVERRIDE) if any(standing.seat_for(right, one) for one in working)}


def _page(request: SignedIn, code: str) -> tuple[Case, dict[str, Any]]:
    case = visible_case(request.standing, code)
    return case, {"case": case, "tabs": tabs_of(case, "rules:panel"), "request_id": uuid4()}


def _checks_of(case: Case) -> list[dict[str, Any]]:
    """The newest stored checks with what they found, in counts."""
    rows = RuleCheck.objects.filter(case=case).select_related("checked_by").order_by("-pk")[:SHOWN_CHECKS]
    return [
        {
            "check": check,
            "step": step_words(check.gate),
            "broken": sum(entry["verdict"] == Verdict.BROKEN for entry in check.results),
            "rules": len(check.results),
        }
        for check in rows
    ]


def _do(request: SignedIn, act: Act, done: str) -> Any:
    """Carry an act out and say so, or say why not. What it gave, or None."""
    try:
        receipt = perform(act, by=request.user, request_id=request_id_of(request))
    except ActionNotPossible as error:
        messages.error(request, str(error))
        return None
    messages.success(request, done)
    return receipt.result
