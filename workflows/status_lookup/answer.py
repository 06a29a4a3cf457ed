"""What a founder is told about her case: how far it has come and who has the next step. Nothing personal, no name."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.cases.stages import Kind, Outcome, Stage, Status
from casework.organisations.models import Organisation
from workflows.engine.models import Task

_BY: dict[str, Promise] = {
    Organisation.Kind.WOMENS_UNION: gettext_lazy("the Women's Union"),
    Organisation.Kind.ALLIANCE: gettext_lazy("the Cooperative Alliance"),
    Organisation.Kind.LENDER: gettext_lazy("the lender"),
    Organisation.Kind.PROGRAMME_OFFICE: gettext_lazy("the programme office"),
}
_STAGES: dict[str, Promise] = {
    Stage.LEAD: gettext_lazy("The Women's Union has received your wish and looks at it."),
    Stage.CONSULTATION: gettext_lazy("The Women's Union talks with your group about what you need."),
    Stage.BUSINESS_PLAN: gettext_lazy("The plan of your group is written and reviewed."),
    Stage.REGISTRATION: gettext_lazy("The papers for the registration are made ready and handed in."),
    Stage.LINKAGE: gettext_lazy("Buyers and credit are looked for."),
    Stage.LINKED: gettext_lazy("The cooperative sells and has its links. The Women's Union keeps asking how it goes."),
}
# Words of the office that a founder would not know.
_PLACES: dict[str, Promise] = {Stage.LEAD: gettext_lazy("Just received")}
_PLAIN: dict[str, Promise] = {"screen_lead": gettext_lazy("Look at your wish and say whether we can help")}
_STRENGTHENING = gettext_lazy("Your cooperative and the Women's Union work on making it stronger.")
_ENDED: dict[str, Promise] = {
    Outcome.COMPLETED: gettext_lazy("The support has reached its aim and is completed."),
    Outcome.REFUSED: gettext_lazy("The registration was refused and the support has ended."),
}
_OVER = gettext_lazy("The support has ended.")
_ON_HOLD = gettext_lazy("The work rests for the moment. Nothing is lost.")


@dataclass(frozen=True)
class NextStep:
    """One step that is open: what, by which kind of organisation, until about which day (None: no day runs)."""

    what: str
    by: str
    until: date | None


@dataclass(frozen=True)
class Answer:
    """What the page says."""

    now: str
    place: str
    steps: list[NextStep] = field(default_factory=list)
    ask: str = ""


def answer_for(case: Case) -> Answer:
    """Where a case stands, in words for its founders. One query, for the open tasks."""
    ask = case.lead_organisation.name
    if case.status == Status.CLOSED:
        return Answer(str(_ENDED.get(case.outcome, _OVER)), _("Ended"), ask=ask)
    if case.status == Status.ON_HOLD:
        return Answer(str(_ON_HOLD), str(Status.ON_HOLD.label), ask=ask)
    place = _PLACES.get(case.stage, Stage(case.stage).label)
    return Answer(_now(case), str(place), _steps(case), ask)


def _now(case: Case) -> str:
    strengthens = case.kind == Kind.CONSOLIDATION and case.stage not in (Stage.LEAD, Stage.LINKED)
    return str(_STRENGTHENING if strengthens else _STAGES[case.stage])


def _steps(case: Case) -> list[NextStep]:
    """The open steps of the flow; tasks outside it are written by people and may name somebody, so they stay out."""
    rows = Task.objects.open().begun().filter(case=case, process__errand=None)
    found = rows.select_related("organisation", "process").order_by("due_at", "pk")
    return [_step(task) for task in found if task.step is not None]


def _step(task: Any) -> NextStep:
    by = _BY.get(task.organisation.kind, gettext_lazy("a partner organisation"))
    # A day that has passed would promise what did not happen.
    due = timezone.localdate(task.due_at)
    running = not task.held and task.missing_year is None and due >= timezone.localdate()
    return NextStep(str(_PLAIN.get(task.step.name, task.step.title)), str(by), due if running else None)
