"""What the look-up of founders keeps: codes as keyed hashes, how often they were used, and recent tries."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.records import CaseRecord


class StatusCode(CaseRecord):
    """A code with which founders look up where their case stands. Of the code itself only a keyed hash is kept."""

    told = False

    # The history says that a code was given, never anything made from it.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"hash"})

    hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("look-up code")
        verbose_name_plural = _("look-up codes")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(revoked_at=None), name="one_live_status_code_for_each_case"
            ),
            models.CheckConstraint(
                name="revoked_status_code_says_by_whom",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_at:%d/%m/%Y}"


class StatusCodeUse(models.Model):
    """How often a code opened the answer, and on which day last. Not who, not from where."""

    code = models.OneToOneField(StatusCode, models.PROTECT, related_name="use")
    times = models.PositiveIntegerField(_("times"), default=0)
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("use of a look-up code")
        verbose_name_plural = _("uses of look-up codes")

    def __str__(self) -> str:
        return f"{self.code}: {self.times}"


class StatusTry(models.Model):
    """One try of the look-up, kept for minutes. `sender` is a keyed hash that cannot be turned back."""

    sender = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("try of a look-up")
        verbose_name_plural = _("tries of look-ups")
        indexes = [models.Index(fields=["at"], name="status_try_by_time")]

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S}"
