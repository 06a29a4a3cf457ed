"""Loads the reference data of casework: numbers of the law and the documents of a dossier.

Rows are added or brought up to date by their key; rows that an administrator added stay.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models, transaction

from casework.filings.models import DossierDocument
from casework.rules.models import LegalParameter

_HERE = Path(__file__).parent
_FILES: list[tuple[type[models.Model], Path, tuple[str, ...]]] = [
    (LegalParameter, _HERE / "rules" / "data" / "parameters.csv", ("name", "valid_from")),
    (
        DossierDocument,
        _HERE / "filings" / "data" / "dossier_documents.csv",
        ("legal_form", "code", "valid_from"),
    ),
]


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Load every file. Can be run again at any time. Returns the rows read, by table name."""
    return {model._meta.model_name or "": _load(model, path, key) for model, path, key in _FILES}


def _load(model: type[models.Model], path: Path, key: tuple[str, ...]) -> int:
    rows = list(_rows(path))
    for row in rows:
        model._default_manager.update_or_create(
            **{name: row[name] for name in key}, defaults={k: v for k, v in row.items() if k not in key}
        )
    return len(rows)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: value or (None if name == "valid_until" else "") for name, value in row.items()}
