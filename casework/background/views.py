"""The page of the work in the background: who works, what is late, what waits, what was given up."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django_tasks_db.models import DBTaskResult

from casework.acts import ActionNotPossible, perform
from casework.background import state
from casework.background.acts import RIGHT, RunAgain
from casework.requests import SignedIn, request_id_of


class _ForKeepers(View):
    """Only for those who may see and repeat work in the background somewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right."""
        if RIGHT not in request.standing.permissions:  # type: ignore[attr-defined]
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)


class Background(_ForKeepers):
    """Everything on one page; nothing personal: tasks are given numbers only, and those are not shown either."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Six statements of its own, however much there is."""
        context = {
            "workers": list(state.workers()),
            "periodic": state.periodic(),
            "queues": state.queues(),
            "running": [_line(row) for row in state.running()],
            "dead": [_line(row) for row in state.dead_letters()],
        }
        return render(request, "casework/background/overview.html", context)


class Again(_ForKeepers):
    """Run a task again that was given up."""

    def post(self, request: SignedIn, pk: UUID) -> HttpResponse:
        """Back to the page with a sentence."""
        get_object_or_404(DBTaskResult, pk=pk)
        try:
            perform(RunAgain(pk), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("It will be run again in a moment."))
        return redirect("background:overview")


def _line(row: DBTaskResult) -> dict[str, Any]:
    return {
        "row": row,
        "title": state.title_of(row.task_path),
        "attempts": len(row.worker_ids),
        "error": row.exception_class_path.rpartition(".")[2],
        "request_id": uuid4(),
    }
