"""What is typed to take in the decision for a year: its file, or its days."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.fields import LongText, TextLine, WholeNumber
from casework.programme.forms import SpreadsheetField
from casework.programme.roster.model import RosterRefused
from workflows.clock.settings.acts import FIRST_YEAR, LAST_YEAR
from workflows.clock.settings.calendar_acts import MOST_ROWS, DayRow
from workflows.clock.settings.lines import read_lines
from workflows.clock.settings.sheet import read_safely

MOST_FAULTS = 10


class FileForm(forms.Form):
    """A file; once valid, `cleaned_data["lines"]` are its days as text."""

    use_required_attribute = False

    file = SpreadsheetField(
        help_text=gettext_lazy(
            "An xlsx, xls, ods or csv file with a column for the day (or “Từ ngày” and “Đến ngày”), and columns "
            "for what it is and its name."
        )
    )

    def clean(self) -> dict[str, Any]:
        """Read the file in a process of its own."""
        cleaned = super().clean() or self.cleaned_data
        file = cast("UploadedFile | None", cleaned.get("file"))
        if file:
            try:
                cleaned["lines"] = read_safely(cast("Any", file), file.name or "")
            except RosterRefused as refused:
                raise ValidationError({"file": str(refused)}) from refused
            self._refuse_count(len(cleaned["lines"]))
        return cleaned

    def _refuse_count(self, lines: int) -> None:
        if not lines:
            sentence = _("No list of days was found: a header with the day and its name is needed.")
            raise ValidationError({"file": sentence})
        if lines > MOST_ROWS:
            raise ValidationError({"file": _("A list has at most %(n)d rows.") % {"n": MOST_ROWS}})


class DecisionForm(forms.Form):
    """The days of a year's decision. Once valid, `cleaned_data["days"]` are rows."""

    use_required_attribute = False

    year = WholeNumber(label=gettext_lazy("Year"), least=FIRST_YEAR, most=LAST_YEAR, years=True)
    source = TextLine(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("The decision, with number and day."),
        error_messages={"required": gettext_lazy("Name the decision that this comes from.")},
    )
    days = LongText(
        label=gettext_lazy("Days"),
        rows=14,
        max_length=40_000,
        help_text=gettext_lazy(
            "One line for each day or span: day; nghỉ, làm bù or nửa ngày; name. For example: "
            "14/02/2027 - 22/02/2027; nghỉ; Tết Nguyên Đán. Days off on a Saturday or Sunday are left out."
        ),
        error_messages={"required": gettext_lazy("Write at least one day.")},
    )
    whole = forms.BooleanField(
        label=gettext_lazy("This is the whole decision"),
        required=False,
        help_text=gettext_lazy("Days of the year that are not confirmed and that it does not name are removed."),
    )

    def clean_days(self) -> tuple[DayRow, ...]:
        """The rows. Every line that cannot be read is named."""
        read = read_lines(self.cleaned_data["days"])
        if read.faults:
            raise ValidationError(list(read.faults[:MOST_FAULTS]))
        if not read.rows:
            raise ValidationError(_("No day is left: days off on a Saturday or Sunday are off anyway."))
        return read.rows
