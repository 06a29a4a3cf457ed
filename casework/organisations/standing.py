"""What a person is today: in which organisations, in which roles, with which rights. One query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from casework.organisations.models import User
from casework.organisations.roles import REACHES_DOWN, Role

# Membership says who and until when; guardian's rows say what the role may do in that organisation.
_SEATS = """
SELECT o.id, o.code, o.name, o.kind, m.role,
       COALESCE((SELECT array_agg(p.codename)
                   FROM auth_group g
                   JOIN casework_organisationgrouppermission gp ON gp.group_id = g.id
                   JOIN auth_permission p ON p.id = gp.permission_id
                  WHERE g.name = o.code || '/' || m.role AND gp.content_object_id = o.id), '{}') AS permissions,
       CASE WHEN m.role = ANY(%(down)s)
            THEN (SELECT array_agg(c.id) FROM casework_organisation c WHERE c.lineage @> ARRAY[o.id])
            ELSE ARRAY[o.id] END AS reach
  FROM casework_membership m
  JOIN casework_user u ON u.id = m.user_id AND u.is_active
  JOIN casework_organisation o ON o.id = m.organisation_id
   AND o.valid_from <= %(day)s AND (o.valid_until IS NULL OR o.valid_until >= %(day)s)
 WHERE m.user_id = %(user)s AND m.relieved_at IS NULL
   AND m.valid_from <= %(day)s AND (m.valid_until IS NULL OR m.valid_until >= %(day)s)
 ORDER BY m.id
"""


@dataclass(frozen=True)
class Seat:
    """A role in an organisation, with its rights and the organisations that it reaches."""

    organisation_id: int
    organisation_code: str
    organisation_name: str
    organisation_kind: str
    role: str
    permissions: frozenset[str]
    reach: frozenset[int]

    @property
    def role_label(self) -> str:
        """The role in the language of the page."""
        return str(Role(self.role).label)


@dataclass(frozen=True)
class Standing:
    """All seats of one person on one day."""

    user: User
    seats: tuple[Seat, ...]

    @property
    def organisation_ids(self) -> list[int]:
        """The organisations in which the person sits."""
        return sorted({seat.organisation_id for seat in self.seats})

    @property
    def reach_ids(self) -> list[int]:
        """The organisations whose cases the person may see: her own and, for some roles, all below."""
        return sorted(set().union(*(seat.reach for seat in self.seats)))

    @property
    def permissions(self) -> frozenset[str]:
        """Every right that the person has somewhere; for menus, never for a decision about an object."""
        return frozenset().union(*(seat.permissions for seat in self.seats))

    def seat_for(self, permission: str, organisation_id: int | None) -> Seat | None:
        """The seat that gives a right on an organisation, or None."""
        return next(
            (s for s in self.seats if permission in s.permissions and organisation_id in s.reach),
            None,
        )

    def seat_in(self, organisation_ids: Iterable[int]) -> Seat | None:
        """The first seat that reaches one of these organisations, or None."""
        wanted = set(organisation_ids)
        return next((s for s in self.seats if s.reach & wanted), None)

    def organisations_with(self, permission: str) -> list[int]:
        """The organisations in which the person herself holds a right, without those below."""
        return sorted({s.organisation_id for s in self.seats if permission in s.permissions})

    def task_rights(self) -> dict[int, frozenset[str]]:
        """Rights per organisation in which the person sits: what she may take from a queue."""
        rights: dict[int, frozenset[str]] = {}
        for seat in self.seats:
            rights[seat.organisation_id] = rights.get(seat.organisation_id, frozenset()) | seat.permissions
        return rights


def standing_of(user: User, on: date | None = None) -> Standing:
    """Read a person's seats on a day (default: today in Vietnam). One query; closed people have none."""
    with connection.cursor() as cursor:
        params: dict[str, Any] = {
            "day": on or timezone.localdate(),
            "user": user.pk,
            "down": [str(r) for r in REACHES_DOWN],
        }
        cursor.execute(_SEATS, params)
        rows = cursor.fetchall()
    return Standing(user, tuple(_seat(*row) for row in rows))


def _seat(
    organisation_id: int, code: str, name: str, kind: str, role: str, rights: list[str], reach: list[int]
) -> Seat:
    return Seat(organisation_id, code, name, kind, role, frozenset(rights), frozenset(reach or []))
