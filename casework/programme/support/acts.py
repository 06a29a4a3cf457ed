"""What is written in the ledger of support: on the chain of the cooperative."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Notice, Unit
from casework.cooperatives.models import Cooperative
from casework.programme.kept_acts import Correct, Enter, Withdraw
from casework.programme.support.models import Support
from casework.programme.support.overlaps import entry_of, overlapping, told

KEEP = "keep_support"


class _OfSupport:
    model: ClassVar[Any] = Support
    right: ClassVar[str] = KEEP

    def chain_of(self, row: Support) -> str:
        return f"cooperative:{row.cooperative_id}"

    def check(self, unit: Unit, row: Support) -> None:
        """A second gift for the same need has a reason, and whoever gave the first is told."""
        # Two who enter at the same moment wait for each other, so the second sees the first.
        Cooperative.objects.select_for_update().get(pk=entry_of(row.cooperative))
        others = list(overlapping(row))
        if others and not row.despite and unit.standing:
            raise ActionNotPossible(
                _("Met already within these months: %(others)s. Write why it is given in spite of that.")
                % {"others": "; ".join(told(unit.standing, others))},
                "despite",
            )
        for giver in sorted({other.organisation_id for other in others}):
            # Everybody who keeps the ledger there: whoever entered the row may have left.
            unit.tell(Notice("support.overlaps", organisation_id=giver, audience=KEEP))
        if others:
            unit.facts["overlaps"] = [other.pk for other in others]


@dataclass(frozen=True)
class EnterSupport(_OfSupport, Enter):
    """A cooperative was given something."""

    verb: ClassVar[str] = "support.entered"


@dataclass(frozen=True)
class CorrectSupport(_OfSupport, Correct):
    """A row of the ledger is put right."""

    verb: ClassVar[str] = "support.corrected"

    def check(self, unit: Unit, row: Support) -> None:
        """What moves to another cooperative stands in both chains."""
        super().check(unit, row)
        if self.chain_of(row) != unit.chain:
            unit.also_about(self.chain_of(row))


@dataclass(frozen=True)
class WithdrawSupport(_OfSupport, Withdraw):
    """A row of the ledger was written by mistake."""

    verb: ClassVar[str] = "support.withdrawn"
