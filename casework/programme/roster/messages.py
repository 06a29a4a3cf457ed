"""Every sentence of the reader, by its stable code: what is wrong, and what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ERRORS = {
    "text_in_number_cell": _(
        "“%(typed)s” is not a number. Type the number alone, or leave the cell empty when it is not known."
    ),
    "range_in_number_cell": _("“%(typed)s” is a range. Type one number."),
    "negative_number": _("“%(typed)s” is below zero. Type a number of 0 or more."),
    "not_a_whole_number": _(
        "“%(typed)s” is not a whole number. People are counted whole; a thousands dot may have been read as "
        "a decimal point."
    ),
    "number_too_large": _("“%(typed)s” is too large for a number of people. Check for digits too many."),
    "several_amounts": _("“%(typed)s” holds several amounts. Type one amount, and put the others into the note."),
    "range_reversed": _("In “%(typed)s” the first amount is larger than the second. Type the smaller one first."),
    "money_unit_missing": _(
        "“%(typed)s”: neither the cell nor the header says whether this is đồng, thousand or million. Write "
        "the unit, for example “350 triệu”."
    ),
    "money_too_small": _(
        "“%(typed)s” counted in %(unit)s is too small to be meant. Write the unit into the cell, for example "
        "“350 triệu”."
    ),
    "money_too_large": _(
        "“%(typed)s” is more than 1,000 billion đồng. Check the unit of the column and the number of zeros."
    ),
    "fraction_of_dong": _("“%(typed)s” gives a part of one đồng. Check the unit and the dots and commas."),
    "foreign_currency": _("“%(typed)s” is not in đồng. Convert the amount and write it in đồng."),
    "income_not_per_month": _("“%(typed)s” is not an income per month. Write the income of one person in one month."),
    "date_not_understood": _(
        "“%(typed)s” is not a date. Write day/month/year, month/year, or the year alone, for example 12/03/2022."
    ),
    "date_without_year": _("“%(typed)s” has no year. Add the year, for example 20/10/2023."),
    "invalid_date": _("“%(typed)s” does not exist in the calendar. Day comes first, then month, then year."),
    "date_in_future": _("“%(typed)s” lies after %(latest)s. Check the year."),
    "date_too_early": _("“%(typed)s” lies before %(earliest)s. Check the year."),
    "ocop_out_of_range": _("“%(typed)s”: OCOP has 1 to 5 stars. Type the number of stars."),
    "ocop_not_understood": _(
        "“%(typed)s” is not one number of OCOP stars. Type the highest one, 1 to 5, and put the rest into the note."
    ),
    "formula_without_value": _(
        "The cell holds a formula whose result is not stored in the file. Open the file in Excel or "
        "LibreOffice, save it, and try again."
    ),
    "excel_error_value": _("The cell shows an error of Excel (%(typed)s). Correct the formula or type the value."),
    "name_missing": _("The row has data but no name. Type the name of the cooperative or group, or delete the row."),
    "name_incomplete": _("“%(typed)s” is only a legal form. Type the full name."),
    "name_too_long": _("The name is longer than 300 characters. Move explanations into the note."),
}
WARNINGS = {
    "legal_form_out_of_scope": _(
        "A linked group (tổ liên kết) is neither a cooperative, a cooperative group nor a union of cooperatives"
    ),
    "other_body_out_of_scope": _(
        "This is neither a cooperative, a cooperative group nor a union of cooperatives. Check whether it "
        "belongs in the list."
    ),
    "legal_form_missing": _("The legal form cannot be determined"),
    "legal_form_unknown": _("“%(typed)s” is not a known legal form. Write HTX, THT or Liên hiệp HTX."),
    "legal_form_conflict": _("The column says %(form)s, the name says %(named)s. %(form)s was kept; check it."),
    "possible_duplicate": _("This may be the same body as row %(of_row)s. Compare the two rows and keep one."),
    "total_includes_duplicates": _("The total counts repeated rows (%(columns_text)s). Without them it is smaller."),
    "total_differs": _(
        "The total typed does not equal the sum of the rows (%(columns_text)s). Check the rows or the total."
    ),
    "women_exceed_members": _("More women (%(typed)s) than members (%(members)s). Check both numbers."),
    "minority_exceed_members": _(
        "More members of ethnic minorities (%(typed)s) than members (%(members)s). Check both numbers."
    ),
    "approximate_number": _("“%(typed)s” is not exact; %(kept)s was kept."),
    "ambiguous_number": _(
        "“%(typed)s” can be read in two ways; %(kept)s was kept. In Vietnamese the dot groups thousands and "
        "the comma is decimal."
    ),
    "read_as_none": _("“%(typed)s” was read as nothing stated. Type 0 when the number is zero."),
    "income_converted_from_year": _("“%(typed)s” is an income per year; one twelfth was kept."),
    "quarter_read_as_year": _("“%(typed)s”: the quarter is not kept, only the year."),
    "approximate_date": _("“%(typed)s” is not exact; only the year was kept."),
    "date_serial_number": _(
        "“%(typed)s” is a date stored as a number by Excel. Give the cell a date format and check the day."
    ),
    "year_in_date_cell": _("A year was typed into a cell with a date format (%(typed)s). The year was kept; check it."),
    "date_precision_unknown": _(
        "The file does not say whether “%(typed)s” is a day or only a month; the day was kept."
    ),
    "place_conflict": _(
        "“%(typed)s” names another place than the column made for it. The column was kept; check both."
    ),
    "leading_zero_lost": _(
        "“%(typed)s” seems to have lost its first zero. Format the column as text and type the number again."
    ),
    "continuation_row": _("The row continues the one above (merged cells); what is typed in it was not read."),
    "merged_number": _(
        "One number stands in a cell merged over several rows; it was kept for the first row only. Type a "
        "number into each row."
    ),
}
REFUSALS = {
    "file_empty": _("The file is empty."),
    "file_too_large": _("The file is larger than %(limit)s MB. Keep only the sheet with the list and try again."),
    "not_a_spreadsheet": _("This is not a spreadsheet. Save the list as xlsx, xls, ods or csv and try again."),
    "wrong_extension": _("Files ending in “%(extension)s” are not read. Save the list as xlsx, xls, ods or csv."),
    "web_page": _("The file is a web page, not a spreadsheet. Open it in Excel, save it as xlsx and try again."),
    "binary_workbook": _("Binary workbooks (xlsb) are not read. Save the list as xlsx."),
    "file_damaged": _("The file is damaged or cut off. Open it in Excel, save it again and try once more."),
    "file_encrypted": _("The file is protected by a password. Remove the password and try again."),
    "has_macros": _("The file contains macros. Save it as xlsx without macros and try again."),
    "has_external_links": _(
        "The file takes data from other files. Paste the values only (Paste special → Values) and try again."
    ),
    "has_entities": _("The file contains definitions that no spreadsheet program writes. It was not opened."),
    "zip_bomb": _("The file unpacks to far more data than a list needs. It was not opened."),
    "too_many_entries": _("The file consists of too many parts. It was not opened."),
    "too_many_cells": _(
        "The sheet has too many cells (at most %(rows)s rows and %(columns)s columns). Keep only the list "
        "and delete the rest."
    ),
    "encoding_unknown": _("The letters of the text file cannot be read. Save it as “CSV UTF-8” and try again."),
    "no_table": _(
        "No list was found. The sheet needs a header row with at least the name of the cooperative and two "
        "more known columns."
    ),
    "no_rows": _("The list has a header but no rows."),
    "took_too_long": _(
        "Reading the file took too long. Keep only the sheet with the list, save it as xlsx and try again."
    ),
    "took_too_much": _(
        "Reading the file needs too much memory. Keep only the sheet with the list, save it as xlsx and try again."
    ),
    "reader_failed": _("The file could not be read. Save it again as xlsx in Excel or LibreOffice and try once more."),
}
_ALL = ERRORS | WARNINGS | REFUSALS


def is_error(code: str) -> bool:
    """True when the value could not be taken over; warnings keep a value."""
    return code in ERRORS


def render(code: str, params: dict[str, Any]) -> str:
    """The sentence of a code in the active language."""
    return str(_ALL[code]) % params
