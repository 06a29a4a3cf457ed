"""Receipts: whoever did something sees the short code of its event, and can hold us to it later.

An event that somebody removed before it was sealed is betrayed by its receipt (docs/concepts/history.md).
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.audit.codes import short_code
from casework.signals import act_recorded

SHOWN = 3
_given: ContextVar[list[str] | None] = ContextVar("receipts", default=None)


@receiver(act_recorded)
def _remember(sender: Any, link: Any, **kwargs: Any) -> None:
    given = _given.get()
    if given is not None:
        given.append(short_code(link.hash))


class GiveReceipts:
    """Middleware: after something was sent and done, the next page shows the receipts of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Collect what is done while the request is answered."""
        given: list[str] = []
        token = _given.set(given)
        try:
            response = self.get_response(request)
        finally:
            _given.reset(token)
        if given and request.method == "POST" and response.status_code in (302, 303):
            messages.info(request, _words(given), extra_tags="receipt", fail_silently=True)
        return response


def _words(given: list[str]) -> str:
    told = ngettext("Receipt: %(codes)s", "Receipts: %(codes)s", len(given)) % {"codes": ", ".join(given[:SHOWN])}
    more = len(given) - SHOWN
    return told if more <= 0 else _("%(told)s and %(more)s more in the history") % {"told": told, "more": more}
