"""Opening a document: downloading it, or looking at pictures of its pages. Each time is an event."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, perform
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.documents.acts import OpenDocument
from casework.documents.inspection.inspect import drawn, pages_of
from casework.documents.inspection.refusals import Refused
from casework.documents.marked import marked_pdf
from casework.documents.models import Document, DocumentVersion
from casework.documents.storage import opened, path_of
from casework.requests import SignedIn

# What can be looked at: media type → what the child calls it.
PDF = "application/pdf"
SHOWN = {PDF: "pdf", "image/jpeg": "", "image/png": ""}
_ALONE = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


def version_of(request: SignedIn, code: str, pk: int) -> DocumentVersion:
    """A version that the person may open, be it without the page of its case. Raises Http404."""
    seen = Document.objects.open_to(request.standing).filter(case__code=code)
    found = DocumentVersion.objects.filter(pk=pk, document__in=seen).select_related("document__type", "case")
    version = found.first() if pk < 2**63 else None
    if version is None:
        raise Http404
    return version


def _shown(request: SignedIn, code: str, pk: int) -> DocumentVersion:
    """A version that the person may see and that can be looked at. Raises Http404."""
    version = version_of(request, code, pk)
    if version.media_type not in SHOWN:
        raise Http404
    return version


def _back(request: SignedIn, sentence: str) -> HttpResponse:
    """To her tasks, where everybody may be, with a sentence."""
    messages.error(request, sentence)
    return redirect("home")


@method_decorator(never_cache, name="dispatch")
class Download(View):
    """One file, as an attachment."""

    def get(self, request: SignedIn, code: str, pk: int) -> Any:
        """The file with the type from our own table, never to be run in our pages."""
        version = version_of(request, code, pk)
        if not Document.objects.visible_to(request.standing).filter(pk=version.document_id).exists():
            return self._marked(request, version)
        try:
            perform(OpenDocument(version.pk), by=request.user)
            file = opened(version.stored_name)
        except ActionNotPossible as error:
            return _back(request, str(error))
        except FileNotFoundError:
            return _back(request, _("The file is not in its place. Tell the programme office; its history is kept."))
        kind = version.media_type
        return FileResponse(file, as_attachment=True, filename=version.file_name, content_type=kind, headers=_ALONE)

    def _marked(self, request: SignedIn, version: DocumentVersion) -> Any:
        """For whoever sees it without its case: a copy with her organisation, her name and the moment on each page."""
        seat = request.standing.every_seat[0]
        words = f"{seat.organisation_name} · {request.user} · {timezone.localtime():%H:%M %d/%m/%Y}"
        kind = SHOWN.get(version.media_type)
        try:
            copy = marked_pdf(path_of(version.stored_name), kind, words)
            perform(OpenDocument(version.pk, "marked"), by=request.user)
        except ActionNotPossible as error:
            return _back(request, str(error))
        except (Refused, FileNotFoundError):
            return _back(request, _("This file cannot be marked, so it is not given out. Ask the advisor for a PDF."))
        name = f"{Path(version.file_name).stem}.pdf"
        return FileResponse(BytesIO(copy), as_attachment=True, filename=name, content_type=PDF, headers=_ALONE)


@method_decorator(never_cache, name="dispatch")
class Look(View):
    """A page with one page of a document, and the way to the next."""

    def get(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """Nothing of the document itself stands here but its name: the picture that it shows is the event."""
        version = _shown(request, code, pk)
        case = visible_case(request.standing, code)
        try:
            last = pages_of(path_of(version.stored_name), SHOWN[version.media_type])
        except (Refused, FileNotFoundError):
            last = 0
        typed = request.GET.get("page", "")
        page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
        page = max(1, min(page, last))
        here = reverse("documents:look", args=[code, pk])
        context = {
            "case": case,
            "tabs": tabs_of(case, "documents:list"),
            "version": version,
            "page": page,
            "last": last,
            "previous_url": f"{here}?page={page - 1}" if page > 1 else "",
            "next_url": f"{here}?page={page + 1}" if page < last else "",
        }
        return render(request, "casework/documents/look.html", context)


@method_decorator(never_cache, name="dispatch")
class Preview(View):
    """The picture itself: of one page of a PDF, or of a picture made anew without what was hidden in it."""

    def get(self, request: SignedIn, code: str, pk: int, page: int) -> HttpResponse:
        """404 for a kind that cannot be looked at; 503 while somebody else works on the case."""
        version = _shown(request, code, pk)
        try:
            picture = drawn(path_of(version.stored_name), SHOWN[version.media_type], min(page, 10_000))
            perform(OpenDocument(version.pk, "preview"), by=request.user)
        except (Refused, FileNotFoundError):
            raise Http404 from None
        except ActionNotPossible as error:
            return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
        return HttpResponse(picture, content_type="image/png", headers=_ALONE)
