"""Pages: the list of requests, a new one, one with its answer, and what is found of a person."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import Act, ActionNotPossible, perform
from casework.data_requests.finding import Asked, Found, find
from casework.data_requests.models import DataRequest
from casework.data_requests.workbook import XLSX, workbook
from casework.requests import SignedIn, request_id_of
from casework.signing_in.again import AskAgain
from workflows.data_requests.acts import (
    KEEP,
    AnswerDataRequest,
    LookUpPerson,
    RegisterDataRequest,
    offices_of,
    requests_for,
)
from workflows.data_requests.forms import AnswerDataForm, LookUpForm, RequestForm

PAGE = 50
_ROOM = "workflows/data_requests"


class _Keeping(View):
    """Only for those who keep requests somewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right."""
        if KEEP not in request.standing.permissions:  # type: ignore[attr-defined]
            raise PermissionDenied(KEEP)
        return super().dispatch(request, *args, **kwargs)


def _one(request: SignedIn, pk: int) -> DataRequest:
    """A request that the person may see. Raises Http404."""
    rows = requests_for(request.standing).select_related("recorded_by", "answered_by")
    found: DataRequest = get_object_or_404(rows, pk=min(pk, 2**63 - 1))
    return found


def _do(request: SignedIn, act: Act, form: Any) -> Any:
    """Carry an act out; a refusal stands at its field and None comes back."""
    try:
        return perform(act, by=request.user, request_id=request_id_of(request))
    except ActionNotPossible as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


class Requests(_Keeping):
    """All requests: the open ones first, the most urgent on top."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Constant statements, for one and for fifty."""
        rows = requests_for(request.standing).order_by(F("answered_on").desc(nulls_first=True), "due_on", "pk")
        pages = Paginator(rows, PAGE)
        shown = pages.get_page(request.GET.get("page"))
        today = timezone.localdate()
        context = {
            "rows": [(row, row.is_late(today)) for row in shown],
            "total": pages.count,
            "may_add": offices_of(request.standing).exists(),
            "previous_url": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
            "next_url": f"?page={shown.next_page_number()}" if shown.has_next() else "",
        }
        return render(request, f"{_ROOM}/list.html", context)


class NewRequest(_Keeping):
    """Register a request."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The form. 403 for who keeps none at an office of her own."""
        return self._page(request, RequestForm(self._offices(request)))

    def post(self, request: SignedIn) -> HttpResponse:
        """Register it, or show what is wrong with everything that was typed."""
        form = RequestForm(self._offices(request), request.POST)
        if form.is_valid():
            act = RegisterDataRequest(form.cleaned_data["organisation"].pk, form.values())
            receipt = _do(request, act, form)
            if receipt:
                messages.success(request, _("Saved."))
                return redirect("datarequests:list")
        return self._page(request, form)

    def _offices(self, request: SignedIn) -> Any:
        offices = offices_of(request.standing)
        if not offices.exists():
            raise PermissionDenied(KEEP)
        return offices

    def _page(self, request: SignedIn, form: RequestForm) -> HttpResponse:
        context = {
            "form": form,
            "title": _("Register a request"),
            "button": _("Save"),
            "back_url": reverse("datarequests:list"),
            "back_label": _("Requests about personal data"),
            "request_id": uuid4(),
        }
        return render(request, "casework/act_page.html", context)


class OneRequest(_Keeping):
    """One request, and the form of its answer while it is open."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 for one that is not hers to see."""
        return self._page(request, _one(request, pk), AnswerDataForm())

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Answer or refuse it."""
        row, form = _one(request, pk), AnswerDataForm(request.POST)
        if form.is_valid():
            receipt = _do(request, AnswerDataRequest(row.pk, **form.cleaned_data), form)
            if receipt:
                messages.success(request, _("Saved."))
                return redirect("datarequests:one", row.pk)
        return self._page(request, row, form)

    def _page(self, request: SignedIn, row: DataRequest, form: Any) -> HttpResponse:
        context = {
            "row": row,
            "late": row.is_late(timezone.localdate()),
            "form": None if row.answered_on else form,
            "request_id": uuid4(),
        }
        return render(request, f"{_ROOM}/one.html", context)


@method_decorator(never_cache, name="dispatch")
class LookUp(AskAgain, _Keeping):
    """Where one person's data stand: shown, or handed out as a file. Both are acts, with a reason."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """The form."""
        row = _one(request, pk)
        return self._page(request, row, LookUpForm(initial={"full_name": row.asked_by}))

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Look, note that it was done, and show or hand out; the number typed never stands in an address."""
        row, form = _one(request, pk), LookUpForm(request.POST)
        if not form.is_valid():
            return self._page(request, row, form)
        typed = form.cleaned_data
        found = find(Asked(typed["full_name"], typed["id_number"], typed["phone"] or ""), request.standing)
        how = "file" if "file" in request.POST else "page"
        act = LookUpPerson(row.pk, typed["reason"], how, len(found.places), found.beyond, found.person_id)
        if not _do(request, act, form):
            return self._page(request, row, form)
        return _file(row, found) if how == "file" else self._page(request, row, form, found)

    def _page(self, request: SignedIn, row: DataRequest, form: Any, found: Found | None = None) -> HttpResponse:
        context = {"row": row, "form": form, "found": found, "request_id": uuid4()}
        return render(request, f"{_ROOM}/look_up.html", context)


def _file(row: DataRequest, found: Found) -> HttpResponse:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data.xlsx"
        workbook(path, found, row)
        content = path.read_bytes()
    name = f"data-request-{row.pk}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
