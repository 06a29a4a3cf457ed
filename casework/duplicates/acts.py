"""What is decided about two entries that look alike: they are not the same, or two register entries are one."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.duplicates.models import NotDuplicate, in_order, told_apart
from casework.duplicates.reach import may_tell_apart
from casework.people.models import Person

ALREADY = _("Somebody has already said that these two are not the same.")

_ROWS = {
    NotDuplicate.Kind.LEAD: (Case, Case),
    NotDuplicate.Kind.COOPERATIVE: (Cooperative, Cooperative),
    NotDuplicate.Kind.PERSON: (Person, Person),
    NotDuplicate.Kind.REGISTER: (Case, Cooperative),
}


@dataclass(frozen=True)
class RememberNotDuplicate(Act):
    """Two entries look alike and are not the same. Written to the chains of both, so that nobody is asked again."""

    verb: ClassVar[str] = "duplicate.denied"

    kind: str
    first_id: int
    second_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        one, other = in_order(self.kind, self.first_id, self.second_id)
        models = _ROWS[NotDuplicate.Kind(self.kind)]
        first, second = (
            model._default_manager.select_for_update(of=("self",)).get(pk=pk)
            for model, pk in zip(models, (one, other), strict=True)
        )
        if isinstance(first, Case):
            unit.about_case(first)
        else:
            unit.chain = f"{self.kind}:{first.pk}"
        also_about(unit, second)

    def authorise(self, unit: Unit) -> None:
        pair = in_order(self.kind, self.first_id, self.second_id)
        seat = may_tell_apart(self.kind, *pair, unit.standing) if unit.standing else None
        if seat is None:
            raise PermissionDenied("merge_duplicates")
        unit.seat = seat

    def change(self, unit: Unit) -> dict[str, Any]:
        pair = in_order(self.kind, self.first_id, self.second_id)
        if told_apart(self.kind, [pair]):
            raise ActionNotPossible(ALREADY)
        unit.reason = self.reason
        return {"pair": remember(unit, self.kind, pair, self.reason).pk}


def remember(unit: Unit, kind: str, pair: tuple[int, int], reason: str) -> NotDuplicate:
    """Write down that a pair, in order, is not the same. Part of an act. Raises ActionNotPossible when it is known."""
    row = NotDuplicate(kind=kind, first_id=pair[0], second_id=pair[1], reason=reason, decided_by=unit.by)
    try:
        with transaction.atomic():
            return unit.add(row)
    except IntegrityError as error:
        raise ActionNotPossible(ALREADY) from error


def tell_apart(unit: Unit, key: str, reason: str) -> NotDuplicate:
    """Say that the case of an act is not what a key such as `lead-7` or `register-3` names. Part of an act."""
    kind, _dash, pk = key.partition("-")
    also_about(unit, _ROWS[NotDuplicate.Kind(kind)][1]._default_manager.get(pk=pk))
    return remember(unit, kind, in_order(kind, unit.case.pk, int(pk)), reason)


def also_about(unit: Unit, row: Any) -> None:
    """Write the event to the chain of another row too."""
    if isinstance(row, Case):
        unit.also_about_case(row)
    else:
        unit.also_about(f"{row._meta.model_name}:{row.pk}")
