"""The form as a workbook: what the body fills in, and its answers, cell by cell."""

import io
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from casework.exports.cells import plain
from casework.programme.collected.forms import asked_of
from casework.programme.collected.models import ResultRequest
from casework.programme.collected.reading import FIRST, VERSION_AT, WHO_AT, Filled
from casework.programme.reports.numbers import unit_word
from casework.programme.roster.model import RosterRefused
from casework.programme.roster.safe import read_in_child

_CHILD = "casework.programme.collected.child"
_LARGEST = Decimal(10) ** 15


class SheetRefused(Exception):
    """The file is not the form that was sent, or a cell in it is no answer. `str` is a sentence that names the cell."""


def form_of(request: ResultRequest) -> bytes:
    """The workbook for a request. Only the cells of the answers can be written in."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Kết quả")
    sheet.protect("", {"select_locked_cells": True})
    bold, text = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    number, note = (book.add_format({"locked": False, "border": 1, "num_format": kind}) for kind in ("#,##0.##", "@"))
    sheet.write_string(0, 0, plain(f"{request.organisation.name}: {request.period}, {request.body}"), bold)
    sheet.write_string(*VERSION_AT[:1], 0, "Mã biểu")
    sheet.write_string(*VERSION_AT, request.form_version)
    sheet.write_string(WHO_AT[0], 0, "Người trả lời, chức vụ")
    sheet.write_string(*WHO_AT, "", note)
    for place, title in enumerate(("Mã", "Nội dung", "Đơn vị tính", "Kết quả", "Ghi chú")):
        sheet.write_string(FIRST - 1, place, title, bold)
    for row, one in enumerate(asked_of(request), FIRST):
        for column, said in enumerate((one.code, one.name_vi, unit_word(one.unit))):
            sheet.write_string(row, column, said, text)
        sheet.write_blank(row, 3, None, number)
        sheet.write_blank(row, 4, None, note)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60, text)
    sheet.set_column(2, 4, 18)
    book.close()
    return buffer.getvalue()


def answers_in(request: ResultRequest, file: BinaryIO, filename: str) -> tuple[dict[str, tuple[Decimal, str]], str]:
    """The answers in a filled form, and who gives them. Raises SheetRefused with a sentence that names the cell."""
    try:
        filled = Filled(**read_in_child(_CHILD, file, filename))
    except RosterRefused as refusal:
        raise SheetRefused(str(refusal)) from refusal
    if filled.version != request.form_version:
        raise SheetRefused(
            _("This is not the form of this request (cell B2). Download the form again and fill that one in.")
        )
    if not filled.who:
        raise SheetRefused(_("Cell B3: write who answers."))
    found = {row[0]: _answer(*row[1:]) for row in filled.rows if row[0] in request.indicators}
    missing = [code for code in request.indicators if code not in found]
    if missing:
        raise SheetRefused(_("These rows are missing: %(codes)s.") % {"codes": ", ".join(missing)})
    return found, filled.who


def _answer(row: int, number: bool, typed: str, note: str) -> tuple[Decimal, str]:
    where = {"cell": f"D{row}", "typed": typed[:40]}
    if not typed:
        raise SheetRefused(_("Cell %(cell)s is empty. Write 0 if there is nothing.") % where)
    if not number:
        raise SheetRefused(_("Cell %(cell)s holds text, “%(typed)s”. Write a number there.") % where)
    try:
        value = Decimal(typed.replace(",", "."))
    except InvalidOperation as error:
        raise SheetRefused(_("Cell %(cell)s holds text, “%(typed)s”. Write a number there.") % where) from error
    if not 0 <= value < _LARGEST:
        raise SheetRefused(_("Cell %(cell)s: “%(typed)s” cannot be meant.") % where)
    return value.quantize(Decimal("0.01")), note
