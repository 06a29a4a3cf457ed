"""The register: cooperatives and groups as they exist, whether or not a case is about them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import LegalForm
from casework.facts import MoneyField
from casework.vietnamese import VnFold


class Cooperative(models.Model):
    """A cooperative or group in the register. Numbers are those of the source named beside them."""

    name = models.CharField(_("name"), max_length=200)
    legal_form = models.CharField(_("legal form"), max_length=5, choices=LegalForm, blank=True)
    registration_code = models.CharField(_("registration code"), max_length=14, blank=True)
    # As precise as the source: 2017, 2022-03 or 2022-03-05.
    founded = models.CharField(
        _("founded"), max_length=10, blank=True, validators=[RegexValidator(r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    )
    province = models.ForeignKey("casework.AdministrativeUnit", models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey(
        "casework.AdministrativeUnit", models.PROTECT, null=True, blank=True, related_name="cooperatives"
    )
    place_as_written = models.CharField(_("place as written in the source"), max_length=200, blank=True)
    products = models.TextField(_("products"), blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    women = models.PositiveIntegerField(_("women"), null=True, blank=True)
    ethnic_minority = models.PositiveIntegerField(_("ethnic minority members"), null=True, blank=True)
    women_jobs = models.PositiveIntegerField(_("jobs for women"), null=True, blank=True)
    capital = MoneyField(_("capital"), null=True, blank=True)
    loan = MoneyField(_("loan"), null=True, blank=True)
    lender = models.CharField(_("lender"), max_length=160, blank=True)
    grant = MoneyField(_("grant"), null=True, blank=True)
    income_from = MoneyField(_("monthly income from"), null=True, blank=True)
    income_to = MoneyField(_("monthly income to"), null=True, blank=True)
    ocop_stars = models.PositiveSmallIntegerField(_("OCOP stars"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    # Folded name, form and place: the same row of the same roster is never entered twice.
    roster_key = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("cooperative")
        verbose_name_plural = _("cooperatives")
        indexes = [GinIndex(OpClass(VnFold("name"), name="gin_trgm_ops"), name="cooperative_name_trigram")]
        constraints = [
            models.UniqueConstraint(
                fields=["registration_code"], condition=~Q(registration_code=""), name="one_cooperative_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.name
