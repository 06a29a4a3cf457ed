"""The process that typesets a report as pdf, with little time and memory, and no Django.

`child MEMORY SECONDS` with `{"docx", "code"}` as JSON on standard input (the docx in base64); the pdf is the answer.
"""

import base64
import io
import json
import sys
from typing import Any

import typst
from docx import Document

from casework.documents.papers.child import FONTS
from casework.documents.papers.typeset import typst_of
from casework.limited import limit_me


def main() -> None:
    """Typeset one report."""
    limit_me()
    job = json.load(sys.stdin)
    source = typst_of(Document(io.BytesIO(base64.b64decode(job["docx"]))), job["code"])
    compile_pdf: Any = typst.compile  # its stubs know no bytes
    sys.stdout.buffer.write(compile_pdf(source.encode(), font_paths=[FONTS], ignore_system_fonts=True))


if __name__ == "__main__":
    main()
