"""What a person looks for in the list of cases; all of it stands in the address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind, Outcome, Stage, Status
from casework.fields import VietnameseDate
from casework.programme.indicators.models import Programme
from casework.vietnamese import nfc_clean
from workflows.casefile.measures import LATE, RUNNING, SOON, between_q, due_q, status_q
from workflows.summary.places import MOST_OFFERED, Places

ANY = ("", _("All"))
STATUSES = [(RUNNING, _("Open or on hold")), *Status.choices]
DUE = [(LATE, _("Only late")), (SOON, _("Within 3 working days"))]
DAYS = ("opened_from", "opened_to", "closed_from", "closed_to")
_COLUMNS = {
    "stage": "stage",
    "outcome": "outcome",
    "kind": "kind",
    "commune": "area_id",
    "organisation": "lead_organisation_id",
}


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address of the list without it."""

    label: str
    value: str
    url: str


class CaseFilter(forms.Form):
    """Search and filters. What makes no sense is left out, never an error page."""

    q = forms.CharField(
        label=_("Name, code or trade"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[ANY, *Stage.choices])
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[ANY, *STATUSES])
    late = forms.ChoiceField(label=_("Due"), required=False, choices=[ANY, *DUE])
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[ANY, *Outcome.choices])
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    opened_from = VietnameseDate(label=_("Opened from"), required=False, past=False)
    opened_to = VietnameseDate(label=_("Opened until"), required=False, past=False)
    closed_from = VietnameseDate(label=_("Closed from"), required=False, past=False)
    closed_to = VietnameseDate(label=_("Closed until"), required=False, past=False)

    use_required_attribute = False
    offers_programmes = False

    def __init__(self, data: QueryDict, places: Places):
        super().__init__(data, auto_id="filter-%s")
        self.data: QueryDict
        self.fields["organisation"].choices = [ANY, *places.organisations]  # type: ignore[attr-defined]
        self.fields["commune"].choices = [ANY, *places.communes]  # type: ignore[attr-defined]
        kinds = [(value, label) for value, label in Kind.choices if value in places.kinds]
        self.fields["kind"].choices = [ANY, *kinds]  # type: ignore[attr-defined]
        self.fields["programme"].choices = [ANY, *self._programmes()]  # type: ignore[attr-defined]
        for name in ("organisation", "commune", "kind", "programme"):
            # Nothing to choose; or thousands, which would be most of the page: a link of the board chooses as well.
            if not 2 < len(self.fields[name].choices) <= MOST_OFFERED:  # type: ignore[attr-defined]
                self.fields[name].widget = forms.HiddenInput()

    def _programmes(self) -> list[tuple[str, str]]:
        """Read only when one was asked for: most who look for a case do not think of programmes."""
        wanted = self.offers_programmes or self.data.get("programme")
        return list(Programme.objects.order_by("code").values_list("code", "short_name")) if wanted else []

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that say something, by name; days as in 2026-11-23."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What was chosen by a link and has no field to see: a new search keeps it."""
        return [(name, value) for name, value in self.chosen.items() if self.fields[name].widget.is_hidden]

    def apply(self, cases: Any) -> QuerySet:
        """Only the cases that were looked for."""
        chosen, now = self.chosen, timezone.now()
        same = {column: chosen[name] for name, column in _COLUMNS.items() if name in chosen}
        cases = cases.filter(self._days("opened"), self._days("closed"), **same)
        if "programme" in chosen:
            cases = cases.filter(programmes__contains=[chosen["programme"]])
        if "status" in chosen:
            cases = cases.filter(status_q(chosen["status"]))
        if "q" in chosen:
            cases = cases.search(nfc_clean(chosen["q"]))
        return cases.filter(due_q(chosen["late"], now)) if "late" in chosen else cases

    def _days(self, what: str) -> Q:
        days = [self.cleaned_data.get(f"{what}_{end}") for end in ("from", "to")]
        return between_q(f"{what}_at", *days)

    def chips(self, path: str) -> list[Chip]:
        """The active filters apart from the search box, each with the address without it."""
        return [
            Chip(str(self.fields[name].label), self._word(name, value), f"{path}?{self._without(name)}")
            for name, value in self.chosen.items()
            if name != "q"
        ]

    def query(self, **more: str) -> str:
        """The chosen filters as a query string, with more parameters."""
        query = QueryDict(mutable=True)
        query.update({**self.chosen, **{name: value for name, value in more.items() if value}})
        return query.urlencode()

    def _without(self, name: str) -> str:
        query = QueryDict(mutable=True)
        query.update({other: value for other, value in self.chosen.items() if other != name})
        return query.urlencode()

    def _word(self, name: str, value: str) -> str:
        if name in DAYS:
            return f"{self.cleaned_data[name]:%d/%m/%Y}"
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))
