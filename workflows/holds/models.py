"""When a case or a task stood still, and when a deadline was moved: both stay readable for ever."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.sharing.querysets import VisibleQuerySet


class Hold(models.Model):
    """A time in which no clock ran: of the whole case, or of one task that waits for somebody outside."""

    class Waits(models.TextChoices):
        """What is waited for. `PAUSE` is a decision of ours; the others are answers from outside."""

        PAUSE = "pause", _("On hold by decision")
        FOUNDER = "founder", _("Waiting for the founders")
        REGISTRAR = "registrar", _("Waiting for the registrar")
        LENDER = "lender", _("Waiting for the lender's answer")
        PARTNER = "partner", _("Waiting for another organisation")
        CORRECTION = "correction", _("Waiting for a correction")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="holds")
    # Empty: the whole case is held.
    task = models.ForeignKey("workflows.Task", models.PROTECT, null=True, related_name="holds")
    waits_for = models.CharField(_("waits for"), max_length=10, choices=Waits)
    reason = models.CharField(_("reason"), max_length=500)
    expected_on = models.DateField(_("expected to end on"), null=True, blank=True)
    began_at = models.DateTimeField(_("began at"), default=timezone.now)
    began_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("what came of it"), max_length=500, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "task"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_open_hold_at_a_time",
            ),
            models.CheckConstraint(
                name="hold_ends_after_it_begins", condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at"))
            ),
        ]
        indexes = [models.Index(fields=["case", "began_at"], name="hold_by_case")]

    def __str__(self) -> str:
        return f"{self.get_waits_for_display()} {self.began_at:%d/%m/%Y}"


class Extension(models.Model):
    """A deadline that was moved by a decision, with the day it had before."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="extensions")
    task = models.ForeignKey("workflows.Task", models.PROTECT, related_name="extensions")
    before = models.DateField(_("due before"))
    until = models.DateField(_("due now"))
    reason = models.CharField(_("reason"), max_length=500)
    extended_at = models.DateTimeField(_("extended at"), default=timezone.now)
    extended_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["extended_at"]
        constraints = [models.CheckConstraint(name="extension_is_later", condition=Q(until__gt=F("before")))]

    def __str__(self) -> str:
        return f"{self.before:%d/%m/%Y} → {self.until:%d/%m/%Y}"
