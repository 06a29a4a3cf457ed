"""Pages of an administrator who brings a roster in: choose the file, look at what was read, import it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import FormView, View

from casework.acts import ActionNotPossible
from casework.cases.acts import parties_of
from casework.organisations.models import Organisation, User
from casework.organisations.standing import Standing
from casework.programme.acts import import_roster, import_seat, importable, lead_organisation
from casework.programme.forms import UploadForm
from casework.programme.models import RosterUpload
from casework.programme.preview import Preview, good_row
from casework.vietnamese import VnKey


class SignedIn(HttpRequest):
    """The request that these views get: middleware has put the person and her seats on it."""

    user: User
    standing: Standing


class UploadRoster(FormView):
    """Choose a file and whom it is for. The file is read, nothing is entered yet."""

    request: SignedIn

    template_name = "casework/programme/upload.html"
    form_class = UploadForm

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """For those who may import somewhere. Raises PermissionDenied."""
        if "import_roster" not in request.standing.permissions:
            raise PermissionDenied("import_roster")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The Women's Unions to choose from: that of the province first."""
        unions = importable(self.request.standing).order_by(_PROVINCE_FIRST, VnKey("name"), "pk")
        return {**super().get_form_kwargs(), "organisations": unions}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        """Keep what was read for the preview, and forget what nobody came back for."""
        RosterUpload.objects.forget_old()
        roster = form.cleaned_data["roster"]
        upload = RosterUpload.objects.create(
            uploaded_by=self.request.user,
            organisation=form.cleaned_data["organisation"],
            file_name=roster.file[:255],
            roster=roster.wire(),
        )
        return redirect("rosters:preview", upload.pk)


class PreviewRoster(View):
    """What was read and what an import would do; sending the form does it, once."""

    def get(self, request: SignedIn, pk: UUID) -> HttpResponse:
        """The preview; after the import what it did."""
        upload = _upload_of(request, pk)
        if upload.imported_at:
            return render(request, "casework/programme/imported.html", {"upload": upload, "done": upload.counts})
        return _show(request, upload)

    def post(self, request: SignedIn, pk: UUID) -> HttpResponse:
        """Import. A refusal is a sentence on the preview, where nothing is lost."""
        upload = _upload_of(request, pk)
        try:
            _import(request, upload)
        except ActionNotPossible as refusal:
            return _show(request, upload, refusal=str(refusal))
        return redirect("rosters:preview", upload.pk)


_PROVINCE_FIRST = Case(
    When(level=Organisation.Level.PROVINCE, then=Value(0)), default=Value(1), output_field=IntegerField()
)


def _upload_of(request: SignedIn, pk: UUID) -> RosterUpload:
    """The upload, for the person who sent it while she may still import it. Raises Http404 otherwise."""
    uploads = RosterUpload.objects.select_related("organisation__area__parent")
    upload = get_object_or_404(uploads, pk=pk, uploaded_by=request.user)
    if import_seat(request.standing, upload.organisation) is None:
        raise Http404
    return upload


def _import(request: SignedIn, upload: RosterUpload) -> None:
    with transaction.atomic():
        done = import_roster(upload.read(), upload.organisation, by=request.user, request_id=upload.pk)
        if not done["replayed"]:
            upload.imported_at, upload.counts = timezone.now(), done
            upload.save(update_fields=["imported_at", "counts"])


def _show(request: SignedIn, upload: RosterUpload, refusal: str = "") -> HttpResponse:
    preview = Preview(upload.read(), upload.organisation)
    page = preview.page(request.GET.get("page"))
    context = {
        "upload": upload,
        "preview": preview,
        "page": page,
        "good_rows": [good_row(entry) for entry in page.object_list],
        "refusal": refusal or _obstacle(preview),
        "refused_now": bool(refusal),
    }
    return render(request, "casework/programme/preview.html", context)


def _obstacle(preview: Preview) -> str:
    """Why the leads could not be opened, as far as that can be told before trying."""
    if not preview.leads:
        return ""
    try:
        parties_of(lead_organisation(preview.organisation))
    except ActionNotPossible as refusal:
        return str(refusal)
    return ""
