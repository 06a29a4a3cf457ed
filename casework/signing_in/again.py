"""Before data leaves or is unmasked, the password is asked for again if it was typed long ago."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from casework.drafts.models import NEVER_KEPT
from casework.signing_in.sessions import ENTERED_AT

SENT = "sent_before_password"
KEPT_AT_MOST = 100_000  # characters; more than any form of ours


def entered_lately(request: HttpRequest) -> bool:
    """Whether this session typed a password or a code within the window."""
    at = request.session.get(ENTERED_AT)
    if at is None:  # not made by our door
        return not settings.SESSIONS_MUST_BE_KNOWN
    return bool(timezone.now().timestamp() - at <= settings.ASK_AGAIN_AFTER)


def note_entered(request: HttpRequest) -> None:
    """The password was typed just now."""
    request.session[ENTERED_AT] = int(timezone.now().timestamp())


def safe_next(request: HttpRequest, address: str) -> str:
    """The address if it is one of ours, otherwise the way home."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else reverse("home")


def keep_sent(request: HttpRequest) -> None:
    """What was sent waits in the session on the server, never in an address; files and too much text do not."""
    # With its request id: sent twice it is done once.
    fields = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT - {"request_id"}}
    request.session.pop(SENT, None)
    if sum(len(value) for values in fields.values() for value in values) <= KEPT_AT_MOST and not request.FILES:
        request.session[SENT] = {"path": request.get_full_path(), "fields": fields}


def sent_before(request: HttpRequest) -> dict[str, Any] | None:
    """What waits to be sent, with its address (`path`, `fields`: the values of each name), given once."""
    sent: dict[str, Any] | None = request.session.pop(SENT, None)
    return sent


def ask_again(request: HttpRequest, back: str) -> HttpResponseBase:
    """Ask for the password; then what was sent waits for one button more, or `back` is shown."""
    keep_sent(request)
    messages.info(request, _("Type your password first; what you typed is kept."))
    return redirect(f"{reverse('sign_in_again')}?{urlencode({'next': back})}")


class AskAgain:
    """For views whose POST gives data away: it is done only by who typed the password lately.

    `has_page`: whether the address also answers GET; otherwise one comes back to the page with the button.
    """

    has_page = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first. She then presses a button once more: an address alone never makes data leave."""
        if request.method != "POST" or entered_lately(request):
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return ask_again(request, request.get_full_path() if self.has_page else _page_before(request))


def _page_before(request: HttpRequest) -> str:
    parts = urlsplit(request.headers.get("Referer", ""))
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return safe_next(request, path) if parts.netloc == request.get_host() else reverse("home")
