"""Files as people send them, good and bad, made here and nowhere else."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import openpyxl
from PIL import Image

PDF_HEAD = b"%PDF-1.4\n"


def word(text: str = "Điều lệ mẫu") -> bytes:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def excel() -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "Thành viên"
    book.save(buffer)
    return buffer.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **options)
    return buffer.getvalue()


def pdf(pages: int = 1, catalog: bytes = b"", more: list[bytes] | None = None, tail: bytes = b"") -> bytes:
    """A small PDF written by hand: catalog, page tree, pages, and whatever objects come on top."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        *([b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"] * pages),
        *(more or []),
    ]
    out, places = bytearray(PDF_HEAD), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, tail, start)
    return bytes(out)


def rezipped(base: bytes, change: Callable[[str, bytes], bytes | None] | None = None, **extra: bytes) -> bytes:
    """A zip with some entries changed (None: left out) and others added; `__` in a name stands for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name)) if change else old.read(name)
            if content is not None:
                new.writestr(name, content)
        for name, content in extra.items():
            new.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def with_entries(base: bytes, *entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO(base)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def _swap(name: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda entry, content: content.replace(old, new) if entry == name else content


def _without(name: str) -> Callable[[str, bytes], bytes | None]:
    return lambda entry, content: None if entry == name else content


def _in_front(name: str, text: bytes) -> Callable[[str, bytes], bytes]:
    def change(entry: str, content: bytes) -> bytes:
        declared, mark, rest = content.rpartition(b"?>")
        return declared + mark + text + rest if entry == name else content

    return change


def relation(target: str, kind: str = "image", mode: str = "External") -> bytes:
    schema = "http://schemas.openxmlformats.org"
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{schema}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{schema}/officeDocument/2006/relationships/{kind}" Target="{target}"'
        f' TargetMode="{mode}"/></Relationships>'
    ).encode()


def bomb(size: int) -> bytes:
    return with_entries(word(), ("word/filler.xml", b"\0" * size))


def locked_zip() -> bytes:
    data = bytearray(word())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def huge_png() -> bytes:
    """A few bytes that claim a hundred thousand points on each side."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def moving_png() -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


