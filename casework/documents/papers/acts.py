"""Making papers: printed first, then stored by an act that sees whether the data are still the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.documents.acts import KEEP, NewFile, add_document, add_version
from casework.documents.inspection.names import MEDIA_TYPES
from casework.documents.models import Document, DocumentVersion, GeneratedPaper, Visibility
from casework.documents.papers.catalogue import Paper, not_ready, papers_of
from casework.documents.papers.context import context_for
from casework.documents.papers.press import TEMPLATES, Printed, print_papers, template_digest
from casework.documents.storage import discard, store
from casework.sharing.querysets import working_organisations


@dataclass(frozen=True)
class Made:
    """One paper as it was printed, with the data that it was printed from."""

    paper: Paper
    printed: Printed
    docx: NewFile
    pdf: NewFile


def make(case: Case, codes: Sequence[str]) -> list[Made]:
    """Print papers of a case and lay them down. Raises ActionNotPossible, NotPrinted."""
    today = timezone.localdate()
    papers = papers_of(case, context_for(case, today), today, codes)
    for paper in papers:
        if not paper.ready:
            raise ActionNotPossible(not_ready(paper))
    printed = print_papers([paper.job(case, today.isoformat()) for paper in papers])
    return [_laid_down(case, paper, printed[paper.template.code]) for paper in papers]


def _laid_down(case: Case, paper: Paper, printed: Printed) -> Made:
    return Made(paper, printed, *(_file(case, paper, kind, getattr(printed, kind)) for kind in ("docx", "pdf")))


def _file(case: Case, paper: Paper, kind: str, content: bytes) -> NewFile:
    stored = store(ContentFile(content).chunks())
    return NewFile(stored, f"{paper.template.title_vi} {case.code}.{kind}".replace("/", "-"), MEDIA_TYPES[kind])


def forget(made: Sequence[Made]) -> None:
    """The act was refused: the files go again."""
    for one in made:
        discard(one.docx.stored.name)
        discard(one.pdf.stored.name)


@dataclass(frozen=True)
class KeepPapers(Act):
    """Papers that were printed come into the case, each as a new version of its document."""

    verb: ClassVar[str] = "papers.made"

    case_id: int
    made: Sequence[Made]

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(KEEP, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        self._say_if_changed(unit)
        codes = [self._keep(unit, one) for one in self.made]
        unit.facts["papers"] = [one.paper.template.code for one in self.made]
        unit.facts["codes"] = codes
        return {"codes": codes}

    def _say_if_changed(self, unit: Unit) -> None:
        """Printing takes seconds; somebody may have changed a member meanwhile."""
        today = timezone.localdate()
        now = papers_of(unit.case, context_for(unit.case, today), today)
        digests = {paper.template.code: paper.digest for paper in now}
        if any(digests.get(one.paper.template.code) != one.paper.digest for one in self.made):
            raise ActionNotPossible(_("The data changed while the papers were being made. Make them again."))

    def _keep(self, unit: Unit, one: Made) -> str:
        template, code = one.paper.template, one.paper.code(unit.case.code)
        document = document_of(unit.case, template.code)
        for file in (one.docx, one.pdf):
            if document is None:
                version = add_document(unit, template.document_type, template.title_vi, file, Visibility.PARTNERS)
                document = version.document
            else:
                version = add_version(unit, document, file)
            unit.add(
                GeneratedPaper(
                    case=unit.case,
                    version=version,
                    template=template,
                    template_sha256=template_digest(TEMPLATES / template.file),
                    data_sha256=one.paper.digest,
                    code=code,
                )
            )
        return code


def document_of(case: Case, template_code: str) -> Document | None:
    """The document that holds the versions of a generated paper. One query."""
    made = DocumentVersion.objects.filter(generated__template__code=template_code)
    return Document.objects.filter(case=case, withdrawn_at=None, versions__in=made).order_by("-pk").first()


@dataclass(frozen=True)
class TakeDossier(Act):
    """Somebody takes the whole founding dossier with her as one zip. That it was taken stays."""

    verb: ClassVar[str] = "dossier.taken"

    case_id: int
    codes: Sequence[str] = ()

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        # The installation itself makes dossiers from its command line.
        if not unit.by.is_superuser:
            unit.authorise_any(KEEP, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        unit.facts["codes"] = list(self.codes)
        return {"case": unit.case.pk}
