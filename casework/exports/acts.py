"""Taking a list out of the product: asked for, made, downloaded. That it left, and with what filters, stays."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.acts import Act, ActionNotPossible, Notice, Unit, lock_request
from casework.exports.lists import LISTS
from casework.exports.models import Export

RIGHT = "export_list"
GONE = gettext_lazy("This file is not ready, or its day is over. Export the list anew.")


def _take_seat(unit: Unit) -> None:
    """Any seat with the right: what the list shows is decided by all her seats. Raises PermissionDenied."""
    seats = unit.standing.every_seat if unit.standing else ()
    seat = next((seat for seat in seats if RIGHT in seat.permissions), None)
    if seat is None:
        raise PermissionDenied(RIGHT)
    unit.take(seat)


@dataclass(frozen=True)
class AskForExport(Act):
    """A person asks for a list as a file. The event says which list, with which filters and columns."""

    verb: ClassVar[str] = "list.exported"

    list_name: str
    query: str
    columns: tuple[str, ...]
    format: str
    language: str
    rows: int

    def lock(self, unit: Unit) -> None:
        lock_request(unit)
        unit.chain = f"user:{unit.by.pk}"

    def authorise(self, unit: Unit) -> None:
        _take_seat(unit)

    def change(self, unit: Unit) -> dict[str, Any]:
        known = {column.name for column in LISTS[self.list_name].columns}
        if not self.columns or not set(self.columns) <= known:
            raise ActionNotPossible(_("Choose at least one column."), "columns")
        export = unit.add(
            Export(
                by=unit.by,
                list_name=self.list_name,
                query=self.query,
                columns=list(self.columns),
                format=self.format,
                language=self.language,
            )
        )
        unit.facts.update({"list": self.list_name, "filters": self.query, "rows": self.rows, "export": str(export.pk)})
        return {"export": str(export.pk)}


@dataclass(frozen=True)
class KeepExport(Act):
    """The file is made by the installation: it is kept for a day, and whoever asked for it is told."""

    verb: ClassVar[str] = "export.made"

    export_id: UUID
    rows: int
    # The name under which it is stored; "" where it could not be made.
    file: str
    tell: bool = True

    def lock(self, unit: Unit) -> None:
        unit.chain = f"user:{Export.objects.select_for_update().get(pk=self.export_id).by_id}"

    def authorise(self, unit: Unit) -> None:
        """Nobody's own act: it follows from one for which the right was asked."""
        if not unit.by.is_superuser:
            raise PermissionDenied(RIGHT)

    def change(self, unit: Unit) -> dict[str, Any]:
        export = Export.objects.get(pk=self.export_id)
        state = Export.State.READY if self.file else Export.State.FAILED
        unit.change(export, state=state, rows=self.rows, file=self.file, made_at=timezone.now())
        unit.facts.update({"export": str(export.pk), "rows": self.rows})
        if self.tell:
            unit.tell(Notice("export.ready", user_id=export.by_id))
        return {"export": str(export.pk)}


@dataclass(frozen=True)
class DownloadExport(Act):
    """The file leaves the product. Nothing changes; that it left stays."""

    verb: ClassVar[str] = "export.downloaded"

    export_id: UUID

    def lock(self, unit: Unit) -> None:
        Export.objects.get(pk=self.export_id, by=unit.by)
        unit.chain = f"user:{unit.by.pk}"

    def authorise(self, unit: Unit) -> None:
        _take_seat(unit)

    def change(self, unit: Unit) -> dict[str, Any]:
        export = Export.objects.get(pk=self.export_id)
        if export.state != Export.State.READY or not export.file:
            raise ActionNotPossible(GONE)
        unit.facts.update({"export": str(export.pk), "list": export.list_name, "rows": export.rows})
        return {"export": str(export.pk)}
