"""The outbox, what each person was told, by which channel, and what she wishes to be told.

Every moment here is the database's: a host whose clock is wrong neither delays a message nor repeats it.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class OutboxMessage(models.Model):
    """One thing to tell one organisation or person. Names no personal data: delivery looks that up."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=40)
    # The event that caused it; for the clock, which has no event: `clock:<task>` and the level told.
    chain = models.CharField(max_length=60)
    event_seq = models.BigIntegerField()
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")
    task_id = models.BigIntegerField(null=True)
    # Whose act it was: she is not told of it.
    actor = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    # Of an organisation, only those with this right, or this role; empty: everybody who may do the task.
    audience = models.CharField(max_length=60, blank=True)
    # Words are made when it is shown; this is only what they need: numbers and codes.
    facts = models.JSONField(default=dict)
    # The same event never tells the same recipient the same thing twice.
    idem_key = models.CharField(max_length=160, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_default=Now())
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("message to deliver")
        verbose_name_plural = _("messages to deliver")
        indexes = [models.Index(fields=["next_at", "id"], condition=Q(state="waiting"), name="outbox_waiting")]
        constraints = [
            models.CheckConstraint(
                name="message_has_one_recipient",
                condition=Q(organisation__isnull=False, user=None) | Q(organisation=None, user__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.idem_key


class Notification(models.Model):
    """What one person is told: one row for each event, whatever the channels. The bell shows these."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=40)
    chain = models.CharField(max_length=60)
    event_seq = models.BigIntegerField()
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")
    task_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(fields=["user", "chain", "event_seq"], name="one_message_per_person_and_event")
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_newest"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


class Mode(models.TextChoices):
    """When a channel tells a person of an event."""

    NOW = "now", _("At once")
    DIGEST = "digest", _("In the summary")
    OFF = "off", _("Not at all")


class Delivery(models.Model):
    """One message over one channel to one person: claimed, sent, tried again, or given up. Never deleted."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Not sent")

    channel = models.CharField(_("channel"), max_length=20)
    user = models.ForeignKey("casework.User", models.PROTECT, related_name="deliveries")
    # Empty for a digest, which stands for many.
    notification = models.ForeignKey(Notification, models.PROTECT, null=True, related_name="deliveries")
    digest_of = models.DateField(_("summary of"), null=True)
    # The Message-ID and every other key at the other end are derived from it.
    idem_key = models.CharField(max_length=160, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), db_default=Now())
    # Whoever claimed it has until then.
    leased_until = models.DateTimeField(null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("made at"), db_default=Now())
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [models.Index(fields=["next_at", "id"], condition=Q(state="waiting"), name="delivery_waiting")]
        constraints = [
            models.CheckConstraint(
                name="delivery_is_a_message_or_a_digest",
                condition=Q(notification__isnull=False, digest_of=None) | Q(notification=None, digest_of__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.idem_key


class Reader(models.Model):
    """How a person wishes to be told: language, quiet hours, summary. Without a row the defaults of her role hold."""

    class Digest(models.TextChoices):
        NONE = "none", _("No summary")
        DAILY = "daily", _("Every working day")
        WEEKLY = "weekly", _("Every Monday")

    user = models.OneToOneField("casework.User", models.PROTECT, primary_key=True, related_name="reader")
    language = models.CharField(_("language"), max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")])
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    digest = models.CharField(_("summary"), max_length=6, choices=Digest)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_have_two_ends",
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class Wish(models.Model):
    """What a person wishes for one kind of event over one channel, where it differs from the default."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="wishes")
    kind = models.CharField(_("kind"), max_length=40)
    channel = models.CharField(_("channel"), max_length=20)
    mode = models.CharField(_("mode"), max_length=6, choices=Mode)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="one_wish_per_kind_and_channel")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.channel} {self.mode}"
