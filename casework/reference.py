"""Loads the reference data of casework: the law in rules and numbers, checklists, templates, the groups of a charter.

Rows are added or brought up to date by their key; rows that an administrator added stay.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models, transaction

from casework.documents.models import ChecklistItem, DocumentType, PaperTemplate
from casework.linkage.models import CreditProduct
from casework.plans.models import CharterGroup
from casework.programme.indicators.models import Indicator, Programme, ReportingPeriod
from casework.rules.models import LegalDocument, LegalParameter, LegalRule, ProtectedName, WomenLedPolicy

_HERE = Path(__file__).parent
_RULES, _DOCUMENTS, _PLANS, _INDICATORS, _LINKAGE = (
    _HERE / room / "data" for room in ("rules", "documents", "plans", "programme/indicators", "linkage")
)
_FILES: list[tuple[type[models.Model], Path, tuple[str, ...]]] = [
    (LegalParameter, _RULES / "parameters.csv", ("name", "valid_from")),
    (LegalDocument, _RULES / "documents.csv", ("number",)),
    (LegalRule, _RULES / "rules.csv", ("code", "version")),
    (WomenLedPolicy, _RULES / "women_led.csv", ("valid_from",)),
    (ProtectedName, _RULES / "protected_names.csv", ("name", "valid_from")),
    (DocumentType, _DOCUMENTS / "document_types.csv", ("code",)),
    (ChecklistItem, _DOCUMENTS / "checklist_items.csv", ("step", "kind", "legal_form", "code", "valid_from")),
    (PaperTemplate, _DOCUMENTS / "paper_templates.csv", ("code", "version")),
    (CharterGroup, _PLANS / "charter_groups.csv", ("code", "valid_from")),
    (CreditProduct, _LINKAGE / "credit_products.csv", ("code", "valid_from")),
    (Programme, _INDICATORS / "programmes.csv", ("code",)),
    (Indicator, _INDICATORS / "indicators.csv", ("code",)),
    (ReportingPeriod, _INDICATORS / "periods.csv", ("kind", "year")),
]
# A page sets these: what stands there already is never brought back to what the file says.
_SET_BY_PEOPLE = frozenset({ReportingPeriod})


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Load every file. Can be run again at any time. Returns the rows read, by table name."""
    return {model._meta.model_name or "": _load(model, path, key) for model, path, key in _FILES}


def _load(model: type[models.Model], path: Path, key: tuple[str, ...]) -> int:
    rows = list(_rows(path))
    for row in rows:
        # A row that the file leaves open may have been ended by an administrator since: its end stays.
        known = {k: v for k, v in row.items() if k not in key and (k, v) != ("valid_until", None)}
        by_key = {name: row[name] for name in key}
        if model in _SET_BY_PEOPLE:
            model._default_manager.get_or_create(**by_key, defaults=row)
        else:
            model._default_manager.update_or_create(**by_key, defaults=known, create_defaults=row)
    return len(rows)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: _value(name, value) for name, value in row.items()}


# Columns that hold a list, its entries parted by spaces.
_LISTS = frozenset({"legal_forms", "kinds", "gates", "parameters", "offices", "dimensions", "borrowers"})
# Columns whose empty value is none, not an empty text.
_NONE = frozenset({"valid_until", "limit", "per_worker", "most_months", "own_share"})


def _value(name: str, value: str) -> Any:
    if name in _LISTS:
        return value.split()
    return value or (None if name in _NONE else "")
