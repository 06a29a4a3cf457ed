"""What is typed into a draft charter: its figures, and a text for each content group that the law asks for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from casework.answer_fields import OneOf, TickBox
from casework.cases.stages import LegalForm
from casework.fields import LongText, MoneyInput, TextLine, WholeNumber, within
from casework.plans.charter import ARTICLE, BLANK, filled, groups_for, stale_figures
from casework.plans.drafting import DraftForm
from casework.plans.models import Charter, CharterGroup
from casework.rules.names import fault_of_name, proposed_name, protected_name_in

# A cooperative group has a contract and a representative; these belong to bodies that the law gives a cooperative.
_NOT_FOR_GROUPS = ("governance", "legal_representatives", "representative_titles")


class DraftCharterForm(DraftForm):
    """The figures of the charter that later papers need, and its text by content groups (LHTX Article 40)."""

    model = Charter
    marks = "marked_in_charter"

    cooperative_name = TextLine(
        label=_("Name of the cooperative"),
        max_length=200,
        help_text=_("Begins with “Hợp tác xã”. Whether another one has this name, the registrar will say."),
    )
    name_agreed = TickBox(
        label=_("The organisation whose name stands in it has agreed in writing"),
        help_text=_("Only for the name of a state body or of a political or socio-political organisation."),
    )
    seat = TextLine(
        label=_("Address of the seat"), max_length=250, help_text=_("House, hamlet, commune or ward, province.")
    )
    lines_of_business = LongText(label=_("Lines of business"))
    governance = OneOf(
        label=_("Governance"),
        choices=Charter.Governance.choices,
        help_text=_("A very small cooperative may choose the reduced form."),
    )
    charter_capital = MoneyInput(label=_("Charter capital"), least=1_000)
    min_contribution = MoneyInput(label=_("Smallest contribution of a member"), least=1_000)
    legal_representatives = WholeNumber(
        label=_("Number of legal representatives"), least=1, most=20, suffix=_("people")
    )
    representative_titles = TextLine(
        label=_("Titles of the legal representatives"),
        help_text=_("For example: Chủ tịch Hội đồng quản trị; under reduced governance: Giám đốc."),
    )

    def add_fields(self) -> None:
        """One text for each content group of today's law, begun with the last version or with the guide."""
        if self.case.legal_form == LegalForm.THT:
            for name in _NOT_FOR_GROUPS:
                del self.fields[name]
        self.last = Charter.latest_of(self.case)
        self.groups = groups_for(self.case, timezone.localdate())
        for group in self.groups:
            self.fields[f"{ARTICLE}{group.code}"] = _article_field(group)
            written = self.last.articles.get(group.code) if self.last else None
            self.initial[f"{ARTICLE}{group.code}"] = written or group.guide_vi

    @classmethod
    def first_proposal(cls, case: Any) -> dict[str, Any]:
        """The working name written out, the commune, and one representative."""
        with override("vi"):  # the charter is Vietnamese, whatever the language of the page
            seat = str(case.area)
        return {
            "cooperative_name": proposed_name(case.working_name, case.legal_form),
            "seat": seat,
            "legal_representatives": 1,
        }

    def clean_cooperative_name(self) -> str:
        """A name that the registrar may not refuse for its form."""
        name: str = self.cleaned_data["cooperative_name"]
        fault = fault_of_name(name, self.case.legal_form)
        if fault:
            raise ValidationError(fault)
        return name

    def clean(self) -> dict[str, Any]:
        """Nobody's name is taken unasked; the smallest contribution is a part of the capital; no text is left open."""
        cleaned = super().clean()
        protected = protected_name_in(cleaned.get("cooperative_name") or "")
        if protected and not cleaned.get("name_agreed"):
            self.add_error(
                "cooperative_name",
                _g("“%(name)s” may stand in the name only with the written consent of that organisation.")
                % {"name": protected},
            )
        within(self, "min_contribution", "charter_capital", _g("This is more than the whole charter capital."))
        cleaned["articles"] = {group.code: self._text(group, cleaned) for group in self.groups}
        return cleaned

    def _text(self, group: CharterGroup, cleaned: dict[str, Any]) -> str:
        """The text of one group with the figures filled in; what is left open or out of date is told beside it."""
        name = f"{ARTICLE}{group.code}"
        text = filled(cleaned.pop(name, None) or "", cleaned)
        if BLANK in text:
            self.add_error(name, _g("Put what the founders decided in place of %(blank)s.") % {"blank": BLANK})
        for old, new in stale_figures(text, cleaned, self.last) if self.last else []:
            self.add_error(
                name,
                _g("This still says “%(old)s”, as in the version before. Above it is now “%(new)s”.")
                % {"old": old, "new": new},
            )
        return text


def _article_field(group: CharterGroup) -> LongText:
    """The field of one content group."""
    empty = _g("“%(title)s” is empty. The law asks for it in every charter (Article 40).") % {"title": group}
    return LongText(
        label=f"{group.place}. {group}",
        rows=5,
        help_text=group.hint,
        error_messages={"required": empty},
    )
