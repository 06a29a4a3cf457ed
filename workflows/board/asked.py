"""What is asked of the second half of the board; all of it stands in the address, nonsense is left out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind, Stage
from casework.organisations.models import Organisation
from casework.vietnamese import VnKey
from workflows.desk.filters import ANY

# More are not offered in a select: they are chosen by their link in the table of organisations.
MOST_OFFERED = 60
MONTHS = (3, 6, 12, 24, 60)
USUAL_MONTHS = 12
_LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address of the page without it."""

    label: str
    value: str
    url: str


class AskedForm(forms.Form):
    """Organisation and kind of case; pages add to it. `fixed` holds what stands in the address but in no field."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *Kind.choices])

    use_required_attribute = False

    def __init__(self, data: QueryDict, organisations: QuerySet[Organisation]):
        super().__init__(data, auto_id="filter-%s")
        found = list(organisations.order_by(VnKey("name"), "pk").values_list("pk", "name")[: MOST_OFFERED + 1])
        chosen = str(data.get("organisation", ""))
        if len(found) > MOST_OFFERED:
            self.fields["organisation"].widget = forms.HiddenInput()
            found = list(organisations.filter(pk=chosen).values_list("pk", "name")) if _is_id(chosen) else []
        self.fields["organisation"].choices = [ANY, *((str(pk), name) for pk, name in found)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """What says something, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def query(self, **changes: Any) -> str:
        """The chosen filters as a query string, some of them changed; an empty value leaves one out."""
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in {**self.chosen, **changes}.items() if value})
        return query.urlencode()

    def chips(self, path: str) -> list[Chip]:
        """The active filters, each with the address of the page without it."""
        return [
            Chip(str(self.fields[name].label), self._word(name, value), f"{path}?{self.query(**{name: ''})}")
            for name, value in self.chosen.items()
        ]

    def _word(self, name: str, value: str) -> str:
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= _LARGEST


class PeriodForm(AskedForm):
    """With the last so many months, the present one among them."""

    months = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[(str(n), format_lazy(_("Last {n} months"), n=n)) for n in MONTHS],
    )

    @property
    def first_day(self) -> date:
        """The first day of the period."""
        return months_back(int(self.chosen.get("months", USUAL_MONTHS)))


class TimesForm(PeriodForm):
    """Times in a stage: of which stage, and by what they are told apart."""

    BY = {"organisation": _("Organisation"), "officer": _("Officer"), "month": _("Month of leaving")}

    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[ANY, *Stage.choices])
    by = forms.ChoiceField(label=_("Told apart by"), required=False, choices=[("", _("Stage only")), *BY.items()])


def months_back(n: int) -> date:
    """The first day of the month that begins the last n months, the present one among them."""
    today = timezone.localdate()
    number = today.year * 12 + today.month - n
    return date(number // 12, number % 12 + 1, 1)


def page_number(text: str) -> int:
    """The number of a page in an address; 1 for anything that is none."""
    return max(1, min(int(text), 100_000)) if _is_id(text) else 1
