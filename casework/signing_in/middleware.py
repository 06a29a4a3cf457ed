"""On every request: is the session still open, is a second factor missing, and what may the browser keep."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.signing_in.second import has_one, needs_one
from casework.signing_in.sessions import KEY, place_of, seen

SET_UP = "second_factor"
# Pages of whoever must set an app up first.
ALWAYS_OPEN = frozenset({SET_UP, "sign_in_code", "sign_in_again", "login", "logout", "set_language", "healthz"})
HAS_FACTOR = "has_factor"  # in the session: she has an app, known since the sign-in or the set-up
_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

Next = Callable[[HttpRequest], HttpResponse]


class OpenSession:
    """Signs out whoever's session was ended, idle too long or older than a working day. One query.

    Stands before KeepTypedInput, so that what she typed is kept through the new sign-in.
    """

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.get(KEY)
        if key or settings.SESSIONS_MUST_BE_KNOWN:
            self._check(request, key)
        return self.get_response(request)

    def _check(self, request: HttpRequest, key: str | None) -> None:
        if not request.user.is_authenticated:
            return
        place = place_of(request.user, key) if key else None  # type: ignore[arg-type]
        if place is None:
            logout(request)
        else:
            seen(place)


class SecondFactorFirst:
    """Sends whoever needs a second factor and has none to the page that sets it up, and nowhere else."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The set-up page, or None to go on."""
        if settings.SECOND_FACTOR != "required" or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ALWAYS_OPEN or request.session.get(HAS_FACTOR) or not needs_one(request.standing):  # type: ignore[attr-defined]
            return None
        if has_one(request.user):  # type: ignore[arg-type]
            request.session[HAS_FACTOR] = True
            return None
        return redirect(SET_UP)


class PrivatePages:
    """Pages of people who are signed in are kept nowhere: not in the browser, not in a proxy."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        if request.user.is_authenticated and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store, private"
        return response
