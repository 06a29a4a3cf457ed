"""The kinds of what people are told: in which group each belongs, and which of two says more."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Group(TextChoices):
    """What a person chooses about in her preferences: a few groups, not twenty kinds."""

    GIVEN = "given", _("Work is given to me, sent back or taken away")
    QUEUE = "queue", _("New work waits for my organisation")
    CASE = "case", _("A case is put on hold, goes on, is closed or reopened")
    DEADLINE = "deadline", _("A deadline comes nearer or moves")
    LATE = "late", _("Something is late")
    OTHER = "other", _("Everything else")


# From the most telling to the least: of two notices of one event a person gets the one that stands first.
GROUPS: dict[str, Group] = {
    "case.closed": Group.CASE,
    "case.reopened": Group.CASE,
    "task.returned": Group.GIVEN,
    "task.assigned": Group.GIVEN,
    "task.taken_away": Group.GIVEN,
    "task.corrected": Group.GIVEN,
    "case.held": Group.CASE,
    "absence.set": Group.GIVEN,
    "clock.late": Group.LATE,
    "hold.expected_over": Group.LATE,
    "clock.warn": Group.DEADLINE,
    "clock.half": Group.DEADLINE,
    "clock.opened": Group.DEADLINE,
    "deadline.extended": Group.DEADLINE,
    "deadline.moved": Group.DEADLINE,
    "task.resumed": Group.CASE,
    "task.ended": Group.CASE,
    "task.waiting": Group.QUEUE,
    "export.ready": Group.OTHER,
    "support.overlaps": Group.OTHER,
    "results.missing": Group.DEADLINE,
    "results.told": Group.OTHER,
    "share.ended": Group.GIVEN,
    "share.ran_out": Group.CASE,
    "credit.asked": Group.QUEUE,
    "credit.answered": Group.GIVEN,
    "credit.disbursed": Group.OTHER,
}
ORDER = list(GROUPS)


def group_of(kind: str) -> Group:
    """The group of a kind; a kind that nobody has entered here is told with everything else."""
    return GROUPS.get(kind, Group.OTHER)
