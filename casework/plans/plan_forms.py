"""What is typed into a business plan: its texts and its tables. Every sum is reckoned, none is typed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.fields import LongText, MoneyInput, PercentInput, TextLine, WholeNumber, within
from casework.plans.drafting import DraftForm
from casework.plans.models import BusinessPlan, NeedsSurvey
from casework.plans.plan_checks import faults_of
from casework.plans.tables import ENTRIES, PLACES, YEARS, CostKind, FundKind, SourceKind, checked
from casework.steps import RowGroup

_MOST_UNITS = 10**9
_CHOOSE = {"required": _("Choose one of the list."), "invalid_choice": _("Choose one of the list.")}


class ProductRow(forms.Form):
    """One product or service."""

    name = TextLine(label=_("Product or service"), max_length=120)
    unit = TextLine(
        label=_("Unit"), max_length=20, help_text=_("So small that volumes are whole numbers: kg instead of tấn.")
    )
    inside = WholeNumber(
        label=_("Sold to members"),
        most=100,
        suffix="%",
        help_text=_("Internal transactions: how much of it members buy or use themselves. 0 if all is sold outside."),
    )
    volume_1 = WholeNumber(label=_("Volume, year 1"), most=_MOST_UNITS)
    volume_2 = WholeNumber(label=_("Volume, year 2"), most=_MOST_UNITS)
    volume_3 = WholeNumber(label=_("Volume, year 3"), most=_MOST_UNITS)
    price_1 = MoneyInput(label=_("Price of one unit, year 1"), smallest=100)
    price_2 = MoneyInput(
        label=_("Price of one unit, year 2"), smallest=100, required=False, help_text=_("Empty: as in the year before.")
    )
    price_3 = MoneyInput(
        label=_("Price of one unit, year 3"), smallest=100, required=False, help_text=_("Empty: as in the year before.")
    )

    def clean(self) -> dict[str, Any]:
        """A price that was left empty is that of the year before."""
        cleaned = super().clean() or self.cleaned_data
        for year in YEARS[1:]:
            if cleaned.get(f"price_{year}") is None and f"price_{year}" not in self.errors:
                cleaned[f"price_{year}"] = cleaned.get(f"price_{year - 1}")
        return cleaned


class CostRow(forms.Form):
    """One cost."""

    item = TextLine(label=_("Cost"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of cost"), choices=[("", "–"), *CostKind.choices], error_messages=_CHOOSE)
    year_1 = MoneyInput(label=_("Year 1"))
    year_2 = MoneyInput(label=_("Year 2"))
    year_3 = MoneyInput(label=_("Year 3"))


class InvestmentRow(forms.Form):
    """Something to buy or build."""

    item = TextLine(label=_("What is bought or built"), max_length=120)
    amount = MoneyInput(label=_("Amount"), least=1_000)


class SourceRow(forms.Form):
    """Where a sum comes from."""

    kind = forms.ChoiceField(
        label=_("Kind of source"), choices=[("", "–"), *SourceKind.choices], error_messages=_CHOOSE
    )
    who = TextLine(
        label=_("From whom"), required=False, max_length=120, help_text=_("The lender or supporter, where you know.")
    )
    amount = MoneyInput(label=_("Amount"), least=1_000)
    rate = PercentInput(label=_("Interest a year"), required=False, suffix="%", help_text=_("Only for a loan."))
    months = WholeNumber(
        label=_("To be paid back in"),
        required=False,
        least=1,
        most=360,
        suffix=_("months"),
        help_text=_("Only for a loan."),
    )

    def clean(self) -> dict[str, Any]:
        """Rate and months belong to a loan."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") not in (None, "", SourceKind.LOAN):
            for name in ("rate", "months"):
                if cleaned.get(name) is not None:
                    self.add_error(name, _g("Only a loan has this. Leave it empty here."))
        return cleaned


class WorkersRow(forms.Form):
    """Who works in one year."""

    workers = WholeNumber(label=_("Workers"), suffix=_("people"))
    women = WholeNumber(label=_("Of them women"), suffix=_("women"))

    def clean(self) -> dict[str, Any]:
        """A part is not larger than the whole."""
        cleaned = super().clean() or self.cleaned_data
        within(self, "women", "workers", _g("This is more than all workers."))
        return cleaned


