"""Where a person says how she wishes to be told."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from casework.acts import ActionNotPossible, perform
from casework.requests import SignedIn, request_id_of
from notifications.acts import SetPreferences
from notifications.channels import channels
from notifications.preference_forms import PreferencesForm
from notifications.readers import wishes_of


class Preferences(View):
    """Her own preferences; there is no address for anybody else's."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: SignedIn) -> HttpResponse:
        """The form as it is now, the defaults of her role filled in."""
        return self._show(request, PreferencesForm(wishes_of({request.user.pk})[request.user.pk]))

    def post(self, request: SignedIn) -> HttpResponse:
        """Keep them, or say at the field what is wrong."""
        user = request.user
        form = PreferencesForm(wishes_of({user.pk})[user.pk], request.POST)
        if not form.is_valid():
            return self._show(request, form)
        try:
            perform(SetPreferences(**form.asked()), by=user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form)
        messages.success(request, _("Your choice is kept."))
        return redirect("notifications:preferences")

    def _show(self, request: SignedIn, form: PreferencesForm) -> HttpResponse:
        context = {
            "form": form,
            "channels": [channel.label for channel in channels().values()],
            "has_email": bool(request.user.email),
            "request_id": uuid4(),
        }
        return render(request, "notifications/preferences.html", context)
