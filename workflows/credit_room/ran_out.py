"""Shares whose day is over: the clock takes each back, with the work of the lender that stands on it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Notice, Unit, perform
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.organisations.models import User
from casework.sharing.consents import end_share, ran_out
from workflows.credit_room.acts import ANSWER

# Each is an act of its own; the rest comes with the next tick.
BATCH = 200


@dataclass(frozen=True)
class EndShare(Act):
    """The installation ends a share that has run out: what waits for the lender is withdrawn, the case goes on."""

    verb: ClassVar[str] = "share.ran_out"

    case_id: int
    access_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        """Nobody's own act: it follows from the day that whoever agreed set."""
        if not unit.by.is_superuser:
            raise PermissionDenied("keep_clock")

    def change(self, unit: Unit) -> dict[str, Any]:
        access = ran_out().filter(pk=self.access_id, case=unit.case).first()
        if access is None:
            raise ActionNotPossible(_("This share has ended already."))
        unit.reason = _("The consent ended.")
        unit.facts["access"] = access.pk
        end_share(unit, access, unit.reason)
        unit.tell(Notice("share.ran_out", organisation_id=unit.case.lead_organisation_id, audience=ANSWER))
        return {"access": access.pk}


def end_ran_out() -> dict[str, int]:
    """What the worker runs each minute: end every share that has run out. Returns how many were `ended` and `left`.

    Left to the next tick is a case on which somebody works just now; what another was faster to end comes no more.
    """
    over = list(ran_out().order_by("pk").values_list("case_id", "pk")[:BATCH])
    done = {"ended": 0, "left": 0}
    for case_id, access_id in over:
        try:
            perform(EndShare(case_id, access_id), by=User.objects.system(), channel=Channel.WORKER)
        except ActionNotPossible:
            done["left"] += 1
        else:
            done["ended"] += 1
    return done
