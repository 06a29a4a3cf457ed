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

from casework.signing_in.sessions import ENTERED_AT


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


class AskAgain:
    """For views whose POST gives data away: it is done only by who typed the password lately.

    `has_page`: whether the address also answers GET; otherwise one comes back to the page with the button.
    """

    has_page = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first. She then presses the button again: an address alone never makes data leave."""
        if request.method != "POST" or entered_lately(request):
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        messages.info(request, _("Type your password, then press the button once more."))
        back = request.get_full_path() if self.has_page else _page_before(request)
        return redirect(f"{reverse('sign_in_again')}?{urlencode({'next': back})}")


def _page_before(request: HttpRequest) -> str:
    parts = urlsplit(request.headers.get("Referer", ""))
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return safe_next(request, path) if parts.netloc == request.get_host() else reverse("home")
