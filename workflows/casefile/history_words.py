"""What each kind of event is called. The wording is code; what an event holds is only data for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.flows.catalogue import human_nodes

# Outcomes that send a case back, and those that end it before its aim.
RETURNS = frozenset({"return", "amend"})
ENDS = frozenset({"decline", "duplicate", "stop", "refused"})


@dataclass(frozen=True)
class Wording:
    """How an event of one verb is told, with its mark."""

    sentence: Callable[[str, Mapping[str, Any]], str]
    icon: str = "edit"
    tone: str = ""


def step_title(facts: Mapping[str, Any]) -> str:
    """The title of the step that an event is about, or its stored name when the step is no more."""
    node = str(facts.get("node") or "")
    return next((str(n.task_title) for n in human_nodes() if n.name == node), node)


def outcome_label(facts: Mapping[str, Any]) -> str:
    """What the outcome of a finished step is called; nothing for steps with one outcome only."""
    node, outcome = facts.get("node"), str(facts.get("outcome") or "")
    steps = (n.step for n in human_nodes() if n.name == node)
    return next((str(step.outcomes.get(outcome, "")) for step in steps), "")


def _of_step(pattern: Promise) -> Callable[[str, Mapping[str, Any]], str]:
    return lambda who, facts: str(pattern) % {"who": who, "step": step_title(facts), "to": facts.get("to")}


def _plain(pattern: Promise) -> Callable[[str, Mapping[str, Any]], str]:
    return lambda who, facts: str(pattern) % {"who": who, "to": facts.get("to")}


def _completed(who: str, facts: Mapping[str, Any]) -> str:
    words = {"who": who, "step": step_title(facts), "outcome": outcome_label(facts), "round": facts.get("round")}
    if not words["outcome"]:
        sentence = _("%(who)s finished “%(step)s”") % words
    else:
        sentence = _("%(who)s finished “%(step)s”: %(outcome)s") % words
    many = isinstance(words["round"], int) and words["round"] > 1
    return sentence + (" " + _("(round %(round)d)") % words if many else "")


WORDINGS: dict[str, Wording] = {
    "case.opened": Wording(_plain(gettext_lazy("%(who)s opened the case")), "plus", "brand"),
    "task.claimed": Wording(_of_step(gettext_lazy("%(who)s took the task “%(step)s”")), "user"),
    "task.released": Wording(_of_step(gettext_lazy("%(who)s gave back the task “%(step)s”")), "return", "warn"),
    "task.reassigned": Wording(_of_step(gettext_lazy("%(who)s handed the task “%(step)s” to %(to)s")), "people"),
    "task.completed": Wording(_completed, "check", "ok"),
    "access.granted": Wording(_plain(gettext_lazy("%(who)s gave %(to)s access to the case")), "key"),
    "access.revoked": Wording(_plain(gettext_lazy("%(who)s ended an access to the case")), "lock"),
    "contact.revealed": Wording(_plain(gettext_lazy("%(who)s looked at the contact's phone number")), "eye", "warn"),
}


def wording_for(verb: str, facts: Mapping[str, Any]) -> Wording:
    """The wording of a verb. A verb that nobody has worded is told plainly, never as a fault."""
    known = WORDINGS.get(verb) or Wording(lambda who, _facts: _("%(who)s: %(verb)s") % {"who": who, "verb": verb})
    outcome = facts.get("outcome") if verb == "task.completed" else None
    if outcome in RETURNS:
        return Wording(known.sentence, "return", "warn")
    if outcome in ENDS:
        return Wording(known.sentence, "close", "bad")
    return known
