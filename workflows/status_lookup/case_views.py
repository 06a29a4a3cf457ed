"""Pages of a case on which the founder gets a look-up code, and on which it is taken back."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from casework.acts import ActionNotPossible, perform
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.requests import SignedIn, request_id_of
from casework.status_lookup.acts import GIVE, GiveStatusCode, RevokeStatusCode, live_code, may_give
from casework.status_lookup.codes import in_groups


@method_decorator(never_cache, name="dispatch")
class _OfCase(View):
    """For advisors of the organisation that leads. 404 for a case outside hers, 403 without the right."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the case and ask for the right."""
        self.case = visible_case(request.standing, kwargs.pop("code"))
        if not may_give(request.standing, self.case):
            raise PermissionDenied(GIVE)
        return super().dispatch(request, *args, **kwargs)

    def show(self, template: str, **more: Any) -> HttpResponse:
        """A page of the case."""
        context = {"case": self.case, "tabs": tabs_of(self.case, ""), "request_id": uuid4(), **more}
        return render(self.request, template, context)


class Give(_OfCase):
    """What a code is for, what holds now, and the button."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page before a code is given."""
        return self.show("workflows/status_lookup/give.html", live=live_code(self.case))

    def post(self, request: SignedIn) -> HttpResponse:
        """The slip with the code, this once. The same button pressed twice cannot show it again."""
        try:
            receipt = perform(GiveStatusCode(self.case.pk), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
            return redirect("statuscode:give", self.case.code)
        if receipt.replayed:
            messages.info(request, _("This code was shown once already. If nobody has it, give a new one."))
            return redirect("statuscode:give", self.case.code)
        address = request.build_absolute_uri(reverse("status:look_up"))
        return self.show("workflows/status_lookup/slip.html", code=in_groups(receipt.result["code"]), address=address)


class Revoke(_OfCase):
    """Take the code back."""

    http_method_names = ["post", "options"]

    def post(self, request: SignedIn) -> HttpResponse:
        """Do it and say so."""
        try:
            perform(RevokeStatusCode(self.case.pk), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The code opens nothing any more."))
        return redirect("statuscode:give", self.case.code)
