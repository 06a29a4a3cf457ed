"""What is written down about trainings (chain `training:<id>`) and communication (chain `outreach:<id>`)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.programme.kept_acts import Correct, CorrectPart, Enter, EnterUnder, Withdraw, WithdrawPart
from casework.programme.trainings.models import Outreach, Trainee, Training
from casework.reveals import refuse_too_many
from casework.vietnamese import fold

KEEP, REVEAL = "keep_training", "reveal_personal_data"
# One list is one course's; a longer one was sent by mistake.
MOST_ROWS = 500


class _OfTraining:
    model: ClassVar[Any] = Training
    right: ClassVar[str] = KEEP

    def check(self, unit: Unit, row: Any) -> None:
        if row.last_day < row.first_day:
            raise ActionNotPossible(_("The last day comes before the first day."), "last_day")


@dataclass(frozen=True)
class EnterTraining(_OfTraining, Enter):
    """An organisation enters a course; it may lie ahead."""

    verb: ClassVar[str] = "training.entered"


@dataclass(frozen=True)
class CorrectTraining(_OfTraining, Correct):
    """A course is put right."""

    verb: ClassVar[str] = "training.corrected"


@dataclass(frozen=True)
class WithdrawTraining(_OfTraining, Withdraw):
    """A course was entered by mistake; its attendance counts no more either."""

    verb: ClassVar[str] = "training.withdrawn"


class _OfTrainee:
    model: ClassVar[Any] = Trainee
    parent: ClassVar[Any] = Training
    path: ClassVar[str] = "training"
    right: ClassVar[str] = KEEP


@dataclass(frozen=True)
class EnterAttendance(_OfTrainee, EnterUnder):
    """Lines of the attendance list are entered, all of them or none. `values["rows"]` has the fields of each.

    Whoever stands in the list already is refused, unless `values["others"]` says that these are other people.
    """

    verb: ClassVar[str] = "training.attendance_entered"

    def change(self, unit: Unit) -> dict[str, Any]:
        training, rows = self.over_standing(), self.values["rows"]
        if len(rows) > MOST_ROWS:
            raise ActionNotPossible(_("At most %(most)s lines at once.") % {"most": MOST_ROWS})
        twice = repeats(training, rows)
        if twice and not self.values.get("others"):
            raise ActionNotPossible(
                _("Already in this list: %(names)s. Leave them out, or tick that these are other people.")
                % {"names": ", ".join(twice[:10])},
                "others",
            )
        unit.add_all([Trainee(training=training, **row) for row in rows])
        unit.facts["lines"] = len(rows)
        return {"training": training.pk, "lines": len(rows)}


def repeats(training: Training, rows: list[dict[str, Any]]) -> list[str]:
    """Names of those who would stand in a list twice: the same name, and the same birth year or one not known."""
    listed = Trainee.objects.filter(training=training, withdrawn_at=None)
    years: dict[str, set[int | None]] = {}
    for name, year in listed.values_list("full_name", "birth_year"):
        years.setdefault(fold(name), set()).add(year)
    twice = []
    for row in rows:
        year, known = row.get("birth_year"), years.setdefault(fold(row["full_name"]), set())
        if known and (year is None or known & {year, None}):
            twice.append(row["full_name"])
        known.add(year)
    return twice


@dataclass(frozen=True)
class CorrectTrainee(_OfTrainee, CorrectPart):
    """A line of the attendance list is put right."""

    verb: ClassVar[str] = "training.attendance_corrected"


@dataclass(frozen=True)
class WithdrawTrainee(_OfTrainee, WithdrawPart):
    """She did not attend."""

    verb: ClassVar[str] = "training.attendance_withdrawn"


@dataclass(frozen=True)
class RevealTrainee(Act):
    """Somebody looks at the phone number of a participant. Nothing changes; that it was seen, and why, stays."""

    verb: ClassVar[str] = "training.phone_revealed"

    pk: int
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.chain = f"training:{self._line().training_id}"

    def authorise(self, unit: Unit) -> None:
        unit.authorise(REVEAL, self._line().training.organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        line = self._line()
        if not line.phone:
            raise ActionNotPossible(_("There is nothing to show."))
        refuse_too_many(unit)
        unit.reason = self.reason
        unit.facts |= {"trainee": line.pk, "what": "phone"}
        return {"trainee": line.pk}

    def _line(self) -> Trainee:
        return Trainee.objects.select_related("training").get(pk=self.pk)


class _OfOutreach:
    model: ClassVar[Any] = Outreach
    right: ClassVar[str] = KEEP

    def check(self, unit: Unit, row: Any) -> None:
        if row.women is not None and row.women > row.reached:
            raise ActionNotPossible(_("More women than people reached."), "women")


@dataclass(frozen=True)
class EnterOutreach(_OfOutreach, Enter):
    """An organisation enters an event of communication."""

    verb: ClassVar[str] = "outreach.entered"


@dataclass(frozen=True)
class CorrectOutreach(_OfOutreach, Correct):
    """An event of communication is put right."""

    verb: ClassVar[str] = "outreach.corrected"


@dataclass(frozen=True)
class WithdrawOutreach(_OfOutreach, Withdraw):
    """An event of communication was entered by mistake."""

    verb: ClassVar[str] = "outreach.withdrawn"
