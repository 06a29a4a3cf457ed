"""A member list that was read and waits for its sender: kept a day, without personal data once it is entered."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from casework.cases.models import Case
from casework.organisations.models import User
from casework.people.models import MemberListUpload
from casework.people.roll.choice import Choice
from casework.people.roll.model import MemberList

KEPT_FOR = timedelta(hours=24)


def keep_upload(case: Case, sender: User, read: MemberList) -> MemberListUpload:
    """Keep what was read for the preview, and forget what nobody came back for."""
    forget_old_uploads()
    return MemberListUpload.objects.create(
        for_case=case,
        uploaded_by=sender,
        file_name=read.file[:255],
        rows=read.wire(),
        request_id=uuid4(),
    )


def forget_old_uploads() -> int:
    """Delete lists that were not entered within a day: they hold personal data. Returns how many went."""
    old = MemberListUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR, imported_at=None)
    return old.delete()[0]


def upload_of(case: Case, sender: User, request_id: UUID) -> MemberListUpload | None:
    """The list that somebody sent for a case; None for lists of others, and for those that are too old."""
    upload = MemberListUpload.objects.filter(request_id=request_id, for_case=case, uploaded_by=sender).first()
    if upload is None or (upload.imported_at is None and upload.uploaded_at < timezone.now() - KEPT_FOR):
        return None
    return upload


def list_of(upload: MemberListUpload) -> MemberList:
    """The list again, as the reader handed it back."""
    return MemberList.from_wire(upload.rows)


def choice_of(upload: MemberListUpload) -> Choice:
    """What the sender has chosen so far."""
    return Choice.from_wire(upload.rows.get("choice", {}))


def keep_choice(upload: MemberListUpload, choice: Choice) -> None:
    """Keep what the sender chose."""
    if choice == choice_of(upload):
        return
    upload.rows = {**upload.rows, "choice": choice.wire()}
    # Not where the list was entered meanwhile: its rows are gone and stay gone.
    MemberListUpload.objects.filter(pk=upload.pk, imported_at=None).update(rows=upload.rows)


def close_upload(upload: MemberListUpload, counts: dict[str, Any]) -> None:
    """After the import only counts stay."""
    upload.rows, upload.counts, upload.imported_at = {}, counts, timezone.now()
    upload.save(update_fields=["rows", "counts", "imported_at"])
