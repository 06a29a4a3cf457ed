"""What an administrator types about the items of a checklist."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf, TickBox
from casework.cases.stages import Kind, LegalForm
from casework.documents.checklist_acts import Wording
from casework.documents.models import ChecklistItem, DocumentType
from casework.fields import TextLine, VietnameseDate, WholeNumber
from casework.filings.actions import file_dossier, prepare_dossier
from casework.linkage.actions import link_market
from casework.plans.actions import hold_founding_conference
from casework.steps import Step

# Those of casework/documents/checklist.py, with their titles.
STEPS: tuple[Step, ...] = (hold_founding_conference, prepare_dossier, file_dossier, link_market)
FORMS = [(form.value, form.label) for form in (LegalForm.HTX, LegalForm.LHHTX, LegalForm.THT)]
_WORDS = tuple(Wording.__dataclass_fields__)


def step_choices() -> list[tuple[str, Any]]:
    """The steps that may have a checklist, with their titles."""
    return [(step.name, step.title) for step in STEPS]


class ListForm(forms.Form):
    """Which list: of a step, a kind of case and a legal form. Empty means all."""

    use_required_attribute = False

    step = forms.ChoiceField(label=_("Step"), required=False)
    kind = forms.ChoiceField(label=_("Kind of case"), required=False, choices=[("", _("All")), *Kind.choices])
    legal_form = forms.ChoiceField(label=_("Legal form"), required=False, choices=[("", _("All")), *FORMS])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["step"]
        field.choices = [("", _("All")), *step_choices()]

    def chosen(self) -> dict[str, str]:
        """What was chosen, without what was left open or cannot be chosen."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class WordingForm(forms.Form):
    """What an item says and from when."""

    use_required_attribute = False

    title_vi = TextLine(label=_("Title in Vietnamese"), max_length=250)
    title_en = TextLine(
        label=_("Title in English"), max_length=250, required=False, help_text=_("Empty means: as in Vietnamese.")
    )
    document_type = forms.ModelChoiceField(
        label=_("Which documents count for it?"),
        queryset=DocumentType.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("– None, it is held on paper –"),
        error_messages={"invalid_choice": _("Choose one of the answers offered here.")},
    )
    required = TickBox(label=_("Always asked for"), initial=True)
    condition_vi = TextLine(
        label=_("If not always: when, in Vietnamese"),
        max_length=250,
        required=False,
        help_text=_("For example: khi người khác nộp hồ sơ"),
    )
    condition_en = TextLine(label=_("If not always: when, in English"), max_length=250, required=False)
    place = WholeNumber(label=_("Place in the list"), least=1, most=999)
    valid_from = VietnameseDate(
        label=_("From which day?"),
        past=False,
        earliest=timezone.localdate,
        error_messages={"too_early": _("A list cannot be changed for days that are past. Take today or a later day.")},
    )
    source = TextLine(
        label=_("Document and article that ask for it"),
        max_length=200,
        error_messages={"required": _("Name the document and article that ask for it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["document_type"]
        field.queryset = DocumentType.objects.order_by("place", "pk")

    def clean(self) -> dict[str, Any]:
        """Whoever reads that something is asked for only sometimes must read when."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("required") and "condition_vi" in cleaned and not cleaned["condition_vi"]:
            self.add_error("condition_vi", _("Write when it is asked for, or tick that it always is."))
        return cleaned

    def wording(self) -> Wording:
        """What was typed. English that was left out is as in Vietnamese; what is always asked for has no condition."""
        typed = {name: self.cleaned_data[name] for name in _WORDS}
        kind = typed["document_type"]
        typed |= {"document_type": kind.code if kind else "", "title_en": typed["title_en"] or typed["title_vi"]}
        if typed["required"]:
            typed |= {"condition_vi": "", "condition_en": ""}
        return Wording(**typed | {"condition_en": typed["condition_en"] or typed["condition_vi"]})

    @staticmethod
    def initial_of(item: ChecklistItem) -> dict[str, Any]:
        """What the item says now; from when is asked anew, unless it only comes."""
        known = {name: getattr(item, name) for name in _WORDS}
        return {**known, "valid_from": item.valid_from if item.valid_from > timezone.localdate() else None}


class NewItemForm(WordingForm):
    """One more item, and of which list."""

    step = OneOf(label=_("Step that asks for it"), initial=prepare_dossier.name)
    kind = OneOf(label=_("Kind of case"), choices=Kind.choices, initial=Kind.FOUNDING)
    legal_form = OneOf(label=_("Legal form"), choices=FORMS, initial=LegalForm.HTX)

    field_order = ("step", "kind", "legal_form")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["step"]
        field.choices = step_choices()


class EndForm(forms.Form):
    """From when an item is no longer asked for, and why."""

    use_required_attribute = False

    ends_from = VietnameseDate(
        label=_("From which day is it no longer asked for?"),
        past=False,
        earliest=timezone.localdate,
        error_messages={"too_early": _("A list cannot be changed for days that are past. Take today or a later day.")},
    )
    reason = TextLine(
        label=_("Why?"),
        max_length=300,
        error_messages={"required": _("Name the document that changed it, or the reason.")},
    )
