"""The law as dated data: a rule or number that changes is a new row, never a new line of code."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind, LegalForm
from casework.sharing.querysets import VisibleQuerySet


class NoParameter(LookupError):
    """A number that no row gives for that day: a fault of the installation."""


class LegalParameter(models.Model):
    """One number of the law, from a day until a day, with the article that sets it."""

    name = models.SlugField(_("name"), max_length=60)
    value = models.BigIntegerField(_("value"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("number of the law")
        verbose_name_plural = _("numbers of the law")
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="one_parameter_per_day"),
            models.CheckConstraint(
                name="parameter_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


def parameter(name: str, on: date) -> int:
    """The value in force on a day. One query. Raises NoParameter."""
    rows = LegalParameter.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), name=name, valid_from__lte=on)
    value = rows.order_by("-valid_from").values_list("value", flat=True).first()
    if value is None:
        raise NoParameter(f"{name} on {on:%Y-%m-%d}")
    return value


def in_force(on: date) -> Q:
    """The condition that a dated row holds on a day."""
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))


def in_language(vietnamese: str, english: str) -> str:
    """The text in the language of the page."""
    return english if (get_language() or "vi").startswith("en") else vietnamese


class LegalDocument(models.Model):
    """A law or decree by its number, with the days on which it came into force and ended."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    # What it is the law of; of each subject one document is in force on a day.
    subject = models.SlugField(_("subject"), max_length=40)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")

    def __str__(self) -> str:
        return f"{in_language(self.title_vi, self.title_en)} {self.number}"


class LegalRule(models.Model):
    """One version of one rule: what it says, where it stands, when it holds, whom it binds and how strictly."""

    class Severity(models.TextChoices):
        BLOCKS = "blocks", _("blocks")
        WARNS = "warns", _("warns")

    code = models.CharField(_("rule"), max_length=8)
    version = models.PositiveSmallIntegerField(_("version"))
    title_vi = models.CharField(_("rule in Vietnamese"), max_length=400)
    title_en = models.CharField(_("rule in English"), max_length=400)
    remedy_vi = models.CharField(_("what to do, in Vietnamese"), max_length=400)
    remedy_en = models.CharField(_("what to do, in English"), max_length=400)
    document = models.CharField(_("number of the legal document"), max_length=40)
    article = models.CharField(_("article"), max_length=20, blank=True)
    clause = models.CharField(_("clause"), max_length=20, blank=True)
    point = models.CharField(_("point"), max_length=20, blank=True)
    note_vi = models.CharField(_("note on the source, in Vietnamese"), max_length=300, blank=True)
    note_en = models.CharField(_("note on the source, in English"), max_length=300, blank=True)
    # False where the wording of the law was read only in a summary, or the reading is ours.
    confirmed = models.BooleanField(_("confirmed in the text of the law"), default=True)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity)
    overridable = models.BooleanField(_("may be overridden"), default=False)
    legal_forms = ArrayField(models.CharField(max_length=5, choices=LegalForm), verbose_name=_("legal forms"))
    kinds = ArrayField(models.CharField(max_length=15, choices=Kind), verbose_name=_("kinds of case"))
    # The steps that a broken rule holds up (their node names).
    gates = ArrayField(models.CharField(max_length=40), verbose_name=_("steps that it guards"), default=list)
    # The function in casework/rules/checks that answers, and the numbers that it asks for.
    check_name = models.SlugField(_("check"), max_length=40)
    parameters = ArrayField(models.SlugField(max_length=60), verbose_name=_("numbers"), default=list, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("legal rule")
        verbose_name_plural = _("legal rules")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_rule_per_version"),
            models.CheckConstraint(
                name="rule_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}.{self.version}"

    @property
    def title(self) -> str:
        """The rule in the language of the page."""
        return in_language(self.title_vi, self.title_en)

    @property
    def remedy(self) -> str:
        """What to do when it is broken, in the language of the page."""
        return in_language(self.remedy_vi, self.remedy_en)

    @property
    def note(self) -> str:
        """What to know about the source, in the language of the page."""
        return in_language(self.note_vi, self.note_en)


class ParameterDraft(models.Model):
    """A number of the law as an administrator means to change it: seen by nobody's rules until it is published."""

    name = models.SlugField(_("name"), max_length=60)
    value = models.BigIntegerField(_("value"))
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)
    drafted_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("drafted at"), default=timezone.now)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    discarded_at = models.DateTimeField(_("discarded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("draft of a number of the law")
        verbose_name_plural = _("drafts of numbers of the law")

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class RuleCheck(models.Model):
    """What the rules said about a case at one moment: verdicts, versions and facts. Never changed afterwards."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="rule_checks")
    # The step at which it was asked, or "" when somebody asked by hand.
    gate = models.CharField(_("step"), max_length=40, blank=True)
    # The day whose law was applied.
    on = models.DateField(_("law of the day"))
    # One entry a rule: rule, version, verdict, severity, citation, facts, numbers (casework/rules/verdicts.py).
    results = models.JSONField(_("results"))
    checked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(_("checked at"), default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of the rules")
        verbose_name_plural = _("checks of the rules")

    def __str__(self) -> str:
        return f"{self.gate} {self.on:%d/%m/%Y}"


class RuleOverride(models.Model):
    """A right holder lets a case pass a rule that allows it, for a reason. Bound to the facts of that moment."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="rule_overrides")
    code = models.CharField(_("rule"), max_length=8)
    version = models.PositiveSmallIntegerField(_("version"))
    reason = models.CharField(_("reason"), max_length=500)
    # What was found when it was overridden: other facts ask for a new decision.
    finding: Any = models.JSONField(_("what was found"))
    decided_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("override of a rule")
        verbose_name_plural = _("overrides of rules")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(withdrawn_at=None), name="one_live_override_per_rule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"


class WomenLedPolicy(models.Model):
    """When women count as taking part in management of a cooperative: our policy, not the law (domain.md §3.1)."""

    offices = ArrayField(models.CharField(max_length=20), verbose_name=_("offices that count"))
    at_least = models.PositiveSmallIntegerField(_("women in them, at least"), default=1)
    title_vi = models.CharField(_("policy in Vietnamese"), max_length=300)
    title_en = models.CharField(_("policy in English"), max_length=300)
    source = models.CharField(_("source"), max_length=200)
    valid_from = models.DateField(_("valid from"), unique=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("policy on women in management")
        verbose_name_plural = _("policies on women in management")

    def __str__(self) -> str:
        return in_language(self.title_vi, self.title_en)


class ProtectedName(models.Model):
    """A name that may stand in that of a cooperative only with the consent of whose it is (LHTX Article 50)."""

    name = models.CharField(_("name"), max_length=80)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("protected name")
        verbose_name_plural = _("protected names")
        constraints = [models.UniqueConstraint(fields=["name", "valid_from"], name="one_protected_name_per_day")]

    def __str__(self) -> str:
        return self.name
