"""A page with one form that does one act and goes back: the shape of every small form."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.requests import SignedIn, request_id_of

_LARGEST = 2**63 - 1


class ActPage(View):
    """Shows the form, and when it is sent does the act or shows what is wrong with everything that was typed."""

    title: ClassVar[Any]
    button: ClassVar[Any] = _("Save")
    template: ClassVar[str] = "casework/act_page.html"

    def get(self, request: SignedIn, **address: Any) -> HttpResponse:
        """The form. 404 for what is not hers to see, 403 without the right."""
        about = self.about(request, **address)
        return self._page(request, about, self.form_on(request, about))

    def post(self, request: SignedIn, **address: Any) -> HttpResponse:
        """Do it and go back."""
        about = self.about_sent(request, **address)
        form = self.form_on(request, about, request.POST)
        if form.is_valid():
            try:
                perform(self.act_on(about, form.cleaned_data), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _g("Saved."))
                return redirect(self.back_url(about))
        return self._page(request, about, form)

    def about(self, request: SignedIn, **address: Any) -> Any:
        """What the page is about. Raises Http404 and PermissionDenied."""
        raise NotImplementedError

    def about_sent(self, request: SignedIn, **address: Any) -> Any:
        """The same when the form is sent; what ended since is for the act to refuse."""
        return self.about(request, **address)

    def form_on(self, request: SignedIn, about: Any, *typed: Any) -> Any:
        """The form."""
        raise NotImplementedError

    def act_on(self, about: Any, values: dict[str, Any]) -> Act:
        """The act that the cleaned form asks for."""
        raise NotImplementedError

    def back_url(self, about: Any) -> str:
        """Where to go when it is done, or not."""
        raise NotImplementedError

    def around(self, about: Any) -> dict[str, Any]:
        """What the template needs beside the form."""
        return {}

    def _page(self, request: SignedIn, about: Any, form: Any) -> HttpResponse:
        context = {
            "form": form,
            "title": self.title,
            "button": self.button,
            "back_url": self.back_url(about),
            "request_id": uuid4(),
        }
        return render(request, self.template, context | self.around(about))


class CaseActPage(ActPage):
    """An act on a case, or on one row in it that the address names beside the code."""

    template = "casework/case_form.html"
    # The name of the page of the case from which one comes.
    tab: ClassVar[str]

    def row(self, case: Case, pk: int) -> Any:
        """The row, or None where there is none such in the case."""
        return None

    def may(self, request: SignedIn, case: Case) -> None:
        """Raises PermissionDenied."""
        raise NotImplementedError

    def form(self, request: SignedIn, case: Case, row: Any, *typed: Any) -> Any:
        """The form."""
        raise NotImplementedError

    def act(self, case: Case, row: Any, values: dict[str, Any]) -> Act:
        """The act that the cleaned form asks for."""
        raise NotImplementedError

    def about(self, request: SignedIn, **address: Any) -> tuple[Case, Any]:
        case = visible_case(request.standing, address.pop("code"))
        row = self.row(case, min(*address.values(), _LARGEST)) if address else None
        if address and row is None:
            raise Http404
        self.may(request, case)
        return case, row

    def form_on(self, request: SignedIn, about: Any, *typed: Any) -> Any:
        case, row = about
        return self.form(request, case, row, *typed)

    def act_on(self, about: Any, values: dict[str, Any]) -> Act:
        case, row = about
        return self.act(case, row, values)

    def back_url(self, about: Any) -> str:
        return reverse(self.tab, args=[about[0].code])

    def around(self, about: Any) -> dict[str, Any]:
        case, row = about
        return {"case": case, "tabs": tabs_of(case, self.tab), "about": row}
