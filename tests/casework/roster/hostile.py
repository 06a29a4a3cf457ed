"""Files nobody should send, made on the spot: name → (file name, content, code of the refusal)."""

import io
import struct
import zipfile
from collections.abc import Callable

import xlsxwriter

from tests.casework.roster.containers import compound, pack_ods

HEAD = ["TT", "Tên HTX", "Xã", "Huyện", "Số thành viên"]
_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
    '{kind}+xml"/></Types>'
)
_WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{{more}}</Relationships>'
)
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_LINKED = f'<Relationship Id="rId2" Type="{_OFFICE}/externalLinkPath" Target="http://x" TargetMode="External"/>'
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{more}</worksheet>'
_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b0 "ha">'
    + "".join(f'<!ENTITY b{i + 1} "&b{i};&b{i};&b{i};&b{i};&b{i};&b{i};&b{i};&b{i};">' for i in range(12))
    + "]>"
)


def good() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, [1, "HTX Thử", "xã Mẫu", "huyện Mẫu", 7])
    book.close()
    return buffer.getvalue()


def _text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def header_row() -> str:
    return '<row r="1">' + "".join(_text_cell(f"{'ABCDE'[i]}1", text) for i, text in enumerate(HEAD)) + "</row>"


def workbook(
    rows: str = "",
    *,
    more: str = "",
    kind: str = "sheet.main",
    relation: str = "",
    head: str = "",
    **parts: str | bytes,
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES.format(kind=kind))
        archive.writestr("_rels/.rels", _ROOT)
        archive.writestr("xl/workbook.xml", _WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(more=relation))
        archive.writestr("xl/worksheets/sheet1.xml", head + _SHEET.format(rows=header_row() + rows, more=more))
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def wide_sheet(rows: int, columns: int) -> bytes:
    """rows × columns numbers without references, packed small."""
    buffer = io.BytesIO()
    line = b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES.format(kind="sheet.main"))
        archive.writestr("_rels/.rels", _ROOT)
        archive.writestr("xl/workbook.xml", _WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(more=""))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            start, end = _SHEET.format(rows="|", more="").encode().split(b"|")
            part.write(start)
            for _ in range(rows // 1000):
                part.write(line * 1000)
            part.write(end)
    return buffer.getvalue()


def zip_of(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def lying_size() -> bytes:
    """The directory says 1,000 bytes, the stream inflates to 3 MB."""
    data = bytearray(zip_of({"[Content_Types].xml": b"0" * 3_000_000}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1_000)
    return bytes(data)


def encrypted_flag() -> bytes:
    data = bytearray(good())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def twice_the_same() -> bytes:
    """Two entries share a name: readers may disagree which one counts."""
    data = zip_of({"xl/workbook.xml": b"<a/>", "xl/workbook.xmm": b"<b/>"})
    return data.replace(b"workbook.xmm", b"workbook.xml")


def biff(*records: tuple[int, bytes]) -> bytes:
    start = (0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in (start, *records, (0x0A, b"")))


def biff_with_far_cell() -> bytes:
    sheet = biff((0x203, struct.pack("<HHHd", 65535, 16383, 0, 1.0)))
    name = struct.pack("<IBB", 0, 0, 0) + b"\x01\x00S"
    position = len(biff((0x85, name)))
    return biff((0x85, struct.pack("<IBB", position, 0, 0) + b"\x01\x00S")) + sheet


def _ods(body: str, *, head: str = "", **more: str) -> bytes:
    content = (
        f'{head}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return pack_ods(content, **more)


_ODS_CELL = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/>'
_ODS_ROWS = f'<table:table-row table:number-rows-repeated="{{rows}}">{_ODS_CELL}</table:table-row>'
_CSV_HEAD = ";".join(HEAD).encode() + b"\n"
_LOCK = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'


def _encrypted_ods() -> bytes:
    return zip_of(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"\x8f\x01",
            "META-INF/manifest.xml": _LOCK.encode(),
        }
    )


FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.xlsx", lambda: b"", "file_empty"),
    "picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "not_a_spreadsheet"),
    "pdf named xls": ("a.xls", lambda: b"%PDF-1.7\n" + b"x" * 500, "not_a_spreadsheet"),
    "pdf named csv": ("a.csv", lambda: b"%PDF-1.7\n" + b"x" * 500, "not_a_spreadsheet"),
    "web page named xls": ("a.xls", lambda: b"<html><table><tr><td>HTX</td></tr></table></html>", "web_page"),
    "xml spreadsheet 2003": ("a.xls", lambda: b'<?xml version="1.0"?><Workbook/>', "web_page"),
    "web page named csv": ("a.csv", lambda: b"<!DOCTYPE html><html>", "web_page"),
    "program": ("a.exe", good, "wrong_extension"),
    "no extension": ("danh sach", good, "wrong_extension"),
    "macro extension": ("a.xlsm", good, "has_macros"),
    "binary extension": ("a.xlsb", good, "binary_workbook"),
    "binary workbook renamed": ("a.xlsx", lambda: zip_of({"xl/workbook.bin": b"x"}), "binary_workbook"),
    "cut off": ("a.xlsx", lambda: good()[:-400], "file_damaged"),
    "only a zip mark": ("a.xlsx", lambda: b"PK\x03\x04", "file_damaged"),
    "empty zip": ("a.xlsx", lambda: zip_of({}), "file_damaged"),
    "word document": (
        "a.xlsx",
        lambda: zip_of({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}),
        "not_a_spreadsheet",
    ),
    "zip of pictures": ("a.xlsx", lambda: zip_of({"1.png": b"x"}), "not_a_spreadsheet"),
    "text document of LibreOffice": (
        "a.ods",
        lambda: zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "not_a_spreadsheet",
    ),
    "bomb": ("a.xlsx", lambda: zip_of({"xl/worksheets/sheet1.xml": bytes(120 * 1024**2)}), "zip_bomb"),
    "dense bomb": ("a.xlsx", lambda: zip_of({"xl/worksheets/sheet1.xml": bytes(20 * 1024**2)}), "zip_bomb"),
    "bomb of many parts": ("a.xlsx", lambda: zip_of({f"{i}.xml": bytes(3 * 1024**2) for i in range(40)}), "zip_bomb"),
    "header that lies": ("a.xlsx", lying_size, "file_damaged"),
    "too many parts": ("a.xlsx", lambda: zip_of({f"{i}.xml": b"" for i in range(1_001)}), "too_many_entries"),
    "password on the zip": ("a.xlsx", encrypted_flag, "file_encrypted"),
    "two parts of one name": ("a.xlsx", twice_the_same, "file_damaged"),
    "path out of the file": ("a.xlsx", lambda: zip_of({"../../etc/passwd": b"x"}), "file_damaged"),
    "strange compression": ("a.xlsx", lambda: zip_of({"xl/workbook.xml": b"<a/>"}, zipfile.ZIP_LZMA), "file_damaged"),
    "macros": ("a.xlsx", lambda: workbook(xl__vbaProject_dot_bin=b"x"), "has_macros"),
    "macro content type": ("a.xlsx", lambda: workbook(kind="sheet.macroEnabled.main"), "has_macros"),
    "old macro sheet": ("a.xlsx", lambda: workbook(xl__macrosheets__sheet1_dot_xml="<a/>"), "has_macros"),
    "links to other files": (
        "a.xlsx",
        lambda: workbook(xl__externalLinks__externalLink1_dot_xml="<a/>"),
        "has_external_links",
    ),
    "linked relation": (
        "a.xlsx",
        lambda: workbook(relation=_LINKED),
        "has_external_links",
    ),
    "data connection": ("a.xlsx", lambda: workbook(xl__connections_dot_xml="<a/>"), "has_external_links"),
    "one cell at the far end": (
        "a.xlsx",
        lambda: workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "too_many_cells",
    ),
    "a cell far to the right": (
        "a.xlsx",
        lambda: workbook('<row r="2"><c r="XFD2"><v>1</v></c></row>'),
        "too_many_cells",
    ),
    "a formula far below": (
        "a.xlsx",
        lambda: workbook('<row r="999999"><c r="A999999"><f>1+1</f></c></row>'),
        "too_many_cells",
    ),
    "impossible cell": ("a.xlsx", lambda: workbook('<row r="2"><c r="99A"><v>1</v></c></row>'), "file_damaged"),
    "400,000 x 20": ("a.xlsx", lambda: wide_sheet(400_000, 20), "zip_bomb"),
    "60,000 x 20": ("a.xlsx", lambda: wide_sheet(60_000, 20), "zip_bomb"),
    "entities in the sheet": ("a.xlsx", lambda: workbook("<row><c><v>&b9;</v></c></row>", head=_BOMB), "has_entities"),
    "entities in the strings": (
        "a.xlsx",
        lambda: workbook(xl__sharedStrings_dot_xml=_BOMB + "<sst>&b12;</sst>"),
        "has_entities",
    ),
    "outside entity": (
        "a.xlsx",
        lambda: workbook("<row><c><v>&x;</v></c></row>", head='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "has_entities",
    ),
    "broken xml": ("a.xlsx", lambda: workbook("<row><c></row>"), "file_damaged"),
    "merged without end": (
        "a.xlsx",
        lambda: workbook(
            '<row r="40000"><c r="A40000"><v>1</v></c></row>',
            more="<mergeCells>" + '<mergeCell ref="A1:E40000"/>' * 200 + "</mergeCells>",
        ),
        "too_many_cells",
    ),
    "header alone": ("a.xlsx", workbook, "no_rows"),
    "no header": ("a.xlsx", lambda: zip_of_rows([["một", "hai"], ["ba", "bốn"]]), "no_table"),
    "ods entities": ("a.ods", lambda: _ods("<table:table-row/>", head=_BOMB), "has_entities"),
    "ods repeated a billion times": (
        "a.ods",
        lambda: _ods(_ODS_ROWS.format(rows=1_000_000, columns=1_000)),
        "too_many_cells",
    ),
    "ods repeated a million times": (
        "a.ods",
        lambda: _ods(_ODS_ROWS.format(rows=49_000, columns=900)),
        "too_many_cells",
    ),
    "ods password": ("a.ods", _encrypted_ods, "file_encrypted"),
    "ods macros": ("a.ods", lambda: _ods("<table:table-row/>", **{"Basic/Standard/Module1.xml": "<a/>"}), "has_macros"),
    "ods scripts": ("a.ods", lambda: _ods("<table:table-row/>", **{"Scripts/python/x.py": "x"}), "has_macros"),
    "ods links": (
        "a.ods",
        lambda: _ods('<table:table-source table:name="x"/><table:table-row/>'),
        "has_external_links",
    ),
    "password, old container": (
        "a.xlsx",
        lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        "file_encrypted",
    ),
    "word document, old": ("a.xls", lambda: compound({"WordDocument": b"x"}), "not_a_spreadsheet"),
    "macros, old": ("a.xls", lambda: compound({"Workbook": biff(), "_VBA_PROJECT_CUR": b"x"}), "has_macros"),
    "password, old": ("a.xls", lambda: compound({"Workbook": biff((0x2F, b"\1\0"))}), "file_encrypted"),
    "links, old": ("a.xls", lambda: compound({"Workbook": biff((0x1AE, b"\1\0\5\0"))}), "has_external_links"),
    "macro sheet, old": ("a.xls", lambda: compound({"Workbook": biff((0x85, bytes(4) + b"\0\1\1\0S"))}), "has_macros"),
    "far cell, old": ("a.xls", lambda: compound({"Workbook": biff_with_far_cell()}), "too_many_cells"),
    "endless chain, old": ("a.xls", lambda: compound({"Workbook": biff()}, loop=True), "file_damaged"),
    "cut off, old": ("a.xls", lambda: compound({"Workbook": biff()})[:700], "file_damaged"),
    "noise in a container": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x07" * 4_000, "file_damaged"),
    "noise named csv": ("a.csv", lambda: bytes(range(256)) * 20, "encoding_unknown"),
    "controls named csv": ("a.csv", lambda: b"\x01\x02\x03;HTX\n" * 20, "not_a_spreadsheet"),
    "csv too long": ("a.csv", lambda: _CSV_HEAD + b"1;HTX A;xa;huyen;7\n" * 60_000, "too_many_cells"),
    "csv too wide": ("a.csv", lambda: _CSV_HEAD + b"x;" * 5_000, "too_many_cells"),
    "csv with an endless cell": ("a.csv", lambda: _CSV_HEAD + b'1;"' + b"x" * 100_000, "file_damaged"),
    "eleven megabytes": ("a.csv", lambda: _CSV_HEAD + b"x" * (11 * 1024**2), "file_too_large"),
}


def zip_of_rows(rows: list[list[str]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return buffer.getvalue()
