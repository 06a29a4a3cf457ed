"""What is done to the documents of a case: add, replace, open, widen or narrow, withdraw."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.documents.models import Document, DocumentType, DocumentVersion, Visibility
from casework.documents.storage import Stored
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access, working_organisations

KEEP = "keep_documents"


@dataclass(frozen=True)
class NewFile:
    """A stored file with what it is called and what it is."""

    stored: Stored
    file_name: str
    media_type: str


@dataclass(frozen=True)
class AddDocument(Act):
    """A document comes into the case."""

    verb: ClassVar[str] = "document.added"

    case_id: int
    type_code: str
    title: str
    file: NewFile
    visibility: str = Visibility.OWN
    paper_place: str = ""
    paper_number: str = ""
    visit_id: int | None = None

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(KEEP, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        version = add_document(
            unit,
            self.type_code,
            self.title,
            self.file,
            self.visibility,
            paper_place=self.paper_place,
            paper_number=self.paper_number,
            visit_id=self.visit_id,
        )
        return {"document": version.document_id, "version": version.pk}


def add_document(
    unit: Unit, type_code: str, title: str, file: NewFile, visibility: str, **more: Any
) -> DocumentVersion:
    """Store a document with its first version. Part of an act on the locked case. Raises ActionNotPossible."""
    _say_if_not_possible(unit, file.stored.size)
    kind = DocumentType.objects.get(code=type_code)
    _say_if_too_wide(kind, visibility)
    document = unit.add(
        Document(
            case=unit.case,
            type=kind,
            title=title,
            visibility=visibility,
            organisation_id=unit.seat.organisation_id if unit.seat else unit.case.lead_organisation_id,
            added_by=unit.by,
            **more,
        )
    )
    return add_version(unit, document, file)


def add_version(unit: Unit, document: Document, file: NewFile) -> DocumentVersion:
    """Store the next version of a document. Part of an act on the locked case."""
    number = DocumentVersion.objects.filter(document=document).count() + 1
    version = unit.add(
        DocumentVersion(
            case=unit.case,
            document=document,
            number=number,
            file_name=file.file_name,
            stored_name=file.stored.name,
            media_type=file.media_type,
            size=file.stored.size,
            sha256=file.stored.sha256,
            added_by=unit.by,
        )
    )
    unit.facts.update(
        {"document": document.pk, "version": number, "sha256": file.stored.sha256, "title": document.title}
    )
    return version


def _say_if_not_possible(unit: Unit, size: int) -> None:
    """Closed cases take nothing in; a case and a day of a person hold only so much."""
    if unit.case.status == Status.CLOSED:
        raise ActionNotPossible(_("This case is closed, so nothing can be added to it."))
    versions = DocumentVersion.objects.filter(case=unit.case)
    if (versions.aggregate(all=Sum("size"))["all"] or 0) + size > settings.UPLOAD_PER_CASE:
        raise ActionNotPossible(
            _("The documents of this case have reached %(most)s MB, which is all that a case may hold.")
            % {"most": settings.UPLOAD_PER_CASE // 2**20},
            "file",
        )
    mine = DocumentVersion.objects.filter(added_by=unit.by, added_at__date=timezone.localdate())
    if (mine.aggregate(all=Sum("size"))["all"] or 0) + size > settings.UPLOAD_PER_DAY:
        raise ActionNotPossible(
            _("You have added %(most)s MB today, which is all that one person may add in a day. Go on tomorrow.")
            % {"most": settings.UPLOAD_PER_DAY // 2**20},
            "file",
        )


def _say_if_too_wide(kind: DocumentType, visibility: str) -> None:
    if kind.sensitive and visibility == Visibility.LENDER:
        raise ActionNotPossible(
            _("“%(type)s” is sensitive personal data and is never shown to a lender.") % {"type": kind}, "visibility"
        )


@dataclass(frozen=True)
class _OnDocument(Act):
    """An act on one document that the person may see."""

    document_id: int

    def lock(self, unit: Unit) -> None:
        case_id = Document.objects.values_list("case_id", flat=True).get(pk=self.document_id)
        unit.about_case(Case.objects.locked(case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(KEEP, working_organisations(unit.case.pk))
        self._document(unit)

    def _document(self, unit: Unit) -> Document:
        """The document, if the person may see it now. Raises PermissionDenied."""
        seen = Document.objects.visible_to(unit.standing) if unit.standing else Document.objects.none()
        document = seen.select_related("type").filter(pk=self.document_id).first()
        if document is None:
            raise PermissionDenied("document")
        if document.withdrawn_at:
            raise ActionNotPossible(_("This document was withdrawn already."))
        return document


@dataclass(frozen=True)
class ReplaceDocument(_OnDocument):
    """A newer file takes the place of the last one, which stays."""

    verb: ClassVar[str] = "document.replaced"

    file: NewFile

    def change(self, unit: Unit) -> dict[str, Any]:
        _say_if_not_possible(unit, self.file.stored.size)
        version = add_version(unit, self._document(unit), self.file)
        return {"document": self.document_id, "version": version.pk}


@dataclass(frozen=True)
class ShowDocumentTo(_OnDocument):
    """Another circle may see the document from now on. Only the organisation that added it decides."""

    verb: ClassVar[str] = "document.visibility_changed"

    visibility: str

    def authorise(self, unit: Unit) -> None:
        super().authorise(unit)
        unit.authorise(KEEP, self._document(unit).organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        document = self._document(unit)
        _say_if_too_wide(document.type, self.visibility)
        unit.facts.update({"document": document.pk, "title": document.title})
        unit.change(document, visibility=self.visibility)
        return {"document": document.pk}


@dataclass(frozen=True)
class WithdrawDocument(_OnDocument):
    """A document was wrong: it counts no more. Its versions stay for the history. Only who added it decides."""

    verb: ClassVar[str] = "document.withdrawn"

    reason: str

    def authorise(self, unit: Unit) -> None:
        super().authorise(unit)
        unit.authorise(KEEP, self._document(unit).organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        document = self._document(unit)
        unit.reason = self.reason
        unit.facts.update({"document": document.pk, "title": document.title})
        unit.change(document, withdrawn_at=timezone.now(), withdrawal_reason=self.reason)
        return {"document": document.pk}


@dataclass(frozen=True)
class OpenDocument(Act):
    """Somebody downloads or looks at a document. Nothing changes; that it was opened stays."""

    verb: ClassVar[str] = "document.opened"

    version_id: int
    how: str = "download"

    def lock(self, unit: Unit) -> None:
        case_id = DocumentVersion.objects.values_list("case_id", flat=True).get(pk=self.version_id)
        unit.about_case(Case.objects.locked(case_id))

    def authorise(self, unit: Unit) -> None:
        rows = live_access(CaseAccess.Kind.values).filter(case_id=unit.case.pk)
        seeing = set(rows.values_list("organisation_id", flat=True))
        seat = unit.standing.seat_in(seeing) if unit.standing else None
        if seat is None or self._version(unit) is None:
            raise PermissionDenied("document")
        unit.take(seat)

    def change(self, unit: Unit) -> dict[str, Any]:
        version = self._version(unit)
        unit.facts.update(
            {
                "document": version.document_id,
                "version": version.number,
                "sha256": version.sha256,
                "how": self.how,
                "title": version.document.title,
            }
        )
        return {"version": version.pk}

    def _version(self, unit: Unit) -> Any:
        seen = Document.objects.open_to(unit.standing) if unit.standing else Document.objects.none()
        versions = DocumentVersion.objects.select_related("document")
        return versions.filter(pk=self.version_id, document__in=seen).first()
