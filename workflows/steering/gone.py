"""Why a task is no more: who cancelled it, when and for what reason, in one sentence."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.audit.models import AuditEvent
from casework.organisations.models import User
from workflows.engine.models import Task

_SENTENCES = {
    "case.closed": gettext_lazy("%(who)s closed the case on %(day)s: %(why)s."),
    "case.jumped": gettext_lazy("%(who)s sent the case to another step on %(day)s: %(why)s."),
    "task.called_back": gettext_lazy("%(who)s called the request for correction back on %(day)s."),
    "task.completed": gettext_lazy("The case ended on %(day)s with a task that %(who)s finished."),
}
_OTHER = gettext_lazy("This task was cancelled. There is nothing to do here any more.")


def why_gone(task: Task) -> str:
    """The sentence for a cancelled task. Two queries."""
    this = [{"task": task.pk}]
    event = (
        AuditEvent.objects.filter(Q(facts__ended__contains=this) | Q(facts__cancelled__contains=this))
        .filter(case_id=task.case_id, verb__in=_SENTENCES)
        .order_by("-seq")
        .first()
    )
    if event is None:
        return str(_OTHER)
    words = {
        "who": User.objects.filter(pk=event.actor_id or 0).first() or _("Somebody"),
        "day": f"{timezone.localtime(event.at):%d/%m/%Y}",
        "why": event.reason.rstrip("."),
    }
    return str(_SENTENCES[event.verb]) % words
