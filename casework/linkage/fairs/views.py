"""Pages of the trade events: the list, one event with the cooperatives that took part, and its forms."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.acts import Act
from casework.linkage.fairs.acts import (
    KEEP,
    CorrectFair,
    CorrectFairPart,
    EnterFair,
    EnterPart,
    WithdrawFair,
    WithdrawFairPart,
)
from casework.linkage.fairs.forms import FairForm, FairPartForm, Find
from casework.linkage.fairs.listing import fairs_for, parts_of
from casework.linkage.fairs.models import Fair, FairPart
from casework.programme.kept import MistakeForm
from casework.programme.kept_views import KeptForm, KeptList, Mistake, OnRow, kept_row, may_keep
from casework.requests import SignedIn


class Fairs(KeptList):
    """The trade events."""

    template, right, find = "casework/linkage/fairs/list.html", KEEP, Find

    def rows(self, request: SignedIn) -> Any:
        return fairs_for(request.standing, request.GET)


class FairPage(View):
    """One event, and who took part."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 for what is not hers to see."""
        fair = kept_row(request, Fair, pk, "programme")
        parts = list(parts_of(fair))
        context = {
            "fair": fair,
            "parts": parts,
            "sold": sum(part.sales or 0 for part in parts),
            "agreements": sum(part.agreements for part in parts),
            "may_keep": may_keep(request, KEEP, fair),
        }
        return render(request, "casework/linkage/fairs/fair.html", context)


def _page(pk: int) -> str:
    return reverse("fairs:fair", args=[pk])


class Add(KeptForm):
    """Enter an event."""

    right, title, button = KEEP, _("Enter a trade event"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> FairForm:
        return FairForm(request.standing, *typed)

    def act(self, form: Any, row: Any) -> Act:
        return EnterFair(form.organisation_id, form.values)

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return _page(result["fair"])

    def back(self, row: Any) -> tuple[str, Any]:
        return reverse("fairs:list"), _("Trade events")


class _OnFair(OnRow):
    model, right = Fair, KEEP

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return _page(row.pk)

    def back(self, row: Any) -> tuple[str, Any]:
        return _page(row.pk), row.title


class Correct(_OnFair):
    """Put an event right."""

    title, button = _("Correct the trade event"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> FairForm:
        return FairForm(request.standing, *typed, row=row)

    def act(self, form: Any, row: Any) -> Act:
        return CorrectFair(row.pk, form.values)


class Withdraw(_OnFair, Mistake):
    """Take an event back."""

    title, button = _("Withdraw the trade event"), _("Withdraw")

    def act(self, form: Any, row: Any) -> Act:
        return WithdrawFair(row.pk, form.cleaned_data["reason"])


class AddPart(_OnFair):
    """Enter a cooperative that took part."""

    title, button = _("Enter a cooperative that took part"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> FairPartForm:
        return FairPartForm(request.standing, *typed, first={"cooperative": request.GET.get("cooperative", "")})

    def act(self, form: Any, row: Any) -> Act:
        return EnterPart(row.pk, form.values)


class _OnPart(_OnFair):
    def allowed(self, request: SignedIn, **address: int) -> Any:
        """The part, for whoever keeps its event. Raises Http404 or PermissionDenied."""
        fair = kept_row(request, Fair, address["pk"])
        part = FairPart.objects.filter(fair=fair, pk=min(address["part"], 2**63 - 1)).first()
        if part is None:
            raise Http404
        if request.standing.seat_for(KEEP, fair.organisation_id) is None:
            raise PermissionDenied(KEEP)
        return part

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return _page(row.fair_id)

    def back(self, row: Any) -> tuple[str, Any]:
        return _page(row.fair_id), row.fair.title


class ChangePart(_OnPart):
    """Put right what came of it."""

    title, button = _("Correct what came of it"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> FairPartForm:
        return FairPartForm(request.standing, *typed, row=row)

    def act(self, form: Any, row: Any) -> Act:
        return CorrectFairPart(row.pk, form.values)


class WithdrawPart(_OnPart):
    """It did not take part."""

    title, button = _("It did not take part"), _("Withdraw")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> MistakeForm:
        return MistakeForm(*typed)

    def act(self, form: Any, row: Any) -> Act:
        return WithdrawFairPart(row.pk, form.cleaned_data["reason"])
