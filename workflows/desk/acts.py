"""The desk asks for acts of workflows/acts.py; here is the one that it needs besides."""

from typing import Any

from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from workflows.acts import CompleteTask, is_of


class SentAgain(CompleteTask):
    """A finished form that was sent again: `perform` gives the first answer again, and otherwise says why not.

    It carries no answers and so never finishes a task, not even one that has come to the person this moment.
    """

    def change(self, unit: Unit) -> dict[str, Any]:
        task = self._task(unit)
        if task.is_open and is_of(unit, task):
            raise ActionNotPossible(_("The task has just come to you. Open it and send the form again."))
        return super().change(unit)
