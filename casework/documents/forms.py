"""What is typed when a document is added."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.documents.acts import NewFile
from casework.documents.inspection.inspect import inspect
from casework.documents.inspection.names import MEDIA_TYPES
from casework.documents.inspection.refusals import Refused
from casework.documents.models import DocumentType, Visibility
from casework.documents.storage import TooLarge, discard, path_of, store
from casework.fields import LongText, TextLine


def keep(file: UploadedFile) -> NewFile:
    """Write a sent file piece by piece and check it. Raises Refused, and then keeps nothing."""
    try:
        stored = store(file.chunks())
    except TooLarge as error:
        raise Refused("too_large", most=settings.UPLOAD_LARGEST // 2**20) from error
    try:
        inspected = inspect(path_of(stored.name), file.name or "")
    except BaseException:
        discard(stored.name)
        raise
    return NewFile(stored, inspected.file_name, inspected.media_type)


class DocumentFile(forms.FileField):
    """A file, checked before anything else looks at it. Cleans to a stored `NewFile`."""

    default_error_messages = {
        "required": _("Choose the file."),
        "missing": _("Choose the file."),
        "invalid": _("Choose the file."),
        "empty": _("The file is empty. Check it on your device and send it again."),
    }

    def __init__(self, **options: Any):
        accept = ",".join(f".{ending}" for ending in (*MEDIA_TYPES, "jpeg"))
        options.setdefault("label", _("File"))
        options.setdefault("help_text", _("A PDF, a Word or Excel file, or a JPG or PNG picture of at most 20 MB."))
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), max_length=None, **options)


class FileForm(forms.Form):
    """A file. It is written to the disk only once all else that was typed is well."""

    use_required_attribute = False  # errors are ours, in Vietnamese, on the page

    file = DocumentFile()

    def clean(self) -> dict[str, Any]:
        """Keep the file; `cleaned_data["new"]` is what was kept."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                cleaned["new"] = keep(cleaned["file"])
            except Refused as refusal:
                self.add_error("file", str(refusal))
        return cleaned

    def forget(self) -> None:
        """The act was refused: the file goes again."""
        if new := self.cleaned_data.get("new"):
            discard(new.stored.name)


class DocumentForm(FileForm):
    """A new document of a case."""

    type = forms.ModelChoiceField(
        label=_("What is it?"),
        queryset=DocumentType.objects.none(),
        to_field_name="code",
        empty_label=_("– Choose –"),
        error_messages={
            "required": _("Choose what the document is."),
            "invalid_choice": _("Choose what the document is."),
        },
    )
    title = TextLine(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty means: what it is, as chosen above.")
    )
    visibility = OneOf(
        label=_("Who may see it?"),
        choices=Visibility.choices,
        initial=Visibility.OWN,
        help_text=_("The narrowest circle is chosen; widen it only if the others need the document."),
    )
    paper_number = TextLine(label=_("Number of the paper"), max_length=60, required=False)
    paper_place = TextLine(label=_("Where is the signed original kept?"), max_length=160, required=False)

    field_order = ("type", "file", "title", "visibility", "paper_number", "paper_place")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["type"]
        field.queryset = DocumentType.objects.order_by("place", "pk")

    def clean(self) -> dict[str, Any]:
        """What is sensitive is not shown to a lender."""
        cleaned = self.cleaned_data
        kind = cleaned.get("type")
        if kind and kind.sensitive and cleaned.get("visibility") == Visibility.LENDER:
            self.add_error(
                "visibility",
                ValidationError(
                    _("“%(type)s” is sensitive personal data and is never shown to a lender."), params={"type": kind}
                ),
            )
        return super().clean()


class CircleForm(forms.Form):
    """Who may see a document from now on."""

    use_required_attribute = False

    visibility = OneOf(label=_("Who may see it?"), choices=Visibility.choices)


class WithdrawForm(forms.Form):
    """Why a document was wrong."""

    use_required_attribute = False

    reason = LongText(
        label=_("Why is it withdrawn?"),
        max_length=300,
        rows=2,
        error_messages={"required": _("Write why it is withdrawn; its versions stay in the history.")},
    )
