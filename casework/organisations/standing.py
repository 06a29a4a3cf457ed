"""What a person is today: in which organisations, in which roles, with which rights, and for whom. One query."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from casework.organisations.models import User
from casework.organisations.roles import NEVER_PASSED_ON, REACHES_DOWN, Role

_DOWN, _NEVER = [str(role) for role in REACHES_DOWN], [str(role) for role in NEVER_PASSED_ON]
_SEATS = "SELECT * FROM seats_of(%(user)s, %(day)s, %(down)s, %(never)s)"


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


def seats_asked(user: User, on: date | None = None) -> dict[str, Any]:
    """What `seats_of` is asked with (casework/organisations/seats_sql.py)."""
    return {"day": on or timezone.localdate(), "user": user.pk, "down": _DOWN, "never": _NEVER}


def standing_of(user: User, on: date | None = None) -> Standing:
    """Read a person's seats on a day (default: today in Vietnam). One query; closed people have none."""
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, seats_asked(user, on))
        return standing_from(user, cursor.fetchall())


def standing_from(user: User, rows: Iterable[Iterable[Any]]) -> Standing:
    """The standing of a person from the rows of `seats_of`."""
    seats = [_seat(*row) for row in rows]
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
