"""The way of a file through all checks, the cheapest first."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from casework.documents.inspection.child import MOST_PAGES, MOST_PIXELS
from casework.documents.inspection.names import MEDIA_TYPES, clean_name
from casework.documents.inspection.refusals import Refused
from casework.limited import Failed, run_limited

CHILD = "casework.documents.inspection.child"
SECONDS, MEMORY = 4, 1 << 30  # by the clock at most twice as long
_OFFICE = ("docx", "xlsx")
_MAGIC = {
    b"%PDF-": "pdf",
    b"PK\x03\x04": "zip",
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF8": "gif",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
    b"MZ": "program",
    b"\x7fELF": "program",
    b"#!": "program",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "rar",
}
_MARKUP = re.compile(rb"^\s*(<\?xml|<!doctype|<html|<svg|<script)", re.IGNORECASE)
# Web pages hidden in the comments of a picture stand at its beginning.
_PAGE, _HEAD = re.compile(rb"<(script|svg|html|\?php)", re.IGNORECASE), 1 << 16
_PARAMS = {"pages": {"most": MOST_PAGES}, "pixels": {"most": MOST_PIXELS // 1_000_000}}


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: how it is called, and what it is."""

    file_name: str
    kind: str

    @property
    def media_type(self) -> str:
        """The type that we give it out with, never one that the sender named."""
        return MEDIA_TYPES[self.kind]


def inspect(path: Path, typed_name: str) -> Inspected:
    """Check a file on the disk. Raises Refused with a sentence for the person who sent it."""
    name, kind = clean_name(typed_name)
    ending = f".{name.rpartition('.')[2].lower()}"
    size = path.stat().st_size
    if size == 0:
        raise Refused("empty")
    if size > settings.UPLOAD_LARGEST:
        raise Refused("too_large", most=settings.UPLOAD_LARGEST // 2**20)
    _check_magic(path, kind, ending)
    _check_in_child(path, kind, ending)
    return Inspected(name, kind)


def _check_magic(path: Path, kind: str, ending: str) -> None:
    with path.open("rb") as file:
        head = file.read(1024)
    really = next((found for magic, found in _MAGIC.items() if head.startswith(magic)), "")
    if not really and _MARKUP.match(head):
        really = "html"
    wanted = "zip" if kind in _OFFICE else kind
    if really == wanted:
        return
    raise Refused("other_kind", ending=ending, really=really) if really else Refused("not_that_kind", ending=ending)


def _check_in_child(path: Path, kind: str, ending: str) -> None:
    data, office = path.read_bytes(), kind in _OFFICE
    if not office and zipfile.is_zipfile(path):
        raise Refused("two_kinds")
    if kind == "pdf" and b"%%EOF" not in data[-2048:]:
        raise Refused("damaged")
    if kind in ("jpg", "png") and _PAGE.search(data[:_HEAD]):
        raise Refused("two_kinds")
    question = ("check-office", kind) if office else ("check-pdf",) if kind == "pdf" else ("check-image", kind)
    try:
        answer = run_limited(CHILD, *question, given=data, seconds=SECONDS, memory=MEMORY).decode()
    except Failed as error:
        raise Refused("damaged" if error.why == "fault" else "too_long") from error
    if answer:
        fault, _space, really = answer.partition(" ")
        raise Refused(fault, ending=ending, really=really, **_PARAMS.get(fault, {}))


def drawn(path: Path, kind: str, page: int = 1) -> bytes:
    """A picture (PNG) of a stored file, for looking at it. Raises Refused when it cannot be drawn."""
    question = ("draw-pdf", str(page)) if kind == "pdf" else ("draw-image",)
    try:
        return run_limited(CHILD, *question, given=path.read_bytes(), seconds=SECONDS, memory=MEMORY)
    except Failed as error:
        raise Refused("damaged") from error


def pages_of(path: Path, kind: str) -> int:
    """How many pages a stored file has; a picture has one. Raises Refused when it cannot be opened."""
    if kind != "pdf":
        return 1
    try:
        return int(run_limited(CHILD, "count-pdf", given=path.read_bytes(), seconds=SECONDS, memory=MEMORY))
    except Failed as error:
        raise Refused("damaged") from error
