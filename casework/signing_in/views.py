"""The door: password, code, password once more, new password."""

import time
from typing import Any

from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, perform
from casework.organisations.models import User
from casework.requests import SignedIn
from casework.signing_in import throttle
from casework.signing_in.acts import ChangePassword, EndPlace, SignIn
from casework.signing_in.again import note_entered, safe_next, sent_before
from casework.signing_in.forms import CodeForm, PasswordForm, SignInForm
from casework.signing_in.middleware import HAS_FACTOR
from casework.signing_in.second import accept, has_one
from casework.signing_in.sessions import KEY, device_of, new_key, place_of

HALF = "half_signed_in"  # in the session: the password was right, the code is awaited
HALF_LASTS = 300  # seconds
BACKEND = "django.contrib.auth.backends.ModelBackend"


def let_in(request: HttpRequest, user: User, wrong_before: int, *, has_factor: bool) -> None:
    """Sign her in: a new session key, the row of this place, the event."""
    login(request, user, backend=BACKEND)
    key = new_key()
    address, device = throttle.address_of(request), device_of(request.headers.get("User-Agent", ""))
    perform(SignIn(key, address, device, wrong_before), by=user)
    request.session[KEY] = key
    request.session[HAS_FACTOR] = has_factor
    note_entered(request)


class Door(auth_views.LoginView):
    """Name and password. Whoever has a second factor is asked for it next and is not signed in before."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """In, or on to the code."""
        user = form.get_user()
        if not has_one(user):
            let_in(self.request, user, form.wrong_before, has_factor=False)
            return redirect(self.get_success_url())
        half = {"user": user.pk, "at": int(time.time()), "wrong": form.wrong_before, "next": self.get_success_url()}
        self.request.session[HALF] = half
        return redirect("sign_in_code")


@method_decorator([login_not_required, never_cache], name="dispatch")
class Code(View):
    """The code of the app, or one from paper."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The field; back to the door if no password was typed within five minutes."""
        return self._page(request, CodeForm()) if self._half(request) else redirect("login")

    def post(self, request: HttpRequest) -> HttpResponse:
        """In, or the reason why not at the field."""
        half = self._half(request)
        if not half:
            return redirect("login")
        form = CodeForm(request.POST)
        user = User.objects.get(pk=half["user"])
        if not form.is_valid() or not _accepted(form, user, request):
            return self._page(request, form)
        del request.session[HALF]
        let_in(request, user, half["wrong"], has_factor=True)
        return redirect(safe_next(request, half["next"]))

    def _half(self, request: HttpRequest) -> dict[str, Any] | None:
        half = request.session.get(HALF)
        if not half or time.time() - half["at"] > HALF_LASTS:
            return None
        known = User.objects.filter(pk=half["user"], is_active=True).exists() and has_one(User(pk=half["user"]))
        return half if known else None

    def _page(self, request: HttpRequest, form: CodeForm) -> HttpResponse:
        return render(request, "casework/signing_in/code.html", {"form": form})


def _accepted(form: CodeForm, user: User, request: HttpRequest) -> bool:
    try:
        accept(user, form.cleaned_data["code"], throttle.address_of(request))
    except (ActionNotPossible, ValidationError) as refusal:
        form.add_error("code", refusal if isinstance(refusal, ValidationError) else str(refusal))
        return False
    return True


@method_decorator(never_cache, name="dispatch")
class Again(View):
    """The password once more, before data leaves."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The field."""
        return self._page(request, PasswordForm(request.user, None))

    def post(self, request: SignedIn) -> HttpResponse:
        """Back to where she was."""
        form = PasswordForm(request.user, throttle.address_of(request), request.POST)
        if not form.is_valid():
            return self._page(request, form)
        note_entered(request)
        back, sent = safe_next(request, request.GET.get("next", "")), sent_before(request)
        if sent is None:
            return redirect(back)
        return render(request, "casework/signing_in/go_on.html", {"sent": sent, "back_url": back})

    def _page(self, request: SignedIn, form: PasswordForm) -> HttpResponse:
        back = safe_next(request, request.GET.get("next", ""))
        action = f"{reverse('sign_in_again')}?{urlencode({'next': back})}"
        return render(request, "casework/signing_in/again.html", {"form": form, "action": action, "back_url": back})


class ChangeOwnPassword(auth_views.PasswordChangeView):
    """A new password; the sessions elsewhere end."""

    def form_valid(self, form: Any) -> HttpResponse:
        """By an act, with a new key for this session."""
        here = self.request.session.get(KEY)
        perform(ChangePassword(form.cleaned_data["new_password1"], here), by=self.request.user)  # type: ignore[arg-type]
        update_session_auth_hash(self.request, self.request.user)  # type: ignore[arg-type]
        note_entered(self.request)
        return redirect(self.get_success_url())


class Leave(auth_views.LogoutView):
    """Sign out: the row of this place ends too."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """End it, then forget the session."""
        key = request.session.get(KEY)
        place = place_of(request.user, key) if key and request.user.is_authenticated else None  # type: ignore[arg-type]
        if place:
            perform(EndPlace(place.pk), by=place.user)
        return super().post(request, *args, **kwargs)
