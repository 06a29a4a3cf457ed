"""Pages: the cooperatives that nobody reviewed for long, and postponing the review of one."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.cooperatives.entry import partial_day
from casework.cooperatives.models import Cooperative
from casework.requests import SignedIn, request_id_of
from casework.rules.models import parameter
from casework.strengthening.models import ReviewPostponed
from workflows.reviews.acts import POSTPONE, EndPostponement, PostponeReview, postponing_seat
from workflows.reviews.forms import PostponeForm
from workflows.reviews.listing import Find, asked, due_for, shown_for

PAGE = 50


class Unreviewed(View):
    """Who was not reviewed for long: never reviewed first."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The same number of statements for one entry and for fifty. 403 for lenders and for who has no seat."""
        if not any(seat.organisation_kind != "lender" for seat in request.standing.seats):
            raise PermissionDenied("reviews")
        rows: Any = _Counted(request)
        pages = Paginator(rows, PAGE)
        shown = pages.get_page(request.GET.get("page"))
        for row in shown.object_list:
            row.told_day = partial_day(row.told_on or "")
        context = {
            "form": Find(request.GET, auto_id="filter-%s"),
            "filtered": bool(asked(request.GET)),
            "page": shown,
            "total": pages.count,
            "months": parameter("review_every_months", timezone.localdate()),
            "may_start": bool(request.standing.organisations_with("open_case")),
            "may_postpone": POSTPONE in request.standing.permissions,
            "previous_url": _address(request, shown.previous_page_number()) if shown.has_previous() else "",
            "next_url": _address(request, shown.next_page_number()) if shown.has_next() else "",
        }
        return render(request, "workflows/reviews/list.html", context)


class _Counted:
    """The list with a count that does not ask for its columns."""

    def __init__(self, request: SignedIn):
        self.rows = shown_for(request.standing, request.GET)
        self.plain = due_for(request.standing, request.GET)

    ordered = True

    def count(self) -> int:
        return self.plain.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> Any:
        return self.rows[part]


def _address(request: SignedIn, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


class Postpone(View):
    """Let the review of one cooperative wait, or wait no longer."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 for an entry that is not hers to see, 403 without the right."""
        return self._page(request, self._allowed(request, pk), PostponeForm())

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Postpone it, or say what is wrong with everything that was typed."""
        entry = self._allowed(request, pk)
        if "end" in request.POST:
            form: Any = PostponeForm()
            return self._done(request, EndPostponement(pk), form) or self._page(request, entry, form)
        form = PostponeForm(request.POST)
        if form.is_valid() and (answer := self._done(request, PostponeReview(pk, **form.cleaned_data), form)):
            return answer
        return self._page(request, entry, form)

    def _done(self, request: SignedIn, act: Act, form: PostponeForm) -> HttpResponse | None:
        """The way back to the list; None with the sentence of a refusal."""
        try:
            perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as error:
            if form.is_bound:
                form.add_error(error.field, str(error))
            else:
                messages.error(request, str(error))
            return None
        messages.success(request, _("Done."))
        return redirect("reviews:list")

    def _allowed(self, request: SignedIn, pk: int) -> Cooperative:
        found = Cooperative.objects.visible_to(request.standing).current()
        entry = found.filter(pk=pk).first() if pk < 2**63 else None
        if entry is None:
            raise Http404
        if postponing_seat(request.standing, entry) is None:
            raise PermissionDenied(POSTPONE)
        return entry

    def _page(self, request: SignedIn, entry: Cooperative, form: PostponeForm) -> HttpResponse:
        held = ReviewPostponed.objects.filter(cooperative=entry, withdrawn_at=None).select_related("recorded_by")
        context = {"entry": entry, "form": form, "held": held.first(), "request_id": uuid4()}
        return render(request, "workflows/reviews/postpone.html", context)
