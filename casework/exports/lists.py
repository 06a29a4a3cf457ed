"""Which lists can be taken out as a file. Each room registers its own, with its columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from casework.organisations.standing import Standing


@dataclass(frozen=True)
class Column:
    """One column: its name, its heading, and the value of a row (text, whole number, Decimal, day, moment, None)."""

    name: str
    title: Any
    value: Callable[[Any], Any]
    # Chosen before the person chooses.
    usual: bool = True


@dataclass(frozen=True)
class ExportList:
    """A list as its page shows it: `rows` for a standing and the filters of the address, `count` of the same."""

    name: str
    title: Any
    columns: tuple[Column, ...]
    rows: Callable[[Standing, QueryDict], Iterable[Any]]
    count: Callable[[Standing, QueryDict], int]


LISTS: dict[str, ExportList] = {}


def register(exported: ExportList) -> None:
    """Offer a list; called once at start-up."""
    LISTS[exported.name] = exported
