"""What every request carries: the standing of the person, and what she typed before her session ended."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from casework.drafts.models import NEVER_KEPT
from casework.organisations.standing import standing_of
from casework.sharing import scope

KEPT = "typed_before_sign_in"
KEPT_AT_MOST = 100_000  # characters; more than any form of ours


class KnownMethods:
    """Pages are read and forms are sent; any other method is answered 405 before a view sees it.

    Django's own views would treat a PUT as a POST.
    """

    known = ("GET", "HEAD", "POST", "OPTIONS")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in self.known else HttpResponseNotAllowed(self.known)


class ChosenLanguage:
    """Vietnamese, unless the visitor chose English on a page. What her browser prefers does not count.

    Many phones in Vietnam are set to English; their owners still want to work in Vietnamese.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class CurrentStanding:
    """Puts `request.standing` on the request: read once, when first needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.standing = SimpleLazyObject(lambda: standing_of(request.user))  # type: ignore[arg-type, attr-defined]
        with scope.page():
            return self.get_response(request)


class KeepTypedInput:
    """A form sent after the session has ended is kept through the sign-in and shown again.

    Stands before the middleware that asks for a sign-in. Only views marked `keeps_typed_input` take part; what
    was typed waits in the visitor's own session on the server, never in the address or the browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """Remember the typed fields of a visitor who is no longer signed in."""
        view_class = getattr(view, "view_class", view)
        if request.method != "POST" or request.user.is_authenticated:
            return
        if not getattr(view_class, "keeps_typed_input", False):
            return
        typed = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
        if sum(len(value) for values in typed.values() for value in values) <= KEPT_AT_MOST:
            request.session[KEPT] = {"path": request.path, "fields": typed}


def typed_before_sign_in(request: HttpRequest) -> dict[str, list[str]] | None:
    """The fields kept for this page, given once."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEPT]
    return kept["fields"]
