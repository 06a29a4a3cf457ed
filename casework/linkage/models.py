"""A cooperative sells and borrows: its market, its credit, the confirmation, and how it does later."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
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
        WITHDRAWN = "withdrawn", _("Withdrawn before a decision")

    class Borrower(models.TextChoices):
        COOPERATIVE = "cooperative", _("The cooperative or group")
        MEMBER = "member", _("One of its members")
        LEADER = "leader", _("Its leader, for herself")

    class Refusal(models.TextChoices):
        """Why a lender refuses, for statistics; the words stand beside it."""

        PLAN = "plan", _("The plan does not convince")
        CAPITAL = "capital", _("Too little own capital")
        SECURITY = "security", _("No sufficient security")
        DEBT = "debt", _("Bad debt")
        SCOPE = "scope", _("Not a customer of this product")
        PAPERS = "papers", _("Papers are missing")
        FUNDS = "funds", _("No funds left")
        OTHER = "other", _("Something else")

    request = models.CharField(_("request"), max_length=10, choices=Request)
    lender = models.ForeignKey(
        "casework.Organisation", models.PROTECT, verbose_name=_("lender"), null=True, related_name="credit_applications"
    )
    product = models.ForeignKey(
        "casework.CreditProduct",
        models.PROTECT,
        verbose_name=_("credit product"),
        null=True,
        blank=True,
        related_name="+",
    )
    borrower = models.CharField(
        _("who borrows"), max_length=11, choices=Borrower, default=Borrower.COOPERATIVE, blank=True
    )
    entrusted_to = models.CharField(_("entrusted lending through"), max_length=160, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    amount = MoneyField(_("amount asked for"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    own_capital = MoneyField(_("own capital in the plan"), null=True, blank=True)
    workers = models.PositiveSmallIntegerField(_("workers who gain"), null=True, blank=True)
    consent_given = models.BooleanField(_("consent to share with the lender"), default=False)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    reason = models.TextField(_("why no credit is needed"), blank=True)

    decision = models.CharField(_("decision of the lender"), max_length=9, choices=Decision, blank=True)
    granted_amount = MoneyField(_("amount granted"), null=True, blank=True)
    rate = models.DecimalField(_("interest in percent a year"), max_digits=5, decimal_places=2, null=True, blank=True)
    granted_months = models.PositiveSmallIntegerField(_("term granted in months"), null=True, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    refusal_code = models.CharField(_("kind of reason"), max_length=8, choices=Refusal, blank=True)
    refusal_reason = models.TextField(_("reason for the refusal"), blank=True)
    # Granted, but the money was never drawn.
    undrawn_reason = models.TextField(_("why it is not drawn"), blank=True)
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
                | Q(decision="withdrawn", decided_by__isnull=False, decided_at__isnull=False)
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

    @property
    def is_granted(self) -> bool:
        """Whether the lender said yes, to all or to a part."""
        return self.decision in (self.Decision.FULL, self.Decision.PARTIAL)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.lender}" if self.lender_id else self.get_request_display()


class CreditProduct(models.Model):
    """What a lender offers, in the words of its rules, from a day until a day. Limits are data (domain.md §5.1)."""

    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=160)
    who = models.CharField(_("for whom"), max_length=200)
    borrowers = ArrayField(models.CharField(max_length=11), verbose_name=_("borrowers"))
    limit = MoneyField(_("largest amount"), null=True, blank=True)
    per_worker = MoneyField(_("largest amount for each worker"), null=True, blank=True)
    most_months = models.PositiveSmallIntegerField(_("longest term in months"), null=True, blank=True)
    own_share = models.DecimalField(_("own capital in percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    rate = models.CharField(_("interest"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("credit product")
        verbose_name_plural = _("credit products")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_credit_product_per_day"),
            models.CheckConstraint(
                name="credit_product_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CreditQuestion(CaseRecord):
    """A lender asks for more, and the organisation that leads the case answers; the lender's clock stands still."""

    replaces_older = False

    application = models.ForeignKey(CreditApplication, models.PROTECT, related_name="questions")
    text = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("question of a lender")
        verbose_name_plural = _("questions of lenders")
        constraints = [
            models.CheckConstraint(
                name="credit_answer_says_by_whom",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer=""),
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="one_open_question_per_application"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Disbursement(CaseRecord):
    """Money that a lender paid out of what it granted."""

    replaces_older = False

    application = models.ForeignKey(CreditApplication, models.PROTECT, related_name="disbursements")
    paid_on = models.DateField(_("paid on"))
    amount = MoneyField(_("amount"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("disbursement")
        verbose_name_plural = _("disbursements")
        constraints = [models.CheckConstraint(name="disbursement_is_money", condition=Q(amount__gt=0))]

    def __str__(self) -> str:
        return f"{self.paid_on:%d/%m/%Y}"


class Repayment(CaseRecord):
    """How a credit is paid back, as the lender says on a day; asked for six months after it was granted."""

    replaces_older = False

    class State(models.TextChoices):
        ON_TIME = "on_time", _("Paid back on time")
        LATE = "late", _("Late")
        EXTENDED = "extended", _("Extended")
        BAD = "bad", _("Bad debt")
        SETTLED = "settled", _("Paid back in full")

    application = models.ForeignKey(CreditApplication, models.PROTECT, related_name="repayments")
    state = models.CharField(_("state"), max_length=8, choices=State)
    state_on = models.DateField(_("as of"))
    outstanding = MoneyField(_("still owed"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("state of repayment")
        verbose_name_plural = _("states of repayment")

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.state_on:%d/%m/%Y}"


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
