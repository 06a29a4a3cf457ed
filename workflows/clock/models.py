"""Days that differ from an ordinary week, and how long each step may take. Both are dated data."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day that is off although a weekday, or worked although a weekend."""

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKED = "worked", _("Worked instead")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=200)
    confirmed = models.BooleanField(_("confirmed"), default=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class TimeLimit(models.Model):
    """How many working days a step may take, from a day until a day."""

    node = models.CharField(_("step"), max_length=60)
    working_days = models.PositiveSmallIntegerField(_("working days"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering = ["node", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["node", "valid_from"], name="one_limit_per_step_and_day"),
            models.CheckConstraint(
                name="limit_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node}: {self.working_days}"
