"""The desk of an inspector: events of all cases that she may open, samples, packs. She changes nothing here."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, perform
from casework.audit import sealing
from casework.audit.models import AuditCheck
from casework.cases.models import Case
from casework.documents.models import Document, DocumentVersion
from casework.reads.noting import found
from casework.requests import SignedIn, request_id_of
from casework.signing_in.again import AskAgain
from workflows.inspection.acts import TakePack, is_inspector
from workflows.inspection.events import page_of
from workflows.inspection.forms import DrawForm, FindEvents, TakeForm, new_seed
from workflows.inspection.pack import write_pack
from workflows.inspection.sampling import drawn

_ROOM = "workflows/inspection"


class _Inspecting(View):
    """Only for inspectors."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 for everybody else."""
        if not is_inspector(request.standing):  # type: ignore[attr-defined]
            raise PermissionDenied("inspector")
        return super().dispatch(request, *args, **kwargs)


class Events(_Inspecting):
    """What was done in all cases that she may open, the newest first, and what proves it."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Constant statements, for one event and for fifty."""
        form = FindEvents(request.GET, auto_id="filter-%s")
        rows, older = page_of(request.standing, form.wanted(), _number(request.GET.get("before", "")))
        found(request, len(rows))
        newest = sealing.newest()
        context = {
            "form": form,
            "rows": rows,
            "older_url": _older(request, older) if older else "",
            "first_url": _older(request, None) if request.GET.get("before") else "",
            "newest": newest,
            "key": newest.told["key"] if newest else "",
            "checked": AuditCheck.objects.order_by("-pk").first(),
        }
        return render(request, f"{_ROOM}/events.html", context)


class Sample(_Inspecting):
    """Draw cases by chance, so that nobody chose them."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The form, and what it drew once it is filled in."""
        asked = "number" in request.GET
        form = DrawForm(request.GET if asked else None, initial={"number": 10, "seed": new_seed()})
        cases = drawn(request.standing, form.draw()) if asked and form.is_valid() else None
        found(request, len(cases or ()))
        context = {
            "form": form,
            "cases": cases,
            "take_url": f"{reverse('inspection:take')}?cases={'+'.join(case.code for case in cases)}" if cases else "",
        }
        return render(request, f"{_ROOM}/sample.html", context)


@method_decorator(never_cache, name="dispatch")
class Take(AskAgain, _Inspecting):
    """The pack of some cases, for a reason."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The form, with the codes of a sample if one comes from there."""
        codes = "\n".join(request.GET.get("cases", "")[:2000].split())
        return self._page(request, TakeForm(request.standing, initial={"cases": codes}))

    def post(self, request: SignedIn) -> HttpResponse:
        """Write down who took what and why; the answer is the zip."""
        form = TakeForm(request.standing, request.POST)
        if form.is_valid():
            cases, reason = form.cleaned_data["cases"], form.cleaned_data["reason"]
            act = TakePack(tuple(case.pk for case in cases), reason)
            try:
                perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                return _zip(request, cases)
        return self._page(request, form)

    def _page(self, request: SignedIn, form: TakeForm) -> HttpResponse:
        context = {
            "form": form,
            "title": _("Take the pack of cases"),
            "button": _("Take the pack"),
            "back_url": reverse("inspection:events"),
            "back_label": _("Inspection"),
            "request_id": uuid4(),
        }
        return render(request, "casework/act_page.html", context)


class Checkpoint(_Inspecting):
    """The newest checkpoint as a file to keep: later it proves that nothing before it was changed."""

    def get(self, request: SignedIn) -> HttpResponse:
        """One line; 404 before the first."""
        newest = sealing.newest()
        if newest is None:
            raise Http404
        return HttpResponse(
            f"{newest.line()}\n",
            content_type="application/jsonl",
            headers={"Content-Disposition": f'attachment; filename="checkpoint-{newest.number}.jsonl"'},
        )


def _zip(request: SignedIn, cases: list[Case]) -> HttpResponse:
    """The pack: files of documents that she may open, hashes of all."""
    seen = set(Document.objects.visible_to(request.standing).filter(case__in=cases).values_list("pk", flat=True))

    def left_out(version: DocumentVersion) -> str:
        return "" if version.document_id in seen else _("not shared with the inspection")

    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        write_pack(path, cases, documents=left_out)
        content = path.read_bytes()
    name = f"{cases[0].code}.zip" if len(cases) == 1 else f"dong-hanh-{len(cases)}.zip"
    return HttpResponse(
        content, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _older(request: SignedIn, before: int | None) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    if before:
        query["before"] = str(before)
    return f"?{query.urlencode()}" if before or query else "?"
