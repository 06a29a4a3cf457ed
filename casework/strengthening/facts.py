"""What is read beside the forms of strengthening: the plan as it was agreed, and where the cooperative sells."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.facts import Section, Table, dong, section
from casework.linkage.models import MarketLink
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access
from casework.strengthening.models import PlanAction, StrengtheningPlan

_PLAN = ("agreed_on", "goals", "organisation", "production", "market", "capital")


def agreed_plan(case: Case) -> list[Section]:
    """The plan that was agreed last with its actions; nothing before the first. At most two queries."""
    plan = StrengtheningPlan.latest_of(case)
    if plan is None:
        return []
    changes = [str(StrengtheningPlan.Change(change).label) for change in plan.changes]
    told = section(_("The plan"), plan, _PLAN)
    actions = [_action(action) for action in plan.actions.order_by("pk")]
    table = Table([_("What"), _("Who"), _("Until"), _("Cost")], actions) if actions else None
    changed = [(_("Changes in the registration"), "; ".join(changes))] if changes else []
    return [Section(told.title, [*told.facts, *changed], table=table)]


def market_links(case: Case, organisation_id: int) -> list[Section]:
    """Where the cooperative of a case sells, as far as an organisation may open the cases that say so. One query."""
    opened = live_access(CaseAccess.OPENS_CASE).filter(organisation_id=organisation_id).values("case_id")
    found: Any = MarketLink.objects.filter(
        case__cooperative=case.cooperative_id, case__in=opened, result=MarketLink.Result.LINKED, withdrawn_at=None
    ).beyond_sight("of cases that the organisation may open")
    rows = [_link(link) for link in found.select_related("case").order_by("-linked_on", "-pk")]
    heads = [_("Market link"), _("Product"), _("Since"), _("Until"), _("Verified"), _("What came of it"), _("Case")]
    if not rows:
        return [Section(_("Market links of the cooperative"), [], _("None is on record yet."))]
    return [Section(_("Market links of the cooperative"), [], table=Table(heads, rows))]


def _action(action: PlanAction) -> list[str]:
    cost = "" if action.cost is None else dong(action.cost)
    return [action.what, action.who, _day(action.until), cost]


def _link(link: MarketLink) -> list[str]:
    verified = _("yes") if link.verified_at else _("not yet")
    state = str(link.get_state_display()) if link.state else ""
    return [
        f"{link.get_kind_display()}: {link.partner}",
        link.product,
        _day(link.linked_on),
        _day(link.valid_until),
        verified,
        state,
        link.case.code,
    ]


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
