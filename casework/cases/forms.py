"""Shape and wording of what is typed about a case."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case, LeadScreening
from casework.duplicates.entries import leads
from casework.duplicates.find import duplicates_of
from casework.fields import TextLine
from casework.organisations.models import User
from casework.organisations.standing import standing_of
from casework.steps import StepForm


class ScreenLeadForm(StepForm):
    """Take a lead up, decline it, or say which case it repeats."""

    decision = forms.ChoiceField(
        label=_("Your decision"), choices=LeadScreening.Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why is the lead declined?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The group will be told this. Write it so that they understand what they could change."),
        error_messages={"required": _("Write why the lead is declined.")},
    )
    duplicate_of = forms.CharField(
        label=_("Code of the other case"),
        required=False,
        help_text=_("For example KH-2026-000123."),
        error_messages={"required": _("Write the code of the case that this lead repeats.")},
    )

    not_the_same = forms.MultipleChoiceField(
        label=_("These look alike. Which of them did you compare, and they are another group?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody is asked about them again. If one is the same group, choose that above."),
    )
    why_not_the_same = TextLine(
        label=_("How do you know?"),
        required=False,
        max_length=300,
        error_messages={"required": _("Write how you know that it is another group.")},
    )

    when = {"reason": ("decision", ("decline",)), "duplicate_of": ("decision", ("duplicate",))}
    required_then = frozenset({"reason", "duplicate_of"})

    def __init__(self, case: Case, by: User, data: Any = None, draft: Any = None):
        """Ask about what looks like the same group, if anything does."""
        super().__init__(case, by, data, draft)
        alike = duplicates_of(leads().beyond_sight("the case of the task in hand").get(pk=case.pk), standing_of(by))
        if alike:
            field: Any = self.fields["not_the_same"]
            field.choices = [(one.key, " · ".join([one.title, one.detail, *map(str, one.reasons)])) for one in alike]
        else:
            del self.fields["not_the_same"], self.fields["why_not_the_same"]

    def clean(self) -> dict[str, Any]:
        """Whoever tells two groups apart says how she knows."""
        cleaned = super().clean()
        if cleaned.get("not_the_same") and not cleaned.get("why_not_the_same"):
            self.add_error("why_not_the_same", self.fields["why_not_the_same"].error_messages["required"])
        return cleaned

    def clean_duplicate_of(self) -> Case | None:
        """Another case that this person may see. The same sentence for what is foreign and what is missing."""
        code: Any = self.cleaned_data["duplicate_of"].strip().upper()
        if not code or self.data.get("decision") != LeadScreening.Decision.DUPLICATE:
            return None
        other = Case.objects.visible_to(standing_of(self.by)).filter(code=code).exclude(pk=self.case.pk).first()
        if other is None:
            raise ValidationError(_("There is no other case with this code. Look it up under Cases."))
        return other
