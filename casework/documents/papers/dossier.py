"""The founding dossier as one zip: every paper as docx and pdf, an index, and a page that says what is complete."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from casework.cases.models import Case
from casework.documents.checklist import DOSSIER, Line, lines_for
from casework.documents.papers.acts import Made
from casework.documents.papers.catalogue import Paper, not_ready, papers_of
from casework.documents.papers.consistency import contradictions
from casework.documents.papers.context import context_for
from casework.rules.evaluate import Judgement, evaluate

# In the order of the checklist, so that a paper knows the line it belongs to.
_WHEN = (2024, 7, 1, 0, 0, 0)


@dataclass(frozen=True)
class State:
    """How complete a dossier is: its papers, the lines of the checklist, the rules, and what is in the way."""

    papers: list[Paper]
    lines: list[Line]
    rules: list[Judgement]
    contradictions: list[str]

    @property
    def obstacles(self) -> list[str]:
        """Why it cannot be made yet, as sentences; [] when it can."""
        broken = [f"{one.rule.code}: {' '.join(one.finding.sentences)}" for one in self.rules if one.blocks]
        return [*(not_ready(paper) for paper in self.papers if not paper.ready), *self.contradictions, *broken]

    @property
    def covered(self) -> set[str]:
        """Types of document that the dossier itself brings."""
        return {paper.template.document_type for paper in self.papers}

    @property
    def checklist(self) -> list[dict[str, Any]]:
        """Each line: its title, and whether the dossier makes it, the case holds it, or it is missing."""
        return [
            {
                "item": line.item,
                "made": line.item.document_type in self.covered,
                "there": line.there,
            }
            for line in self.lines
        ]


def state_of(case: Case) -> State:
    """How complete the dossier of a case is today."""
    today = timezone.localdate()
    context = context_for(case, today)
    papers = [paper for paper in papers_of(case, context, today) if paper.template.in_dossier]
    return State(papers, lines_for(case, DOSSIER, today), evaluate(case, today), contradictions(context))


def dossier_zip(case: Case, state: State, made: Sequence[Made]) -> bytes:
    """The zip. Its files are those that `made` holds, under names that a registrar's clerk can read."""
    files: list[tuple[str, bytes]] = []
    for number, one in enumerate(made, 1):
        stem = f"{number:02d}-{one.paper.template.code}"
        files += [(f"{stem}.docx", one.printed.docx), (f"{stem}.pdf", one.printed.pdf)]
    index = [
        {
            "path": path,
            "title": made[number // 2].paper.template.title_vi,
            "code": made[number // 2].paper.code(case.code),
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for number, (path, content) in enumerate(files)
    ]
    context = {"case": case, "state": state, "index": index, "at": timezone.now()}
    page = render_to_string("casework/documents/dossier/completeness.html", context)
    return _zipped([("00-muc-luc.csv", _csv(index)), ("00-day-du.html", page.encode()), *files])


def _csv(index: list[dict[str, Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, ["path", "title", "code", "size", "sha256"])
    writer.writeheader()
    writer.writerows(index)
    return ("\ufeff" + buffer.getvalue()).encode()


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            entry = zipfile.ZipInfo(path, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()
