"""Acts on rows of the programme: entered for an organisation, corrected, withdrawn; each on a chain of its own.

A room names its model, its right and its verbs; what is done is the same for all of them.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.acts import Act, ActionNotPossible, Unit, lock_request
from casework.organisations.models import Organisation


@dataclass(frozen=True)
class _Kept(Act):
    """An act on rows of one model."""

    model: ClassVar[Any]
    right: ClassVar[str]
    # What is said of a row that stands there already.
    twice: ClassVar[Any] = gettext_lazy("This is entered already.")
    twice_field: ClassVar[str | None] = None

    def chain_of(self, row: Any) -> str:
        """The chain that tells of a row."""
        return f"{row._meta.model_name}:{row.pk}"

    def check(self, unit: Unit, row: Any) -> None:
        """What the room asks of a row before it is saved. Raises ActionNotPossible."""

    def saved(self, save: Any) -> Any:
        """Save a row. Raises ActionNotPossible where there is the same one already."""
        try:
            with transaction.atomic():
                return save()
        except IntegrityError as error:
            raise ActionNotPossible(self.twice, self.twice_field) from error


@dataclass(frozen=True)
class Enter(_Kept):
    """A row is entered for an organisation."""

    organisation_id: int
    values: dict[str, Any]

    def lock(self, unit: Unit) -> None:
        lock_request(unit)
        Organisation.objects.get(pk=self.organisation_id)

    def authorise(self, unit: Unit) -> None:
        unit.authorise(self.right, self.organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        row = self.model(organisation_id=self.organisation_id, recorded_by=unit.by, **self.values)
        self.check(unit, row)
        self.saved(lambda: unit.add(row))
        unit.chain = self.chain_of(row)
        unit.facts["result"] = result = {row._meta.model_name: row.pk}
        return result


@dataclass(frozen=True)
class _OnRow(_Kept):
    """An act on one row: locks it and asks for the right on its organisation."""

    pk: int

    def lock(self, unit: Unit) -> None:
        row = self.model.objects.select_for_update().get(pk=self.pk)
        unit.chain = self.chain_of(row)

    def authorise(self, unit: Unit) -> None:
        unit.authorise(self.right, self.row().organisation_id)

    def row(self) -> Any:
        """The row as it is now."""
        return self.model.objects.get(pk=self.pk)

    def standing(self) -> Any:
        """The row, unless it was withdrawn. Raises ActionNotPossible."""
        row = self.row()
        if row.withdrawn_at:
            raise ActionNotPossible(_("This was withdrawn. It stays as it is."))
        return row


@dataclass(frozen=True)
class Correct(_OnRow):
    """What was entered is put right; the history keeps what it was."""

    values: dict[str, Any]

    def change(self, unit: Unit) -> dict[str, Any]:
        row = self.standing()
        for name, value in self.values.items():
            setattr(row, name, value)
        self.check(unit, row)
        stored = self.row()
        self.saved(lambda: unit.change(stored, **self.values))
        return {row._meta.model_name: row.pk}


@dataclass(frozen=True)
class Withdraw(_OnRow):
    """It was entered by mistake: it counts no more and stays readable."""

    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        row = self.standing()
        unit.reason = self.reason
        unit.change(row, withdrawn_at=timezone.now())
        return {row._meta.model_name: row.pk}


@dataclass(frozen=True)
class _UnderRow(_Kept):
    """An act on something that hangs on such a row: the chain and the right are those of the row."""

    parent: ClassVar[Any]
    # The field of the model that leads to the row.
    path: ClassVar[str]

    def over(self) -> Any:
        """The row that it hangs on."""
        raise NotImplementedError

    def lock(self, unit: Unit) -> None:
        row = self.parent.objects.select_for_update().get(pk=self.over().pk)
        unit.chain = self.chain_of(row)

    def authorise(self, unit: Unit) -> None:
        unit.authorise(self.right, self.over().organisation_id)

    def over_standing(self) -> Any:
        """The row, unless it was withdrawn. Raises ActionNotPossible."""
        row = self.over()
        if row.withdrawn_at:
            raise ActionNotPossible(_("This was withdrawn. It stays as it is."))
        return row


@dataclass(frozen=True)
class EnterUnder(_UnderRow):
    """Something is entered under a row."""

    over_pk: int
    values: dict[str, Any]

    def over(self) -> Any:
        return self.parent.objects.get(pk=self.over_pk)

    def change(self, unit: Unit) -> dict[str, Any]:
        part = self.model(**{self.path: self.over_standing()}, **self.by(unit), **self.values)
        self.check(unit, part)
        self.saved(lambda: unit.add(part))
        return {part._meta.model_name: part.pk}

    def by(self, unit: Unit) -> dict[str, Model]:
        """Who wrote it down, where the model says so."""
        return {"recorded_by": unit.by} if hasattr(self.model, "recorded_by") else {}


@dataclass(frozen=True)
class _OnPart(_UnderRow):
    pk: int

    def over(self) -> Any:
        return getattr(self.part(), self.path)

    def part(self) -> Any:
        """The part as it is now."""
        return self.model.objects.select_related(self.path).get(pk=self.pk)

    def part_standing(self) -> Any:
        """The part, unless it or its row was withdrawn. Raises ActionNotPossible."""
        self.over_standing()
        part = self.part()
        if part.withdrawn_at:
            raise ActionNotPossible(_("This was withdrawn. It stays as it is."))
        return part


@dataclass(frozen=True)
class CorrectPart(_OnPart):
    """What was entered under a row is put right."""

    values: dict[str, Any]

    def change(self, unit: Unit) -> dict[str, Any]:
        part = self.part_standing()
        self.saved(lambda: unit.change(part, **self.values))
        return {part._meta.model_name: part.pk}


@dataclass(frozen=True)
class WithdrawPart(_OnPart):
    """It was entered under a row by mistake."""

    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        part = self.part_standing()
        unit.reason = self.reason
        unit.change(part, withdrawn_at=timezone.now())
        return {part._meta.model_name: part.pk}
