"""What is written down about trade events: on the chain `fair:<id>`."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from casework.acts import ActionNotPossible, Unit
from casework.linkage.fairs.models import Fair, FairPart
from casework.programme.kept_acts import Correct, CorrectPart, Enter, EnterUnder, Withdraw, WithdrawPart

KEEP = "keep_market"


class _OfFair:
    model: ClassVar[Any] = Fair
    right: ClassVar[str] = KEEP

    def check(self, unit: Unit, row: Any) -> None:
        if row.last_day < row.first_day:
            raise ActionNotPossible(_("The last day comes before the first day."), "last_day")


@dataclass(frozen=True)
class EnterFair(_OfFair, Enter):
    """An organisation enters a trade event."""

    verb: ClassVar[str] = "fair.entered"


@dataclass(frozen=True)
class CorrectFair(_OfFair, Correct):
    """A trade event is put right."""

    verb: ClassVar[str] = "fair.corrected"


@dataclass(frozen=True)
class WithdrawFair(_OfFair, Withdraw):
    """A trade event was entered by mistake."""

    verb: ClassVar[str] = "fair.withdrawn"


class _OfPart:
    model: ClassVar[Any] = FairPart
    parent: ClassVar[Any] = Fair
    path: ClassVar[str] = "fair"
    right: ClassVar[str] = KEEP
    twice: ClassVar[Any] = _("This cooperative is entered for this event already.")
    twice_field: ClassVar[str | None] = "cooperative"


@dataclass(frozen=True)
class EnterPart(_OfPart, EnterUnder):
    """A cooperative took part in a trade event."""

    verb: ClassVar[str] = "fair.part_entered"


@dataclass(frozen=True)
class CorrectFairPart(_OfPart, CorrectPart):
    """What came of it is put right."""

    verb: ClassVar[str] = "fair.part_corrected"


@dataclass(frozen=True)
class WithdrawFairPart(_OfPart, WithdrawPart):
    """It did not take part."""

    verb: ClassVar[str] = "fair.part_withdrawn"
