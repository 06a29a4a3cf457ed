"""What is typed about consent and shares of a case."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf, standing_alone
from casework.cases.models import Case
from casework.documents.models import Document
from casework.fields import LongText, VietnameseDate
from casework.linkage.credit.forms import lenders_for
from casework.organisations.models import Organisation
from casework.sharing.models import Category, Proof, Purpose


class ConsentForm(forms.Form):
    """A consent, one for each purpose; nothing is ticked beforehand (Decree 356/2025/NĐ-CP)."""

    purpose = OneOf(label=_("What does she agree to?"), choices=standing_alone(Purpose))
    recipient = forms.ModelChoiceField(
        label=_("For which lender?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="–",
        help_text=_("Only for an application to a lender."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Which data?"),
        choices=standing_alone(Category),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the data that she agrees to.")},
    )
    valid_from = VietnameseDate(label=_("Agreed on"))
    valid_until = VietnameseDate(label=_("Valid until"), required=False, past=False)
    proof = OneOf(label=_("How is it proven?"), choices=standing_alone(Proof))
    document = forms.ModelChoiceField(
        label=_("Scan of the paper"),
        queryset=Document.objects.none(),
        required=False,
        empty_label="–",
        help_text=_("Add the scan under “Papers” first."),
    )
    use_required_attribute = False

    def __init__(self, case: Case, standing: Any, *args: Any):
        super().__init__(*args)
        self.fields["recipient"].queryset = lenders_for(case)  # type: ignore[attr-defined]
        papers = Document.objects.visible_to(standing).filter(case=case, withdrawn_at=None)
        self.fields["document"].queryset = papers.order_by("-pk")  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """A lender is named where one is meant, and nowhere else."""
        cleaned = super().clean() or {}
        for_lender = cleaned.get("purpose") == Purpose.CREDIT
        if for_lender and not cleaned.get("recipient"):
            self.add_error("recipient", _("Choose the lender."))
        if not for_lender:
            cleaned["recipient"] = None
        since, until = cleaned.get("valid_from"), cleaned.get("valid_until")
        if since and until and until < since:
            self.add_error("valid_until", _("It would end before it begins."))
        return cleaned


class EndForm(forms.Form):
    """Why a consent or a share ends."""

    reason = LongText(label=_("Why?"), max_length=300, error_messages={"required": _("Write the reason.")})
    use_required_attribute = False
