"""What is done with market links inside an act: added, verified, and what came of them."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.linkage.models import MarketLink
from casework.months import add_months
from casework.rules.models import NoParameter, parameter
from casework.vietnamese import fold

OUTCOME = ("state", "state_on", "state_sales", "state_note")


def live_links(case: Any) -> Any:
    """The links of a case that were not withdrawn, oldest first."""
    found = MarketLink.objects.filter(case=case, result=MarketLink.Result.LINKED, withdrawn_at=None)
    return found.select_related("verified_by", "recorded_by").order_by("pk")


def unverified(case: Any) -> list[MarketLink]:
    """Links that nobody has verified yet. One query."""
    return list(live_links(case).filter(verified_at=None))


def is_linked(case: Any) -> bool:
    """Whether a case has a verified link, or its newest answer says why there is none yet (domain.md §6)."""
    rows = MarketLink.objects.filter(case=case, withdrawn_at=None).order_by("-pk")
    newest = rows.first()
    if newest is not None and newest.result == MarketLink.Result.SKIPPED:
        return True
    return rows.filter(result=MarketLink.Result.LINKED, verified_at__isnull=False).exists()


def add_link(unit: Unit, case: Any, **values: Any) -> MarketLink:
    """Write a link down, or why there is none. Told again with the same proof, it takes the place of the old one."""
    link = MarketLink(case=case, recorded_by=unit.by, **values)
    now = timezone.now()
    for old in MarketLink.objects.filter(case=case, withdrawn_at=None):
        if old.result == MarketLink.Result.SKIPPED or _same(old, link):
            unit.change(old, withdrawn_at=now)
    return unit.add(link)


def put_right(unit: Unit, old: MarketLink, **values: Any) -> MarketLink:
    """A new row takes the place of `old`, to be verified anew. What came of the link stays with it."""
    unit.change(old, withdrawn_at=timezone.now())
    begins = values.get("linked_on")
    if old.state_on and begins and old.state_on >= begins:
        values |= {name: getattr(old, name) for name in OUTCOME}
    return add_link(unit, unit.case, **values)


def _same(old: MarketLink, new: MarketLink) -> bool:
    return (old.kind, fold(old.partner), fold(old.proof)) == (new.kind, fold(new.partner), fold(new.proof))


def verify(unit: Unit, link: MarketLink, how: str) -> None:
    """A named person, who did not write it down, has made sure of a link. Raises ActionNotPossible."""
    if link.verified_at:
        raise ActionNotPossible(_("%(name)s verified this link already.") % {"name": link.verified_by})
    if unit.by.pk == link.recorded_by_id or (unit.on_behalf_of and unit.on_behalf_of.pk == link.recorded_by_id):
        raise ActionNotPossible(_("You wrote this link down yourself. Somebody else must verify it."))
    unit.change(link, verified_by_id=unit.by.pk, verified_at=timezone.now(), verified_how=how)


def note_outcome(unit: Unit, link: MarketLink, state: str, on: date, sales: int | None = None, note: str = "") -> None:
    """What came of a link by a day. Raises ActionNotPossible for a day before it began."""
    if link.linked_on and on < link.linked_on:
        raise ActionNotPossible(_("This day lies before the link began."), "on")
    unit.change(link, state=state, state_on=on, state_sales=sales, state_note=note)


def usual_end(kind: str, begins: date | None) -> date | None:
    """Until when a certificate of a kind usually holds, to be suggested; None where no number says so. One query."""
    if kind != MarketLink.Kind.OCOP or begins is None:
        return None
    try:
        return add_months(begins, parameter("ocop_certificate_months", begins))
    except NoParameter:
        return None


def outcome_missing(on: date) -> Q:
    """Links that began so long ago that something must have come of them, and nobody said what. One query."""
    before = add_months(on, -parameter("market_outcome_months", on))
    return Q(result=MarketLink.Result.LINKED, withdrawn_at=None, state="", linked_on__lte=before)
