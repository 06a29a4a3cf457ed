"""The part of the papers page about papers that are made from the data of the case."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.documents.models import GeneratedPaper
from casework.documents.papers.catalogue import Paper, papers_of
from casework.documents.papers.context import context_for


@dataclass(frozen=True)
class Row:
    """One paper: whether it can be made, and the last time that it was. `stale`: the data changed since."""

    paper: Paper
    last: GeneratedPaper | None
    stale: bool


def generated_rows(case: Case) -> list[Row]:
    """Every paper of the case's legal form, in the order of the dossier."""
    today = timezone.localdate()
    made = GeneratedPaper.objects.filter(case=case, version__document__withdrawn_at=None)
    newest = {one.template.code: one for one in made.select_related("template", "version__added_by").order_by("pk")}
    return [_row(paper, newest.get(paper.template.code)) for paper in papers_of(case, context_for(case, today), today)]


def _row(paper: Paper, last: GeneratedPaper | None) -> Row:
    return Row(paper, last, last is not None and last.data_sha256 != paper.digest)


def generated_context(case: Case, may_keep: Any) -> dict[str, Any]:
    """For the template casework/documents/_generated.html; nothing for who may not make papers."""
    return {"generated": generated_rows(case)} if may_keep else {}
