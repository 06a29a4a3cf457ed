"""What each kind of event is called. The wording is code; what an event holds is only data for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.clock.recount_words import recounted
from workflows.engine.begin import landing_nodes, steps_at
from workflows.flows.catalogue import ALL, human_nodes

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


def place_title(name: str) -> str:
    """The title of a place at which a case was set down: a step, or the first steps of parallel branches."""
    node = next((n for flow in ALL for n in landing_nodes(flow) if n.name == name), None)
    return " + ".join(str(one.task_title) for one in steps_at(node)) if node else name


def outcome_label(facts: Mapping[str, Any]) -> str:
    """What the outcome of a finished step is called; nothing for steps with one outcome only."""
    node, outcome = facts.get("node"), str(facts.get("outcome") or "")
    steps = (n.step for n in human_nodes() if n.name == node)
    return next((str(step.outcomes.get(outcome, "")) for step in steps), "")


def _of_step(pattern: Promise) -> Callable[[str, Mapping[str, Any]], str]:
    return lambda who, facts: str(pattern) % {"who": who, "step": step_title(facts), "to": facts.get("to")}


def _plain(pattern: Promise) -> Callable[[str, Mapping[str, Any]], str]:
    return lambda who, facts: str(pattern) % {"who": who, "to": facts.get("to"), "what": facts.get("title", "")}


def _reassigned(who: str, facts: Mapping[str, Any]) -> str:
    words = {"who": who, "step": step_title(facts), "from": facts.get("from"), "to": facts.get("to")}
    if not words["from"]:
        return _("%(who)s handed the task “%(step)s” to %(to)s") % words
    return _("%(who)s handed the task “%(step)s” from %(from)s to %(to)s") % words


def _completed(who: str, facts: Mapping[str, Any]) -> str:
    words = {"who": who, "step": step_title(facts), "outcome": outcome_label(facts), "round": facts.get("round")}
    if not words["outcome"]:
        sentence = _("%(who)s finished “%(step)s”") % words
    else:
        sentence = _("%(who)s finished “%(step)s”: %(outcome)s") % words
    many = isinstance(words["round"], int) and words["round"] > 1
    return sentence + (" " + _("(round %(round)d)") % words if many else "")


def _merged(who: str, facts: Mapping[str, Any]) -> str:
    words = {"who": who, "drop": facts.get("drop_code"), "keep": facts.get("keep_code")}
    return _("%(who)s merged case %(drop)s into %(keep)s") % words


def _steered(pattern: Promise) -> Callable[[str, Mapping[str, Any]], str]:
    return lambda who, facts: str(pattern) % {"who": who, "step": place_title(str(facts.get("place") or ""))}


def _returned(who: str, facts: Mapping[str, Any]) -> str:
    words = {"who": who, "step": step_title({"node": facts.get("place")}), "back": step_title(facts)}
    return _("%(who)s sent “%(step)s” back for correction; “%(back)s” waits for it") % words


WORDINGS: dict[str, Wording] = {
    "case.closed": Wording(_plain(gettext_lazy("%(who)s closed the case")), "close", "bad"),
    "case.reopened": Wording(_steered(gettext_lazy("%(who)s reopened the case at “%(step)s”")), "return", "warn"),
    "case.jumped": Wording(_steered(gettext_lazy("%(who)s sent the case to “%(step)s”")), "next", "warn"),
    "task.returned": Wording(_returned, "return", "warn"),
    "task.called_back": Wording(
        _of_step(gettext_lazy("%(who)s called the correction back; “%(step)s” goes on")), "next"
    ),
    "case.opened": Wording(_plain(gettext_lazy("%(who)s opened the case")), "plus", "brand"),
    "task.claimed": Wording(_of_step(gettext_lazy("%(who)s took the task “%(step)s”")), "user"),
    "task.released": Wording(_of_step(gettext_lazy("%(who)s gave back the task “%(step)s”")), "return", "warn"),
    "case.held": Wording(_plain(gettext_lazy("%(who)s put the case on hold")), "held", "warn"),
    "case.resumed": Wording(_plain(gettext_lazy("%(who)s let the case go on")), "next", "ok"),
    "task.waits": Wording(_of_step(gettext_lazy("%(who)s waits for an answer in “%(step)s”")), "held", "warn"),
    "task.answered": Wording(_of_step(gettext_lazy("%(who)s had the answer for “%(step)s”; it goes on")), "next", "ok"),
    "task.prioritised": Wording(_of_step(gettext_lazy("%(who)s set the priority of “%(step)s”")), "edit"),
    "deadline.extended": Wording(_of_step(gettext_lazy("%(who)s extended the deadline of “%(step)s”")), "late", "warn"),
    "task.put_back": Wording(
        _of_step(gettext_lazy("%(who)s put the task “%(step)s” back into the queue")), "return", "warn"
    ),
    "task.reassigned": Wording(_reassigned, "people"),
    "task.completed": Wording(_completed, "check", "ok"),
    "access.granted": Wording(_plain(gettext_lazy("%(who)s gave %(to)s access to the case")), "key"),
    "inspection.revoked": Wording(_plain(gettext_lazy("%(who)s ended an inspection of the case")), "key"),
    "access.revoked": Wording(_plain(gettext_lazy("%(who)s ended an access to the case")), "lock"),
    "note.written": Wording(_plain(gettext_lazy("%(who)s wrote a note")), "edit"),
    "note.struck_out": Wording(_plain(gettext_lazy("%(who)s struck out a note")), "close", "warn"),
    "cases.linked": Wording(_plain(gettext_lazy("%(who)s linked this case with another")), "next"),
    "cases.unlinked": Wording(_plain(gettext_lazy("%(who)s ended a link with another case")), "close", "warn"),
    "case.merged": Wording(_merged, "next", "warn"),
    "cooperative.merged": Wording(
        _plain(gettext_lazy("%(who)s merged two entries of the register; the case leads to the one that stays")), "next"
    ),
    "duplicate.denied": Wording(
        _plain(gettext_lazy("%(who)s compared two entries and said that they are not the same")), "info"
    ),
    "errand.given": Wording(_plain(gettext_lazy("%(who)s gave a task outside the steps: %(what)s")), "plus", "brand"),
    "errand.withdrawn": Wording(
        _plain(gettext_lazy("%(who)s withdrew a task outside the steps: %(what)s")), "return", "warn"
    ),
    "members.saved": Wording(_plain(gettext_lazy("%(who)s saved the list of members")), "people"),
    "members.imported": Wording(_plain(gettext_lazy("%(who)s imported a member list")), "upload"),
    "asset.entered": Wording(_plain(gettext_lazy("%(who)s entered a contributed asset")), "plus"),
    "asset.changed": Wording(_plain(gettext_lazy("%(who)s changed a contributed asset")), "edit"),
    "asset.withdrawn": Wording(_plain(gettext_lazy("%(who)s withdrew a contributed asset")), "close", "warn"),
    "office.taken": Wording(_plain(gettext_lazy("%(who)s wrote down that a person took an office")), "people"),
    "office.ended": Wording(_plain(gettext_lazy("%(who)s wrote down that an office ended")), "people", "warn"),
    "ties.declared": Wording(_plain(gettext_lazy("%(who)s wrote down the declared family ties")), "edit"),
    "person.revealed": Wording(_plain(gettext_lazy("%(who)s looked at a masked value of a person")), "eye", "warn"),
    "plan.remarked": Wording(_plain(gettext_lazy("%(who)s wrote a remark on the plan or charter")), "edit"),
    "plan.remark_settled": Wording(_plain(gettext_lazy("%(who)s settled a remark")), "check", "ok"),
    "visit.recorded": Wording(_plain(gettext_lazy("%(who)s recorded a visit")), "edit"),
    "filing.status_noted": Wording(_plain(gettext_lazy("%(who)s noted the status at the one-stop desk")), "info"),
    "rules.checked": Wording(_plain(gettext_lazy("%(who)s had the rules checked and stored")), "check"),
    "rule.overridden": Wording(_plain(gettext_lazy("%(who)s let the case pass a rule")), "key", "warn"),
    "rule.override_withdrawn": Wording(
        _plain(gettext_lazy("%(who)s took a decision on a rule back")), "return", "warn"
    ),
    "document.added": Wording(_plain(gettext_lazy("%(who)s added a document: %(what)s")), "plus"),
    "document.replaced": Wording(_plain(gettext_lazy("%(who)s added a newer version: %(what)s")), "edit"),
    "document.opened": Wording(_plain(gettext_lazy("%(who)s opened a document: %(what)s")), "eye"),
    "document.visibility_changed": Wording(
        _plain(gettext_lazy("%(who)s changed who may see a document: %(what)s")), "key", "warn"
    ),
    "document.withdrawn": Wording(_plain(gettext_lazy("%(who)s withdrew a document: %(what)s")), "close", "warn"),
    "papers.made": Wording(_plain(gettext_lazy("%(who)s had papers made from the case")), "check"),
    "dossier.taken": Wording(_plain(gettext_lazy("%(who)s took the founding dossier")), "upload"),
    "case.exported": Wording(_plain(gettext_lazy("%(who)s exported the whole case")), "upload", "warn"),
    "history.taken": Wording(
        _plain(gettext_lazy("%(who)s took the proven history of the case for an inspection")), "upload", "warn"
    ),
    "consent.given": Wording(_plain(gettext_lazy("%(who)s recorded a consent")), "check", "ok"),
    "consent.withdrawn": Wording(
        _plain(gettext_lazy("%(who)s recorded that a consent was withdrawn")), "close", "warn"
    ),
    "share.revoked": Wording(_plain(gettext_lazy("%(who)s ended what was shared with a lender")), "close", "warn"),
    "share.ran_out": Wording(
        _plain(gettext_lazy("What was shared with a lender ended with the consent")), "close", "warn"
    ),
    "share.answered": Wording(
        _plain(gettext_lazy("%(who)s answered for the lender what it does with the share")), "edit"
    ),
    "share.opened": Wording(_plain(gettext_lazy("%(who)s of the lender read the application")), "people"),
    "credit.asked": Wording(_plain(gettext_lazy("%(who)s of the lender asked for more")), "edit"),
    "credit.another_asked": Wording(_plain(gettext_lazy("%(who)s asked one more lender")), "plus"),
    "credit.answered": Wording(_plain(gettext_lazy("%(who)s answered the lender")), "edit"),
    "credit.disbursed": Wording(_plain(gettext_lazy("%(who)s of the lender paid out")), "plus", "ok"),
    "credit.repayment_noted": Wording(_plain(gettext_lazy("%(who)s of the lender wrote how it is paid back")), "edit"),
    "status_code.given": Wording(_plain(gettext_lazy("%(who)s gave the founder a code to look up the case")), "key"),
    "status_code.revoked": Wording(_plain(gettext_lazy("%(who)s took back the look-up code")), "lock", "warn"),
    "market.added": Wording(_plain(gettext_lazy("%(who)s wrote down a market link")), "plus"),
    "market.corrected": Wording(_plain(gettext_lazy("%(who)s corrected a market link")), "edit"),
    "market.withdrawn": Wording(_plain(gettext_lazy("%(who)s withdrew a market link")), "close", "warn"),
    "market.verified": Wording(_plain(gettext_lazy("%(who)s verified a market link")), "check", "ok"),
    "market.outcome_noted": Wording(_plain(gettext_lazy("%(who)s wrote what came of a market link")), "edit"),
    "contact.revealed": Wording(_plain(gettext_lazy("%(who)s looked at the contact's phone number")), "eye", "warn"),
    "case.programmes_set": Wording(
        _plain(gettext_lazy("%(who)s set under which programmes the case counts: %(what)s"))
    ),
    "deadlines.recounted": Wording(recounted, "soon"),
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
