"""How often one person may unmask personal data: enough for a day's work, too little to copy a register by hand."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.audit.models import AuditEvent

VERBS = ("contact.revealed", "person.revealed", "training.phone_revealed")


def refuse_too_many(unit: Unit) -> None:
    """Raise ActionNotPossible when the person has unmasked as much as she may within an hour or a day.

    Counted from her own events, so there is nothing beside the history that could be set back; one act of hers after
    the other, so that two at once are not both the last one. Three statements at most.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('reveals:' || %s, 0))", [unit.by.pk])
    for most, span in ((settings.REVEALS_AN_HOUR, timedelta(hours=1)), (settings.REVEALS_A_DAY, timedelta(days=1))):
        again = _free_at(unit.by.pk, most, span)
        if again:
            words = {"n": most, "at": timezone.localtime(again).strftime("%H:%M %d/%m/%Y")}
            raise ActionNotPossible(
                _("You have looked at masked data %(n)s times already. You can go on at %(at)s.") % words
            )


def _free_at(person_id: int, most: int, span: timedelta) -> datetime | None:
    """When the oldest of her last `most` reveals leaves the span; None while there are fewer."""
    since = timezone.now() - span
    told = AuditEvent.objects.filter(actor_id=person_id, verb__in=VERBS, at__gt=since).order_by("-at")
    oldest = told.values_list("at", flat=True)[most - 1 : most].first()
    return oldest + span if oldest else None