class FundRow(forms.Form):
    """The share of one fund."""

    kind = forms.ChoiceField(label=_("Fund"), choices=[("", "–"), *FundKind.choices], error_messages=_CHOOSE)
    name = TextLine(label=_("Name of the fund"), required=False, max_length=80, help_text=_("For another fund."))
    share = PercentInput(
        label=_("Share of the income"),
        suffix="%",
        help_text=_("Of the common fund: of the income from external transactions."),
        error_messages={
            "required": _("Write the share in percent, for example 5."),
            "invalid": _("Write the share with at most two places, for example 7,5."),
            "too_large": _("A share above 100 percent cannot be meant."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Another fund has a name."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == FundKind.OTHER and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _g("Write what this fund is called."))
        return cleaned


def _table(
    row: type[forms.Form], title: Any, place: str, text: Any, shown: int, most: int, columns: int = 3
) -> RowGroup:
    """One table of the plan, with a single empty row below what is known: six tables are long as they are."""
    return RowGroup(row, title, PLACES[place], text, shown, most, columns, spare=1)


class DraftPlanForm(DraftForm):
    """The business plan: texts, and tables whose sums are reckoned."""

    model = BusinessPlan
    marks = "marked_in_plan"

    market = LongText(label=PLACES["market"], help_text=_("Who buys today, who could buy, and who else sells it."))
    member_needs = LongText(
        label=PLACES["member_needs"], help_text=_("Which products, services or work the members need of it.")
    )
    marketing = LongText(
        label=PLACES["marketing"],
        required=False,
        help_text=_("How buyers hear of it, how it is packed, brought to them and paid for."),
    )
    working_capital = MoneyInput(
        label=PLACES["working_capital"],
        help_text=_("Money for seeds, materials and wages until the first sales are paid. 0 if none is needed."),
    )

    row_groups = {
        "products": _table(ProductRow, _("Product"), "products", _("Volume times price makes the revenue."), 2, 30),
        "costs": _table(CostRow, _("Cost"), "costs", _("Without interest and repayment of loans."), 3, 40),
        "investment": _table(
            InvestmentRow, _("Investment"), "investment", _("What is bought or built to begin."), 3, 40, columns=2
        ),
        "sources": _table(
            SourceRow, _("Source"), "sources", _("Together exactly what investment and working capital need."), 3, 15
        ),
        "workers": _table(WorkersRow, _("Year"), "workers", _("Members who work are counted too."), 3, 3, columns=2),
        "funds": _table(FundRow, _("Fund"), "funds", _("What is left after the funds goes to the members."), 3, 10),
    }

    @classmethod
    def first_proposal(cls, case: Any) -> dict[str, Any]:
        """What the survey found."""
        survey = NeedsSurvey.latest_of(case)
        return {"member_needs": survey.needs} if survey else {}

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The last version, or what earlier steps know."""
        last = BusinessPlan.latest_of(case)
        if last is None:
            return cls.first_proposal(case)
        return {
            **{name: getattr(last, name) for name in ("market", "member_needs", "marketing")},
            "working_capital": last.tables.get("working_capital"),
        }

    @classmethod
    def initial_rows(cls, case: Any) -> dict[str, list[dict[str, Any]]]:
        """The tables of the last version, or what the survey found."""
        last = BusinessPlan.latest_of(case)
        if last and last.tables:
            return {name: [_typed(row) for row in last.tables.get(name, [])] for name in ENTRIES}
        survey = NeedsSurvey.latest_of(case)
        if survey is None:
            return {}
        own = [{"kind": SourceKind.OFFICIAL, "amount": survey.expected_capital}] if survey.expected_capital else []
        return {"products": [{"name": survey.trade}], "sources": own}

    def clean(self) -> dict[str, Any]:
        """The tables in one piece, with the sums in order."""
        cleaned = super().clean()
        if not self.is_draft and all(name in cleaned for name in ENTRIES):
            cleaned["tables"] = self._as_stored(cleaned)
        return cleaned

    def clean_rows(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """A product at least, all years, and sources that pay for all uses. Raises ValidationError."""
        if not rows["products"]:
            raise ValidationError(_g("Write at least one product or service."))
        if "working_capital" in self.errors:
            return
        faults = faults_of(checked(self._as_stored({**self.cleaned_data, **rows})))
        if faults:
            raise ValidationError([f"{PLACES[fault.place]}: {fault.sentence}" for fault in faults])

    def _as_stored(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The tables as casework/plans/tables.py describes them; takes them out of the cleaned values."""
        tables: dict[str, Any] = {name: [_stored(row) for row in cleaned.pop(name)] for name in ENTRIES}
        for number, row in enumerate(tables["workers"], 1):
            row["year"] = number
        return {**tables, "working_capital": cleaned.pop("working_capital", None) or 0}


def _stored(row: dict[str, Any]) -> dict[str, Any]:
    return {name: f"{value.normalize():f}" if isinstance(value, Decimal) else value for name, value in row.items()}


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """A stored row as its form shows it."""
    return {name: Decimal(row[name]) if name in ("rate", "share") and row[name] else row[name] for name in row}
