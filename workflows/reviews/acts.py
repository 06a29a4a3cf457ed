"""The yearly review: it opens by itself, or is postponed for a reason."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Kind
from casework.cooperatives.models import Cooperative
from casework.organisations.models import Organisation, User
from casework.organisations.standing import Seat, Standing
from casework.rules.models import parameter
from casework.strengthening.models import ReviewPostponed
from casework.strengthening.opening import open_review_case
from workflows.reviews.due import due_entries

POSTPONE = "steer_case"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('workflows.reviews', 0))"


@dataclass(frozen=True)
class OpenDueReview(Act):
    """A review that is due opens by itself, in the name of the installation. Refused where it is due no more."""

    verb: ClassVar[str] = "case.opened"

    cooperative_id: int

    def lock(self, unit: Unit) -> None:
        # Two workers take turns, so each sees what the other opened and neither opens more than a day may bring.
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
        Cooperative.objects.select_for_update().get(pk=self.cooperative_id)

    def authorise(self, unit: Unit) -> None:
        if unit.by != User.objects.system():
            raise PermissionDenied("open_case")

    def change(self, unit: Unit) -> dict[str, Any]:
        today = timezone.localdate()
        entry: Any = due_entries(today).filter(pk=self.cooperative_id).first()
        if entry is None:
            raise ActionNotPossible(_("This review is not due."))
        if opened_today(entry.leader_id) >= parameter("reviews_opened_a_day", today):
            raise ActionNotPossible(_("Enough reviews opened today for this organisation."))
        leader = Organisation.objects.select_related("area").get(pk=entry.leader_id)
        unit.reason = _reason(entry.last_review)
        case = open_review_case(unit, entry, leader, unit.reason)
        return {"case": case.pk, "code": case.code}


def _reason(last: date | None) -> str:
    """In Vietnamese, as it stays in the case: whoever reads it may read in another language than a worker has."""
    return f"Rà soát định kỳ; lần xem gần nhất: {last:%d/%m/%Y}" if last else "Rà soát định kỳ; chưa có lần nào"


def opened_today(organisation_id: int) -> int:
    """How many reviews opened by themselves today for an organisation. One query."""
    return Case.objects.filter(
        lead_organisation=organisation_id,
        kind=Kind.CONSOLIDATION,
        opened_by__username="system",
        opened_at__date=timezone.localdate(),
    ).count()


def postponing_seat(standing: Standing, cooperative: Cooperative) -> Seat | None:
    """The seat from which a person may postpone a review: a supervisor's, in a province where she sees the entry."""
    if not Cooperative.objects.visible_to(standing).filter(pk=cooperative.pk).exists():
        return None
    return next((seat for seat in standing.every_seat if POSTPONE in seat.permissions), None)


@dataclass(frozen=True)
class PostponeReview(Act):
    """The review of a cooperative waits until a day, for a reason; what was said before about it counts no more."""

    verb: ClassVar[str] = "cooperative.review_postponed"

    cooperative_id: int
    until: date
    reason: str

    def lock(self, unit: Unit) -> None:
        Cooperative.objects.select_for_update().get(pk=self.cooperative_id)
        unit.chain = f"cooperative:{self.cooperative_id}"

    def authorise(self, unit: Unit) -> None:
        entry = Cooperative.objects.get(pk=self.cooperative_id)
        unit.seat = postponing_seat(unit.standing, entry) if unit.standing else None
        if unit.seat is None:
            raise PermissionDenied(POSTPONE)
        unit.take(unit.seat)

    def change(self, unit: Unit) -> dict[str, Any]:
        if self.until <= timezone.localdate():
            raise ActionNotPossible(_("Choose a day that is still to come."), "until")
        unit.reason = self.reason
        for earlier in ReviewPostponed.objects.filter(cooperative=self.cooperative_id, withdrawn_at=None):
            unit.change(earlier, withdrawn_at=timezone.now())
        row = ReviewPostponed(
            cooperative_id=self.cooperative_id, until=self.until, reason=self.reason, recorded_by=unit.by
        )
        return {"postponed": unit.add(row).pk}


@dataclass(frozen=True)
class EndPostponement(PostponeReview):
    """The review need not wait any longer."""

    verb: ClassVar[str] = "cooperative.review_not_postponed"

    until: date = date.max
    reason: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        found = ReviewPostponed.objects.filter(cooperative=self.cooperative_id, withdrawn_at=None).first()
        if found is None:
            raise ActionNotPossible(_("This review is not postponed."))
        unit.change(found, withdrawn_at=timezone.now())
        return {"postponed": found.pk}
