"""Word and Excel files: a zip of XML, counted before anything opens it."""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from casework.documents.inspection.office_parts import check_relations, check_xml
from casework.documents.inspection.refusals import Refused

MOST_ENTRIES = 1_000
MOST_DIRECTORY = 512 * 1024
MOST_INFLATED = 100 * 1024 * 1024
MOST_RATIO = 100
MOST_RELATIONS = 2 * 1024 * 1024  # of all parts together: they are read as a tree
_SMALL = 1024 * 1024  # below this a high ratio is only an empty table
_TYPES = "[Content_Types].xml"
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".docx", ".xlsx", ".pptx", ".jar", ".exe", ".dll", ".js", ".vbs", ".bat")
_EMBEDDED = re.compile(r"/(embeddings|activeX|ctrlProps|oleObjects?)/", re.IGNORECASE)
_ELSEWHERE = re.compile(r"/(externalLinks|queryTables|webExtensions)/", re.IGNORECASE)
# The end of a zip: 22 bytes and a remark of at most 64 KB; before it the mark of the long form.
_END, _LONG_FORM, _TAIL = b"PK\x05\x06", b"PK\x06\x07", 22 + 20 + (1 << 16)
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def check_office(file: BinaryIO, kind: str) -> None:
    """Whether a file is a harmless docx or xlsx. Raises Refused. To be called in the limited child only."""
    _directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _count(entries)
            _names(entries)
            _kind(archive, kind)
            _parts(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, ParseError, OSError) as error:
        raise Refused("damaged") from error
    except UnicodeDecodeError as error:
        raise Refused("paths") from error
    except DefusedXmlException as error:
        raise Refused("entities") from error


def _directory(file: BinaryIO) -> None:
    """The list of entries is read as a whole, so its size comes first; no ordinary file needs the long form."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    file.seek(0)
    ends = [tail.rfind(_END), len(tail) - 22]
    sizes = [int.from_bytes(tail[end + 12 : end + 16], "little") for end in ends if tail[end : end + 4] == _END]
    if _LONG_FORM in tail or any(one > MOST_DIRECTORY for one in sizes):
        raise Refused("bomb")


def _count(entries: list[zipfile.ZipInfo]) -> None:
    """What the header declares; what is really there is counted while it is read."""
    inflated, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if len(entries) > MOST_ENTRIES or inflated > MOST_INFLATED:
        raise Refused("bomb")
    if inflated > _SMALL and inflated > MOST_RATIO * max(packed, 1):
        raise Refused("bomb")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("encrypted")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise Refused("paths")


def _names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise Refused("paths")
        if name.lower().endswith("vbaproject.bin"):
            raise Refused("macros")
        if _EMBEDDED.search(f"/{name}") or name.lower().endswith(_ARCHIVES):
            raise Refused("embedded")
        if _ELSEWHERE.search(f"/{name}"):
            raise Refused("external")
    if len({name.lower() for name in names}) != len(names):
        raise Refused("paths")


def _kind(archive: zipfile.ZipFile, kind: str) -> None:
    """By the content types that the file itself declares; a library once called an .xlsx a .docx."""
    if _TYPES not in archive.namelist():
        raise Refused("other_kind", really="zip")
    declared = _read(archive, _TYPES, MOST_RELATIONS)
    check_xml(_TYPES, declared)
    types = [node.get("ContentType", "") for node in fromstring(declared)]
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in types):
        raise Refused("macros")
    really = next((_MAIN[one] for one in types if one in _MAIN), "")
    if not really:
        raise Refused("not_that_kind")
    if really != kind:
        raise Refused("other_kind", really=really)


def _parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    left, relations = MOST_INFLATED, MOST_RELATIONS
    for entry in entries:
        if entry.is_dir():
            continue
        content = _read(archive, entry.filename, left)
        left -= len(content)
        check_xml(entry.filename, content)
        if entry.filename.lower().endswith(".rels"):
            relations -= len(content)
            if relations < 0:
                raise Refused("bomb")
            check_relations(fromstring(content))


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """One entry, read piece by piece so that a lying header is noticed in time."""
    content = bytearray()
    with archive.open(name) as part:
        while piece := part.read(1 << 16):
            content += piece
            if len(content) > most:
                raise Refused("bomb")
    return bytes(content)
