"""The report of one organisation on one period: a draft, a reviewed draft, or frozen for ever."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.programme.kept import KeptQuerySet


class ReportQuerySet(KeptQuerySet):
    """Reports as a person sees them."""

    def frozen(self):
        """Those that say the same for ever."""
        return self.filter(state=Report.State.FROZEN)


class Report(models.Model):
    """While a draft, its numbers are counted anew each time it is opened; frozen, they are what `data` says."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEWED = "reviewed", _("Reviewed")
        FROZEN = "frozen", _("Frozen")

    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="reports")
    period = models.ForeignKey("casework.ReportingPeriod", models.PROTECT, related_name="reports")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    # What is typed: by key (results per task block, difficulties, proposals, outlook).
    texts = models.JSONField(_("texts"), default=dict)
    number = models.CharField(_("number of the report"), max_length=60, blank=True)
    signed_on = models.DateField(_("day of the report"), null=True, blank=True)
    # Everything that a frozen report says, and the SHA-256 of its canonical text.
    data = models.JSONField(default=dict)
    data_hash = models.CharField(max_length=64, blank=True)
    begun_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    # Who wrote last: somebody else reviews.
    written_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    reviewed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    frozen_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)

    # Too long for the history, which keeps its hash instead.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"data"})

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "period"], name="one_report_per_period"),
            models.CheckConstraint(
                name="writer_does_not_review_report",
                condition=Q(reviewed_by=None) | Q(written_by=None) | ~Q(reviewed_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="frozen_report_is_complete",
                condition=~Q(state="frozen")
                | ~Q(number="")
                & ~Q(data_hash="")
                & Q(frozen_by__isnull=False, frozen_at__isnull=False, signed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.period}"
