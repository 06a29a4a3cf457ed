"""Numbers of cases that triggers of the database keep beside them (sql.py): who sees how many of which."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind, Outcome, Stage, Status


def _points_to(model: str) -> models.ForeignKey:
    """A key without a constraint: the triggers copy it from a row that has one."""
    return models.ForeignKey(model, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)


class Audience(models.Model):
    """The organisations that lead or work on a case, as a set: many cases share one."""

    organisations = ArrayField(models.BigIntegerField(), unique=True)

    objects: ClassVar[models.Manager["Audience"]] = models.Manager()

    class Meta:
        verbose_name = _("audience of cases")
        verbose_name_plural = _("audiences of cases")

    def __str__(self) -> str:
        return str(self.organisations)


class AudienceMember(models.Model):
    """An organisation of an audience."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="members", db_index=False)
    organisation = _points_to("casework.Organisation")

    objects: ClassVar[models.Manager["AudienceMember"]] = models.Manager()

    class Meta:
        verbose_name = _("member of an audience")
        verbose_name_plural = _("members of audiences")
        indexes = [models.Index(fields=["organisation", "audience"], name="audience_by_organisation")]

    def __str__(self) -> str:
        return f"{self.audience_id} {self.organisation_id}"


RUNNING = ~Q(status="closed")


class CountedCase(models.Model):
    """A case as it is counted: what it is, who sees it, and the nearest day of a task that runs."""

    case = models.OneToOneField(
        "casework.Case", models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    audience = _points_to("workflows.Audience")
    lead_organisation = _points_to("casework.Organisation")
    area = _points_to("casework.AdministrativeUnit")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    stage = models.CharField(_("stage"), max_length=15, choices=Stage)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    stage_since = models.DateTimeField(_("in this stage since"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    due_on = models.DateField(_("due"), null=True)

    objects: ClassVar[models.Manager["CountedCase"]] = models.Manager()

    class Meta:
        verbose_name = _("counted case")
        verbose_name_plural = _("counted cases")
        indexes = [
            models.Index(fields=["stage", "opened_at"], condition=RUNNING, name="counted_oldest"),
            models.Index(fields=["stage", "stage_since"], condition=RUNNING, name="counted_longest"),
            models.Index(fields=["audience", "stage", "opened_at"], condition=RUNNING, name="counted_oldest_here"),
            models.Index(fields=["audience", "stage", "stage_since"], condition=RUNNING, name="counted_longest_here"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class CaseSum(models.Model):
    """Cases of one audience, organisation and commune that count for the same; rows of a key are added together.

    A change of a case is appended as `fresh` rows, what was taken away with a minus. The worker folds them into one
    row a key; until then both are read, so the numbers are right at every moment.
    """

    class What(models.TextChoices):
        ALL = "all", _("all cases, by kind")
        RUNNING = "running", _("running cases, by stage")
        DUE = "due", _("running cases by stage and nearest day")
        CLOSED = "closed", _("closed cases by outcome and month")

    audience = _points_to("workflows.Audience")
    lead_organisation = _points_to("casework.Organisation")
    area = _points_to("casework.AdministrativeUnit")
    what = models.CharField(max_length=7, choices=What)
    word = models.CharField(max_length=15)
    day = models.DateField()
    n = models.IntegerField()
    held = models.IntegerField()
    # Sums of moments, in seconds since 1970.
    opened = models.BigIntegerField()
    since = models.BigIntegerField()
    fresh = models.BooleanField()

    objects: ClassVar[models.Manager["CaseSum"]] = models.Manager()

    class Meta:
        verbose_name = _("sum of cases")
        verbose_name_plural = _("sums of cases")
        indexes = [
            models.Index(fields=["what", "day", "audience"], name="case_sum_read"),
            models.Index(fields=["lead_organisation", "what", "day"], name="case_sum_of_lead"),
            models.Index(fields=["id"], condition=Q(fresh=True), name="case_sum_fresh"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "lead_organisation", "area", "what", "word", "day"],
                condition=Q(fresh=False),
                name="one_folded_sum_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.word} {self.n}"
