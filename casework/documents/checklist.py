"""What a step needs before it may be finished, and what of it lies in the case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible
from casework.cases.stages import LegalForm
from casework.documents.models import ChecklistItem, Document

DOSSIER = "prepare_dossier"
# Steps beside it that may have a list. They end in one way only, so what they need does not hang on their outcome.
ASKING = frozenset({"hold_founding_conference", "file_dossier", "link_market"})


@dataclass(frozen=True)
class Line:
    """One item of a checklist, and the documents of its type that the case holds."""

    item: ChecklistItem
    documents: tuple[Document, ...]

    @property
    def there(self) -> bool:
        """Whether the case holds such a document."""
        return bool(self.documents)


def items_for(case: Any, step: str, on: date) -> list[ChecklistItem]:
    """The items of a step for the kind and legal form of a case on a day, in the order of the law. One query."""
    legal_form = case.legal_form if case.legal_form in (LegalForm.THT, LegalForm.LHHTX) else LegalForm.HTX
    return list(ChecklistItem.objects.wanted(step, case.kind, legal_form, on))


def lines_for(case: Any, step: str, on: date, documents: Any = None) -> list[Line]:
    """The same with the documents that are there; `documents` narrows them to what a person may see. Two queries."""
    found = documents if documents is not None else Document.objects.filter(case=case)
    by_type: dict[str, list[Document]] = {}
    for document in found.filter(withdrawn_at=None).select_related("type").order_by("pk"):
        by_type.setdefault(document.type.code, []).append(document)
    return [Line(item, tuple(by_type.get(item.document_type, ()))) for item in items_for(case, step, on)]


def missing(case: Any, step: str, on: date, ticked: Any = ()) -> list[str]:
    """Titles of what is always required, lies in no file of the case and was not ticked as held on paper."""
    lines = lines_for(case, step, on)
    return [line.item.title for line in lines if line.item.required and not line.there and line.item.code not in ticked]


def demand(case: Any, step: str, on: date) -> None:
    """Part of finishing a step. Raises ActionNotPossible that names what its list asks for and the case lacks.

    Not for the dossier: its form counts what is held on paper too. No query for steps that have no list.
    """
    lacking = missing(case, step, on) if step in ASKING else []
    if lacking:
        raise ActionNotPossible(
            _("These documents are still missing in the case: %(titles)s. Add them under “Papers”.")
            % {"titles": "; ".join(lacking)}
        )
