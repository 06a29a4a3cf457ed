"""What is typed at the door."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.organisations.models import User
from casework.signing_in import throttle


def too_many(until: Any) -> forms.ValidationError:
    """The sentence for a try that is refused; the same for names that do not exist."""
    when = date_format(timezone.localtime(until), "H:i:s")
    return forms.ValidationError(
        _("There were too many wrong tries. Try again after %(when)s."), "throttled", {"when": when}
    )


class SignInForm(AuthenticationForm):
    """Name and password, with the throttle before them."""

    request: HttpRequest
    wrong_before = 0

    def clean(self) -> dict[str, Any]:
        """Refused tries never reach the password: a right one takes as long and says as little as a wrong one."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        until = self._try(name, password)
        if until:
            raise too_many(until)
        if self.user_cache is None:
            raise self.get_invalid_login_error()
        self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data

    def _try(self, name: str, password: str) -> Any:
        address = throttle.address_of(self.request)
        # Committed before anything is said: a refusal must not take the count back.
        with transaction.atomic():
            throttle.one_at_a_time(name)
            until = throttle.refused_until(name, address)
            if until is None:
                self.user_cache = authenticate(self.request, username=name, password=password)
                self.wrong_before = throttle.failed_before(name) if self.user_cache else 0
                throttle.note(name, address, ok=self.user_cache is not None)
        return until


class PasswordForm(forms.Form):
    """Her password once more."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, address: str | None, data: Any = None):
        super().__init__(data)
        self.user, self.address = user, address

    def clean_password(self) -> str:
        """Counted like a try at the door."""
        password: str = self.cleaned_data["password"]
        name = self.user.get_username()
        with transaction.atomic():
            throttle.one_at_a_time(name)
            until = throttle.refused_until(name, self.address)
            right = until is None and self.user.check_password(password)
            if until is None:
                throttle.note(name, self.address, ok=right)
        if until:
            raise too_many(until)
        if not right:
            raise forms.ValidationError(_("This is not your password."))
        return password


class CodeForm(forms.Form):
    """A code of the app, or one from paper."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Without the spaces that apps show."""
        return "".join(self.cleaned_data["code"].split())
