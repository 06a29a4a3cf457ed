"""A cooperative sells and borrows: its market, its credit, the confirmation, and how it does later."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.facts import MoneyField
from casework.records import CaseRecord


class MarketLink(CaseRecord):
    """Proof that a cooperative sells, or why none was found."""

    class Result(models.TextChoices):
        LINKED = "linked", _("Linked to a market")
        SKIPPED = "skipped", _("Not now")

    class Kind(models.TextChoices):
        CONTRACT = "contract", _("Contract (linkage, sale, supply)")
        PLATFORM = "platform", _("E-commerce platform")
        OCOP = "ocop", _("OCOP product")
        BRAND = "brand", _("Trade mark")
        TRACEABILITY = "traceability", _("Traceability")
        GROWING_AREA = "growing_area", _("Growing-area code")
        STANDARD = "standard", _("VietGAP or organic certificate")
        TRADE_FAIR = "trade_fair", _("Trade promotion")

    class State(models.TextChoices):
        """What came of a link, some months later."""

        GROWING = "growing", _("In force, and growing")
        HOLDING = "holding", _("In force")
        ENDED = "ended", _("Ended")
        NOTHING = "nothing", _("Nothing came of it")

    result = models.CharField(_("result"), max_length=8, choices=Result)
    kind = models.CharField(_("kind of link"), max_length=12, choices=Kind, blank=True)
    partner = models.CharField(_("buyer, platform or issuer"), max_length=160, blank=True)
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    linked_on = models.DateField(_("linked on"), null=True, blank=True)
    reason = models.TextField(_("reason for going on without a market"), blank=True)

    # What each kind says besides (domain.md §6); which of them a kind asks for stands in market/kinds.py.
    product = models.CharField(_("product"), max_length=160, blank=True)
    number = models.CharField(_("number or code"), max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    volume = models.CharField(_("volume"), max_length=120, blank=True)
    price_rule = models.CharField(_("how the price is set"), max_length=200, blank=True)
    value = MoneyField(_("value"), null=True, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    group = models.CharField(_("group, class or crop"), max_length=120, blank=True)
    area = models.DecimalField(_("area in hectares"), max_digits=10, decimal_places=2, null=True, blank=True)
    address = models.URLField(_("address of the listing"), max_length=300, blank=True)
    document = models.ForeignKey(
        "casework.Document",
        models.PROTECT,
        verbose_name=_("scan of the proof"),
        null=True,
        blank=True,
        related_name="+",
    )
    verified_by = models.ForeignKey(
        "casework.User", models.PROTECT, verbose_name=_("verified by"), null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_how = models.CharField(_("how it was verified"), max_length=200, blank=True)
    # Six months later.
    state = models.CharField(_("what came of it"), max_length=8, choices=State, blank=True)
    state_on = models.DateField(_("as of"), null=True, blank=True)
    state_sales = MoneyField(_("sales through it"), null=True, blank=True)
    state_note = models.TextField(_("in words"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("market link")
        verbose_name_plural = _("market links")
        constraints = [
            models.CheckConstraint(
                name="market_link_has_proof_or_reason",
                condition=Q(result="linked", linked_on__isnull=False) & ~Q(kind="") & ~Q(partner="") & ~Q(proof="")
                | Q(result="skipped") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="verified_link_says_by_whom_and_when",
                condition=Q(verified_by=None, verified_at=None)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
            ),
            models.CheckConstraint(
                name="outcome_of_a_link_has_a_day", condition=Q(state="") | Q(state_on__isnull=False)
            ),
        ]

    @classmethod
    def latest_of(cls, case: Any) -> Any:
        """The newest one that was not withdrawn."""
        return cls._default_manager.filter(case=case, withdrawn_at=None).order_by("-pk").first()

    @classmethod
    def answers_of(cls, case: Any) -> dict[str, Any]:
        """As of every record, and which row a correction takes the place of."""
        last = cls.latest_of(case)
        return {**super().answers_of(case), "replaces": last.pk} if last else {}

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.partner}" if self.kind else self.get_result_display()


class CreditApplication(CaseRecord):
    """A cooperative asks a lender for credit, or says why it needs none; the lender's answer beside it.

    `recorded_by` asked; `decided_by` answered for the lender.
    """

    class Request(models.TextChoices):
        REQUESTED = "requested", _("Ask for credit")
        NOT_NEEDED = "not_needed", _("No credit is needed")

    class Decision(models.TextChoices):
        FULL = "full", _("Granted in full")
        PARTIAL = "partial", _("Granted in part")
        REFUSED = "refused", _("Refused")

    request = models.CharField(_("request"), max_length=10, choices=Request)
    lender = models.ForeignKey(
        "casework.Organisation", models.PROTECT, verbose_name=_("lender"), null=True, related_name="credit_applications"
    )
    purpose = models.TextField(_("purpose"), blank=True)
    amount = MoneyField(_("amount asked for"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    own_capital = MoneyField(_("own capital in the plan"), null=True, blank=True)
    workers = models.PositiveSmallIntegerField(_("workers who gain"), null=True, blank=True)
    consent_given = models.BooleanField(_("consent to share with the lender"), default=False)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    reason = models.TextField(_("why no credit is needed"), blank=True)

    decision = models.CharField(_("decision of the lender"), max_length=8, choices=Decision, blank=True)
    granted_amount = MoneyField(_("amount granted"), null=True, blank=True)
    rate = models.DecimalField(_("interest in percent a year"), max_digits=5, decimal_places=2, null=True, blank=True)
    granted_months = models.PositiveSmallIntegerField(_("term granted in months"), null=True, blank=True)
    refusal_reason = models.TextField(_("reason for the refusal"), blank=True)
    decided_by = models.ForeignKey(
        "casework.User", models.PROTECT, verbose_name=_("decided by"), null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("credit application")
        verbose_name_plural = _("credit applications")
        constraints = [
            models.CheckConstraint(
                name="credit_request_is_complete_or_explained",
                condition=Q(
                    request="requested",
                    lender__isnull=False,
                    amount__gt=0,
                    term_months__gt=0,
                    consent_given=True,
                    consent_on__isnull=False,
                )
                & ~Q(purpose="")
                | Q(request="not_needed", decision="") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="credit_decision_is_complete",
                condition=Q(decision="", decided_by=None, decided_at=None)
                | Q(decision="refused", decided_by__isnull=False, decided_at__isnull=False) & ~Q(refusal_reason="")
                | Q(
                    decision__in=["full", "partial"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    granted_amount__gt=0,
                    granted_amount__lte=F("amount"),
                    rate__gte=0,
                    granted_months__gt=0,
                ),
            ),
            models.CheckConstraint(
                name="full_credit_is_all_of_it", condition=~Q(decision="full") | Q(granted_amount=F("amount"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.lender}" if self.lender_id else self.get_request_display()


class LinkageReview(CaseRecord):
    """A supervisor, who prepared none of it, confirms market and credit or returns them."""

    class Decision(models.TextChoices):
        CONFIRM = "confirm", _("Confirm: the cooperative is linked")
        RETURN = "return", _("Return for more work")

    round = models.PositiveSmallIntegerField(_("round"))
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    reason = models.TextField(_("reason for returning"), blank=True)

    class Meta:
        verbose_name = _("confirmation of the linkage")
        verbose_name_plural = _("confirmations of the linkage")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_linkage_review_per_round"),
            models.CheckConstraint(name="returned_linkage_has_reason", condition=~Q(decision="return") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class FollowUp(CaseRecord):
    """How a linked cooperative does, some months later."""

    months = models.PositiveSmallIntegerField(_("months after linking"))
    visited_on = models.DateField(_("visited on"))
    members = models.PositiveSmallIntegerField(_("official members"))
    women = models.PositiveSmallIntegerField(_("of them women"))
    workers = models.PositiveSmallIntegerField(_("workers"))
    revenue = MoneyField(_("revenue since the start"))
    difficulties = models.TextField(_("difficulties"), blank=True)
    wants_strengthening = models.BooleanField(_("wants support to become stronger"), default=False)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.UniqueConstraint(fields=["case", "months"], name="one_follow_up_per_date"),
            models.CheckConstraint(name="follow_up_women_within_members", condition=Q(women__lte=F("members"))),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.months}"
