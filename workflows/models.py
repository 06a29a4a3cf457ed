"""The tables of this package, gathered for Django. Each is written in its room."""

from workflows.clock.models import CalendarDay, TimeLimit
from workflows.engine.models import Process, Task, TaskAssignment
from workflows.errands.models import Errand

__all__ = ["CalendarDay", "Errand", "Process", "Task", "TaskAssignment", "TimeLimit"]
