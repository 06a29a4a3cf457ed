"""Pages: choose what to export, see what was exported today, download it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, perform
from casework.documents.storage import opened
from casework.exports.acts import GONE, RIGHT, AskForExport, DownloadExport
from casework.exports.forms import ExportForm
from casework.exports.lists import LISTS, ExportList
from casework.exports.making import start
from casework.exports.models import Export
from casework.requests import SignedIn, request_id_of
from casework.signing_in.again import AskAgain

SHOWN = 50
# Where a page of a list begins is no filter of it.
_NO_FILTERS = ("page", "after", "before", "csrfmiddlewaretoken")


@method_decorator(never_cache, name="dispatch")
class _WithRight(AskAgain, View):
    """Only for those who may export somewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right."""
        if RIGHT not in request.standing.permissions:  # type: ignore[attr-defined]
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)


def _filters(query: QueryDict) -> QueryDict:
    """The filters of an address, without what only turns pages."""
    kept = query.copy()
    for name in _NO_FILTERS:
        kept.pop(name, None)
    return kept


class NewExport(_WithRight):
    """Choose columns and format for the list whose filters stand in the address."""

    def get(self, request: SignedIn, name: str) -> HttpResponse:
        """404 for a list that does not exist."""
        return self._page(request, self._list(name), ExportForm(self._list(name)))

    def post(self, request: SignedIn, name: str) -> HttpResponse:
        """Record it and make it; a small one is downloaded at once."""
        exported = self._list(name)
        form = ExportForm(exported, request.POST)
        if not form.is_valid():
            return self._page(request, exported, form)
        query = _filters(request.GET)
        rows = exported.count(request.standing, query)
        act = AskForExport(
            name, query.urlencode(), tuple(form.cleaned_data["columns"]), form.cleaned_data["format"],
            get_language() or "vi", rows,
        )  # fmt: skip
        try:
            receipt = perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self._page(request, exported, form)
        if not receipt.replayed:
            start(Export.objects.select_related("by").get(pk=receipt.result["export"]), rows)
        messages.success(request, _("Your file is listed here. Large ones take a few minutes; you will be told."))
        return redirect("exports:list")

    def _list(self, name: str) -> ExportList:
        if name not in LISTS:
            raise Http404(name)
        return LISTS[name]

    def _page(self, request: SignedIn, exported: ExportList, form: ExportForm) -> HttpResponse:
        query = _filters(request.GET)
        context = {
            "exported": exported,
            "form": form,
            "rows": exported.count(request.standing, query),
            "filters": [(name, value) for name, values in query.lists() for value in values if value],
            "request_id": uuid4(),
        }
        return render(request, "casework/exports/new.html", context)


class Exports(_WithRight):
    """What the person exported lately, newest first."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Her own and nobody else's."""
        exports = list(Export.objects.filter(by=request.user).order_by("-asked_at")[:SHOWN])
        rows = [(export, LISTS[export.list_name].title if export.list_name in LISTS else "") for export in exports]
        waits = any(export.state == Export.State.WAITS for export in exports)
        return render(request, "casework/exports/list.html", {"rows": rows, "waits": waits})


class Download(_WithRight):
    """The file itself, for whoever asked for it. A form, not a link: that it left is an act."""

    http_method_names = ["post"]
    has_page = False

    def post(self, request: SignedIn, pk: UUID) -> HttpResponseBase:
        """404 for what others exported."""
        export = get_object_or_404(Export, pk=pk, by=request.user)
        try:
            perform(DownloadExport(pk), by=request.user)
            file = opened(export.file)
        except ActionNotPossible as error:
            messages.error(request, str(error))
            return redirect("exports:list")
        except FileNotFoundError:
            messages.error(request, str(GONE))
            return redirect("exports:list")
        name = f"{export.list_name}-{export.asked_at:%Y%m%d-%H%M}.{export.format}"
        return FileResponse(file, as_attachment=True, filename=name)
