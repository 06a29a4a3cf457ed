"""The working calendar, how long each step may take, and when each open task must be spoken of. All dated data."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind


class Unit(models.TextChoices):
    """In what a term is counted (domain.md §7.3): "ngày làm việc", "ngày", "tháng"."""

    WORKING_DAY = "working_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("days")
    MONTH = "month", _("months")


class CalendarYear(models.Model):
    """A year whose days off are entered. A term that runs into a year without this row cannot be told."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    source = models.CharField(_("source"), max_length=200)
    # False: predicted from the law, not yet decided for the year.
    confirmed = models.BooleanField(_("confirmed"), default=True)

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from an ordinary week, in the whole country or in one province."""

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKED = "worked", _("Worked instead")
        HALF = "half", _("Half a day")
        # A province that does not follow the nation's row of that day.
        ORDINARY = "ordinary", _("As in an ordinary week")

    # The province; empty for the whole country.
    area = models.ForeignKey(
        "casework.AdministrativeUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=200)
    confirmed = models.BooleanField(_("confirmed"), default=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["day", "area"], nulls_distinct=False, name="one_row_per_day_and_area")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class ClockMark(models.Model):
    """One row: its number changes with every change of the calendar or of a limit (workflows/clock/known.py)."""

    version = models.BigIntegerField()

    class Meta:
        verbose_name = _("version of the calendar")
        verbose_name_plural = _("versions of the calendar")

    def __str__(self) -> str:
        return str(self.version)


class TimeLimit(models.Model):
    """How long a step may take, from a day until a day: for all cases, one kind, one organisation, or both.

    The narrowest row in force holds: organisation and kind, organisation, kind, neither.
    """

    node = models.CharField(_("step"), max_length=60)
    kind = models.CharField(_("kind of case"), max_length=15, choices=Kind, blank=True)
    organisation = models.ForeignKey(
        "casework.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit, default=Unit.WORKING_DAY)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    # A term of the law: `source` is its citation.
    legal = models.BooleanField(_("term of the law"), default=False)
    # Somebody else's term, such as the registrar's: watched here, kept there. Nobody of ours is blamed for it.
    watched = models.BooleanField(_("kept by somebody else"), default=False)
    confirmed = models.BooleanField(_("confirmed"), default=True)

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering = ["node", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["node", "kind", "organisation", "valid_from"],
                nulls_distinct=False,
                name="one_limit_per_step_and_day",
            ),
            models.CheckConstraint(
                name="limit_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(name="limit_has_a_length", condition=Q(length__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.node}: {self.length} {self.get_unit_display()}"


class Alarm(models.Model):
    """When an open task must next be spoken of. Kept by a trigger on the tasks (workflows/clock/sql.py).

    It is machinery and no part of a case: the history holds what people did, the delivery log what was told.
    """

    class Level(models.IntegerChoices):
        """What has been told already; the next one is told at `at`."""

        NOTHING = 0, _("nothing yet")
        OPENED = 1, _("its day has come")
        HALF = 2, _("half of the time")
        WARN = 3, _("80 % of the time")
        LATE = 4, _("all of the time")

    task = models.OneToOneField("workflows.Task", models.PROTECT, primary_key=True, related_name="alarm")
    at = models.DateTimeField(_("at"), null=True)
    level = models.PositiveSmallIntegerField(_("told so far"), choices=Level, default=Level.NOTHING)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        indexes = [models.Index(fields=["at"], condition=Q(at__isnull=False), name="alarm_next")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.at}"
