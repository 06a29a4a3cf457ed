"""What one part of a Word or Excel file says: plain XML that carries nothing and fetches nothing."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from casework.documents.inspection.refusals import Refused

_XML_NAMES = (".xml", ".rels", ".vml")
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""", re.IGNORECASE)
# In these a "<" is always the same byte, so nothing hides from a search.
_PLAIN = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"

# Relations by which a part carries a file of any kind, or fetches one.
_CARRIES = {"oleobject", "package", "control", "activexcontrolbinary", "afchunk", "subdocument"}
_FETCHES = {"externallink", "externallinkpath", "attachedtemplate", "frame", "connections", "querytable"}
_MACROS = {"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"}
_CLICKED = "hyperlink"  # followed only when somebody clicks
_SCHEMES = ("javascript:", "vbscript:", "file:", "data:", "\\\\")

# No pattern here looks past the next "<", so that each reads a part once, however it is made.
_INSTRUCTION = re.compile(rb"<(?:\w+:)?instrText\b[^<>]*>([^<]*)|<(?:\w+:)?(fldChar)\b|\binstr\s*=\s*[\"']([^\"'<]*)")
_FETCHING_FIELD = re.compile(r"(?:^|[\s{])(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|LINK\s+\w+\.\w+)\b", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>([^<]+)")
_QUOTED = re.compile(r'"[^"\n]*"')
_FETCHING_FORMULA = re.compile(r"\w\||\b(WEBSERVICE|IMAGE|RTD|CALL|REGISTER\.ID)\s*\(", re.IGNORECASE)


def check_xml(name: str, content: bytes) -> None:
    """Whether a part is XML in the open, without declarations of its own. Raises Refused."""
    if content.startswith(_WIDE):
        raise Refused("paths")
    text = content.removeprefix(_BOM).lstrip()
    if not text.startswith(b"<"):
        if name.lower().endswith(_XML_NAMES):
            raise Refused("paths")
        return
    encoding = _ENCODING.match(text[:200])
    if b"\0" in text[:100] or (encoding and encoding[1].lower() not in _PLAIN):
        raise Refused("paths")
    if _DECLARATION.search(text):
        raise Refused("entities")
    _check_fetching(text)


def _check_fetching(text: bytes) -> None:
    """Fields of Word and formulas of Excel that fetch something or start a program."""
    fields = unescape(_instructions(text).decode(errors="replace")) if b"instr" in text else ""
    formulas = unescape(b"\n".join(_FORMULA.findall(text)).decode(errors="replace"))
    if _FETCHING_FIELD.search(fields) or _FETCHING_FORMULA.search(_QUOTED.sub("", formulas)):
        raise Refused("external")


def _instructions(text: bytes) -> bytes:
    """What the fields say. One instruction may be written in several pieces; a space stands between two."""
    bare = text.replace(b"<![CDATA[", b"").replace(b"]]>", b"")
    return b"".join(b" " if mark else said or short for said, mark, short in _INSTRUCTION.findall(bare))


def check_relations(relations: Element) -> None:
    """Whether a part is tied to nothing that it would carry or fetch. Raises Refused."""
    for node in relations:
        kind = node.get("Type", "").rpartition("/")[2].lower()
        outside = node.get("TargetMode", "").lower() == "external"
        if kind in _MACROS:
            raise Refused("macros")
        if kind in _CARRIES and not outside:
            raise Refused("embedded")
        if kind in _FETCHES or (outside and kind != _CLICKED):
            raise Refused("external")
        if node.get("Target", "").strip().lower().startswith(_SCHEMES):
            raise Refused("external")
