"""The registration: what the dossier holds, when it was filed and what the registrar answered."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.records import CaseRecord
from casework.sharing.querysets import VisibleQuerySet


class Dossier(CaseRecord):
    """The dossier as it was put together in one round."""

    round = models.PositiveSmallIntegerField(_("round"))
    # Codes of ChecklistItem, as they stood on the day.
    documents = ArrayField(models.CharField(max_length=40), verbose_name=_("documents"))
    # Points of the registrar's notice that were put right since the round before.
    corrected = ArrayField(
        models.CharField(max_length=300), verbose_name=_("corrected as the registrar asked"), default=list, blank=True
    )
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
    amend_items = ArrayField(
        models.CharField(max_length=300), verbose_name=_("papers to amend, one by one"), default=list, blank=True
    )
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
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


class OuterStatus(models.Model):
    """What the one-stop system of the registrar says about a filing on a day; mirrored, never decided here.

    The list of the national one-stop system (domain.md §7.4), not confirmed by an official document.
    """

    class Status(models.IntegerChoices):
        NEW = 1, _("Newly registered")
        RECEIVED = 2, _("Received")
        NOT_RECEIVED = 3, _("Not received")
        IN_PROGRESS = 4, _("Being handled")
        SUPPLEMENT = 5, _("Papers to be supplemented")
        FEE = 6, _("Fee to be paid")
        WITHDRAWAL = 7, _("Citizen asks to withdraw")
        STOPPED = 8, _("Handling stopped")
        FINISHED = 9, _("Handled")
        RETURNED = 10, _("Result handed over")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="outer_statuses")
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="outer_statuses", verbose_name=_("filing"))
    status = models.PositiveSmallIntegerField(_("status at the one-stop desk"), choices=Status)
    seen_on = models.DateField(_("seen on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("status at the one-stop desk")
        verbose_name_plural = _("statuses at the one-stop desk")

    def __str__(self) -> str:
        return self.get_status_display()
