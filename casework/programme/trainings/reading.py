"""An attendance list out of a file, as the lines of the form in which it is looked at and entered."""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casework.people.roll.model import ReadRow, RollRefused
from casework.programme.forms import SpreadsheetField
from casework.programme.roster.model import RosterRefused
from casework.programme.roster.safe import read_in_child
from casework.programme.trainings.lists import Attendance, role_of
from casework.vietnamese import fold

_CHILD = "casework.programme.trainings.child"
_KINH = "kinh"


class ListFileForm(forms.Form):
    """A file. Once valid, `cleaned_data["list"]` is the attendance list in it, as `Attendance`."""

    file = SpreadsheetField()

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Read the file, in a process of its own."""
        cleaned = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        if file is not None:
            try:
                told = read_in_child(_CHILD, cast("BinaryIO", file.file), file.name or "")
                cleaned["list"] = Attendance.from_wire(told)
            except RosterRefused as refusal:
                self.add_error("file", str(RollRefused(refusal.code, **refusal.params)))
        return cleaned


def lines_in(read: Attendance) -> list[dict[str, Any]]:
    """The lines as the form takes them; what could not be read is left empty."""
    return [_line(row, read.more.get(row.number, {})) for row in read.people.rows]


def _line(row: ReadRow, more: dict[str, str]) -> dict[str, Any]:
    person = row.member
    minority = "" if not person.ethnicity else "no" if fold(person.ethnicity) == _KINH else "yes"
    return {
        "full_name": person.full_name,
        "sex": person.sex,
        "birth_year": person.birth_year,
        "phone": person.phone,
        "minority": minority,
        "body": more.get("body", ""),
        # What the list does not say, and whether she signed it, a person says.
        "role": role_of(more.get("role", "")),
    }


def remarks_on(read: Attendance) -> list[str]:
    """What was not understood, cell by cell, in the language of the page."""
    return [
        _("Row %(row)s: %(said)s") % {"row": row.number, "said": issue.message}
        for row in read.people.rows
        for issue in row.issues
    ]
