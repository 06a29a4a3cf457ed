"""What a person is today: in which organisations, in which roles, with which rights, and for whom. One query."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from casework.organisations.models import User
from casework.organisations.roles import NEVER_PASSED_ON, REACHES_DOWN, Role

# `people` is the person herself and whoever she stands in for on that day, through any chain of substitutes; UNION
# leaves out who is there already, so a loop ends. Membership says who and until when; guardian's rows say what the
# role may do in that organisation.
_SEATS = """
WITH RECURSIVE people(id) AS (
    SELECT id FROM casework_user WHERE id = %(user)s AND is_active
    UNION
    SELECT a.user_id
      FROM people
      JOIN casework_absence a ON a.substitute_id = people.id AND a.ended_at IS NULL
       AND a.first_day <= %(day)s AND a.last_day >= %(day)s
)
SELECT o.id, o.code, o.name, o.kind, m.role,
       COALESCE((SELECT array_agg(p.codename)
                   FROM auth_group g
                   JOIN casework_organisationgrouppermission gp ON gp.group_id = g.id
                   JOIN auth_permission p ON p.id = gp.permission_id
                  WHERE g.name = o.code || '/' || m.role AND gp.content_object_id = o.id), '{}') AS permissions,
       CASE WHEN m.role = ANY(%(down)s)
            THEN (SELECT array_agg(c.id) FROM casework_organisation c WHERE c.lineage @> ARRAY[o.id])
            ELSE ARRAY[o.id] END AS reach,
       NULLIF(u.id, %(user)s), u.full_name
  FROM people
  JOIN casework_user u ON u.id = people.id AND u.is_active
  JOIN casework_membership m ON m.user_id = u.id
  JOIN casework_organisation o ON o.id = m.organisation_id
   AND o.valid_from <= %(day)s AND (o.valid_until IS NULL OR o.valid_until >= %(day)s)
 WHERE m.relieved_at IS NULL
   AND m.valid_from <= %(day)s AND (m.valid_until IS NULL OR m.valid_until >= %(day)s)
   AND (u.id = %(user)s OR m.role <> ALL(%(never)s))
 ORDER BY u.id <> %(user)s, u.id, m.id
"""


@dataclass(frozen=True)
class Seat:
    """A role in an organisation, with its rights and the organisations that it reaches.

    The seat of somebody whom the person stands in for today names her; in one's own seat that is None.
    """

    organisation_id: int
    organisation_code: str
    organisation_name: str
    organisation_kind: str
    role: str
    permissions: frozenset[str]
    reach: frozenset[int]
    instead_of_id: int | None = None
    instead_of_name: str = ""

    @property
    def role_label(self) -> str:
        """The role in the language of the page."""
        return str(Role(self.role).label)


@dataclass(frozen=True)
class Standing:
    """All seats of one person on one day: her own, and those of the absent whom she stands in for (`acting`)."""

    user: User
    seats: tuple[Seat, ...]
    acting: tuple[Seat, ...] = ()

    @property
    def every_seat(self) -> tuple[Seat, ...]:
        """Her own seats first, then those in which she acts for others."""
        return self.seats + self.acting

    @property
    def covered_ids(self) -> frozenset[int]:
        """Ids of the people whom she stands in for today."""
        return frozenset(seat.instead_of_id for seat in self.acting if seat.instead_of_id)

    @property
    def organisation_ids(self) -> list[int]:
        """The organisations in which the person sits."""
        return sorted({seat.organisation_id for seat in self.seats})

    @property
    def reach_ids(self) -> list[int]:
        """The organisations whose cases the person may see: her own and, for some roles, all below."""
        return sorted(set().union(*(seat.reach for seat in self.every_seat)))

    @property
    def permissions(self) -> frozenset[str]:
        """Every right that the person has somewhere; for menus, never for a decision about an object."""
        return frozenset().union(*(seat.permissions for seat in self.every_seat))

    def seat_for(self, permission: str, organisation_id: int | None) -> Seat | None:
        """The seat that gives a right on an organisation, or None. Her own before those of others."""
        return next(
            (s for s in self.every_seat if permission in s.permissions and organisation_id in s.reach),
            None,
        )

    def seat_instead_of(self, person_id: int | None, permission: str, organisation_id: int | None) -> Seat | None:
        """The seat of one absent person that gives a right on an organisation, or None."""
        hers = tuple(seat for seat in self.acting if seat.instead_of_id == person_id)
        return Standing(self.user, hers).seat_for(permission, organisation_id) if hers else None

    def stands_for(self, person_id: int | None) -> bool:
        """Whether somebody is the person herself or one whom she stands in for."""
        return person_id is not None and (person_id == self.user.pk or person_id in self.covered_ids)

    def seat_in(self, organisation_ids: Iterable[int]) -> Seat | None:
        """The first seat that reaches one of these organisations, or None."""
        wanted = set(organisation_ids)
        return next((s for s in self.every_seat if s.reach & wanted), None)

    def organisations_with(self, permission: str) -> list[int]:
        """The organisations in which the person holds a right, for herself or for others, without those below."""
        return sorted({s.organisation_id for s in self.every_seat if permission in s.permissions})

    def task_rights(self) -> dict[int, frozenset[str]]:
        """Rights per organisation in which the person sits or acts: what she may take from a queue."""
        rights: dict[int, frozenset[str]] = {}
        for seat in self.every_seat:
            rights[seat.organisation_id] = rights.get(seat.organisation_id, frozenset()) | seat.permissions
        return rights

    def queue_rights(self) -> dict[frozenset[str], list[int]]:
        """The same turned round: rights, and the organisations in which she has just these.

        Most people have the same rights wherever they sit, so there are few entries however many seats.
        """
        organisations: dict[frozenset[str], list[int]] = {}
        for organisation_id, permissions in sorted(self.task_rights().items()):
            organisations.setdefault(permissions, []).append(organisation_id)
        return organisations


def standing_of(user: User, on: date | None = None) -> Standing:
    """Read a person's seats on a day (default: today in Vietnam). One query; closed people have none."""
    with connection.cursor() as cursor:
        params: dict[str, Any] = {
            "day": on or timezone.localdate(),
            "user": user.pk,
            "down": [str(r) for r in REACHES_DOWN],
            "never": [str(r) for r in NEVER_PASSED_ON],
        }
        cursor.execute(_SEATS, params)
        seats = [_seat(*row) for row in cursor.fetchall()]
    own = tuple(seat for seat in seats if seat.instead_of_id is None)
    return Standing(user, own, tuple(seat for seat in seats if seat.instead_of_id is not None))


def _seat(
    organisation_id: int,
    code: str,
    name: str,
    kind: str,
    role: str,
    rights: list[str],
    reach: list[int],
    person: int | None,
    called: str,
) -> Seat:
    own = Seat(organisation_id, code, name, kind, role, frozenset(rights), frozenset(reach or []))
    return replace(own, instead_of_id=person, instead_of_name=called) if person else own
