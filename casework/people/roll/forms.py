"""The forms of the import: the file, and what a list does not say."""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.fields import VietnameseDate
from casework.people.models import Member
from casework.people.roll.preview import Preview
from casework.people.roll.safe import read_members_safely
from casework.programme.forms import SpreadsheetField
from casework.programme.roster.model import RosterRefused


class MemberFileForm(forms.Form):
    """A file. Once valid, `cleaned_data["list"]` is the member list in it."""

    use_required_attribute = False  # errors are ours, in Vietnamese, on the page

    file = SpreadsheetField()

    def clean(self) -> dict[str, Any]:
        """Read the file, in a process of its own."""
        cleaned = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        if file is not None:
            try:
                cleaned["list"] = read_members_safely(cast("BinaryIO", file.file), file.name or "")
            except RosterRefused as refusal:
                self.add_error("file", str(refusal))
        return cleaned


class ImportForm(forms.Form):
    """What holds for all rows of a list. Asks only for what the list leaves open."""

    use_required_attribute = False

    since = VietnameseDate(
        label=_("Members since"), help_text=_("The day from which the new members of this list are members.")
    )
    kind = OneOf(
        label=_("Kind of the members whose row says none"),
        choices=Member.Kind.choices,
        help_text=_("Rows that name a kind keep it."),
    )
    office_since = VietnameseDate(
        label=_("In office since"), help_text=_("The day from which the offices named in this list are held.")
    )

    def __init__(self, preview: Preview, data: Any = None):
        super().__init__(data, initial={"since": timezone.localdate()})
        if not preview.kind_is_open:
            del self.fields["kind"]
        if not preview.has_offices:
            del self.fields["office_since"]
