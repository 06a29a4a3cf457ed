"""What the pages of calendar and limits have in common: the right, the preview before saving, the result after it."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.drafts.models import as_querydict
from casework.middleware import typed_before_sign_in
from casework.requests import SignedIn, request_id_of
from workflows.clock.settings.acts import RIGHT, ClockAct
from workflows.clock.settings.preview import LISTED, preview
from workflows.clock.settings.results import result_of


class ForKeepers(View):
    """Only for those who keep the clock somewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right."""
        if RIGHT not in request.standing.permissions:  # type: ignore[attr-defined]
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)


@dataclass(frozen=True)
class Words:
    """What a page of a change says: its heading, a line below it, and its button."""

    title: str
    lead: str
    button: str


class ChangePage(ForKeepers):
    """A form that is looked at first (button "look") and saved then (button "save")."""

    template_name: ClassVar[str] = "workflows/clock/settings/change_form.html"
    room: ClassVar[str]  # the namespace: "calendar" or "limits"
    keeps_typed_input = True

    def words(self) -> Words:
        """What the page says."""
        raise NotImplementedError

    def form_of(self, data: Any = None) -> forms.Form:
        """The form, empty or with what was typed."""
        raise NotImplementedError

    def act_of(self, cleaned: dict[str, Any]) -> ClockAct:
        """What the typed fields ask for."""
        raise NotImplementedError

    def get(self, request: SignedIn, **_where: Any) -> HttpResponse:
        """The form, with what was typed before a session ended."""
        typed = typed_before_sign_in(request)
        return self.show(self.form_of(as_querydict(typed) if typed else None))

    def post(self, request: SignedIn, **_where: Any) -> HttpResponse:
        """What would move; or, with "save", do it and show what comes of it."""
        form = self.form_of(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            return self._carry_out(form)
        except ActionNotPossible as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form)

    def _carry_out(self, form: forms.Form) -> HttpResponse:
        request: Any = self.request
        act = self.act_of(form.cleaned_data)
        if "save" not in request.POST:
            return self.show(form, preview=preview(act, request.user, request.standing))
        receipt = perform(act, by=request.user, request_id=request_id_of(request))
        messages.success(request, _("Saved."))
        return redirect(f"{self.room}:change", receipt.result["change"])

    def show(self, form: forms.Form, **more: Any) -> HttpResponse:
        """The page with its form, and the preview if there is one."""
        context = {
            "form": form,
            "words": self.words(),
            "home": f"{self.room}:home",
            "request_id": uuid4(),
            "listed": LISTED,
            **more,
        }
        return render(self.request, self.template_name, context)


class ChangeDone(ForKeepers):
    """One change that was made, and what came of it."""

    room: ClassVar[str]

    def get(self, request: SignedIn, change: UUID) -> HttpResponse:
        """As many statements for one deadline that moved as for thousands."""
        result = result_of(self.room, change, request.standing)
        if result is None:
            raise Http404
        context = {"result": result, "home": f"{self.room}:home", "listed": LISTED}
        return render(request, "workflows/clock/settings/change.html", context)
