"""The report as a file of each kind, made of its data alone."""

import base64
import json
from typing import Any

from django.utils.translation import gettext as _

from casework.documents.papers.press import MEMORY, SECONDS, NotPrinted
from casework.limited import Failed, run_limited
from casework.programme.reports.docx import report_docx
from casework.programme.reports.xlsx import report_xlsx

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def file_of(data: dict[str, Any], kind: str) -> bytes:
    """The bytes of a report: docx, xlsx, or the docx typeset as pdf. Raises NotPrinted."""
    if kind == "xlsx":
        return report_xlsx(data)
    paper = report_docx(data)
    return paper if kind == "docx" else _typeset(paper, data)


def _typeset(paper: bytes, data: dict[str, Any]) -> bytes:
    """In a process of its own, as every paper is printed."""
    period = data["period"]
    code = f"{data['organisation']['code']} {period['year']} {data['number']}".strip()
    given = json.dumps({"docx": base64.b64encode(paper).decode(), "code": code}).encode()
    try:
        return run_limited("casework.programme.reports.child", given=given, seconds=SECONDS, memory=MEMORY)
    except Failed as error:
        raise NotPrinted(_("The PDF could not be made. Take the Word file, or try again later."), str(error)) from error
