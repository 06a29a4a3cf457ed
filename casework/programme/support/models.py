"""The ledger of support: one row for everything that a cooperative was given."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.facts import MoneyField
from casework.programme.kept import KeptQuerySet


class Support(models.Model):
    """A cooperative was given something: money or in kind, by whom, from which source, on which paper."""

    class Need(models.TextChoices):
        ADVICE = "advice", _("Advice and papers")
        TRAINING = "training", _("Training")
        EQUIPMENT = "equipment", _("Machines and equipment")
        INPUTS = "inputs", _("Seed, breed, materials")
        PROMOTION = "promotion", _("Trade promotion")
        BRAND = "brand", _("Label, brand, traceability")
        INTEREST = "interest", _("Interest on loans")
        CAPITAL = "capital", _("Capital without repayment")
        PREMISES = "premises", _("Land, premises, infrastructure")
        STAFF = "staff", _("Young graduates to work there")
        OTHER = "other", _("Other")

    class Fund(models.TextChoices):
        LOCAL = "local", _("Local budget")
        NATIONAL = "national", _("National target programmes")
        INDUSTRY = "industry", _("Industry extension")
        AGRICULTURE = "agriculture", _("Agriculture extension")
        CREDIT = "credit", _("Credit")
        DONOR = "donor", _("International or private donor")
        OTHER = "other", _("Other lawful sources")

    cooperative = models.ForeignKey("casework.Cooperative", models.PROTECT, related_name="supports")
    # The organisation of ours that wrote it down; it and those above it see the whole row.
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="+")
    # The case through which it came, if one did.
    through = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="+")
    programme = models.ForeignKey("casework.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    need = models.CharField(_("what for"), max_length=10, choices=Need)
    what = models.CharField(_("what was given"), max_length=200)
    amount = MoneyField(_("value"), null=True, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit of measure"), max_length=40, blank=True)
    fund = models.CharField(_("source of funds"), max_length=12, choices=Fund)
    giver = models.CharField(_("giver"), max_length=160)
    given_on = models.DateField(_("given on"))
    paper = models.CharField(_("number of the paper"), max_length=120, blank=True)
    # Why it was given although somebody had met the same need shortly before.
    despite = models.TextField(_("why in spite of earlier support"), blank=True)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("support")
        indexes = [models.Index(fields=["cooperative", "need", "-given_on"], name="support_by_need")]
        constraints = [
            models.CheckConstraint(
                name="support_has_amount_or_quantity", condition=Q(amount__gt=0) | Q(quantity__gt=0)
            ),
            models.CheckConstraint(name="quantity_has_unit", condition=Q(quantity=None) | ~Q(unit="")),
        ]

    def __str__(self) -> str:
        return self.what
