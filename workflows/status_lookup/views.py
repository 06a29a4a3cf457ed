"""The public page on which founders look up where their case stands. No account, no script, nothing kept."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from casework.status_lookup.finding import case_for
from casework.status_lookup.throttle import may_try, sender_of
from workflows.status_lookup.answer import answer_for
from workflows.status_lookup.forms import CodeForm

# The same for unknown, mistyped and revoked codes: what does not open says nothing about what exists.
_NOTHING = _("This code opens nothing. Check each letter, or ask the Women's Union that gave you the slip.")
_TOO_OFTEN = _("Too many tries. Wait ten minutes, then try again.")


@method_decorator([login_not_required, never_cache], name="dispatch")
class LookUp(View):
    """A code comes in by POST only, so that it never stands in an address, a log or a history."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form; an address with a code in it is not read."""
        return self._show(request, form=CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """The answer, or one sentence. 429 after too many tries."""
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._show(request, form=form)
        if not may_try(sender_of(request)):
            form.add_error("code", _TOO_OFTEN)
            return self._show(request, 429, form=form)
        case = case_for(form.cleaned_data["code"])
        if case is None:
            form.add_error("code", _NOTHING)
            return self._show(request, form=form)
        return self._show(request, answer=answer_for(case))

    def _show(self, request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
        response = render(request, "workflows/status_lookup/look_up.html", context, status=status)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