BOMB_XML = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
SCRIPT = [b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"]

# name → (file name, content, reason)
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.pdf", lambda: b"", "empty"),
    "no ending": ("giay to", pdf, "no_ending"),
    "only an ending": (".pdf", pdf, "no_ending"),
    "no name": ("", pdf, "no_name"),
    "dots only": ("...", pdf, "no_name"),
    "program": ("a.exe", lambda: b"MZ\x90", "ending"),
    "script": ("a.js", lambda: b"alert(1)", "ending"),
    "drawing": ("a.svg", lambda: b"<svg/>", "ending"),
    "web page": ("a.html", lambda: b"<html>", "ending"),
    "old word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0", "ending"),
    "macro word": ("a.docm", word, "ending"),
    "archive": ("a.zip", word, "ending"),
    "double ending": ("a.pdf.exe", lambda: b"MZ", "ending"),
    "turned name": ("a\u202efdp.exe", lambda: b"MZ", "ending"),
    "excel named word": ("a.docx", excel, "other_kind"),
    "word named excel": ("a.xlsx", word, "other_kind"),
    "word named pdf": ("a.pdf", word, "other_kind"),
    "pdf named word": ("a.docx", pdf, "other_kind"),
    "png named jpg": ("a.jpg", picture, "other_kind"),
    "jpg named png": ("a.png", lambda: picture("JPEG"), "other_kind"),
    "gif named png": ("a.png", lambda: b"GIF89a" + bytes(50), "other_kind"),
    "program named pdf": ("a.pdf", lambda: b"MZ" + bytes(100), "other_kind"),
    "page named pdf": ("a.pdf", lambda: b"<html><script>alert(1)</script>", "other_kind"),
    "drawing named png": ("a.png", lambda: b"<svg onload='x'/>", "other_kind"),
    "shell named jpg": ("a.jpg", lambda: b"#!/bin/sh\nrm", "other_kind"),
    "locked office": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "other_kind"),
    "text named pdf": ("a.pdf", lambda: b"xin chao", "not_that_kind"),
    "plain zip": ("a.docx", lambda: rezipped(word(), _without("[Content_Types].xml")), "other_kind"),
    "other package": (
        "a.docx",
        lambda: rezipped(word(), _swap("[Content_Types].xml", b"wordprocessingml.document.main", b"presentation.main")),
        "not_that_kind",
    ),
    "cut zip": ("a.docx", lambda: word()[:3000], "damaged"),
    "broken part": ("a.docx", lambda: word().replace(b"PK\x01\x02", b"PK\x01\x03", 1), "damaged"),
    "bad xml": ("a.docx", lambda: rezipped(word(), lambda n, c: b"<a" if n == "[Content_Types].xml" else c), "damaged"),
    "locked entries": ("a.docx", locked_zip, "encrypted"),
    "macros": ("a.docx", lambda: with_entries(word(), ("word/vbaProject.bin", b"x")), "macros"),
    "macro type": (
        "a.docx",
        lambda: rezipped(
            word(),
            _swap(
                "[Content_Types].xml",
                b"</Types>",
                b'<Override PartName="/x" ContentType="application/vnd.ms-word.macroEnabled.main+xml"/></Types>',
            ),
        ),
        "macros",
    ),
    "embedded object": ("a.docx", lambda: with_entries(word(), ("word/embeddings/oleObject1.bin", b"x")), "embedded"),
    "active control": ("a.xlsx", lambda: with_entries(excel(), ("xl/activeX/activeX1.bin", b"x")), "embedded"),
    "zip in zip": ("a.docx", lambda: with_entries(word(), ("word/media/more.zip", word())), "embedded"),
    "program in zip": ("a.xlsx", lambda: with_entries(excel(), ("xl/run.exe", b"MZ")), "embedded"),
    "path out": ("a.docx", lambda: with_entries(word(), ("../../etc/passwd", b"x")), "paths"),
    "absolute path": ("a.docx", lambda: with_entries(word(), ("/etc/passwd", b"x")), "paths"),
    "windows path": ("a.docx", lambda: with_entries(word(), ("C:\\x.xml", b"x")), "paths"),
    "same name twice": ("a.docx", lambda: with_entries(word(), ("WORD/document.xml", b"<a/>")), "paths"),
    "far picture": (
        "a.docx",
        lambda: with_entries(word(), ("word/_rels/x.xml.rels", relation("https://x.invalid/p.png"))),
        "external",
    ),
    "far template": (
        "a.docx",
        lambda: with_entries(
            word(), ("word/_rels/settings.xml.rels", relation("https://x.invalid/t.dotm", "attachedTemplate"))
        ),
        "external",
    ),
    "far workbook": (
        "a.xlsx",
        lambda: with_entries(
            excel(), ("xl/externalLinks/_rels/e.xml.rels", relation("file:///c:/x.xlsx", "externalLinkPath"))
        ),
        "external",
    ),
    "script link": (
        "a.docx",
        lambda: with_entries(word(), ("word/_rels/x.xml.rels", relation("javascript:alert(1)", "hyperlink"))),
        "external",
    ),
    "entities": ("a.docx", lambda: rezipped(word(), _in_front("word/document.xml", BOMB_XML)), "entities"),
    "entities in types": ("a.xlsx", lambda: rezipped(excel(), _in_front("[Content_Types].xml", BOMB_XML)), "entities"),
    "two gigabytes": ("a.docx", lambda: bomb(300 * 1024 * 1024), "bomb"),
    "high ratio": ("a.docx", lambda: bomb(60 * 1024 * 1024), "bomb"),
    "thousands of entries": (
        "a.xlsx",
        lambda: with_entries(excel(), *((f"x/{n}.txt", b"") for n in range(1100))),
        "bomb",
    ),
    "cut pdf": ("a.pdf", lambda: pdf()[:60], "damaged"),
    "pdf without pages": ("a.pdf", lambda: pdf(0), "damaged"),
    "pdf with script": ("a.pdf", lambda: pdf(catalog=b"/OpenAction 4 0 R", more=SCRIPT), "scripts"),
    "pdf that starts a program": ("a.pdf", lambda: pdf(more=[b"<< /S /Launch /F (cmd.exe) >>"]), "scripts"),
    "pdf that sends a form": ("a.pdf", lambda: pdf(more=[b"<< /S /SubmitForm /F (http://x.invalid) >>"]), "scripts"),
    "pdf with a file in it": ("a.pdf", lambda: pdf(more=[b"<< /Type /EmbeddedFile /Length 0 >>"]), "attachments"),
    "pdf with too many pages": ("a.pdf", lambda: pdf(301), "pages"),
    "pdf and zip at once": ("a.pdf", lambda: pdf() + word() + b"\n%%EOF\n"[:0], "two_kinds"),
    "cut png": ("a.png", lambda: picture()[:60], "damaged"),
    "cut jpg": ("a.jpg", lambda: picture("JPEG", (400, 300))[:700], "damaged"),
    "huge picture": ("a.png", huge_png, "pixels"),
    "moving picture": ("a.png", moving_png, "frames"),
    "picture with a page in it": ("a.jpg", lambda: picture("JPEG", comment=b"<script>alert(1)</script>"), "two_kinds"),
    "picture and zip at once": ("a.png", lambda: picture() + word(), "two_kinds"),
}

GOOD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "pdf": ("Giấy chứng nhận.pdf", pdf, "application/pdf"),
    "long pdf": ("a.pdf", lambda: pdf(300), "application/pdf"),
    "word": ("Điều lệ.docx", word, "wordprocessingml.document"),
    "word with a web address": (
        "a.docx",
        lambda: with_entries(word(), ("word/_rels/x.xml.rels", relation("https://example.org/", "hyperlink"))),
        "wordprocessingml.document",
    ),
    "excel": ("Danh sách.XLSX", excel, "spreadsheetml.sheet"),
    "jpg": ("ảnh.jpeg", lambda: picture("JPEG"), "image/jpeg"),
    "png": ("ảnh.png", picture, "image/png"),
}
