"""The log of deliveries, for those who look after the work in the background."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from casework.acts import ActionNotPossible, perform
from casework.requests import SignedIn, request_id_of
from notifications.acts import RIGHT, SendAgain
from notifications.delivery_log import StateForm, page_of_deliveries, tally
from notifications.models import Delivery


class _ForKeepers(View):
    """Only for those who may look after the work in the background."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right."""
        if RIGHT not in request.standing.permissions:
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)


class Log(_ForKeepers):
    """Every delivery, newest first, with what went wrong."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: SignedIn) -> HttpResponse:
        """The page. Three statements of its own, however many deliveries there are."""
        context = {
            "page": page_of_deliveries(request.GET.dict()),
            "tally": tally(),
            "form": StateForm(request.GET),
        }
        return render(request, "notifications/deliveries.html", context)


class Again(_ForKeepers):
    """The button that has one tried again."""

    http_method_names = ["post", "options"]

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Do it and come back to the log."""
        try:
            perform(SendAgain(pk), by=request.user, request_id=request_id_of(request))
        except Delivery.DoesNotExist:
            raise Http404 from None
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("It will be tried again within a minute."))
        return redirect(reverse("deliveries:log"))
