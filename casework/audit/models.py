"""The event: what was done, written in the transaction that did it, linked to the one before it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The way an act came in."""

    PAGE = "page", _("Page")
    COMMAND = "command", _("Command")
    IMPORT = "import", _("Import")
    WORKER = "worker", _("Worker")


class AuditEvent(models.Model):
    """One act on one chain. Rows are only ever inserted, by `casework.audit.chain.append`.

    People and organisations are numbers, not foreign keys: nothing may cascade onto history. All columns but
    `chain` and `case_id` are filled by the database from the canonical text (casework/audit/sql.py).
    """

    chain = models.CharField(max_length=60)
    seq = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20, blank=True)
    verb = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel)
    request_id = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    canon = models.TextField()
    prev = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_event_per_place_in_chain"),
            models.UniqueConstraint(
                fields=["actor_id", "request_id"],
                condition=Q(request_id__isnull=False),
                name="one_event_per_request",
            ),
        ]
        indexes = [
            models.Index(fields=["case_id", "seq"], name="event_by_case"),
            models.Index(fields=["actor_id", "at"], name="event_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.verb}"
