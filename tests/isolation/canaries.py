"""Canaries: every text that people typed gets a word of its own, by which it is known wherever it comes out.

A text keeps what it said and ends in `kiwi00042`. Phones and identity numbers become numbers that occur nowhere else;
they are looked for by their last nine digits, however the page groups them.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

OURS = ("casework", "workflows", "notifications")
# Reference data, history and machinery: nobody types there what belongs to one organisation.
NOT_TYPED = {
    "AuditCheck", "AuditCheckpoint", "AuditLeaf", "AuditNode", "AuditUnsealed",
    "AuditEvent", "PeriodicTick", "Worker", "User", "AdministrativeUnit", "PlaceAlias", "Organisation",
    "LegalParameter", "LegalDocument", "LegalRule", "ParameterDraft", "WomenLedPolicy", "ProtectedName",
    "DocumentType", "ChecklistItem", "PaperTemplate", "GeneratedPaper", "Export", "CreditProduct", "CharterGroup",
    "Programme", "Indicator", "ReportingPeriod", "RosterUpload", "CalendarYear", "CalendarDay", "TimeLimit",
    "Process", "ClosingReason", "CaseSum", "OutboxMessage", "Notification", "Delivery", "Wish", "FeedKey",
    "SignInAttempt", "UserSession", "SecondFactor", "RecoveryCode", "StatusCode", "StatusTry", "RuleCheck", "Reading",
}  # fmt: skip
# Codes, keys and days that the product makes, or reads again.
NOT_TEXT = {
    "code", "key", "registration_code", "roster_key", "group_code", "profile", "since", "until", "as_of", "on",
    "founded", "gate", "stored_name", "media_type", "sha256", "anchor", "token_hash", "data_hash", "form_version",
    "node", "permission", "flow_task_type", "token", "external_task_id", "owner_permission", "given_name",
    "owner_permission_obj_pk", "outcome", "query", "address_of", "unit", "email", "list_name", "sex",
}  # fmt: skip
NUMBERS = {"phone", "id_number"}
# Their leaves are texts as typed.
TYPED_JSON = {("Charter", "articles"), ("Report", "texts")}

_WORD = re.compile(r"kiwi\d{5}")
_DIGITS = re.compile(r"\d{9,}")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\u00a0-](?=\d)")


@dataclass
class Canaries:
    """The words that were given out, and in which field each stands: `kiwi00042` → `Note.text`."""

    fields: dict[str, str] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    _given: int = 0

    def word(self, where: str) -> str:
        """A word that occurs nowhere else."""
        self._given += 1
        name = f"kiwi{self._given:05d}"
        self.fields[name] = where
        return name

    def number(self, where: str, before: str) -> str:
        """A number that occurs nowhere else, of the same kind as the one before."""
        self._given += 1
        last = f"7{self._given * 7919 % 100_000_000:08d}"
        self.fields[last] = where
        self.numbers.add(last)
        return f"+84{last}" if before.startswith("+") else f"056{last}"

    def found_in(self, text: str) -> set[str]:
        """The canaries that sing in a text."""
        digits = {run[-9:] for run in _DIGITS.findall(_BETWEEN_DIGITS.sub("", text))}
        return (set(_WORD.findall(text)) & self.fields.keys()) | (digits & self.numbers)

    def told(self, found: set[str]) -> set[str]:
        """The fields in which these canaries stand."""
        return {self.fields[name] for name in found}

    def in_rows_of(self, models: tuple[Any, ...]) -> set[str]:
        """The canaries that stand in the tables of some models, also those that were typed elsewhere."""
        rows = [values for model in models for values in model.objects.values()]
        return self.found_in("\n".join(str(value) for values in rows for value in values.values()))


def our_models() -> list[Any]:
    """Every model whose texts people type."""
    found = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if model.__name__ not in NOT_TYPED and not model._meta.proxy]


def rows_now() -> dict[Any, set[Any]]:
    """The keys of what there is, to tell it from what is put in later."""
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in our_models()}


def mark_what_is_new(canaries: Canaries, before: dict[Any, set[Any]]) -> None:
    """Put a canary into every text of every row that was not there before. Empty fields stay empty."""
    for model in our_models():
        for row in model._base_manager.exclude(pk__in=before[model]):
            values = _marked(canaries, model, row)
            if values:
                model._base_manager.filter(pk=row.pk).update(**values)


def _marked(canaries: Canaries, model: Any, row: Any) -> dict[str, Any]:
    named = {f.attname: (f, getattr(row, f.attname)) for f in model._meta.concrete_fields}
    return {
        name: _with_canary(canaries, f"{model.__name__}.{name}", f, value)
        for name, (f, value) in named.items()
        if value and is_typed(model, f)
    }


def is_typed(model: Any, column: Any) -> bool:
    """Whether a column holds what somebody typed: free text, or a number of a person."""
    if isinstance(column, models.JSONField):
        return (model.__name__, column.name) in TYPED_JSON
    text = type(column) in (models.CharField, models.TextField)
    return text and not column.choices and column.name not in NOT_TEXT


def _with_canary(canaries: Canaries, where: str, column: Any, value: Any) -> Any:
    if isinstance(column, models.JSONField):
        return _in_leaves(canaries, where, value)
    if column.name in NUMBERS:
        return canaries.number(where, value)
    word = canaries.word(where)
    most = column.max_length or 10_000
    return f"{value[: most - len(word) - 1]} {word}"


def _in_leaves(canaries: Canaries, where: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _in_leaves(canaries, where, leaf) for name, leaf in value.items()}
    if isinstance(value, list):
        return [_in_leaves(canaries, where, leaf) for leaf in value]
    return f"{value} {canaries.word(where)}" if isinstance(value, str) and value else value
