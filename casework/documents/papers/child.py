"""The process that prints: it fills templates and typesets them, with little time and memory, and no Django.

`child MEMORY SECONDS` with a job as JSON on standard input: `{"papers": [{"name", "template", "context", "code"}]}`.
The answer is JSON: `{"papers": {name: {"docx", "pdf"}}}` in base64, or `{"fault": [name, sentence]}`.
"""

import base64
import io
import json
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casework.documents.papers import words
from casework.documents.papers.typeset import typst_of
from casework.limited import limit_me

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"
_PARAGRAPH = "\a"  # docxtpl's sign for a new paragraph of the same look
# So that the same data gives the same bytes.
_WHEN = datetime(2024, 7, 1, tzinfo=UTC)


def environment() -> ImmutableSandboxedEnvironment:
    """What a template may use: our words for figures and days, and nothing else."""
    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    env.globals.clear()
    env.filters = {
        name: env.filters[name] for name in ("length", "upper", "first", "last", "join", "default", "e", "escape")
    }
    for function in (words.money, words.day, words.day_words, words.percent, words.money_words):
        env.filters[function.__name__] = function
    return env


def cleaned(value: Any) -> Any:
    """The context with every text fit for a page; what was typed on several lines becomes several paragraphs."""
    if isinstance(value, str):
        return words.clean(value).replace("\n", _PARAGRAPH)
    if isinstance(value, dict):
        return {key: cleaned(one) for key, one in value.items()}
    return [cleaned(one) for one in value] if isinstance(value, list) else value


def printed(template: Path, context: dict[str, Any], code: str) -> tuple[bytes, bytes]:
    """The docx and the pdf of one paper."""
    paper = DocxTemplate(template)
    paper.render({**cleaned(context), "code": code}, environment(), autoescape=True)
    properties = paper.docx.core_properties
    properties.author = properties.last_modified_by = "Đồng Hành"
    properties.title, properties.comments = "", ""
    properties.created = properties.modified = _WHEN.replace(tzinfo=None)
    buffer = io.BytesIO()
    paper.save(buffer)
    docx = same_bytes(buffer.getvalue())
    source = typst_of(Document(io.BytesIO(docx)), code)
    compile_pdf: Any = typst.compile  # its stubs know no bytes
    pdf = compile_pdf(source.encode(), font_paths=[FONTS], ignore_system_fonts=True, timestamp=int(_WHEN.timestamp()))
    return docx, pdf


def same_bytes(docx: bytes) -> bytes:
    """The zip with its entries in order and without the time of day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, (2024, 7, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


def main() -> None:
    """Print one job."""
    limit_me()
    job, done = json.load(sys.stdin), {}
    for paper in job["papers"]:
        try:
            docx, pdf = printed(Path(paper["template"]), paper["context"], paper["code"])
        except (TemplateError, typst.TypstError, ValueError, KeyError) as error:
            json.dump({"fault": [paper["name"], f"{type(error).__name__}: {error}"]}, sys.stdout)
            return
        done[paper["name"]] = {"docx": base64.b64encode(docx).decode(), "pdf": base64.b64encode(pdf).decode()}
    json.dump({"papers": done}, sys.stdout)


if __name__ == "__main__":
    main()
