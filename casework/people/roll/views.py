"""Pages that bring a member list in: choose the file, look at what was read, enter it once."""

import re
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, perform
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.people.acts import KEEP
from casework.people.models import MemberListUpload
from casework.people.roll.acts import ImportMembers
from casework.people.roll.forms import ImportForm, MemberFileForm
from casework.people.roll.preview import Preview
from casework.people.roll.uploads import (
    choice_of,
    close_upload,
    forget_old_uploads,
    keep_choice,
    keep_upload,
    list_of,
    upload_of,
)
from casework.people.roll.wording import understood
from casework.requests import SignedIn
from casework.sharing.querysets import working_organisations


@method_decorator(never_cache, name="dispatch")
class UploadMembers(View):
    """Choose a file. It is read, nothing is entered yet."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """The form, and the columns that are understood. 404 for a case not hers to see, 403 without the right."""
        forget_old_uploads()
        return self._page(request, _case_to_keep(request, code), MemberFileForm())

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Read the file and keep what it says for the preview; a refusal is a sentence at the field."""
        case = _case_to_keep(request, code)
        form = MemberFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, case, form)
        upload = keep_upload(case, request.user, form.cleaned_data["list"])
        return redirect("people:import_preview", case.code, upload.request_id)

    def _page(self, request: SignedIn, case: Case, form: MemberFileForm) -> HttpResponse:
        context = {**_context(case), "form": form, "columns": understood()}
        return render(request, "casework/people/import_upload.html", context)


@method_decorator(never_cache, name="dispatch")
class PreviewMembers(View):
    """What was read and what an import would do; sending the form does it, once."""

    def get(self, request: SignedIn, code: str, upload: UUID) -> HttpResponse:
        """The preview; after the import what it did. 404 for anybody but the sender."""
        case, kept = _upload(request, code, upload)
        if kept.imported_at:
            context = {**_context(case), "upload": kept, "done": kept.counts}
            return render(request, "casework/people/import_done.html", context)
        return _show(request, case, kept)

    def post(self, request: SignedIn, code: str, upload: UUID) -> HttpResponse:
        """Keep which rows are ticked; with the button "import" enter them. A refusal loses nothing."""
        case, kept = _upload(request, code, upload)
        here = redirect("people:import_preview", case.code, upload)
        if kept.imported_at:
            return here
        ticks = [_numbers(request, name) for name in ("shown", "take", "asked", "same")]
        keep_choice(kept, choice_of(kept).after(*ticks))
        if "import" not in request.POST:
            page = request.POST.get("page", "")
            return redirect(f"{here.url}?page={page}") if re.fullmatch(r"[0-9]{1,7}", page) else here
        preview = Preview(list_of(kept), case, request.standing, choice_of(kept))
        form = ImportForm(preview, request.POST)
        if not form.is_valid():
            return _show(request, case, kept, form=form)
        try:
            _enter(request, case, kept, form.cleaned_data)
        except ActionNotPossible as refusal:
            return _show(request, case, kept, form=form, refusal=str(refusal))
        return here


def _enter(request: SignedIn, case: Case, kept: MemberListUpload, answers: dict[str, Any]) -> None:
    act = ImportMembers(
        case_id=case.pk,
        read=list_of(kept),
        choice=choice_of(kept),
        seen=request.POST.get("seen", ""),
        since=answers["since"],
        kind=answers.get("kind", ""),
        office_since=answers.get("office_since"),
    )
    with transaction.atomic():
        receipt = perform(act, by=request.user, channel=Channel.IMPORT, request_id=kept.request_id)
        if not receipt.replayed:
            close_upload(kept, receipt.result)


def _case_to_keep(request: SignedIn, code: str) -> Case:
    """The case, for those who keep its members. Raises Http404, PermissionDenied."""
    case = visible_case(request.standing, code, "area__parent", "lead_organisation")
    if not any(request.standing.seat_for(KEEP, organisation) for organisation in working_organisations(case.pk)):
        raise PermissionDenied(KEEP)
    return case


def _upload(request: SignedIn, code: str, upload: UUID) -> tuple[Case, MemberListUpload]:
    case = _case_to_keep(request, code)
    kept = upload_of(case, request.user, upload)
    if kept is None:
        raise Http404
    return case, kept


def _context(case: Case) -> dict[str, Any]:
    return {"case": case, "tabs": tabs_of(case, "people:members")}


def _numbers(request: SignedIn, name: str) -> set[int]:
    """The row numbers sent under a name; anything else is passed over."""
    return {
        int(typed) for typed in request.POST.getlist(name) if typed.isascii() and typed.isdigit() and len(typed) < 8
    }


def _show(
    request: SignedIn, case: Case, kept: MemberListUpload, *, form: ImportForm | None = None, refusal: str = ""
) -> HttpResponse:
    preview = Preview(list_of(kept), case, request.standing, choice_of(kept))
    page = preview.page(request.GET.get("page"))
    context = {
        **_context(case),
        "upload": kept,
        "preview": preview,
        "page": page,
        "rows": preview.entry_rows(page),
        "form": form or ImportForm(preview),
        "refusal": refusal,
    }
    return render(request, "casework/people/import_preview.html", context)
