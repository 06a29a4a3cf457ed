"""What a person chooses before she takes a list out: which columns, in which format."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf
from casework.exports.lists import ExportList
from casework.exports.models import Export


class ExportForm(forms.Form):
    """Columns and format. The filters come from the list and are shown, not changed."""

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one column."),
            "invalid_choice": _("This column does not exist any more. Choose among those shown."),
        },
    )
    format = OneOf(label=_("Format"), choices=Export.Format.choices, initial=Export.Format.XLSX)

    use_required_attribute = False

    def __init__(self, exported: ExportList, data: Any = None):
        """The columns of one list; the usual ones are chosen before the person chooses."""
        super().__init__(data, initial={"columns": [column.name for column in exported.columns if column.usual]})
        field: Any = self.fields["columns"]
        field.choices = [(column.name, column.title) for column in exported.columns]
