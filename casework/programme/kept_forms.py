"""What the forms of the programme's rooms share: for whom a row is entered, for which programme, where."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from casework.cooperatives.choice import CooperativeChoice
from casework.organisations.models import AdministrativeUnit, Organisation
from casework.organisations.standing import Standing
from casework.programme.indicators.models import Programme
from casework.programme.kept import keeping_organisations
from casework.vietnamese import VnFold, VnKey, fold


class Choice(forms.ModelChoiceField):
    """One of the rows offered; no choice where nothing must be chosen."""

    default_error_messages = {
        "required": _("Choose one."),
        "invalid_choice": _("Choose one of those offered here."),
    }

    def __init__(self, model: Any, **options: Any):
        super().__init__(model.objects.none(), **{"empty_label": "–", **options})


class KeptForm(forms.Form):
    """A row of the programme: entered for an organisation, or corrected. It never writes."""

    right = ""

    use_required_attribute = False

    def __init__(self, standing: Standing, data: Any = None, *, row: Any = None, first: dict[str, Any] | None = None):
        """Empty with `first` filled in, or as `row` says; `data` is what was sent."""
        super().__init__(data, initial=model_to_dict(row) if row else first)
        self.standing, self.row = standing, row
        for field in self.fields.values():
            if isinstance(field, CooperativeChoice):
                field.standing = standing
        self._offer_organisations(standing)
        self._offer("programme", Programme.objects.order_by("-valid_from", "pk"))
        self._offer_communes(standing)

    def _offer_organisations(self, standing: Standing) -> None:
        if self.row or not self.right:
            return
        organisations = keeping_organisations(standing, self.right)
        field = Choice(Organisation, label=_("Organisation"), empty_label=None)
        self.fields = {"organisation": field, **self.fields}
        self._offer("organisation", organisations)
        self.initial.setdefault("organisation", standing.organisation_ids[0] if standing.organisation_ids else None)

    def _offer_communes(self, standing: Standing) -> None:
        if "commune" not in self.fields:
            return
        area_ids = Organisation.objects.filter(pk__in=standing.reach_ids).values_list("area_id", "area__parent_id")
        provinces = {above or here for here, above in area_ids if here}
        communes = AdministrativeUnit.objects.filter(level="commune", valid_until=None, parent__in=provinces)
        self._offer("commune", communes.order_by(VnKey("name"), "pk"))

    def _offer(self, name: str, rows: Any) -> None:
        if name in self.fields:
            field: Any = self.fields[name]
            field.queryset = rows

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, without for whom."""
        return {name: value for name, value in self.cleaned_data.items() if name != "organisation"}

    @property
    def organisation_id(self) -> int:
        """For whom the row is entered."""
        pk: int = self.cleaned_data["organisation"].pk
        return pk


class Years(forms.Form):
    """Filters that every list of the programme has: words, and a year."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2200)

    use_required_attribute = False

    @property
    def chosen(self) -> dict[str, Any]:
        """What can be read of the address; a filter that cannot be read narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def narrowed(self, rows: Any, *, words: tuple[str, ...], day: str, same: tuple[str, ...] = ()) -> Any:
        """The rows that hold the words in one of these columns, of the year, and equal in the columns of `same`."""
        chosen = self.chosen
        if text := fold(chosen.get("q", "").replace("\x00", "")):
            folded = {f"said{place}": VnFold(path) for place, path in enumerate(words)}
            says = reduce(or_, (Q(**{f"{name}__contains": text}) for name in folded))
            rows = rows.alias(**folded).filter(says)
        if year := chosen.get("year"):
            rows = rows.filter(**{f"{day}__year": year})
        return rows.filter(**{name: chosen[name] for name in same if chosen.get(name)})
