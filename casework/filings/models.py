"""The registration: what the dossier holds, when it was filed and what the registrar answered."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import LegalForm
from casework.records import CaseRecord


class DossierDocumentQuerySet(models.QuerySet):
    def wanted(self, legal_form: str, on: date):
        """The documents that the dossier of a legal form holds on a day, in the order of the law."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=on), legal_form=legal_form, valid_from__lte=on
        ).order_by("place", "pk")


class DossierDocument(models.Model):
    """A document that a registration dossier holds; the list follows the law and is dated as it is."""

    code = models.SlugField(_("code"), max_length=40)
    legal_form = models.CharField(_("legal form"), max_length=5, choices=LegalForm)
    place = models.PositiveSmallIntegerField(_("place in the list"))
    title_vi = models.CharField(_("title in Vietnamese"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250)
    required = models.BooleanField(_("required"), default=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    objects = DossierDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a dossier")
        verbose_name_plural = _("documents of a dossier")
        constraints = [
            models.UniqueConstraint(fields=["legal_form", "code", "valid_from"], name="one_dossier_document_per_day"),
            models.CheckConstraint(
                name="dossier_document_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return self.title_en if (get_language() or "vi").startswith("en") else self.title_vi


class Dossier(CaseRecord):
    """The dossier as it was put together in one round."""

    round = models.PositiveSmallIntegerField(_("round"))
    # Codes of DossierDocument, as they stood on the day.
    documents = ArrayField(models.CharField(max_length=40), verbose_name=_("documents"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("registration dossier")
        verbose_name_plural = _("registration dossiers")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_dossier_per_round"),
            models.CheckConstraint(name="dossier_is_not_empty", condition=~Q(documents=[])),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.round}"


class Filing(CaseRecord):
    """A dossier was handed in at the registrar."""

    class Channel(models.TextChoices):
        PAPER = "paper", _("At the office")
        ONLINE = "online", _("Online")
        POST = "post", _("By post")

    round = models.PositiveSmallIntegerField(_("round"))
    dossier = models.ForeignKey(Dossier, models.PROTECT, verbose_name=_("registration dossier"), related_name="filings")
    filed_on = models.DateField(_("filed on"))
    authority = models.ForeignKey(
        "casework.AdministrativeUnit", models.PROTECT, verbose_name=_("registrar"), related_name="filings"
    )
    channel = models.CharField(_("way of filing"), max_length=6, choices=Channel)
    receipt_code = models.CharField(_("code of the receipt"), max_length=60)
    promised_on = models.DateField(_("answer promised for"), null=True, blank=True)

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_filing_per_round"),
            models.CheckConstraint(
                name="answer_is_promised_after_filing",
                condition=Q(promised_on=None) | Q(promised_on__gte=F("filed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.receipt_code}"


class FilingResult(CaseRecord):
    """What the registrar answered: a certificate, a request to amend, or a refusal (LHTX Article 42.4)."""

    class Outcome(models.TextChoices):
        CERTIFICATE = "certificate", _("Certificate issued")
        AMEND = "amend", _("To be amended")
        REFUSED = "refused", _("Refused")

    filing = models.OneToOneField(Filing, models.PROTECT, verbose_name=_("filing"), related_name="result")
    outcome = models.CharField(_("answer of the registrar"), max_length=12, choices=Outcome)
    registration_code = models.CharField(
        _("registration code"), max_length=14, blank=True, validators=[RegexValidator(r"^\d{10}(\d{2,3})?$")]
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    to_amend = models.TextField(_("what must be amended"), blank=True)
    refusal_reasons = models.TextField(_("reasons for the refusal"), blank=True)

    class Meta:
        verbose_name = _("answer of the registrar")
        verbose_name_plural = _("answers of the registrar")
        constraints = [
            models.CheckConstraint(
                name="certificate_has_code_and_date",
                condition=~Q(outcome="certificate") | ~Q(registration_code="") & Q(issued_on__isnull=False),
            ),
            models.CheckConstraint(name="amendment_says_what", condition=~Q(outcome="amend") | ~Q(to_amend="")),
            models.CheckConstraint(name="refusal_says_why", condition=~Q(outcome="refused") | ~Q(refusal_reasons="")),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
