"""The tables of this package, gathered for Django. Each is written in its room."""

from workflows.board.models import StageStay
from workflows.clock.models import Alarm, CalendarDay, CalendarYear, ClockMark, TimeLimit
from workflows.desk.models import FeedKey, SavedView
from workflows.engine.models import Process, Task, TaskAssignment
from workflows.errands.models import Errand
from workflows.holds.models import Extension, Hold
from workflows.steering.models import ClosingReason
from workflows.summary.models import Audience, AudienceMember, CaseSum, CountedCase

__all__ = [
    "Alarm",
    "Audience",
    "AudienceMember",
    "CalendarDay",
    "CalendarYear",
    "CaseSum",
    "ClockMark",
    "ClosingReason",
    "CountedCase",
    "Errand",
    "Extension",
    "FeedKey",
    "Hold",
    "Process",
    "SavedView",
    "StageStay",
    "Task",
    "TaskAssignment",
    "TimeLimit",
]
