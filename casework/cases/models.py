"""The case: one group of women on its way to a cooperative that sells and borrows."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, transition

from casework.cases.querysets import CaseQuerySet
from casework.cases.stages import Kind, LegalForm, Outcome, Source, Stage, Status
from casework.sharing.querysets import VisibleQuerySet
from casework.vietnamese import VnFold


def is_open(case: Any) -> bool:
    """Neither held nor closed: only then may a case change its stage."""
    return case.status == Status.OPEN


def usual_programmes() -> list[str]:
    """What a case counts for until somebody says otherwise: Decision 01/QĐ-TTg of 2023."""
    return ["de-an-01"]


class Case(models.Model):
    """A case. Its stage and status change only in the transitions below, only inside an act."""

    written_late = True

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.FOUNDING)
    stage = FSMField(_("stage"), max_length=15, choices=Stage, default=Stage.LEAD, protected=True)
    stage_since = models.DateTimeField(_("in this stage since"), default=timezone.now)
    status = FSMField(_("status"), max_length=10, choices=Status, default=Status.OPEN, protected=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    closing_reason = models.TextField(_("reason for closing"), blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    lead_organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="led_cases")
    reviewing_organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="+")
    supervising_organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="+")
    area = models.ForeignKey("casework.AdministrativeUnit", models.PROTECT, related_name="cases")

    working_name = models.CharField(_("working name of the cooperative"), max_length=160)
    legal_form = models.CharField(_("legal form aimed at"), max_length=5, choices=LegalForm, default=LegalForm.HTX)
    trade = models.CharField(_("trade"), max_length=160, blank=True)
    women_interested = models.PositiveSmallIntegerField(_("women interested"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.VISIT)
    note = models.TextField(_("note"), blank=True)
    contact = models.ForeignKey("casework.Person", models.PROTECT, null=True, related_name="cases_as_contact")
    cooperative = models.ForeignKey("casework.Cooperative", models.PROTECT, null=True, related_name="cases")
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")

    # Codes of the programmes under which the case counts (indicators/models.py).
    programmes = ArrayField(models.CharField(max_length=20), verbose_name=_("programmes"), default=usual_programmes)

    # Leads arrive on paper first: the day the women asked, from which the first limit counts.
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    opened_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)

    # What a search looks into: one column, so that one index answers it.
    search_text = models.GeneratedField(
        expression=VnFold(Concat("code", Value(" "), "working_name", Value(" "), "trade")),
        output_field=models.TextField(),
        db_persist=True,
        editable=False,
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(
                name="closed_case_has_outcome_and_date",
                condition=~Q(status=Status.CLOSED) | ~Q(outcome="") & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="duplicate_names_the_other_case",
                condition=~Q(outcome=Outcome.DUPLICATE) | Q(duplicate_of__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="case_search_trigram"),
            GinIndex(OpClass(VnFold("working_name"), name="gin_trgm_ops"), name="case_name_trigram"),
            models.Index(fields=["-opened_at", "-id"], name="case_newest_first"),
            models.Index(fields=["lead_organisation", "stage"], name="case_by_lead_and_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.working_name}"

    def _arrive(self) -> None:
        self.stage_since = timezone.now()

    @transition(stage, source=Stage.LEAD, target=Stage.CONSULTATION, conditions=[is_open])
    def accept_lead(self, by) -> None:
        """The Women's Union takes the lead up."""
        self._arrive()

    @transition(stage, source=Stage.CONSULTATION, target=Stage.BUSINESS_PLAN, conditions=[is_open])
    def start_planning(self, by) -> None:
        """A founding group stands."""
        self._arrive()

    @transition(stage, source=Stage.BUSINESS_PLAN, target=Stage.REGISTRATION, conditions=[is_open])
    def start_registration(self, by) -> None:
        """The founding conference has decided."""
        self._arrive()

    @transition(stage, source=[Stage.BUSINESS_PLAN, Stage.REGISTRATION], target=Stage.LINKAGE, conditions=[is_open])
    def start_linkage(self, by) -> None:
        """It is registered: by a certificate just issued, or since long, where a cooperative is strengthened."""
        self._arrive()

    @transition(stage, source=Stage.LINKAGE, target=Stage.LINKED, conditions=[is_open])
    def link(self, by) -> None:
        """A supervisor confirmed market and credit."""
        self._arrive()

    @transition(
        stage,
        source=[Stage.BUSINESS_PLAN, Stage.REGISTRATION, Stage.LINKAGE],
        target=Stage.CONSULTATION,
        conditions=[is_open],
    )
    def return_to_consultation(self, by, reason: str) -> None:
        """Back to the group itself. Needs a reason."""
        self._arrive()

    @transition(
        stage,
        source=[Stage.REGISTRATION, Stage.LINKAGE],
        target=Stage.BUSINESS_PLAN,
        conditions=[is_open],
    )
    def return_to_business_plan(self, by, reason: str) -> None:
        """Back to plan and charter. Needs a reason."""
        self._arrive()

    @transition(stage, source=Stage.LINKAGE, target=Stage.REGISTRATION, conditions=[is_open])
    def return_to_registration(self, by, reason: str) -> None:
        """Back to the dossier. Needs a reason."""
        self._arrive()

    @transition(status, source=[Status.OPEN, Status.ON_HOLD], target=Status.CLOSED)
    def close(self, outcome: str, reason: str = "") -> None:
        """End the case for a reason that stays readable."""
        self.outcome, self.closing_reason, self.closed_at = outcome, reason, timezone.now()

    @transition(status, source=Status.OPEN, target=Status.ON_HOLD)
    def hold(self) -> None:
        """No clock runs and nothing can be done until it goes on."""

    @transition(status, source=Status.ON_HOLD, target=Status.OPEN)
    def resume(self) -> None:
        """The clocks run again."""

    @transition(status, source=Status.CLOSED, target=Status.OPEN)
    def reopen(self) -> None:
        """A closed case goes on; why it had been closed stays in the history."""
        self.outcome, self.closing_reason, self.closed_at = "", "", None

    @transition(stage, source="*", target=RETURN_VALUE(*Stage.values), conditions=[is_open])
    def steer_to(self, stage: str) -> str:
        """To any stage, by a decision that steers the case off its usual way (workflows/steering)."""
        if stage != self.stage:
            self._arrive()
        return stage


class LeadScreening(models.Model):
    """What the Women's Union decided about a lead, and why."""

    class Decision(models.TextChoices):
        ACCEPT = "accept", _("Take the case up")
        DECLINE = "decline", _("Decline")
        DUPLICATE = "duplicate", _("The same as another case")

    case = models.OneToOneField(Case, models.PROTECT, related_name="screening")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening of a lead")
        verbose_name_plural = _("screenings of leads")

    def __str__(self) -> str:
        return self.get_decision_display()
