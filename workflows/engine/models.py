"""Process and task rows of our own: real columns, so that an inbox is one index scan."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.status import STATUS

from casework.cases.stages import Stage
from casework.organisations.roles import Role
from casework.sharing.querysets import VisibleQuerySet
from workflows.engine.querysets import TaskQuerySet

HUMAN = "HUMAN"
OPEN_STATUSES = (STATUS.NEW, STATUS.ASSIGNED)


class Priority(models.IntegerChoices):
    """How much a task presses, besides its day."""

    NORMAL = 0, _("Normal")
    HIGH = 1, _("High")
    URGENT = 2, _("Urgent")


class Process(AbstractProcess):
    """One run of one flow for one case.

    A run of its own for an application to a lender names it, and the task of the case that waits for its answer.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="processes")
    application = models.OneToOneField(
        "casework.CreditApplication", models.PROTECT, null=True, blank=True, related_name="process"
    )
    parent_task = models.ForeignKey(
        "workflows.Task", models.PROTECT, null=True, blank=True, related_name="child_processes"
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")

    @property
    def coerced(self) -> "Process":
        """Every flow uses this one table, so there is nothing to look up."""
        return self


class Task(AbstractTask):
    """One step of one process: waiting, taken or done. Gateways are rows too, without an organisation."""

    written_late = True

    # What viewflow writes on an existing row.
    ENGINE_FIELDS = ("status", "owner", "started", "finished", "outcome", "claimed_at", "previous_ids")

    # viewflow's many-to-many costs three statements a task; an array costs none.
    previous = None
    previous_ids = ArrayField(models.BigIntegerField(), default=list)
    owner = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("owner")
    )
    # Stays empty: our rights are on organisations, not on rows. Only renamed, since both tables are called Task.
    owner_permission_content_type = models.ForeignKey(
        "contenttypes.ContentType", models.PROTECT, null=True, blank=True, related_name="+"
    )
    process = models.ForeignKey(Process, models.PROTECT)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="tasks")
    node = models.CharField(_("step"), max_length=60)
    # What it is called where the step does not say: a task outside the steps.
    title = models.CharField(_("title"), max_length=120, blank=True)
    stage = models.CharField(_("stage"), max_length=15, choices=Stage, blank=True)
    organisation = models.ForeignKey(
        "casework.Organisation", models.PROTECT, null=True, related_name="tasks", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    permission = models.CharField(max_length=60, blank=True)
    opens_on = models.DateField(_("opens on"), null=True)
    due_at = models.DateTimeField(_("due"), null=True)
    # The term: from when it counts and by which limit; a task with a day of its own has no limit.
    term_begins = models.DateField(_("term begins on"), null=True)
    limit = models.ForeignKey("workflows.TimeLimit", models.PROTECT, null=True, related_name="+")
    # The moment it was due at first, before holds, extensions and corrections of the calendar.
    first_due_at = models.DateTimeField(_("due at first"), null=True)
    # Half and 80 % of the time allowed; with `due_at` the moments at which the clock speaks.
    half_at = models.DateTimeField(_("half of the time"), null=True)
    warn_at = models.DateTimeField(_("80 % of the time"), null=True)
    # The first year of its term whose calendar is not entered yet: `due_at` is then only provisional.
    missing_year = models.PositiveSmallIntegerField(_("year without a calendar"), null=True)
    # Somebody else's term, watched by us.
    watched = models.BooleanField(_("kept by somebody else"), default=False)
    priority = models.SmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    held = models.BooleanField(_("on hold"), default=False)
    # A correction: the task that sent the work back here and goes on afterwards, and what it marked.
    back_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    correction = models.TextField(_("what is to be corrected"), blank=True)
    marks = ArrayField(models.CharField(max_length=80), verbose_name=_("marked fields"), default=list, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    outcome = models.CharField(_("outcome"), max_length=30, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    opened_at = models.DateTimeField(_("first opened at"), null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(
                fields=["organisation", "role", "status", "due_at", "id"],
                condition=Q(status__in=["NEW", "ASSIGNED"], flow_task_type="HUMAN"),
                name="task_queue",
            ),
            models.Index(
                fields=["owner", "status", "due_at", "id"],
                condition=Q(status__in=["NEW", "ASSIGNED"], flow_task_type="HUMAN"),
                name="task_mine",
            ),
            # Whoever reads for many organisations walks all open tasks by their day until a page is full.
            models.Index(
                fields=["due_at", "id"],
                include=["organisation", "permission", "status"],
                condition=Q(status__in=["NEW", "ASSIGNED"], flow_task_type="HUMAN"),
                name="task_by_day",
            ),
            # Few tasks are held, of however many.
            models.Index(
                fields=["organisation", "due_at", "id"],
                condition=Q(status__in=["NEW", "ASSIGNED"], flow_task_type="HUMAN", held=True),
                name="task_held",
            ),
            models.Index(fields=["owner", "-finished", "-id"], condition=Q(status="DONE"), name="task_done"),
            models.Index(fields=["case", "id"], name="task_by_case"),
            models.Index(fields=["process", "node"], name="task_by_process"),
        ]
        constraints = [
            models.CheckConstraint(
                name="human_task_has_organisation_right_and_due_date",
                condition=~Q(flow_task_type="HUMAN")
                | Q(organisation__isnull=False, due_at__isnull=False) & ~Q(permission=""),
            ),
            models.CheckConstraint(
                name="taken_task_has_owner",
                condition=~Q(status="ASSIGNED") | Q(owner__isnull=False, claimed_at__isnull=False),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert whole rows; afterwards write only what the engine may change. In an act, with its event."""
        late = getattr(self._state.fields_cache.get("case"), "late", None)
        if self._state.adding:
            if late and late.insert(self):
                return
        elif not kwargs.get("update_fields"):
            kwargs["update_fields"] = self.ENGINE_FIELDS
            if late and late.update(self, self.ENGINE_FIELDS):
                return
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.status in OPEN_STATUSES

    @property
    def step(self) -> Any:
        """What the task asks for, or None for a gateway or a node that no longer exists."""
        return getattr(self.flow_task, "step", None)

    @property
    def about(self) -> Any:
        """The one row of the case that the task is about, or None for the case itself."""
        return self.flow_task.about(self) if self.step else None

    def form(self, by: Any, data: Any = None, draft: Any = None) -> Any:
        """The form of the step: as sent (`data`), as it was left (`draft`), or empty."""
        about = {"about": row} if (row := self.about) else {}
        return self.step.form_class(self.case, by, data=data, draft=draft, **about)

    def background(self) -> list[Any]:
        """What is read beside the form."""
        return self.step.background(self.about or self.case)  # type: ignore[no-any-return]


class TaskAssignment(models.Model):
    """Who had a task, from whom, from when until when, and why. viewflow keeps none of it."""

    written_late = True

    class End(models.TextChoices):
        DONE = "done", _("Finished")
        RELEASED = "released", _("Given back")
        REASSIGNED = "reassigned", _("Handed over")
        CANCELLED = "cancelled", _("Cancelled with the case")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    user = models.ForeignKey("casework.User", models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    previous_user = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    assigned_at = models.DateTimeField(_("assigned at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_how = models.CharField(_("ended how"), max_length=10, choices=End, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["task"], condition=Q(ended_at=None), name="one_owner_at_a_time")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.user_id}"
