"""What a person is told before she says otherwise: by her role, as a supervisor hears of far more than an advisor."""

from collections.abc import Iterable, Mapping
from datetime import time

from casework.organisations.roles import Role
from notifications.kinds import Group
from notifications.models import Mode, Reader

LANGUAGE = "vi"
QUIET_FROM, QUIET_UNTIL = time(21), time(6)

_WORKS = {
    Group.GIVEN: Mode.NOW,
    Group.QUEUE: Mode.DIGEST,
    Group.CASE: Mode.NOW,
    Group.DEADLINE: Mode.DIGEST,
    Group.LATE: Mode.NOW,
    Group.OTHER: Mode.DIGEST,
}
_OVERSEES = {
    Group.GIVEN: Mode.NOW,
    Group.QUEUE: Mode.DIGEST,
    Group.CASE: Mode.DIGEST,
    Group.DEADLINE: Mode.DIGEST,
    Group.LATE: Mode.NOW,
    Group.OTHER: Mode.DIGEST,
}
_RUNS = dict.fromkeys(Group, Mode.DIGEST) | {Group.GIVEN: Mode.NOW}
_NOTHING = dict.fromkeys(Group, Mode.OFF)

# By e-mail. Whoever sits nowhere is told by the bell alone.
MODES: dict[str, Mapping[Group, Mode]] = {
    Role.ADVISOR: _WORKS,
    Role.REVIEWER: _WORKS,
    Role.CREDIT_OFFICER: {**_WORKS, Group.QUEUE: Mode.NOW},
    Role.SUPERVISOR: _OVERSEES,
    Role.ADMINISTRATOR: _RUNS,
    Role.INSPECTOR: _NOTHING,
}
# Other channels cost money or disturb at night: nobody has them who did not ask.
BY_ROLE = frozenset({"email"})
DIGESTS: dict[str, str] = {
    Role.INSPECTOR: Reader.Digest.NONE,
    Role.ADMINISTRATOR: Reader.Digest.WEEKLY,
}
_URGENCY = (Mode.NOW, Mode.DIGEST, Mode.OFF)
_FREQUENCY = (Reader.Digest.DAILY, Reader.Digest.WEEKLY, Reader.Digest.NONE)


def mode(roles: Iterable[str], group: Group, channel: str) -> Mode:
    """When a channel tells a person with these roles of a group: the most urgent of what her roles say."""
    found = {MODES.get(role, _NOTHING)[group] for role in roles} if channel in BY_ROLE else set()
    return next((one for one in _URGENCY if one in found), Mode.OFF)


def digest(roles: Iterable[str]) -> str:
    """How often a person with these roles gets a summary: the most frequent of what her roles say."""
    found = {DIGESTS.get(role, Reader.Digest.DAILY) for role in roles}
    return next((str(one) for one in _FREQUENCY if one in found), str(Reader.Digest.NONE))
