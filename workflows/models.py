"""The tables of this package, gathered for Django. Each is written in its room."""

from workflows.clock.models import CalendarDay, TimeLimit
from workflows.engine.models import Process, Task, TaskAssignment

__all__ = ["CalendarDay", "Process", "Task", "TaskAssignment", "TimeLimit"]
