"""The whole case as one zip: what is known, its history, its notes and its documents, with an index."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.documents.models import Document, DocumentVersion
from casework.documents.storage import opened
from casework.notes.models import Note
from casework.organisations.standing import Standing
from casework.people.models import founders_of
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access
from workflows.casefile.changes import names_for, together
from workflows.casefile.file_page import key_facts, known_facts, people_of
from workflows.casefile.records import document_titles, groups_of, mentioned_in, records_of
from workflows.casefile.timeline import events_of, mentioned_by, timeline_of

# Beyond this a case is handed over on a disk, not through a browser.
LARGEST_EXPORT = 300 * 1024 * 1024
_SPREADSHEET_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass
class Pack:
    """The files of an export by their path, and their index."""

    files: dict[str, bytes] = field(default_factory=dict)
    index: list[tuple[str, str, int, str]] = field(default_factory=list)

    def add(self, path: str, title: str, content: bytes) -> None:
        """One file with its line in the index."""
        self.files[path] = content
        self.index.append((path, title, len(content), hashlib.sha256(content).hexdigest()))


@dataclass(frozen=True)
class ExportCase(Act):
    """Somebody takes the whole case with her. Nothing changes; that it was taken, why and what, stays."""

    verb: ClassVar[str] = "case.exported"

    case_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("export_case", seeing_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        unit.reason = self.reason
        versions = list(newest_versions(unit.case, unit.standing))  # type: ignore[arg-type]
        size = sum(version.size for version in versions)
        if size > LARGEST_EXPORT:
            raise ActionNotPossible(
                _("The documents of this case are too large for one file. Download them one by one.")
            )
        unit.facts.update({"documents": [version.pk for version in versions], "bytes": size})
        return {"case": unit.case.pk}


def seeing_organisations(case_id: int) -> set[int]:
    """The organisations that may open the page of a case now, inspectors too."""
    rows = live_access(CaseAccess.OPENS_CASE).filter(case_id=case_id)
    return set(rows.values_list("organisation_id", flat=True))


def newest_versions(case: Case, standing: Standing) -> Iterator[DocumentVersion]:
    """The newest version of every document that the person may see. Two queries."""
    documents = Document.objects.visible_to(standing).filter(case=case, withdrawn_at=None)
    newest: dict[int, DocumentVersion] = {}
    versions = DocumentVersion.objects.filter(document__in=documents).select_related("document__type")
    for version in versions.order_by("document_id", "number"):
        newest[version.document_id] = version
    yield from newest.values()


def export_of(case: Case, standing: Standing) -> bytes:
    """The zip for one person: only what she may see, personal numbers masked. The act comes first."""
    pack = Pack()
    pack.add("ho-so.html", _("The case"), _case_html(case).encode())
    pack.add("lich-su.csv", _("History"), _history_csv(case))
    pack.add("ghi-chu.csv", _("Notes"), _notes_csv(case, standing))
    for version in newest_versions(case, standing):
        with opened(version.stored_name) as file:
            pack.add(_path_of(version), f"{version.document.type}: {version.document.title}", file.read())
    return _zipped(case, pack)


def _path_of(version: DocumentVersion) -> str:
    """A path without surprises: number, and the ending that its kind has."""
    ending = PurePosixPath(version.file_name).suffix.lower()
    return f"tai-lieu/{version.document_id:06d}-{version.document.type.code}-v{version.number}{ending}"


def _zipped(case: Case, pack: Pack) -> bytes:
    buffer = io.BytesIO()
    context = {"case": case, "files": pack.index, "at": timezone.now()}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", render_to_string("workflows/casefile/export/index.html", context))
        archive.writestr("index.csv", _csv(("path", "title", "bytes", "sha256"), pack.index))
        for path, content in pack.files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def _case_html(case: Case) -> str:
    records = records_of(case)
    names = names_for(mentioned_in(records))
    context = {
        "case": case,
        "stage": Stage(case.stage).label,
        "key_facts": key_facts(case),
        "groups": known_facts(case, groups_of(records, names, document_titles(records))),
        "founders": people_of(founders_of(case)),
    }
    return render_to_string("workflows/casefile/export/case.html", context)


def _history_csv(case: Case) -> bytes:
    events = list(events_of(case))[::-1]
    names = names_for(together(mentioned_by(events)))
    rows = [
        (e.seq, timezone.localtime(e.at).isoformat(), e.sentence, e.organisation, e.role, e.reason, e.receipt)
        for e in timeline_of(events, names, most_changes=0)
    ]
    return _csv(("seq", "at", "event", "organisation", "role", "reason", "receipt"), rows).encode()


def _notes_csv(case: Case, standing: Standing) -> bytes:
    notes = Note.objects.visible_to(standing).filter(case=case).select_related("written_by", "organisation")
    rows = [
        (
            timezone.localtime(note.written_at).isoformat(),
            str(note.written_by),
            note.organisation.name,
            note.get_visibility_display(),
            note.text,
            _("struck out") if note.struck_at else "",
        )
        for note in notes.order_by("pk")
    ]
    return _csv(("at", "by", "organisation", "read by", "note", "state"), rows).encode()


def _csv(head: tuple[str, ...], rows: Any) -> str:
    """CSV that a spreadsheet opens as text: with its mark, and no cell that it would run as a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(head)
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return "\ufeff" + buffer.getvalue()


def _harmless(cell: Any) -> Any:
    text = str(cell)
    return f"'{text}" if text.startswith(_SPREADSHEET_SIGNS) else text
