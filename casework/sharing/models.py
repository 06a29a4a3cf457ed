"""Who sees a case, and by whose consent. `CaseAccess` alone answers that question, everywhere."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.records import CaseRecord
from casework.sharing.scope import SightQuerySet


class Purpose(models.TextChoices):
    """What a consent is for: one consent for each purpose (Law 91/2025/QH15; Decree 356/2025/NĐ-CP)."""

    CONSULTING = "consulting", _("advice and support of the group")
    REVIEW = "review", _("review by the Cooperative Alliance")
    CREDIT = "credit", _("an application to a lender")
    STATISTICS = "statistics", _("statistics on ethnicity")
    PUBLICITY = "publicity", _("photographs and publicity")


class Category(models.TextChoices):
    """Which data a consent covers. Ethnicity and the image of an identity card are sensitive data (domain.md §8.1)."""

    APPLICATION = "application", _("the application and its figures")
    COOPERATIVE = "cooperative", _("name, place and registration of the cooperative")
    PLAN = "plan", _("figures of the business plan")
    PAPERS = "papers", _("papers that are shown to the lender")
    CONTACT = "contact", _("name and telephone of the contact")
    MEMBERS = "members", _("list of members")
    ETHNICITY = "ethnicity", _("ethnicity (sensitive)")
    CARD = "card", _("image of the identity card (sensitive)")
    PHOTOGRAPHS = "photographs", _("photographs")


class Proof(models.TextChoices):
    """How a consent is proven."""

    PAPER = "paper", _("signed on paper")
    SCREEN = "screen", _("confirmed on the screen, with the founder present")


class Consent(CaseRecord):
    """Somebody agrees that data of a case is used for one purpose, for one body, for a time. Withdrawn, it stays."""

    replaces_older = False

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    categories = ArrayField(models.CharField(max_length=12, choices=Category), verbose_name=_("data"))
    recipient = models.ForeignKey(
        "casework.Organisation", models.PROTECT, verbose_name=_("for whom"), null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        "casework.Person", models.PROTECT, verbose_name=_("given by"), null=True, blank=True, related_name="consents"
    )
    valid_from = models.DateField(_("agreed on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    proof = models.CharField(_("proof"), max_length=6, choices=Proof)
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, verbose_name=_("scan"), null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal_reason = models.CharField(_("reason for withdrawing"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                name="consent_for_a_lender_names_it", condition=~Q(purpose="credit") | Q(recipient__isnull=False)
            ),
            models.CheckConstraint(
                name="consent_ends_after_it_begins", condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="withdrawn_consent_says_by_whom_and_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason=""),
            ),
            models.CheckConstraint(name="consent_covers_something", condition=~Q(categories=[])),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.valid_from:%d/%m/%Y}"

    @property
    def is_live(self) -> bool:
        """Neither withdrawn nor over, and begun."""
        today = timezone.localdate()
        return (
            self.withdrawn_at is None
            and self.valid_from <= today
            and (self.valid_until is None or today <= self.valid_until)
        )


class CaseAccess(models.Model):
    """An organisation may see a case, of a kind, from a moment until a moment."""

    class Kind(models.TextChoices):
        OWN = "own", _("leads the case")
        PARTNER = "partner", _("works on the case")
        SHARE = "share", _("sees a part of the case")
        INSPECT = "inspect", _("inspects the case")

    class Answer(models.TextChoices):
        """What the organisation that something is shared with says to it."""

        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    # These kinds open the case page; a share opens a page of its own, made from what was shared.
    OPENS_CASE = (Kind.OWN, Kind.PARTNER, Kind.INSPECT)

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="access")
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="case_access")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_because = models.CharField(_("reason for revoking"), max_length=300, blank=True)

    # Of a share: what is shown (linkage/credit/slice.py), by which consent, and what the organisation said to it.
    profile = models.CharField(_("what is shown"), max_length=20, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="shares")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SightQuerySet.as_manager()

    class Meta:
        verbose_name = _("access to a case")
        verbose_name_plural = _("access to cases")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation", "kind"], condition=Q(revoked_at=None), name="one_live_access_per_kind"
            ),
            models.CheckConstraint(
                name="access_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case"], condition=Q(revoked_at=None), name="access_by_organisation"),
            # Few: what ends by itself. The rest is counted by audience (workflows/summary/).
            models.Index(
                fields=["organisation", "case"],
                condition=Q(revoked_at=None) & (Q(kind="inspect") | Q(valid_until__isnull=False)),
                name="access_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()}"


class SharedSlice(CaseRecord):
    """Exactly what an organisation was shown by a share, as it stood on the page: one row for each content."""

    told = False

    access = models.ForeignKey(CaseAccess, models.PROTECT, related_name="slices")
    shown = models.JSONField(_("what was shown"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("what was shown")
        verbose_name_plural = _("what was shown")
        constraints = [models.UniqueConstraint(fields=["access", "sha256"], name="each_content_shown_once")]

    def __str__(self) -> str:
        return self.sha256[:12]
