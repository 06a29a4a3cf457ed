"""Who is told: looked up when it is delivered, for a whole batch of messages in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from casework.organisations.roles import NEVER_PASSED_ON
from notifications.kinds import ORDER

# A message for an organisation goes to those who sit there today and have the right of the task (or the named right
# or role). Whoever stands in for an absent person hears what she hears, and so on along the chain of substitutes,
# but for roles that are never passed on. Of several messages of one event a person keeps the most telling; the
# insert is in one order, against deadlocks.
_TELL = """
WITH RECURSIVE message AS (
    SELECT * FROM notifications_outboxmessage WHERE id = ANY(%(messages)s)
), seat AS (
    SELECT s.organisation_id, s.user_id, s.role,
           ARRAY(SELECT p.codename FROM auth_group g
                   JOIN casework_organisationgrouppermission gp ON gp.group_id = g.id AND gp.content_object_id = o.id
                   JOIN auth_permission p ON p.id = gp.permission_id
                  WHERE g.name = o.code || '/' || s.role) AS rights
      FROM casework_membership s JOIN casework_organisation o ON o.id = s.organisation_id
     WHERE o.id IN (SELECT organisation_id FROM message) AND s.relieved_at IS NULL AND s.valid_from <= %(day)s
       AND (s.valid_until IS NULL OR s.valid_until >= %(day)s)
       AND o.valid_from <= %(day)s AND (o.valid_until IS NULL OR o.valid_until >= %(day)s)
), told AS (
    SELECT m.id, m.user_id, true AS passes_on FROM message m WHERE m.user_id IS NOT NULL
    UNION
    SELECT m.id, seat.user_id, seat.role <> ALL(%(never)s)
      FROM message m JOIN seat ON seat.organisation_id = m.organisation_id
      LEFT JOIN workflows_task t ON t.id = m.task_id
     WHERE CASE WHEN m.audience <> '' THEN m.audience = seat.role OR m.audience = ANY(seat.rights)
                WHEN t.permission <> '' THEN t.permission = ANY(seat.rights)
                ELSE true END
    UNION
    SELECT told.id, a.substitute_id, true FROM told JOIN casework_absence a ON a.user_id = told.user_id
       AND told.passes_on
       AND a.first_day <= %(day)s AND a.last_day >= %(day)s AND a.ended_at IS NULL
), said AS (
    SELECT DISTINCT ON (told.user_id, m.chain, m.event_seq)
           told.user_id, m.kind, m.chain, m.event_seq, m.case_id, m.task_id, m.facts
      FROM told JOIN message m ON m.id = told.id JOIN casework_user u ON u.id = told.user_id AND u.is_active
     WHERE told.user_id IS DISTINCT FROM m.actor_id
     ORDER BY told.user_id, m.chain, m.event_seq, array_position(%(order)s::text[], m.kind::text), m.id
)
INSERT INTO notifications_notification AS n (user_id, kind, chain, event_seq, case_id, task_id, facts)
SELECT user_id, kind, chain, event_seq, case_id, task_id, facts FROM said ORDER BY user_id, chain, event_seq
ON CONFLICT (user_id, chain, event_seq) DO UPDATE
   SET kind = EXCLUDED.kind, task_id = EXCLUDED.task_id, facts = EXCLUDED.facts
 WHERE array_position(%(order)s::text[], EXCLUDED.kind::text) < COALESCE(
           array_position(%(order)s::text[], n.kind::text), cardinality(%(order)s::text[]) + 1)
RETURNING id, user_id, kind, chain, event_seq
"""


@dataclass(frozen=True)
class Said:
    """A notification that was just written, or one that says more now."""

    id: int
    user_id: int
    kind: str
    chain: str
    event_seq: int


def tell(messages: Collection[int]) -> list[Said]:
    """Write the notifications of these outbox messages. One statement; what was told before is left as it is."""
    given: dict[str, Any] = {
        "messages": list(messages),
        "day": timezone.localdate(),
        "order": ORDER,
        "never": [str(role) for role in NEVER_PASSED_ON],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TELL, given)
        return [Said(*row) for row in cursor.fetchall()]
