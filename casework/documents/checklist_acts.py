"""Checklists are changed as the law is: an item begins on a day and ends on a day, and what was asked for stays.

Acts on the chain "law": no case is changed by them. A change never reaches back: cases of past days were worked
by the list of those days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import connection
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.audit.models import AuditEvent
from casework.documents.models import ChecklistItem
from casework.rules.editing import CHAIN, RIGHT
from casework.vietnamese import fold


@dataclass(frozen=True)
class Wording:
    """What an item says: in both languages, whether it is always asked for, which documents count, and by which law."""

    title_vi: str
    title_en: str
    required: bool
    condition_vi: str
    condition_en: str
    document_type: str
    place: int
    source: str


class _OnChecklists(Act):
    """An act on the checklists: one at a time, by whoever may edit the law in her own organisation."""

    def lock(self, unit: Unit) -> None:
        unit.chain = CHAIN
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [CHAIN])

    def authorise(self, unit: Unit) -> None:
        unit.authorise_somewhere(RIGHT)


@dataclass(frozen=True)
class BeginItem(_OnChecklists):
    """A step asks for one more document from a day on."""

    verb: ClassVar[str] = "checklist.item_begun"

    step: str
    kind: str
    legal_form: str
    wording: Wording
    valid_from: date

    def change(self, unit: Unit) -> dict[str, Any]:
        refuse_past(self.valid_from)
        where = {"step": self.step, "kind": self.kind, "legal_form": self.legal_form}
        same = ChecklistItem.objects.filter(**where, valid_until=None, title_vi=self.wording.title_vi)
        if same.exists():
            raise ActionNotPossible(_("This list asks for a document of that title already."), "title_vi")
        code = _free_code(self.wording, where)
        item = unit.add(ChecklistItem(**where, **vars(self.wording), code=code, valid_from=self.valid_from))
        unit.facts |= {**where, "code": code, "from": self.valid_from}
        return {"item": item.pk}


@dataclass(frozen=True)
class _OnItem(_OnChecklists):
    """An act on one item that has not ended."""

    item_id: int

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("of") == self.item_id

    def _item(self, unit: Unit) -> ChecklistItem:
        """The item. Raises ActionNotPossible when its end is set already."""
        item = ChecklistItem.objects.get(pk=self.item_id)
        if item.valid_until:
            raise ActionNotPossible(_("The end of this item is set already. Change the one that follows it."))
        unit.facts |= {**_place_of(item), "of": item.pk}
        return item


@dataclass(frozen=True)
class ChangeItem(_OnItem):
    """An item is worded anew from a day: the row in force ends the day before. One that only comes is corrected."""

    verb: ClassVar[str] = "checklist.item_changed"

    wording: Wording
    valid_from: date

    def change(self, unit: Unit) -> dict[str, Any]:
        refuse_past(self.valid_from)
        item = self._item(unit)
        unit.facts["from"] = self.valid_from
        if item.valid_from > timezone.localdate():
            _refuse_gap(item, self.valid_from)
            return {"item": unit.change(item, **vars(self.wording), valid_from=self.valid_from).pk}
        _end(unit, item, self.valid_from)
        anew = ChecklistItem(**_place_of(item), **vars(self.wording), valid_from=self.valid_from)
        return {"item": unit.add(anew).pk}


@dataclass(frozen=True)
class EndItem(_OnItem):
    """A step no longer asks for a document, from a day on."""

    verb: ClassVar[str] = "checklist.item_ended"

    ends_from: date
    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        refuse_past(self.ends_from, "ends_from")
        item = self._item(unit)
        unit.reason, unit.facts["from"] = self.reason, self.ends_from
        return {"item": _end(unit, item, self.ends_from, "ends_from").pk}


def refuse_past(day: date, field: str = "valid_from") -> None:
    """Raises ActionNotPossible for a day before today."""
    if day < timezone.localdate():
        raise ActionNotPossible(
            _("A list cannot be changed for days that are past: cases were worked by it. Take today or a later day."),
            field,
        )


def _end(unit: Unit, item: ChecklistItem, day: date, field: str = "valid_from") -> ChecklistItem:
    """Let an item end the day before."""
    if day <= item.valid_from:
        raise ActionNotPossible(
            _("This item began on %(day)s. Take a later day.") % {"day": f"{item.valid_from:%d/%m/%Y}"}, field
        )
    return unit.change(item, valid_until=day - timedelta(days=1))


def _refuse_gap(item: ChecklistItem, day: date) -> None:
    """What follows another row begins when that one ends; else some days would ask for it twice, or not at all."""
    before = ChecklistItem.objects.filter(**_place_of(item), valid_until=item.valid_from - timedelta(days=1))
    if day != item.valid_from and before.exists():
        raise ActionNotPossible(
            _("This item takes the place of another on %(day)s. Leave the day as it is.")
            % {"day": f"{item.valid_from:%d/%m/%Y}"},
            "valid_from",
        )


def _place_of(item: ChecklistItem) -> dict[str, str]:
    """Which item of which list it is, whatever it says from day to day."""
    return {"step": item.step, "kind": item.kind, "legal_form": item.legal_form, "code": item.code}


def _free_code(wording: Wording, where: dict[str, str]) -> str:
    """A code for a new item, made of its title; unlike any that its list ever had."""
    root = slugify(fold(wording.title_en or wording.title_vi))[:30] or "item"
    taken = set(ChecklistItem.objects.filter(**where).values_list("code", flat=True))
    number = 1
    while (code := root if number == 1 else f"{root}-{number}") in taken:
        number += 1
    return code
