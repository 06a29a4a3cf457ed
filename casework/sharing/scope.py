"""Under whose eyes a query runs: a query about cases that nobody answers for is an error, not an open door.

    page     while a request is answered: only querysets that went through `visible_to` (or say why they need not)
    act      inside `perform`, which asks for the right under the lock: any
    machine  a worker's job or a command that says `everything("why")`: any

Outside all three nothing is read. Rows that are reached from a row (`case.tasks`, `task.case`) need no second look.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.db import models

PAGE, ACT, MACHINE = "page", "act", "machine"

current: ContextVar[str] = ContextVar("scope", default="")


class Unscoped(RuntimeError):
    """A query about cases that no actor's sight limits: a fault of ours, never of the person's."""


@contextmanager
def _within(kind: str) -> Iterator[None]:
    token = current.set(kind)
    try:
        yield
    finally:
        current.reset(token)


def page() -> Any:
    """The scope of an answer to a request."""
    return _within(PAGE)


def act() -> Any:
    """The scope of an act: what it reads is decided by the rights that it asks for."""
    return _within(ACT)


def everything(why: str) -> Any:
    """The scope of work that no person does; `why` is for the reader of the code."""
    if not why:
        raise ValueError("Say why.")
    return _within(MACHINE)


class ScopedQuerySet(models.QuerySet):
    """Rows of cases. Evaluated in a page, it must have been limited to what the person may see."""

    in_sight = False

    def beyond_sight(self, why: str) -> Self:
        """The same rows, although nobody's sight limits them; `why` is for the reader of the code."""
        if not why:
            raise ValueError("Say why.")
        return self.seen()

    def seen(self) -> Self:
        """The same rows, now that a filter limits them to what a person may see. For the filters themselves."""
        seen: Any = self.all()
        seen.in_sight = True
        return seen

    def filter(self, *args: Any, **kwargs: Any) -> Self:
        """As ever; by a row of a case that the page has reached, or by rows in sight, it is in sight itself."""
        found = super().filter(*args, **kwargs)
        return found.seen() if any(_is_in_sight(value) for value in kwargs.values()) else found

    def _clone(self) -> Self:
        clone: Any = super()._clone()  # type: ignore[misc]
        clone.in_sight = self.in_sight
        return clone

    def _refuse_unscoped(self) -> None:
        kind = current.get()
        if kind in (ACT, MACHINE) or (kind == PAGE and self._is_limited()):
            return
        raise Unscoped(f"{self.model.__name__}: limit it by visible_to, or say why it is beyond_sight.")

    def _is_limited(self) -> bool:
        hints: dict[str, Any] = self._hints  # type: ignore[attr-defined]
        return self.in_sight or "instance" in hints


class SightQuerySet(ScopedQuerySet):
    """Rows that say who sees what: read by anybody, but only what is limited to a person puts other rows in sight."""

    def _refuse_unscoped(self) -> None:
        pass


def refuse_unscoped(rows: models.QuerySet) -> None:
    """For whoever reads rows by a statement of its own: raises Unscoped where reading them by Django would."""
    if isinstance(rows, ScopedQuerySet):
        rows._refuse_unscoped()


def beyond_sight(rows: Any, why: str) -> Any:
    """The same as the method, for rows of whatever table."""
    return rows.beyond_sight(why) if isinstance(rows, ScopedQuerySet) else rows


def _is_in_sight(value: Any) -> bool:
    """Whether a filter's value was reached through a query that had to be limited: a row, rows, a queryset."""
    if isinstance(value, ScopedQuerySet):
        return value.in_sight
    if isinstance(value, models.Model):
        rows = getattr(value._meta.default_manager, "_queryset_class", models.QuerySet)
        return issubclass(rows, ScopedQuerySet)
    return isinstance(value, list | tuple) and all(map(_is_in_sight, value))


def _asks_first(name: str) -> Callable:
    plain = getattr(models.QuerySet, name)

    def asking(self: ScopedQuerySet, *args: Any, **kwargs: Any) -> Any:
        self._refuse_unscoped()
        return plain(self, *args, **kwargs)

    return asking


for _name in ("_fetch_all", "iterator", "count", "exists", "aggregate"):
    setattr(ScopedQuerySet, _name, _asks_first(_name))
