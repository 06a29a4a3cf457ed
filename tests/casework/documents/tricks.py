"""Ways around a check that only looks where things usually stand; and good files that a strict check would refuse."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from tests.casework.documents.files import excel, pdf, picture, relation, rezipped, with_entries, word

START = b"<< /S /Launch /F (cmd.exe) >>"


def packed_pdf(catalog: bytes, pack: Callable[[bytes], bytes] = zlib.compress, how: bytes = b"/FlateDecode") -> bytes:
    """A PDF whose catalogue and pages lie packed in a stream of objects, as programs have written since 2003."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    places, body = b"", b""
    for number, one in enumerate(objects, 1):
        places += b"%d %d " % (number, len(body))
        body += one + b" "
    out, stream = bytearray(b"%PDF-1.5\n"), pack(places + body)
    first = len(out)
    out += b"5 0 obj\n<< /Type /ObjStm /N 3 /First %d /Filter %s /Length %d >>\nstream\n" % (
        len(places),
        how,
        len(stream),
    )
    out += stream + b"\nendstream\nendobj\n"
    start = len(out)
    rows = [(0, 0, 255), (2, 5, 0), (2, 5, 1), (2, 5, 2), (0, 0, 0), (1, first, 0), (1, start, 0)]
    table = zlib.compress(b"".join(struct.pack(">BHB", *row) for row in rows))
    out += b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d >>\n" % len(table)
    out += b"stream\n" + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def locked_pdf() -> bytes:
    """Locked with an empty password: it opens for everybody, and its words cannot be read before."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"00" * 32 + b"> /U <" + b"00" * 32 + b"> >>"
    return pdf(tail=b"/ID [<00><00>] /Encrypt " + lock)


def telephone_picture() -> bytes:
    """A picture with a second one behind it, as telephones store depth and light."""
    buffer = io.BytesIO()
    first, second = (Image.new("RGB", (40, 30), colour) for colour in ("teal", "grey"))
    first.save(buffer, "MPO", save_all=True, append_images=[second])
    return buffer.getvalue()


def many_entries(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(str(number), b"")
    return buffer.getvalue()


def greedy_entry() -> bytes:
    """An entry packed with LZMA that asks for four gigabytes of memory before its first byte."""
    buffer = io.BytesIO(word())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/x.xml", b"<a/>" * 1000)
    data = bytearray(buffer.getvalue())
    at = data.find(b"word/x.xml") + len("word/x.xml") + 5
    data[at : at + 4] = struct.pack("<I", 0xF0000000)
    return bytes(data)


def long_form() -> bytes:
    """A zip of the long form, whose true list of entries stands elsewhere."""
    data = word()
    end = data.rfind(b"PK\x05\x06")
    return data[:end] + b"PK\x06\x07" + bytes(16) + data[end:]


def with_field(*pieces: str) -> bytes:
    """A Word file with one field, its instruction in so many pieces."""
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</w:p>", runs.encode() + b"</w:p>", 1) if name == "word/document.xml" else content

    return rezipped(word(), change)


def with_formula(formula: str) -> bytes:
    cell = f'<c r="B1"><f>{formula}</f></c></row>'.encode()

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</row>", cell, 1) if name == "xl/worksheets/sheet1.xml" else content

    return rezipped(excel(), change)


def tied(target: str, kind: str, name: str = "word/_rels/y.xml.rels") -> bytes:
    """A Word file with a part that its relation ties in, under a name that says nothing."""
    return with_entries(word(), (name, relation(target, kind, "Internal")), (f"word/{target}", b"<a/>"))


def part(content: bytes, name: str = "word/x.xml") -> bytes:
    return with_entries(word(), (name, content))


TRICKS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "script spelled with numbers": (
        "a.pdf",
        lambda: pdf(more=[b"<< /S /J#61vaScript /JS (app.alert\\(1\\)) >>"]),
        "scripts",
    ),
    "script packed": ("a.pdf", lambda: packed_pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"), "scripts"),
    "start packed": ("a.pdf", lambda: packed_pdf(b"/OpenAction " + START), "scripts"),
    "start packed and spelled": (
        "a.pdf",
        lambda: packed_pdf(b"/OpenAction " + START.replace(b"/Launch", b"/#4caunch")),
        "scripts",
    ),
    "form of its own": ("a.pdf", lambda: packed_pdf(b"/AcroForm << /XFA 4 0 R >>"), "scripts"),
    "packed twice": (
        "a.pdf",
        lambda: packed_pdf(
            b"/OpenAction " + START, lambda data: zlib.compress(zlib.compress(data)), b"[/FlateDecode /FlateDecode]"
        ),
        "packed",
    ),
    "packed as letters": (
        "a.pdf",
        lambda: packed_pdf(b"/OpenAction " + START, lambda data: data.hex().encode() + b">", b"/ASCIIHexDecode"),
        "packed",
    ),
    "way to a far share": ("a.pdf", lambda: pdf(more=[b"<< /S /GoToR /F (\\\\\\\\x.invalid\\\\s) >>"]), "scripts"),
    "file pinned to a page": (
        "a.pdf",
        lambda: pdf(more=[b"<< /Subtype /FileAttachment /FS << /F (x) /EF << /F 5 0 R >> >> >>"]),
        "attachments",
    ),
    "file without a type": ("a.pdf", lambda: packed_pdf(b"/X << /F (x) /EF << /F 4 0 R >> >>"), "attachments"),
    "locked with an empty password": ("a.pdf", locked_pdf, "encrypted"),
    "tens of thousands of entries": ("a.docx", lambda: many_entries(15_000), "bomb"),
    "long form of a zip": ("a.docx", long_form, "bomb"),
    "entry that asks for memory": ("a.docx", greedy_entry, "paths"),
    "hundreds of thousands of relations": (
        "a.docx",
        lambda: with_entries(
            word(),
            ("word/_rels/x.xml.rels", b"<r>" + b"<a/>" * 600_000 + b"</r>"),
            ("word/x.bin", os.urandom(100_000)),
        ),
        "bomb",
    ),
    "entities in wide letters": (
        "a.docx",
        lambda: part(
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
        ),
        "paths",
    ),
    "entities in seven bits": (
        "a.docx",
        lambda: part(b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-'),
        "paths",
    ),
    "entities after a long remark": (
        "a.docx",
        lambda: part(b"<!--" + os.urandom(3000).hex().encode() + b"--><!DOCTYPE x []><x/>"),
        "entities",
    ),
    "entities under another name": (
        "a.docx",
        lambda: part(b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "word/x.bin"),
        "entities",
    ),
    "relations in capitals": (
        "a.docx",
        lambda: part(relation("https://x.invalid/p.png"), "word/_rels/x.xml.RELS"),
        "external",
    ),
    "object under another name": ("a.docx", lambda: tied("x.bin", "oleObject"), "embedded"),
    "web page inside": ("a.docx", lambda: tied("x.htm", "aFChunk"), "embedded"),
    "macros under another name": ("a.docx", lambda: tied("x.bin", "vbaProject"), "macros"),
    "link behind a space": (
        "a.docx",
        lambda: part(relation(" javascript:alert(1)", "hyperlink"), "word/_rels/x.xml.rels"),
        "external",
    ),
    "field that starts a program": ("a.docx", lambda: with_field('DDEAUTO c:\\\\x.exe "/k calc"'), "external"),
    "field in pieces": ("a.docx", lambda: with_field("DDE", "AUTO c:\\\\x.exe"), "external"),
    "field in numbers": ("a.docx", lambda: with_field("&#68;DEAUTO c:\\\\x.exe"), "external"),
    "field that fetches a picture": (
        "a.docx",
        lambda: with_field('INCLUDEPICTURE "http://x.invalid/p.png" \\d'),
        "external",
    ),
    "formula that starts a program": ("a.xlsx", lambda: with_formula("cmd|'/C calc'!A0"), "external"),
    "formula that fetches": ("a.xlsx", lambda: with_formula('WEBSERVICE("http://x.invalid/")'), "external"),
    "table that listens": (
        "a.xlsx",
        lambda: with_entries(
            excel(), ("xl/externalLinks/externalLink1.xml", b'<x><ddeLink ddeService="cmd" ddeTopic="/c calc"/></x>')
        ),
        "external",
    ),
}

PLAIN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "packed pdf": ("a.pdf", lambda: packed_pdf(b""), "application/pdf"),
    "pdf with a web address": (
        "a.pdf",
        lambda: pdf(more=[b"<< /S /URI /URI (https://example.org/JavaScript) >>"]),
        "application/pdf",
    ),
    "telephone picture": ("a.jpg", telephone_picture, "image/jpeg"),
    "large telephone picture": ("a.jpg", lambda: picture("JPEG", (8192, 6144)), "image/jpeg"),
    "word with fields": (
        "a.docx",
        lambda: with_field(' HYPERLINK "https://example.org/link" ', " PAGE "),
        "wordprocessingml.document",
    ),
    "excel with formulas": (
        "a.xlsx",
        lambda: with_formula('SUM(A1:A9)&amp;" | "&amp;IF(A1&gt;0,"x","y")'),
        "spreadsheetml.sheet",
    ),
}
