"""The form that takes a roster in."""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.organisations.models import Organisation
from casework.programme.acts import MOST_ROWS
from casework.programme.roster import limits
from casework.programme.roster.model import Roster, RosterRefused
from casework.programme.roster.safe import read_roster_safely

_MEGABYTES = limits.FILE_BYTES // 1024**2


class SpreadsheetField(forms.FileField):
    """A spreadsheet with a list in it. Nothing is read of a file that is too large."""

    default_error_messages = {
        "required": gettext_lazy("Choose the file with the list."),
        "missing": gettext_lazy("Choose the file with the list."),
        "invalid": gettext_lazy("Choose the file with the list."),
        "empty": gettext_lazy("The file is empty."),
    }

    def __init__(self, **options: Any):
        options.setdefault("label", gettext_lazy("Spreadsheet"))
        options.setdefault(
            "help_text",
            gettext_lazy(
                "An xlsx, xls, ods or csv file of at most 10 MB, as it was typed: the list is found by itself."
            ),
        )
        super().__init__(widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}), **options)

    def validate(self, value: UploadedFile | None) -> None:
        """Within what the reader takes."""
        super().validate(value)
        if value and (value.size or 0) > limits.FILE_BYTES:
            raise ValidationError(str(RosterRefused("file_too_large", limit=_MEGABYTES)))


class UploadForm(forms.Form):
    """A file and whom it is for. Once valid, `cleaned_data["roster"]` is what the file says."""

    use_required_attribute = False  # errors are ours, in Vietnamese, on the page

    file = SpreadsheetField()
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=gettext_lazy("Women's Union"),
        help_text=gettext_lazy("Groups without a legal form become leads in its queue."),
        empty_label=gettext_lazy("Choose an organisation"),
        error_messages={
            "required": gettext_lazy("Choose the Women's Union that the roster is for."),
            "invalid_choice": gettext_lazy("Choose the Women's Union that the roster is for."),
        },
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField = self.fields["organisation"]  # type: ignore[assignment]
        field.queryset = organisations
        only = list(organisations[:2])
        if len(only) == 1:
            field.initial = only[0]

    def clean(self) -> dict[str, Any]:
        """Read the file, in a process of its own, once all else is well."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                cleaned["roster"] = _read(cleaned["file"])
            except RosterRefused as refusal:
                self.add_error("file", str(refusal))
            except ValidationError as error:
                self.add_error("file", error)
        return cleaned


def _read(file: UploadedFile) -> Roster:
    roster = read_roster_safely(cast("BinaryIO", file.file), file.name or "")
    if len(roster.cases) > MOST_ROWS:
        raise ValidationError(
            _("The roster has more than %(most)s rows. Split it into several files.") % {"most": MOST_ROWS}
        )
    return roster
