"""What a person looks for in the list of cases; all of it stands in the address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind, Stage, Status
from casework.vietnamese import VnFold, VnKey, fold, nfc_clean
from workflows.engine.models import Task

ANY = ("", _("All"))


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
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[ANY, *Status.choices])
    late = forms.ChoiceField(label=_("Due"), required=False, choices=[ANY, ("1", _("Only late"))])
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    use_required_attribute = False

    def __init__(self, data: QueryDict, places: "Places"):
        super().__init__(data, auto_id="filter-%s")
        self.data: QueryDict
        self.fields["organisation"].choices = [ANY, *places.organisations]  # type: ignore[attr-defined]
        self.fields["commune"].choices = [ANY, *places.communes]  # type: ignore[attr-defined]
        kinds = [(value, label) for value, label in Kind.choices if value in places.kinds]
        self.fields["kind"].choices = [ANY, *kinds]  # type: ignore[attr-defined]
        for name in ("organisation", "commune", "kind"):
            if len(self.fields[name].choices) <= 2:  # type: ignore[attr-defined]
                self.fields[name].widget = forms.HiddenInput()

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that say something, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self, cases: QuerySet) -> QuerySet:
        """Only the cases that were looked for."""
        chosen = self.chosen
        columns = {"stage": "stage", "status": "status", "kind": "kind", "commune": "area_id"}
        same = {column: chosen[name] for name, column in columns.items() if name in chosen}
        if "organisation" in chosen:
            same["lead_organisation_id"] = chosen["organisation"]
        cases = cases.filter(**same)
        if "q" in chosen:
            cases = _named(cases, nfc_clean(chosen["q"]))
        return cases.filter(pk__in=late_cases()) if "late" in chosen else cases

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
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))


@dataclass(frozen=True)
class Places:
    """Organisations, communes and kinds among which a person can choose: those of the cases that she sees."""

    organisations: list[tuple[str, str]]
    communes: list[tuple[str, str]]
    kinds: set[str]


def places_of(cases: QuerySet) -> Places:
    """Read the choices of the filters, in the order of the Vietnamese alphabet. One query."""
    rows = cases.order_by().values_list(
        "lead_organisation_id",
        "lead_organisation__name",
        VnKey("lead_organisation__name"),
        "area_id",
        "area__name",
        VnKey("area__name"),
        "kind",
    )
    organisations, communes, kinds = {}, {}, set()
    for organisation_id, organisation, organisation_key, area_id, area, area_key, kind in rows.distinct():
        kinds.add(kind)
        organisations[str(organisation_id)] = (organisation_key, organisation)
        communes[str(area_id)] = (area_key, area)
    return Places(_in_order(organisations), _in_order(communes), kinds)


def _in_order(names: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(pk, name) for pk, (_key, name) in sorted(names.items(), key=lambda item: item[1][0])]


def _named(cases: QuerySet, text: str) -> QuerySet:
    """Cases whose name, code or trade contains the text, marks and case apart."""
    by_name = cases.model.objects.search(text).values("pk")
    by_trade = Q(folded_trade__contains=fold(text))
    return cases.alias(folded_trade=VnFold("trade")).filter(Q(pk__in=by_name) | by_trade)


def late_cases() -> QuerySet:
    """Ids of the cases that have an open task whose time is over, as a subquery."""
    return Task.objects.open().filter(held=False, due_at__lt=timezone.now()).values("case_id")
