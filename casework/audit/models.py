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


class AuditUnsealed(models.Model):
    """An event that no checkpoint covers yet; put here by the database with the event itself."""

    event_id = models.BigIntegerField(primary_key=True)
    chain = models.CharField(max_length=60)
    seq = models.BigIntegerField()

    class Meta:
        verbose_name = _("event to be sealed")
        verbose_name_plural = _("events to be sealed")
        indexes = [models.Index(fields=["chain", "seq"], name="unsealed_by_chain")]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class AuditLeaf(models.Model):
    """One event as a leaf of the tree. It says what stood there, even if the event should be gone."""

    number = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    chain = models.CharField(max_length=60)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = _("leaf")
        verbose_name_plural = _("leaves")
        indexes = [models.Index(fields=["chain", "seq"], name="leaf_by_chain")]

    def __str__(self) -> str:
        return f"{self.number} {self.chain} {self.seq}"


class AuditNode(models.Model):
    """A complete subtree of 2^level leaves, so that a large tree need not be hashed again."""

    id = models.BigAutoField(primary_key=True)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = _("node")
        verbose_name_plural = _("nodes")
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_node_per_place")]

    def __str__(self) -> str:
        return f"{self.level} {self.index}"


class AuditCheckpoint(models.Model):
    """A signed statement: so many events there were, and this is the hash over them all. `text` is what was signed."""

    class Kind(models.TextChoices):
        CHECKPOINT = "checkpoint", _("Checkpoint")
        ROTATION = "rotation", _("Change of the key")
        RESTORE = "restore", _("Restored from a backup")

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    size = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.TextField()
    signatures = models.JSONField()

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        indexes = [models.Index(fields=["size"], name="checkpoint_by_size")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.size}"


class AuditCheck(models.Model):
    """A run of the verifier over the live history, and what it found."""

    class Scope(models.TextChoices):
        WHOLE = "whole", _("Everything")
        NEW = "new", _("What is new since the last one")

    at = models.DateTimeField(auto_now_add=True)
    scope = models.CharField(max_length=5, choices=Scope)
    # Leaves, and events of no leaf yet, that were looked at; the next run for what is new begins at `size`.
    size = models.BigIntegerField()
    events = models.BigIntegerField()
    problems = models.JSONField(default=list)
    seconds = models.FloatField()

    class Meta:
        verbose_name = _("check of the history")
        verbose_name_plural = _("checks of the history")

    def __str__(self) -> str:
        return f"{self.scope} {self.at:%Y-%m-%d %H:%M}"
