"""The list of pairs that are probably the same, and one pair side by side."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.duplicates.compare import lines_of
from casework.duplicates.models import NotDuplicate, in_order
from casework.duplicates.pairs import likely_cooperatives, likely_leads
from casework.duplicates.reach import COMPARES, pair_of
from casework.organisations.models import User
from casework.organisations.standing import Standing
from workflows.duplicates_desk.decisions import Choice, choices_for, entry_of, score_of
from workflows.duplicates_desk.forms import DecideForm

PAGE = 20
LISTS = {"lead": likely_leads, "cooperative": likely_cooperatives}


class SignedIn(HttpRequest):
    """A request of a person who is signed in, as our middleware hands it on."""

    user: User
    standing: Standing


@dataclass(frozen=True)
class Tab:
    """One kind of pairs."""

    label: str
    url: str
    current: bool


def _say_if_not_allowed(standing: Standing) -> None:
    if not COMPARES & standing.permissions:
        raise PermissionDenied("merge_duplicates")


class PairList(View):
    """Pairs of open leads, or of register entries, that are probably the same, likeliest first."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Six statements at most, for one pair and for a thousand."""
        _say_if_not_allowed(request.standing)
        kind = request.GET.get("kind", "")
        kind = kind if kind in LISTS else "lead"
        pages = Paginator(LISTS[kind](request.standing), PAGE)
        page = pages.get_page(request.GET.get("page"))
        context = {
            "tabs": _tabs(kind),
            "page": page,
            "total": pages.count,
            "previous_url": f"?kind={kind}&page={page.previous_page_number()}" if page.has_previous() else "",
            "next_url": f"?kind={kind}&page={page.next_page_number()}" if page.has_next() else "",
        }
        return render(request, "casework/duplicates/list.html", context)


def _tabs(kind: str) -> list[Tab]:
    labels = {"lead": _("Cases"), "cooperative": _("Cooperatives")}
    return [Tab(label, f"{reverse('duplicates:list')}?kind={name}", name == kind) for name, label in labels.items()]


class PairPage(View):
    """Two entries side by side: merge one into the other, or remember that they are not the same."""

    def get(self, request: SignedIn, kind: str, one: int, other: int) -> HttpResponse:
        """404 for what is not there or not hers to see, 403 without any right to decide."""
        pair = self._pair(request, kind, one, other)
        return self._page(request, kind, pair, DecideForm())

    def post(self, request: SignedIn, kind: str, one: int, other: int) -> HttpResponse:
        """Carry out the decision, or say why not and keep what was typed."""
        pair = self._pair(request, kind, one, other)
        choices = choices_for(kind, pair, request.standing)
        if not choices:
            raise PermissionDenied("merge_duplicates")
        form = DecideForm(request.POST)
        if form.is_valid():
            choice = next((c for c in choices if c.value == request.POST.get("decision")), None)
            if choice is None:
                raise PermissionDenied("merge_duplicates")
            if self._done(request, choice, form):
                messages.success(request, choice.done)
                return redirect(choice.next_url)
        return self._page(request, kind, pair, form)

    def _done(self, request: SignedIn, choice: Choice, form: DecideForm) -> bool:
        try:
            perform(
                choice.act(form.cleaned_data["reason"]), by=request.user, request_id=form.cleaned_data["request_id"]
            )
        except ActionNotPossible as error:
            form.add_error(error.field, str(error))
            return False
        return True

    def _pair(self, request: SignedIn, kind: str, one: int, other: int) -> tuple[Any, Any]:
        pair = pair_of(kind, one, other, request.standing)
        _say_if_not_allowed(request.standing)
        return pair

    def _page(self, request: SignedIn, kind: str, pair: tuple[Any, Any], form: DecideForm) -> HttpResponse:
        choices = choices_for(kind, pair, request.standing)
        ids = in_order(kind, pair[0].pk, pair[1].pk)
        apart = NotDuplicate.objects.filter(kind=kind, first_id=ids[0], second_id=ids[1]).select_related("decided_by")
        context = {
            "form": form,
            "one": entry_of(pair[0]),
            "other": entry_of(pair[1]),
            "lines": lines_of(kind, *pair, request.standing),
            "score": score_of(*pair),
            "apart": apart.first(),
            "choices": [choice for choice in choices if not choice.obstacle],
            "obstacles": list(dict.fromkeys(choice.obstacle for choice in choices if choice.obstacle)),
        }
        return render(request, "casework/duplicates/pair.html", context)
