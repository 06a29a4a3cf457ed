"""The outbox: what must be told, written with the act that caused it, delivered later."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxMessage(models.Model):
    """One thing to tell one organisation or person. Names no personal data: delivery looks that up."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=40)
    chain = models.CharField(max_length=60)
    event_seq = models.BigIntegerField()
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")
    task_id = models.BigIntegerField(null=True)
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    # The same event never tells the same recipient the same thing twice.
    idem_key = models.CharField(max_length=160, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

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
