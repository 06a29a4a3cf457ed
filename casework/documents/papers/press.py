"""Has papers printed in a process of its own; nothing that a person typed or a template holds can harm the page."""

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from casework.limited import Failed, run_limited

TEMPLATES = Path(__file__).parent / "templates"
SECONDS, MEMORY = 20, 1 << 30


class NotPrinted(Exception):
    """A paper could not be made. The message is written for a person; `detail` is for the administrator."""

    def __init__(self, message: str, detail: str = ""):
        super().__init__(message)
        self.detail = detail


@dataclass(frozen=True)
class Job:
    """One paper to print: which template, with what in it, and the code at its foot."""

    name: str
    template: Path
    context: dict[str, Any]
    code: str


@dataclass(frozen=True)
class Printed:
    """One paper in both forms."""

    docx: bytes
    pdf: bytes


def print_papers(jobs: list[Job], seconds: int = SECONDS, memory: int = MEMORY) -> dict[str, Printed]:
    """Every paper by its name. One process for all of them. Raises NotPrinted."""
    papers = [
        {"name": job.name, "template": str(job.template), "context": job.context, "code": job.code} for job in jobs
    ]
    given = json.dumps({"papers": papers}, ensure_ascii=False).encode()
    try:
        answer = json.loads(run_limited("casework.documents.papers.child", given=given, seconds=seconds, memory=memory))
    except (Failed, ValueError) as error:
        raise NotPrinted(
            _("The papers could not be made. Tell the programme office; nothing was changed."), str(error)
        ) from error
    if "fault" in answer:
        name, detail = answer["fault"]
        raise NotPrinted(
            _("The paper “%(name)s” could not be made: its template does not fit the data. Tell the programme office.")
            % {"name": name},
            detail,
        )
    return {
        name: Printed(base64.b64decode(one["docx"]), base64.b64decode(one["pdf"]))
        for name, one in answer["papers"].items()
    }


def digest(data: Any) -> str:
    """SHA-256 of plain data in one spelling: the same data, the same digest."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def template_digest(template: Path) -> str:
    """SHA-256 of a template file."""
    return hashlib.sha256(template.read_bytes()).hexdigest()
