"""How people wish to be told, read for many of them at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from notifications import defaults
from notifications.kinds import Group
from notifications.models import Mode

_READERS = """
SELECT u.id, u.email, r.language, r.quiet_from, r.quiet_until, r.digest,
       ARRAY(SELECT DISTINCT m.role FROM casework_membership m
              WHERE m.user_id = u.id AND m.relieved_at IS NULL AND m.valid_from <= %(day)s
                AND (m.valid_until IS NULL OR m.valid_until >= %(day)s)) AS roles,
       ARRAY(SELECT w.kind || '/' || w.channel || '/' || w.mode FROM notifications_wish w
              WHERE w.user_id = u.id) AS wishes
  FROM casework_user u LEFT JOIN notifications_reader r ON r.user_id = u.id
 WHERE u.is_active AND (%(everybody)s OR u.id = ANY(%(users)s))
 ORDER BY u.id
"""


@dataclass(frozen=True)
class Wishes:
    """One person's wishes, the defaults of her roles included."""

    user_id: int
    email: str = ""
    language: str = defaults.LANGUAGE
    quiet_from: time | None = defaults.QUIET_FROM
    quiet_until: time | None = defaults.QUIET_UNTIL
    digest: str = "none"
    roles: tuple[str, ...] = ()
    modes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def mode(self, group: Group, channel: str) -> Mode:
        """When a channel tells her of a group."""
        wished = self.modes.get((group, channel))
        return Mode(wished) if wished in Mode.values else defaults.mode(self.roles, group, channel)

    def awake_at(self, moment: datetime) -> datetime:
        """The moment, or the end of her quiet hours if they hold then. They may pass midnight."""
        if self.quiet_from is None or self.quiet_until is None or self.quiet_from == self.quiet_until:
            return moment
        here = timezone.localtime(moment)
        end = here.replace(hour=self.quiet_until.hour, minute=self.quiet_until.minute, second=0, microsecond=0)
        if self.quiet_from < self.quiet_until:
            return end if self.quiet_from <= here.time() < self.quiet_until else moment
        if here.time() >= self.quiet_from:
            return end + timedelta(days=1)
        return end if here.time() < self.quiet_until else moment


def wishes_of(users: Collection[int] | None) -> dict[int, Wishes]:
    """The wishes of these people, or of everybody (None), by their ids; closed accounts have none. One query."""
    given: dict[str, Any] = {"day": timezone.localdate(), "everybody": users is None, "users": list(users or [])}
    with connection.cursor() as cursor:
        cursor.execute(_READERS, given)
        rows = cursor.fetchall()
    return {row[0]: _wishes(*row) for row in rows}


def _wishes(user_id: int, email: str, language: str | None, *rest: Any) -> Wishes:
    quiet_from, quiet_until, digest, roles, modes = rest
    chosen = {(group, channel): mode for group, channel, mode in (one.split("/") for one in modes)}
    if language is None:
        return Wishes(user_id, email, digest=defaults.digest(roles), roles=tuple(roles), modes=chosen)
    return Wishes(user_id, email, language, quiet_from, quiet_until, digest, tuple(roles), chosen)
