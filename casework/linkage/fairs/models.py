"""Trade events, and the cooperatives that took part in them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.facts import MoneyField
from casework.programme.kept import KeptQuerySet


class Fair(models.Model):
    """A fair, a conference that brings sellers and buyers together, a week of products."""

    class Kind(models.TextChoices):
        FAIR = "fair", _("Fair or exhibition")
        MEETING = "meeting", _("Meeting of sellers and buyers")
        ONLINE = "online", _("Online sale")
        ABROAD = "abroad", _("Abroad")
        OTHER = "other", _("Other")

    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="fairs")
    programme = models.ForeignKey("casework.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    organiser = models.CharField(_("organiser"), max_length=160)
    place = models.CharField(_("place"), max_length=200)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("trade event")
        verbose_name_plural = _("trade events")
        indexes = [models.Index(fields=["organisation", "-first_day"], name="fair_newest_first")]
        constraints = [
            models.CheckConstraint(name="fair_ends_after_it_begins", condition=Q(last_day__gte=F("first_day")))
        ]

    def __str__(self) -> str:
        return self.title


class FairPart(models.Model):
    """One cooperative at one event, and what came of it."""

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="parts")
    cooperative = models.ForeignKey("casework.Cooperative", models.PROTECT, related_name="fair_parts")
    products = models.CharField(_("products shown"), max_length=200, blank=True)
    sales = MoneyField(_("sales"), null=True, blank=True)
    agreements = models.PositiveSmallIntegerField(_("agreements signed"), default=0)
    result = models.CharField(_("result"), max_length=300, blank=True)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("part in a trade event")
        verbose_name_plural = _("parts in trade events")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "cooperative"], condition=Q(withdrawn_at=None), name="one_part_per_fair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cooperative} {self.fair}"
