"""Programmes, indicators, reporting periods and targets: all of it dated data with its source."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """A scheme of the state under which something is done and counted; a case may count in several."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=250)
    short_name = models.CharField(_("short name"), max_length=60)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.short_name


class Dimension(models.TextChoices):
    """By what a number can be split."""

    COMMUNE = "commune", _("Commune")
    SEX = "sex", _("Sex")
    MINORITY = "minority", _("Ethnic minority")
    LEGAL_FORM = "legal_form", _("Legal form")
    PROGRAMME = "programme", _("Programme")
    ORGANISATION = "organisation", _("Organisation")


class Block(models.TextChoices):
    """The six task blocks of Đề án 01 (domain.md §3.3), in the order of the plan."""

    COMMUNICATION = "1", _("Communication and mobilisation")
    STRENGTHENING = "2", _("Strengthening cooperatives")
    FOUNDING = "3", _("Founding cooperatives")
    PEOPLE = "4", _("Human resources")
    STEERING = "5", _("Steering and supervision")
    INTERNATIONAL = "6", _("International cooperation")


class Indicator(models.Model):
    """One number of the programme. `numerator` and `denominator` name measures (indicators/measures.py)."""

    class Unit(models.TextChoices):
        COUNT = "count", _("number")
        PEOPLE = "people", _("people")
        COOPERATIVES = "cooperatives", _("cooperatives")
        DONG = "dong", _("đồng")
        PERCENT = "percent", _("%")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    block = models.CharField(_("task block"), max_length=1, choices=Block)
    numerator = models.CharField(_("counts"), max_length=60)
    denominator = models.CharField(_("out of"), max_length=60, blank=True)
    dimensions = ArrayField(
        models.CharField(max_length=12, choices=Dimension), verbose_name=_("split by"), default=list
    )
    # Asked of bodies that are not users too; their values are shown as theirs.
    collected = models.BooleanField(_("asked of other bodies"), default=False)
    number = models.PositiveSmallIntegerField(_("place in the report"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["number", "code"]
        constraints = [
            models.CheckConstraint(name="percent_has_a_denominator", condition=~Q(unit="percent") | ~Q(denominator=""))
        ]

    def __str__(self) -> str:
        return self.name_vi


class ReportingPeriod(models.Model):
    """A period that is reported on; it need not be a calendar year. What is told after its last day is late."""

    class Kind(models.TextChoices):
        YEAR = "year", _("Year")
        HALF = "half", _("Six months")

    kind = models.CharField(_("kind"), max_length=4, choices=Kind, default=Kind.YEAR)
    year = models.PositiveSmallIntegerField(_("year"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("cut-off"))
    due_on = models.DateField(_("report due before"))
    source = models.CharField(_("source"), max_length=250)

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="one_period_per_kind_and_year"),
            models.CheckConstraint(name="period_ends_after_it_begins", condition=Q(last_day__gt=F("first_day"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"


class Target(models.Model):
    """What an organisation is to reach in a period. Never edited: a new one ends the one before."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="targets")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="targets")
    value = models.DecimalField(_("target"), max_digits=18, decimal_places=2)
    source = models.CharField(_("source"), max_length=250)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organisation", "period"],
                condition=Q(withdrawn_at=None),
                name="one_target_per_indicator_and_period",
            ),
            models.CheckConstraint(name="target_is_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"
