"""What is changed here by people: their own preferences, and a delivery that is to be tried again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.audit.models import AuditEvent
from notifications.models import Delivery, Reader, Wish
from notifications.moment import database_now
from notifications.readers import Wishes, wishes_of

RIGHT = "run_background"


@dataclass(frozen=True)
class SetPreferences(Act):
    """How a person wishes to be told. Everybody may say it of herself, and nobody of anybody else."""

    verb: ClassVar[str] = "preferences.set"

    language: str
    quiet_from: time | None
    quiet_until: time | None
    digest: str
    # (group, channel) → mode
    modes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def lock(self, unit: Unit) -> None:
        unit.chain = f"user:{unit.by.pk}"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [unit.chain])

    def authorise(self, unit: Unit) -> None:
        """They are her own."""

    def change(self, unit: Unit) -> None:
        before = wishes_of({unit.by.pk})[unit.by.pk]
        self._reader(unit)
        stored = {(wish.kind, wish.channel): wish for wish in Wish.objects.filter(user=unit.by)}
        for place, mode in sorted(self.modes.items()):
            self._wish(unit, place, mode, stored.get(place), before)

    def _reader(self, unit: Unit) -> None:
        values = {
            "language": self.language,
            "quiet_from": self.quiet_from,
            "quiet_until": self.quiet_until,
            "digest": self.digest,
        }
        reader = Reader.objects.filter(user=unit.by).first()
        if reader:
            unit.change(reader, **values)
        else:
            unit.add(Reader(user=unit.by, **values))

    def _wish(self, unit: Unit, place: tuple[str, str], mode: str, stored: Wish | None, before: Wishes) -> None:
        """A row only where she differs from what holds by default, so that a better default reaches her too."""
        group, channel = place
        if stored:
            unit.change(stored, mode=mode)
        elif before.mode(group, channel) != mode:  # type: ignore[arg-type]
            unit.add(Wish(user=unit.by, kind=group, channel=channel, mode=mode))


@dataclass(frozen=True)
class SendAgain(Act):
    """Have a delivery tried again at once: the mail server is back, or an address was put right."""

    verb: ClassVar[str] = "delivery.sent_again"

    delivery_id: int

    def lock(self, unit: Unit) -> None:
        unit.chain = "deliveries"
        unit.task = Delivery.objects.select_for_update().get(pk=self.delivery_id)

    def authorise(self, unit: Unit) -> None:
        seats = unit.standing.organisations_with(RIGHT) if unit.standing else []
        if not seats:
            raise PermissionDenied(RIGHT)
        unit.authorise(RIGHT, seats[0])

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("delivery") == self.delivery_id

    def change(self, unit: Unit) -> dict[str, Any]:
        delivery = unit.task
        if delivery.state == Delivery.State.SENT:
            raise ActionNotPossible(_("This message was sent already. Nothing was changed."))
        unit.facts.update({"delivery": delivery.pk, "attempts": delivery.attempts})
        unit.change(delivery, state=Delivery.State.WAITING, attempts=0, next_at=database_now(), leased_until=None)
        return {"delivery": delivery.pk}
