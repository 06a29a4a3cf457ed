"""Pages of the market: the links of one case with their forms, and the list across cases."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.act_pages import CaseActPage
from casework.acts import Act
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.facts import section
from casework.linkage.facts import LINK
from casework.linkage.forms import OneLinkForm
from casework.linkage.market import acts
from casework.linkage.market.forms import Find, OutcomeForm, VerifyForm
from casework.linkage.market.kinds import how_label
from casework.linkage.market.links import live_links
from casework.linkage.market.listing import links_for
from casework.linkage.models import MarketLink
from casework.programme.kept import MistakeForm
from casework.programme.kept_views import PAGE, page_url
from casework.requests import SignedIn


class Market(View):
    """The links of one case."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """404 for a case that is not hers to see."""
        case = visible_case(request.standing, code)
        newest = MarketLink.latest_of(case)
        context = {
            "case": case,
            "tabs": tabs_of(case, "market:case"),
            "links": [_shown(link) for link in live_links(case)],
            "skipped": newest if newest and newest.result == MarketLink.Result.SKIPPED else None,
            "may_keep": acts.may_keep_market(request.standing, case),
            "may_verify": acts.may_verify(request.standing, case),
        }
        return render(request, "casework/linkage/market/case.html", context)


def _shown(link: MarketLink) -> tuple[MarketLink, list[tuple[str, str]], str]:
    """A link, what it says beside its kind, and how it was verified."""
    return link, section("", link, LINK[2:]).facts, how_label(link.verified_how)


class _Doing(CaseActPage):
    """An act on the market of a case."""

    tab = "market:case"

    def may(self, request: SignedIn, case: Case) -> None:
        acts.refuse_unless(acts.may_keep_market(request.standing, case), acts.KEEP)

    def row(self, case: Case, pk: int) -> MarketLink | None:
        return live_links(case).filter(pk=pk).first()


class Add(_Doing):
    """Write a link down."""

    title = _("Write down a market link")

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> OneLinkForm:
        return OneLinkForm(case, request.user, *typed)

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return acts.AddLink(case.pk, values)


class Correct(_Doing):
    """Put a link right; it must be verified anew."""

    title = _("Correct the market link")

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> OneLinkForm:
        form = OneLinkForm(case, request.user, *typed)
        form.initial = {name: getattr(row, name) for name in form.fields}
        return form

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return acts.CorrectLink(case.pk, row.pk, values)


class Withdraw(_Doing):
    """Take a link back."""

    title, button = _("Withdraw the market link"), _("Withdraw")

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> MistakeForm:
        return MistakeForm(*typed)

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return acts.WithdrawLink(case.pk, row.pk, values["reason"])


class Verify(_Doing):
    """Make sure of a link, as a named person."""

    title, button = _("Verify the market link"), _("Verified")

    def may(self, request: SignedIn, case: Case) -> None:
        acts.refuse_unless(acts.may_verify(request.standing, case), acts.VERIFY)

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> VerifyForm:
        return VerifyForm(*typed)

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return acts.VerifyLink(case.pk, row.pk, values["how"])


class Outcome(_Doing):
    """Say what came of a link."""

    title = _("What came of the market link")

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> OutcomeForm:
        known = {"state": row.state, "on": row.state_on, "sales": row.state_sales, "note": row.state_note}
        data = typed[0] if typed else None
        return OutcomeForm(data, initial=known if row.state else {"on": timezone.localdate()})

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        return acts.NoteOutcome(case.pk, row.pk, **values)


class Links(View):
    """The links of every case that the person may see."""

    def get(self, request: SignedIn) -> HttpResponse:
        """404 for who sees no case at all beside applications."""
        if not any(seat.organisation_kind != "lender" for seat in request.standing.every_seat):
            raise Http404
        pages = Paginator(links_for(request.standing, request.GET), PAGE)
        shown = pages.get_page(request.GET.get("page"))
        context = {
            "form": Find(request.GET, auto_id="filter-%s"),
            "page": shown,
            "total": pages.count,
            "previous_url": page_url(request, shown.previous_page_number()) if shown.has_previous() else "",
            "next_url": page_url(request, shown.next_page_number()) if shown.has_next() else "",
        }
        return render(request, "casework/linkage/market/list.html", context)
