"""What a PDF says that it would do: names of actions and of attached files, wherever they are written.

A name may be spelled with numbers for letters (`/J#61vaScript`), and objects may lie packed in streams. Both are
read here. This finds what ordinary programs write and the known ways to hide it; it is no PDF reader.
"""

import re
import zlib
from collections.abc import Iterator

MOST_PACKED = 64 * 1024 * 1024
_PEEK = 64


def _spelled(*names: bytes) -> bytes:
    """A pattern for any of these names, each letter as itself or as its number."""
    return b"|".join(b"".join(rb"(?:%c|#(?i:%02x))" % (letter, letter) for letter in name) for name in names)


def _named(*names: bytes) -> re.Pattern[bytes]:
    """These names as whole words. Before a ")" it is the end of an address in a text: /guide/JavaScript."""
    return re.compile(rb"/(?:" + _spelled(*names) + rb")(?=[\s\0/<>\[\](%{}]|\Z)")


_ACTS = _named(b"JavaScript", b"Launch", b"RichMedia", b"SubmitForm", b"ImportData", b"GoToE", b"GoToR", b"Rendition")
_CARRIES = _named(b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment", b"Filespec")
# Names so short that they also stand in packed pictures by chance count only with what follows them.
_FORM = re.compile(rb"/(?:" + _spelled(b"XFA") + rb")\s*(?:\[|\d+\s+\d+\s+R)")
_FILE = re.compile(rb"/(?:" + _spelled(b"EF") + rb")\s*(?:<<|\d+\s+\d+\s+R)")
_PACK = _named(b"ObjStm")
# No program packs objects in these ways; whoever does hides them.
_ODD = _named(b"LZWDecode", b"ASCIIHexDecode", b"ASCII85Decode", b"RunLengthDecode")
_STREAM = re.compile(rb"stream\r?\n")
# The numbers and places of the packed objects stand first.
_OBJECTS = re.compile(rb"\s*\d+\s+\d+")


def fault_of(data: bytes) -> str:
    """Why a PDF is refused for its words: "scripts", "attachments", "packed", or "" for a good one."""
    packed = list(_packed(data))
    if _PACK.search(data) and (not packed or _ODD.search(data) or sum(map(len, packed)) >= MOST_PACKED):
        return "packed"
    for text in (data, *packed):
        if _ACTS.search(text) or _FORM.search(text):
            return "scripts"
        if _CARRIES.search(text) or _FILE.search(text):
            return "attachments"
    return ""


def _packed(data: bytes) -> Iterator[bytes]:
    """The objects that lie packed, stream by stream, until there are too many."""
    left = MOST_PACKED
    for begin in _STREAM.finditer(data):
        if not _OBJECTS.match(_inflated(data, begin.end(), _PEEK)):
            continue
        text = _inflated(data, begin.end(), left)
        yield text
        left -= len(text)
        if left <= 0:
            return


def _inflated(data: bytes, start: int, most: int) -> bytes:
    """At most so much of what a packed stream holds; nothing when it is not packed so."""
    try:
        return zlib.decompressobj().decompress(memoryview(data)[start:], most)
    except zlib.error:
        return b""
