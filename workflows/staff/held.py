"""The open tasks that somebody has, as they matter to her leaving."""

from typing import Any

from django.db.models import QuerySet

from casework.organisations.models import Membership, User
from workflows.engine.models import Task


def open_tasks_of(person: User) -> Any:
    """Every task that a person has and must still do, held ones too."""
    return Task.objects.open().filter(owner=person)


def tasks_held_by(membership: Membership) -> QuerySet[Task]:
    """Open tasks of a person in the organisation of one of her roles.

    Those too that another role of hers would let her do: whoever moves hands over knowingly.
    """
    return open_tasks_of(membership.user).filter(organisation=membership.organisation_id)
