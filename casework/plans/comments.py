"""Remarks on a place of a plan or charter: written by who reviews, settled by who drafts."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.organisations.standing import Standing
from casework.plans.charter import ARTICLE
from casework.plans.models import BusinessPlan, Charter, PlanComment
from casework.plans.tables import is_place
from casework.records import CaseRecord
from casework.sharing.querysets import working_organisations

REMARK_RIGHT = "review_plan"
# Which right settles remarks on what, and which column names it.
_SETTLES: dict[type[CaseRecord], str] = {BusinessPlan: "draft_plan", Charter: "draft_charter"}
_COLUMNS: dict[type[CaseRecord], str] = {BusinessPlan: "plan", Charter: "charter"}


def remarks_on(case: Case, model: type[CaseRecord]) -> QuerySet[PlanComment]:
    """All remarks on the plans, or on the charters, of a case, oldest first, with their people."""
    found = PlanComment.objects.filter(case=case, **{f"{_COLUMNS[model]}__isnull": False})
    return found.select_related("written_by", "settled_by", _COLUMNS[model]).order_by("pk")


def open_remarks(case: Case, model: type[CaseRecord]) -> QuerySet[PlanComment]:
    """Those that are not yet settled, on whatever version they were written."""
    return remarks_on(case, model).filter(settled_at=None)


def has_place(version: Any, anchor: str) -> bool:
    """Whether an anchor names a place of this version of a plan or charter."""
    if isinstance(version, BusinessPlan):
        return is_place(version.tables, anchor)
    return anchor in Charter.DRAFTED or anchor.removeprefix(ARTICLE) in version.articles


def may_remark(standing: Standing, organisations: set[int]) -> bool:
    """Whether a person may remark on plan and charter, given the organisations that work on the case."""
    return any(standing.seat_for(REMARK_RIGHT, organisation) for organisation in organisations)


def may_settle(standing: Standing, organisations: set[int], model: type[CaseRecord] = BusinessPlan) -> bool:
    """Whether a person may settle remarks on plans (or charters)."""
    return any(standing.seat_for(_SETTLES[model], organisation) for organisation in organisations)


@dataclass(frozen=True)
class AddRemark(Act):
    """Somebody who reviews remarks on a place of one version: `anchor` as in casework/plans/tables.py is_place."""

    verb: ClassVar[str] = "plan.remarked"

    case_id: int
    model: type[CaseRecord]
    version_id: int
    anchor: str
    text: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(REMARK_RIGHT, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        """Store the remark. Raises ActionNotPossible on a closed case or for a place that is not there."""
        _refuse_closed(unit)
        version: Any = self.model._default_manager.get(pk=self.version_id, case=unit.case)
        if not has_place(version, self.anchor):
            raise ActionNotPossible(_("This place is not in this version. Choose a place of the list."), "anchor")
        told = {_COLUMNS[self.model]: version, "anchor": self.anchor, "text": self.text}
        remark = unit.add(PlanComment(case=unit.case, written_by=unit.by, **told))
        unit.facts.update({"remark": remark.pk, "version": version.version})
        return {"remark": remark.pk}


@dataclass(frozen=True)
class SettleRemark(Act):
    """Who drafts says that a remark has been taken up."""

    verb: ClassVar[str] = "plan.remark_settled"

    case_id: int
    remark_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        remark = PlanComment.objects.get(pk=self.remark_id, case=unit.case)
        right = _SETTLES[BusinessPlan if remark.plan_id else Charter]
        unit.authorise_any(right, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        """Settle it. Raises ActionNotPossible on a closed case, and when it is settled already."""
        _refuse_closed(unit)
        remark = PlanComment.objects.get(pk=self.remark_id, case=unit.case)
        if remark.settled_at:
            raise ActionNotPossible(_("This remark is already settled."))
        unit.change(remark, settled_by=unit.by, settled_at=timezone.now())
        unit.facts["remark"] = remark.pk
        return {"remark": remark.pk}


def _refuse_closed(unit: Unit) -> None:
    if unit.case.status == Status.CLOSED:
        raise ActionNotPossible(_("This case is closed. Nothing can be added to it."))
