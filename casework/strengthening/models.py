"""What the steps of strengthening write down."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.facts import MoneyField
from casework.records import CaseRecord


class OperationsReview(CaseRecord):
    """How an existing cooperative does: its figures, what is good, what is difficult (rà soát hoạt động)."""

    class Condition(models.TextChoices):
        GOOD = "good", _("Works well")
        FAIR = "fair", _("Works, with difficulties")
        WEAK = "weak", _("Hardly works")
        STOPPED = "stopped", _("Has stopped working")

    class Outcome(models.TextChoices):
        PLAN = "plan", _("Agree on a plan")
        NO_NEED = "no_need", _("No support is needed now")
        STOP = "stop", _("Cannot be helped: stop")

    round = models.PositiveSmallIntegerField(_("round"), default=1)
    reviewed_on = models.DateField(_("reviewed on"))
    condition = models.CharField(_("condition"), max_length=8, choices=Condition)
    members = models.PositiveIntegerField(_("official members"))
    women = models.PositiveIntegerField(_("of them women"))
    minority = models.PositiveIntegerField(_("of them of ethnic minorities"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("workers"))
    women_workers = models.PositiveIntegerField(_("of them women"))
    revenue = MoneyField(_("revenue of the last year"), null=True, blank=True)
    income = MoneyField(_("average monthly income of a worker"), null=True, blank=True)
    loan = MoneyField(_("loans outstanding"), null=True, blank=True)
    strengths = models.TextField(_("what is good"), blank=True)
    difficulties = models.TextField(_("difficulties"))
    outcome = models.CharField(_("what follows"), max_length=8, choices=Outcome)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("review of operations")
        verbose_name_plural = _("reviews of operations")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_operations_review_per_round"),
            models.CheckConstraint(
                name="operations_review_parts_within_wholes",
                condition=Q(women__lte=F("members"))
                & Q(women_workers__lte=F("workers"))
                & (Q(minority=None) | Q(minority__lte=F("members"))),
            ),
            models.CheckConstraint(
                name="operations_review_without_plan_has_reason", condition=Q(outcome="plan") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.get_condition_display()


class StrengtheningPlan(CaseRecord):
    """What the cooperative and the Women's Union agree to do, and whether its registration changes with it."""

    class Change(models.TextChoices):
        NAME = "name", _("Name")
        SEAT = "seat", _("Head office")
        REPRESENTATIVE = "representative", _("Legal representative")
        CAPITAL = "capital", _("Charter capital")
        TRADES = "trades", _("Lines of business")

    version = models.PositiveSmallIntegerField(_("version"))
    agreed_on = models.DateField(_("agreed on"))
    goals = models.TextField(_("goals"))
    organisation = models.TextField(_("organisation and members"), blank=True)
    production = models.TextField(_("production and business"), blank=True)
    market = models.TextField(_("market"), blank=True)
    capital = models.TextField(_("capital"), blank=True)
    # What the plan changes in the registration (LHTX Articles 47 and 48); empty: nothing.
    changes = ArrayField(models.CharField(max_length=15, choices=Change), verbose_name=_("changes"), default=list)

    class Meta:
        verbose_name = _("strengthening plan")
        verbose_name_plural = _("strengthening plans")
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="one_strengthening_plan_per_version")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.version}"


class PlanAction(CaseRecord):
    """One thing that the plan promises: what, who, until when, with what money."""

    plan = models.ForeignKey(StrengtheningPlan, models.PROTECT, related_name="actions")
    what = models.CharField(_("what"), max_length=200)
    who = models.CharField(_("who"), max_length=160)
    until = models.DateField(_("until"), null=True, blank=True)
    cost = MoneyField(_("cost"), null=True, blank=True)

    class Meta:
        verbose_name = _("action of a plan")
        verbose_name_plural = _("actions of plans")

    def __str__(self) -> str:
        return self.what


class StrengtheningReview(CaseRecord):
    """The Alliance's word on a strengthening plan."""

    class Decision(models.TextChoices):
        APPROVE = "approve", _("Approve")
        RETURN = "return", _("Return for correction")

    round = models.PositiveSmallIntegerField(_("round"))
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    remarks = models.TextField(_("remarks"), blank=True)

    class Meta:
        verbose_name = _("review of a strengthening plan")
        verbose_name_plural = _("reviews of strengthening plans")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_strengthening_review_per_round"),
            models.CheckConstraint(
                name="returned_strengthening_plan_has_remarks", condition=~Q(decision="return") | ~Q(remarks="")
            ),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class RegistrationChange(CaseRecord):
    """A change was registered or notified, with its receipt and the answer (LHTX Articles 47 and 48)."""

    class Result(models.TextChoices):
        ACCEPTED = "accepted", _("Registered")
        REFUSED = "refused", _("Refused")

    changes = ArrayField(
        models.CharField(max_length=15, choices=StrengtheningPlan.Change), verbose_name=_("changes"), default=list
    )
    decided_on = models.DateField(_("decided by the members on"))
    filed_on = models.DateField(_("filed on"))
    receipt = models.CharField(_("receipt code"), max_length=60)
    answered_on = models.DateField(_("answered on"))
    result = models.CharField(_("result"), max_length=8, choices=Result)
    reason = models.TextField(_("reason of the refusal"), blank=True)

    class Meta:
        verbose_name = _("registered change")
        verbose_name_plural = _("registered changes")
        constraints = [
            models.CheckConstraint(
                name="change_is_filed_before_it_is_answered",
                condition=Q(filed_on__gte=F("decided_on"), answered_on__gte=F("filed_on")),
            ),
            models.CheckConstraint(name="refused_change_has_reason", condition=~Q(result="refused") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_result_display()


class ReviewPostponed(models.Model):
    """The yearly review of a cooperative waits until a day, for a reason. The newest that is not withdrawn counts."""

    cooperative = models.ForeignKey("casework.Cooperative", models.PROTECT, related_name="postponed_reviews")
    until = models.DateField(_("postponed until"))
    reason = models.CharField(_("reason"), max_length=300)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("postponed review")
        verbose_name_plural = _("postponed reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative"], condition=Q(withdrawn_at=None), name="review_is_postponed_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.until:%d/%m/%Y}"


class ConversionCheck(CaseRecord):
    """Whether a cooperative group may become a cooperative, and that its members agreed (LHTX Article 108)."""

    class Outcome(models.TextChoices):
        CONVERT = "convert", _("Becomes a cooperative")
        STOP = "stop", _("Stays a group")

    outcome = models.CharField(_("what follows"), max_length=8, choices=Outcome)
    group_code = models.CharField(_("number of the group's certificate"), max_length=60, blank=True)
    group_since = models.DateField(_("day of the group's certificate"), null=True, blank=True)
    met_on = models.DateField(_("day of the members' meeting"), null=True, blank=True)
    minutes = models.CharField(_("number of its minutes"), max_length=60, blank=True)
    members = models.PositiveIntegerField(_("members of the group"), null=True, blank=True)
    agreed = models.PositiveIntegerField(_("members who agreed"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("check of a conversion")
        verbose_name_plural = _("checks of conversions")
        constraints = [
            models.CheckConstraint(
                name="conversion_is_complete_or_explained",
                condition=Q(outcome="stop") & ~Q(reason="")
                | Q(
                    outcome="convert",
                    group_since__isnull=False,
                    met_on__isnull=False,
                    met_on__gte=F("group_since"),
                    members__isnull=False,
                    members__gte=1,
                    agreed__isnull=False,
                    agreed__lte=F("members"),
                ),
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
