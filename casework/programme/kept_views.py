"""Pages that every room of the programme has: its list, the form of a row, and taking a row back."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.programme.kept import MistakeForm, keeping_organisations, reporting_ids
from casework.requests import SignedIn, request_id_of

PAGE = 50
FORM = "casework/act_page.html"


class KeptList(View):
    """The rows that the person may see and asks for."""

    template: ClassVar[str]
    right: ClassVar[str]
    find: ClassVar[Any]

    def rows(self, request: SignedIn) -> Any:
        """The rows of the list, in its order; the same as in its file."""
        raise NotImplementedError

    def more(self, request: SignedIn, rows: Any) -> dict[str, Any]:
        """What else the page shows, such as totals."""
        return {}

    def get(self, request: SignedIn) -> HttpResponse:
        """403 for lenders and for whoever has no seat."""
        if not reporting_ids(request.standing):
            raise PermissionDenied(self.right)
        rows = self.rows(request)
        pages = Paginator(rows, PAGE)
        shown = pages.get_page(request.GET.get("page"))
        context = {
            "form": self.find(request.GET, auto_id="filter-%s"),
            "page": shown,
            "total": pages.count,
            "may_keep": self.right in request.standing.permissions,
            "previous_url": page_url(request, shown.previous_page_number()) if shown.has_previous() else "",
            "next_url": page_url(request, shown.next_page_number()) if shown.has_next() else "",
            **self.more(request, rows),
        }
        return render(request, self.template, context)


def page_url(request: SignedIn, number: int) -> str:
    """Another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def kept_row(request: SignedIn, model: Any, pk: int, *related: str) -> Any:
    """A row, if the person may see it. Raises Http404."""
    found = model.objects.visible_to(request.standing).select_related("organisation", "recorded_by", *related)
    row = found.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return row


def may_keep(request: SignedIn, right: str, row: Any) -> bool:
    """Whether the person may change a row that she sees."""
    return row.withdrawn_at is None and request.standing.seat_for(right, row.organisation_id) is not None


class KeptForm(View):
    """A form that does one act and leads on. The room says which form, which act, and where to."""

    right: ClassVar[str]
    title: ClassVar[Any]
    button: ClassVar[Any]

    def get(self, request: SignedIn, **address: int) -> HttpResponse:
        """The form: empty, or with what is known. 404 for what is not hers to see, 403 without the right."""
        row = self.allowed(request, **address)
        return self.page(request, row, self.form(request, row))

    def post(self, request: SignedIn, **address: int) -> HttpResponse:
        """Do it, or show what is wrong with everything that was typed."""
        row = self.allowed(request, **address)
        form = self.form(request, row, request.POST)
        if form.is_valid():
            try:
                receipt = perform(self.act(form, row), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("Saved."))
                return redirect(self.leads_to(row, receipt.result or {}))
        return self.page(request, row, form)

    def allowed(self, request: SignedIn, **address: int) -> Any:
        """What the form is about; None for something new. Raises Http404 or PermissionDenied."""
        if not keeping_organisations(request.standing, self.right).exists():
            raise PermissionDenied(self.right)
        return None

    def form(self, request: SignedIn, row: Any, *typed: Any) -> Any:
        """The form."""
        raise NotImplementedError

    def act(self, form: Any, row: Any) -> Act:
        """The act that the cleaned form asks for."""
        raise NotImplementedError

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        """Where it goes on when it is done."""
        raise NotImplementedError

    def back(self, row: Any) -> tuple[str, Any]:
        """Where the way back leads: address and label."""
        raise NotImplementedError

    def page(self, request: SignedIn, row: Any, form: Any) -> HttpResponse:
        """The form as a page."""
        back_url, back_label = self.back(row)
        context = {
            "form": form,
            "title": self.title,
            "button": self.button,
            "lead": str(row) if row is not None else "",
            "back_url": back_url,
            "back_label": back_label,
            "request_id": uuid4(),
        }
        return render(request, FORM, context)


class OnRow(KeptForm):
    """A form about one row of a model."""

    model: ClassVar[Any]

    def allowed(self, request: SignedIn, **address: int) -> Any:
        """The row. Raises Http404 or PermissionDenied."""
        row = kept_row(request, self.model, address["pk"])
        if request.standing.seat_for(self.right, row.organisation_id) is None:
            raise PermissionDenied(self.right)
        return row


class Mistake(OnRow):
    """Take a row back, with the reason."""

    def form(self, request: SignedIn, row: Any, *typed: Any) -> MistakeForm:
        return MistakeForm(*typed)
