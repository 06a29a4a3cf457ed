"""Pages where an administrator edits the numbers of the law: list with history, draft, preview, publish, discard."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.requests import SignedIn, request_id_of
from casework.rules.editing import RIGHT, DiscardDraft, DraftParameter, PublishParameter
from casework.rules.forms import DraftForm
from casework.rules.law import law_on
from casework.rules.models import LegalParameter, LegalRule, ParameterDraft
from casework.rules.preview import preview
from casework.rules.words import number_label, number_value


class _ForEditors(View):
    """Only for those who may edit the law somewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right."""
        if RIGHT not in request.standing.permissions:  # type: ignore[attr-defined]
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)


class Numbers(_ForEditors):
    """Every number of the law with its history, the rules that use it, and open drafts."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Five statements of its own, however many numbers there are."""
        drafts = ParameterDraft.objects.filter(published_at=None, discarded_at=None).select_related("drafted_by")
        context = {
            "numbers": _numbers(),
            "drafts": [_with_words(draft) for draft in drafts.order_by("valid_from", "pk")],
            "rules": _rules(),
        }
        return render(request, "casework/rules/numbers.html", context)


class NewDraft(_ForEditors):
    """Draft a new value."""

    def get(self, request: SignedIn) -> HttpResponse:
        """An empty form; `?name=` chooses the number."""
        return self._show(request, DraftForm(initial={"name": request.GET.get("name", "")}))

    def post(self, request: SignedIn) -> HttpResponse:
        """Keep the draft and show what it would do, or say what is wrong beside what was typed."""
        form = DraftForm(request.POST)
        if form.is_valid():
            try:
                act = DraftParameter(**form.cleaned_data)
                receipt = perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, _("The draft is kept. It binds nothing until it is published."))
                return redirect("law:draft", receipt.result["draft"])
        return self._show(request, form)

    def _show(self, request: SignedIn, form: DraftForm) -> HttpResponse:
        return render(request, "casework/rules/new_draft.html", {"form": form, "request_id": uuid4()})


class OneDraft(_ForEditors):
    """A draft and what it would do to the cases that are open."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """As many statements for one open case as for a thousand."""
        draft = get_object_or_404(ParameterDraft.objects.select_related("drafted_by"), pk=pk)
        is_open = not (draft.published_at or draft.discarded_at)
        context = {
            **_with_words(draft),
            "is_open": is_open,
            "preview": preview(draft, request.standing) if is_open else None,
            "request_id": uuid4(),
        }
        return render(request, "casework/rules/draft.html", context)


class PublishDraft(_ForEditors):
    """The draft becomes law from its day."""

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Back to the numbers, or to the draft with a sentence."""
        get_object_or_404(ParameterDraft, pk=pk)
        done = _do(request, PublishParameter(pk), _("Published. Cases are judged by it from its day on."))
        return redirect("law:numbers") if done else redirect("law:draft", pk)


class DiscardOneDraft(_ForEditors):
    """The draft is given up."""

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Back to the numbers, or to the draft with a sentence."""
        get_object_or_404(ParameterDraft, pk=pk)
        done = _do(request, DiscardDraft(pk), _("The draft is discarded."))
        return redirect("law:numbers") if done else redirect("law:draft", pk)


def _do(request: SignedIn, act: Act, done: str) -> bool:
    try:
        perform(act, by=request.user, request_id=request_id_of(request))
    except ActionNotPossible as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


def _with_words(draft: ParameterDraft) -> dict[str, Any]:
    return {"draft": draft, "label": number_label(draft.name), "value": number_value(draft.name, draft.value)}


def _numbers() -> list[dict[str, Any]]:
    """Each number with its values over time, the newest first. One statement."""
    by_name: dict[str, list[LegalParameter]] = defaultdict(list)
    for row in LegalParameter.objects.order_by("-valid_from"):
        by_name[row.name].append(row)
    today = timezone.localdate()
    found = [
        {
            "name": name,
            "label": number_label(name),
            "rows": [_dated(row, later, today) for row, later in zip(rows, [None, *rows], strict=False)],
        }
        for name, rows in by_name.items()
    ]
    return sorted(found, key=lambda number: str(number["label"]))


def _dated(row: LegalParameter, later: LegalParameter | None, today: date) -> dict[str, Any]:
    """A value with the days on which it holds; a later row ends it even where its own end was not written."""
    until = row.valid_until or (later.valid_from - timedelta(days=1) if later else None)
    running = row.valid_from <= today and (until is None or until >= today)
    return {"row": row, "value": number_value(row.name, row.value), "running": running, "until": until}


def _rules() -> list[dict[str, Any]]:
    """The rules of today in words, with their citation. Three statements."""
    law = law_on(timezone.localdate())
    severities = dict(LegalRule.Severity.choices)
    return [
        {
            "rule": rule,
            "title": law.worded(rule.title),
            "citation": law.cite(rule),
            "severity": severities[rule.severity],
            "numbers": [number_label(name) for name in rule.parameters],
        }
        for rule in law.rules
    ]
