"""What is ticked while the dossier is put together."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.documents.checklist import DOSSIER, lines_for
from casework.documents.models import ChecklistItem
from casework.fields import LongText
from casework.filings.models import FilingResult
from casework.steps import StepForm


class PrepareDossierForm(StepForm):
    """The checklist of the dossier, as the law has it today, and what the registrar wanted to have corrected."""

    documents = forms.MultipleChoiceField(
        label=_("Documents in the dossier"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick each document that you hold on paper, complete and signed. Those in the case count already."),
        error_messages={
            "required": _("Tick the documents that are in the dossier."),
            "invalid_choice": _("Tick only documents that are listed here."),
            "invalid_list": _("Tick only documents that are listed here."),
        },
    )
    corrected = forms.MultipleChoiceField(
        label=_("Corrected as the registrar asked"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick each point once it is done; the dossier goes out again only when all are."),
        error_messages={
            "required": _("Tick each point once it is corrected."),
            "invalid_choice": _("Tick only points that are listed here."),
            "invalid_list": _("Tick only points that are listed here."),
        },
    )
    note = LongText(label=_("Note for whoever files"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        lines = lines_for(self.case, DOSSIER, timezone.localdate())
        self.wanted = [line.item for line in lines]
        self.in_case = {line.item.code for line in lines if line.there}
        self.asked = points_asked(self.case)
        documents: Any = self.fields["documents"]
        documents.wide = True
        documents.required = not self.in_case
        documents.choices = [(item.code, self._label(item)) for item in self.wanted]
        self.initial.setdefault("documents", sorted(self.in_case))
        corrected: Any = self.fields["corrected"]
        corrected.wide = True
        corrected.choices = [(str(number), point) for number, point in enumerate(self.asked)]
        if not self.asked:
            del self.fields["corrected"]

    def _label(self, item: ChecklistItem) -> str:
        """The title, with when it applies and whether it lies in the case."""
        title = item.title
        if not item.required:
            title = _g("%(title)s (only if it applies: %(condition)s)") % {
                "title": title,
                "condition": item.condition or "…",
            }
        return _g("%(title)s – lies in the case") % {"title": title} if item.code in self.in_case else title

    def clean_documents(self) -> list[str]:
        """Everything that the law always asks for, held on paper or lying in the case."""
        there = {*self.cleaned_data["documents"], *self.in_case}
        missing = [item.title for item in self.wanted if item.required and item.code not in there]
        if missing:
            raise ValidationError(_("Still missing: %(documents)s."), params={"documents": "; ".join(missing)})
        return [item.code for item in self.wanted if item.code in there]

    def clean_corrected(self) -> list[str]:
        """All that the registrar asked for, in words."""
        done = set(self.cleaned_data["corrected"])
        left = [point for number, point in enumerate(self.asked) if str(number) not in done]
        if left:
            raise ValidationError(_("Not yet corrected: %(points)s."), params={"points": "; ".join(left)})
        return self.asked


def points_asked(case: Any) -> list[str]:
    """What the registrar wants to have amended, point by point, while that is the last word. One query."""
    result = FilingResult.latest_of(case)
    if result is None or result.outcome != FilingResult.Outcome.AMEND:
        return []
    return list(result.amend_items) or [result.to_amend]
