"""The changes of an event as people read them: what, from what, to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from casework.facts import MoneyField, dong, grouped
from casework.organisations.models import AdministrativeUnit, Organisation, User
from casework.sharing.scope import beyond_sight
from workflows.casefile.field_words import field_words

LONGEST = 400  # characters of a text that a history shows; the event holds all of it

# Which row belongs to which is told by the sentence of the event, and the rest is the engine's own.
_UNTOLD = frozenset(
    {"case_id", "task_id", "process_id", "contact_id", "recorded_by_id", "recorded_at", "stage_since"}
    | {"assigned_by_id", "assigned_at", "claimed_at", "ended_at", "opened_by_id", "previous_ids", "given_name"}
    | {"lineage", "token", "status_since", "opened_at", "decided_at", "closed_at", "valid_from"}
)
_UNTOLD_OF = frozenset(
    {("task", "status"), ("task", "owner_id"), ("rulecheck", "results"), ("ruleoverride", "finding")}
    | {("documentversion", "stored_name"), ("businessplan", "tables"), ("charter", "articles")}
)
_NAMED = (User, Organisation, AdministrativeUnit)


@dataclass(frozen=True)
class Change:
    """One changed field in words."""

    label: str
    new: str
    old: str = ""


@dataclass
class Names:
    """Names of the rows that events mention, by model and id. Filled by one query for each model."""

    known: dict[type[models.Model], dict[int, str]] = field(default_factory=dict)

    def of(self, model: type[models.Model], pk: Any) -> str:
        """The name of a row; its number when there is no such row any more."""
        return self.known.get(model, {}).get(pk, f"№ {pk}")


def names_for(wanted: Mapping[type[models.Model], Iterable[Any]]) -> Names:
    """Read the names of the wanted rows, one query for each model that is wanted at all."""
    names = Names()
    for model, ids in wanted.items():
        pks = {pk for pk in ids if isinstance(pk, int)}
        if pks:
            rows = beyond_sight(model._default_manager.filter(pk__in=pks), "named by events of a case in hand")
            names.known[model] = {row.pk: str(row) for row in rows}
    return names


def together(*wanted: Mapping[type[models.Model], Iterable[Any]]) -> dict[type[models.Model], set[Any]]:
    """Several collections of wanted ids as one."""
    all_of_them: dict[type[models.Model], set[Any]] = {}
    for one in wanted:
        for model, ids in one.items():
            all_of_them.setdefault(model, set()).update(ids)
    return all_of_them


def mentioned(changes: Iterable[Mapping[str, Any]]) -> dict[type[models.Model], set[Any]]:
    """The ids of people, organisations and places that changes mention."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for change in changes:
        field_ = _field(change)
        if field_ is not None and field_.related_model in _NAMED:
            wanted.setdefault(field_.related_model, set()).update({change.get("from"), change.get("to")})
    return wanted


def shown_changes(changes: Iterable[Mapping[str, Any]], names: Names) -> list[Change]:
    """The changes that a person has use for, with the words of the models."""
    return [_shown(change, names) for change in changes if _is_told(change)]


def _is_told(change: Mapping[str, Any]) -> bool:
    name = str(change.get("field", ""))
    model = str(change.get("object", "")).partition(":")[0]
    if model == "case" and name in ("stage", "status") and change.get("from"):
        return False  # stands beside the sentence
    return name not in _UNTOLD and model != "taskassignment" and (model, name) not in _UNTOLD_OF


def _shown(change: Mapping[str, Any], names: Names) -> Change:
    field_ = _field(change)
    if field_ is None:
        label = f"{change.get('object', '')} {change.get('field', '')}".strip()
    else:
        label = f"{capfirst(str(field_.model._meta.verbose_name))}: {field_words(field_)}"
    if change.get("personal"):
        return Change(label, _("changed (personal, so its value is not in the history)"))
    return Change(label, _value(field_, change.get("to"), names), _value(field_, change.get("from"), names))


@cache
def _models() -> dict[str, type[models.Model]]:
    ours = (apps.get_app_config(label) for label in ("casework", "workflows"))
    return {str(model._meta.model_name): model for app in ours for model in app.get_models()}


def _field(change: Mapping[str, Any]) -> Any:
    """The model field that a change is about, or None for one that is no more."""
    model = _models().get(str(change.get("object", "")).partition(":")[0])
    name = str(change.get("field", ""))
    try:
        return model._meta.get_field(name.removesuffix("_id")) if model else None
    except FieldDoesNotExist:
        return None


def _value(field_: Any, value: Any, names: Names) -> str:
    """A stored value as text."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field_ is not None and field_.related_model:
        return names.of(field_.related_model, value)
    if field_ is not None and field_.choices:
        return str(dict(field_.flatchoices).get(value, value))
    if isinstance(value, int):
        return dong(value) if isinstance(field_, MoneyField) else grouped(value)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return Truncator(_moment(field_, str(value))).chars(LONGEST)


def _moment(field_: Any, value: str) -> str:
    """A stored date or time day first; any other text as it is."""
    try:
        if isinstance(field_, models.DateTimeField):
            moment = datetime.fromisoformat(value)
            return timezone.localtime(moment).strftime("%H:%M %d/%m/%Y")
        if isinstance(field_, models.DateField):
            return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        pass
    return value
