"""Rows that an act writes together with its event: one statement instead of one for each.

Changes only of models that say `written_late` (a case, its tasks and assignments: rows that the lock of the case
protects), new rows only of tables for which an id was taken when the act was opened.
What waits is written before any other statement of the transaction, so nobody ever reads past it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, models


@cache
def _placeholder(field: Any) -> str:
    return str(field.get_placeholder(None, None, connection)) if hasattr(field, "get_placeholder") else "%s"


@cache
def _stored(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(f for f in model._meta.concrete_fields if not isinstance(f, models.GeneratedField))


@cache
def _by_name(model: type[models.Model]) -> dict[str, Any]:
    return {name: field for field in _stored(model) for name in (field.name, field.attname)}


@cache
def _is_unique(model: type[models.Model]) -> bool:
    """Whether a row may stand in the way of another."""
    alone = any(field.unique and not field.primary_key for field in _stored(model))
    return alone or any(isinstance(one, models.UniqueConstraint) for one in model._meta.constraints)


@cache
def _is_plain(model: type[models.Model]) -> bool:
    """Whether saving a row means its columns and no more."""
    own = model.save is models.Model.save or getattr(model, "written_late", False)
    return own and not any(field.has_db_default() for field in _stored(model))


@cache
def _insert(model: type[models.Model]) -> str:
    names = ", ".join(f'"{field.column}"' for field in _stored(model))
    values = ", ".join(map(_placeholder, _stored(model)))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({values})'  # noqa: S608 (names of our own columns)


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> str:
    fields = [_by_name(model)[name] for name in names]
    values = ", ".join(f'"{field.column}" = {_placeholder(field)}' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {values} WHERE id = %s'  # noqa: S608 (names of our own columns)


class Late:
    """What an act has still to write, in its order."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, list[Any]]] = []
        self._rows: set[tuple[type[models.Model], Any]] = set()
        # The id of a row that the act will make, by table.
        self.ids: dict[str, int] = {}

    def insert(self, instance: models.Model) -> bool:
        """Have a new row written later, if an id was kept for it."""
        model = type(instance)
        if model._meta.db_table not in self.ids or not _is_plain(model):
            return False
        number = self.ids.pop(model._meta.db_table)
        if _is_unique(model) and any(kind is model for kind, _pk in self._rows):
            self.write()
        instance.pk = number
        values = [field.get_db_prep_save(field.pre_save(instance, add=True), connection) for field in _stored(model)]
        self._add(instance, _insert(model), values)
        instance._state.adding, instance._state.db = False, connection.alias
        return True

    def update(self, instance: models.Model, names: Any) -> bool:
        """Have fields of a row written later, if its model allows."""
        model = type(instance)
        if not getattr(model, "written_late", False):
            return False
        fields = [_by_name(model)[name] for name in names]
        values = [field.get_db_prep_save(getattr(instance, field.attname), connection) for field in fields]
        self._add(instance, _update(model, tuple(names)), [*values, instance.pk])
        return True

    def _add(self, instance: models.Model, sql: str, values: list[Any]) -> None:
        row = (type(instance), instance.pk)
        if row in self._rows:
            self.write()  # one statement changes a row once
        self._rows.add(row)
        self._waiting.append((sql, values))

    def take(self) -> list[tuple[str, list[Any]]]:
        """What waits, for whoever writes it now."""
        waiting, self._waiting = self._waiting, []
        self._rows.clear()
        return waiting

    def write(self) -> None:
        """Write what waits. One statement, none when nothing does."""
        waiting = self.take()
        if not waiting:
            return
        *before, (last, values) = waiting
        parts = ", ".join(f"late_{number} AS ({sql})" for number, (sql, _values) in enumerate(before))
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {parts} {last}" if parts else last, [v for _s, vs in before for v in vs] + values)

    @contextmanager
    def before_all_else(self) -> Iterator[None]:
        """Within the block, whatever is sent to the database finds written what waited before it."""

        def ask(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            if self._waiting:
                self.write()
            return execute(sql, params, many, context)

        with connection.execute_wrapper(ask):
            yield
