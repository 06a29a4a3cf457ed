"""Rows of models from a statement written by hand: which columns to ask for, and the instances made of them.

For the few statements that every act sends; everything else asks the ORM.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


@cache
def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(f for f in model._meta.concrete_fields if not isinstance(f, models.GeneratedField))


@cache
def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in _fields(model))


@cache
def _converters(model: type[models.Model]) -> tuple[tuple[int, Callable[..., Any], Any], ...]:
    found = []
    for place, field in enumerate(_fields(model)):
        column = field.get_col(model._meta.db_table)
        converters = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
        found += [(place, convert, column) for convert in converters]
    return tuple(found)


@cache
def columns(model: type[models.Model], of: str) -> str:
    """The columns of a model out of a composite value. What the database makes itself is read only when asked for."""
    return ", ".join(f'({of})."{field.column}"' for field in _fields(model))


def width(model: type[models.Model]) -> int:
    """How many columns a row of a model takes."""
    return len(_fields(model))


def instance_of(model: type[M], values: tuple[Any, ...]) -> M:
    """An instance as a query would have made it."""
    row = list(values)
    for place, convert, column in _converters(model):
        row[place] = convert(row[place], column, connection)
    return model.from_db(connection.alias, _names(model), row)


def cut(row: tuple[Any, ...], widths: list[int]) -> Iterator[tuple[Any, ...]]:
    """A row in pieces of these widths, and what is left over."""
    begin = 0
    for each in widths:
        yield row[begin : begin + each]
        begin += each
    yield row[begin:]
