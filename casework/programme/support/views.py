"""Pages of the ledger of support: the list, its forms, and what overlaps."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.acts import Act
from casework.cooperatives.models import Cooperative
from casework.programme.kept import reporting_ids
from casework.programme.kept_views import PAGE, KeptForm, KeptList, Mistake, OnRow, page_url
from casework.programme.support import acts
from casework.programme.support.acts import KEEP
from casework.programme.support.forms import Find, SupportForm
from casework.programme.support.listing import by_fund, supports_for
from casework.programme.support.models import Support
from casework.programme.support.overlaps import overlapping, overlapping_for, told
from casework.requests import SignedIn


class Ledger(KeptList):
    """Everything that was given."""

    template, right, find = "casework/programme/support/list.html", KEEP, Find

    def rows(self, request: SignedIn) -> Any:
        return supports_for(request.standing, request.GET)

    def more(self, request: SignedIn, rows: Any) -> dict[str, Any]:
        """The value over all pages, by source of funds; the cooperative that the list is about; what she may change."""
        query = request.GET.copy()
        query.pop("page", None)
        funds = []
        for label, fund, amount in by_fund(rows):
            query["fund"] = fund
            funds.append((label, amount, f"?{query.urlencode()}"))
        entry = _asked_entry(request)
        add_url = f"{reverse('support:add')}?cooperative={entry.pk}" if entry else reverse("support:add")
        return {
            "add_url": add_url if KEEP in request.standing.permissions else "",
            "worth": rows.aggregate(sum=Sum("amount"))["sum"],
            "funds": funds,
            "entry": entry,
            "keeps": {pk for seat in request.standing.every_seat if KEEP in seat.permissions for pk in seat.reach},
        }


def _asked_entry(request: SignedIn) -> Cooperative | None:
    """The cooperative that the address names, if the person may see it."""
    written = request.GET.get("cooperative", "")
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        return None
    return Cooperative.objects.visible_to(request.standing).filter(pk=int(written)).first()


class Overlaps(View):
    """Support that meets the same need of the same cooperative twice; the other side as far as one may see it."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 for lenders and for whoever has no seat."""
        if not reporting_ids(request.standing):
            raise PermissionDenied(KEEP)
        pages = Paginator(overlapping_for(request.standing), PAGE // 2)
        shown = pages.get_page(request.GET.get("page"))
        context = {
            "rows": [(row, told(request.standing, overlapping(row))) for row in shown.object_list],
            "total": pages.count,
            "previous_url": page_url(request, shown.previous_page_number()) if shown.has_previous() else "",
            "next_url": page_url(request, shown.next_page_number()) if shown.has_next() else "",
        }
        return render(request, "casework/programme/support/overlaps.html", context)


class Add(KeptForm):
    """Write a row."""

    right, title, button = KEEP, _("Enter support"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> SupportForm:
        entry = _asked_entry(request)
        return SupportForm(request.standing, *typed, first={"cooperative": entry.pk} if entry else None)

    def act(self, form: Any, row: Any) -> Act:
        return acts.EnterSupport(form.organisation_id, form.values)

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return reverse("support:list")

    def back(self, row: Any) -> tuple[str, Any]:
        return reverse("support:list"), _("Ledger of support")


class _OnSupport(OnRow):
    model, right = Support, KEEP

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return reverse("support:list")

    def back(self, row: Any) -> tuple[str, Any]:
        return reverse("support:list"), _("Ledger of support")


class Correct(_OnSupport):
    """Put a row right."""

    title, button = _("Correct the support"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> SupportForm:
        return SupportForm(request.standing, *typed, row=row)

    def act(self, form: Any, row: Any) -> Act:
        return acts.CorrectSupport(row.pk, form.values)


class Withdraw(_OnSupport, Mistake):
    """Take a row back."""

    title, button = _("Withdraw the support"), _("Withdraw")

    def act(self, form: Any, row: Any) -> Act:
        return acts.WithdrawSupport(row.pk, form.cleaned_data["reason"])
