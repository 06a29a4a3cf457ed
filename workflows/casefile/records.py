"""What was written down about a case so far, read in one statement however many kinds of record there are."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.documents.models import ChecklistItem
from casework.facts import shown_value
from casework.plans.models import Charter
from casework.plans.tables import place_label
from casework.records import CaseRecord
from workflows.casefile.changes import Names
from workflows.casefile.words import Fact, Group, day_of

_UNTOLD = frozenset(
    {"id", "case", "recorded_by", "recorded_at", "plan", "charter", "dossier", "filing", "decided_by"}
    | {"version", "round"}
    # Told on pages of their own, by casework/plans.
    | {"tables", "articles"}
)
# What parts records of one kind that stand side by side; otherwise a newer one takes the place of the older.
_PARTS = ("months", "lender_id", "product_id")


def records_of(case: Case) -> list[CaseRecord]:
    """All records of a case that are told, oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"case": case.pk})
        rows = [_row(name, text) for name, text in cursor.fetchall()]
    return sorted(rows, key=lambda row: (row.recorded_at, row.pk))


@cache
def _models() -> dict[str, type[CaseRecord]]:
    found = apps.get_app_config("casework").get_models()
    return {str(model._meta.model_name): model for model in found if issubclass(model, CaseRecord) and model.told}


@cache
def _statement() -> str:
    """One SELECT for the records of all kinds; the names are those of our own models and tables."""
    selects = (
        f"SELECT '{name}', to_jsonb(r)::text FROM {connection.ops.quote_name(model._meta.db_table)} r"  # noqa: S608 (above)
        " WHERE case_id = %(case)s"
        for name, model in _models().items()
    )
    return " UNION ALL ".join(selects)


def _row(name: str, text: str) -> CaseRecord:
    """A record made again from its stored columns."""
    model, stored = _models()[name], json.loads(text, parse_float=Decimal)
    fields = model._meta.concrete_fields
    return model(**{field.attname: field.to_python(stored[field.column]) for field in fields})


def current(records: Iterable[CaseRecord]) -> list[tuple[CaseRecord, int]]:
    """The newest record of each kind in the order in which they were written, and how many came before it."""
    newest: dict[tuple[Any, ...], tuple[CaseRecord, int]] = {}
    for record in records:
        parts = [getattr(record, name, None) for name in (_PARTS if record.replaces_older else ("pk",))]
        key = (type(record), *parts)
        _older, before = newest.pop(key, (None, -1))
        newest[key] = (record, before + 1)
    return list(newest.values())


def mentioned_in(records: Iterable[CaseRecord]) -> dict[type[models.Model], set[Any]]:
    """The ids of organisations and places that records name."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for record in records:
        for field in _told(record):
            if field.related_model:
                wanted.setdefault(field.related_model, set()).add(getattr(record, field.attname))
    return wanted


def document_titles(records: Iterable[CaseRecord]) -> dict[str, str]:
    """Titles of the documents that records list, by code. One query, none without such a list."""
    codes = {code for record in records for code in getattr(record, "documents", ())}
    if not codes:
        return {}
    return {document.code: document.title for document in ChecklistItem.objects.filter(code__in=codes)}


def groups_of(records: Iterable[CaseRecord], names: Names, titles: Mapping[str, str]) -> list[Group]:
    """The current records in words, oldest first. No query."""
    return [_group(record, before, names, titles) for record, before in current(records)]


def _group(record: CaseRecord, before: int, names: Names, titles: Mapping[str, str]) -> Group:
    facts = [(capfirst(str(field.verbose_name)), _shown(record, field, names, titles)) for field in _told(record)]
    note = _("It replaces an earlier version; see the history.") if before else ""
    return Group(_title(record), [Fact(*fact) for fact in facts if fact[1]], day_of(record.recorded_at), note)


def _title(record: CaseRecord) -> str:
    """What a record is called, with its version or round."""
    what = capfirst(str(record._meta.verbose_name))
    if number := getattr(record, "version", None):
        return _("%(what)s, version %(number)s") % {"what": what, "number": number}
    if number := getattr(record, "round", None):
        return _("%(what)s, round %(number)s") % {"what": what, "number": number}
    return what


def _told(record: CaseRecord) -> list[Any]:
    return [field for field in record._meta.concrete_fields if field.name not in _UNTOLD]


def _shown(record: CaseRecord, field: Any, names: Names, titles: Mapping[str, str]) -> str:
    value = getattr(record, field.attname)
    if value in (None, "", []):
        return ""
    if field.related_model:
        return names.of(field.related_model, value)
    if isinstance(value, list):
        return "\n".join(_list_item(field, item, titles) for item in value)
    return str(value).replace(".", ",") if isinstance(value, Decimal) else shown_value(record, field)


def _list_item(field: Any, item: str, titles: Mapping[str, str]) -> str:
    # Its own words first: a document of a checklist may have the same code.
    choices = dict(field.base_field.flatchoices)
    if choices:
        return capfirst(str(choices.get(item, item)))
    if field.name == "marked_in_plan":
        return place_label(item)
    if field.name == "marked_in_charter":
        marked: Any = Charter._meta.get_field(item)
        return capfirst(str(marked.verbose_name))
    return titles.get(item, item)
