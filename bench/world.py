"""Organisations and people of the bench: the Women's Unions of the whole country, with rights as acts give them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bench.copying import copy, follow_ids
from casework.organisations.roles import ROLE_PERMISSIONS, Role

SINCE = date(2025, 7, 1)
FEW, MANY = 50, 5_000
FIRST = "56"  # the province whose communes come first, so that the smallest size has people in it whom pages ask for
TABLES = (
    "casework_organisation",
    "casework_user",
    "casework_membership",
    "auth_group",
    "casework_organisationgrouppermission",
    "casework_user_groups",
)
_COMMUNES = """
SELECT c.id, c.code, c.name, c.parent_id
  FROM casework_administrativeunit c JOIN casework_administrativeunit p ON p.id = c.parent_id
 WHERE c.level = 'commune' ORDER BY p.code <> %s, c.code
"""
_PEOPLE = "id, username, full_name, given_name, password, email, is_superuser, is_staff, is_active, date_joined"


@dataclass(frozen=True)
class Body:
    """One organisation with the people in it."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    area: int | None
    lineage: tuple[int, ...]


@dataclass
class World:
    """What was entered. `communes` work on cases; the alliance and the office of a province are found by its area."""

    bodies: list[Body] = field(default_factory=list)
    communes: list[Body] = field(default_factory=list)
    by_province: dict[int, dict[str, Body]] = field(default_factory=dict)
    province_of: dict[int, int] = field(default_factory=dict)
    advisors: dict[int, int] = field(default_factory=dict)
    seats: list[tuple[int, str, Body, str]] = field(default_factory=list)


def plan(cursor: Any, organisations: int) -> World:
    """Think out a world with that many bodies in the communes; more than there are communes: several in one."""
    cursor.execute("SELECT COALESCE(max(id), 0) FROM casework_organisation")
    world, number = World(), cursor.fetchone()[0] + 1
    cursor.execute("SELECT id, code, name FROM casework_administrativeunit WHERE level = 'province' ORDER BY code")
    provinces = cursor.fetchall()
    nation = _add(world, Body(number, "wu-vn", "Hội LHPN Việt Nam", "womens_union", "national", None, (number,)))
    for area, code, name in provinces:
        first = len(world.bodies) + number
        wu = Body(first, f"wu-{code}", f"Hội LHPN {name}", "womens_union", "province", area, (nation.id, first))
        alliance = Body(first + 1, f"al-{code}", f"Liên minh HTX {name}", "alliance", "province", area, (first + 1,))
        office = Body(first + 2, f"of-{code}", f"Văn phòng {name}", "programme_office", "province", area, (first + 2,))
        world.by_province[area] = {body.kind: _add(world, body) for body in (wu, alliance, office)}
    cursor.execute(_COMMUNES, [FIRST])
    communes = cursor.fetchall()
    for count in range(organisations):
        area, code, name, province = communes[count % len(communes)]
        first, round_ = len(world.bodies) + number, count // len(communes)
        above = world.by_province[province]["womens_union"]
        mark, words = (f"-{round_}", f" cơ sở {round_ + 1}") if round_ else ("", "")
        body = Body(
            first, f"wu-{code}{mark}", f"Hội LHPN {name}{words}", "womens_union", "commune", area,
            (*above.lineage, first),
        )  # fmt: skip
        world.communes.append(_add(world, body))
        world.province_of[body.id] = province
    return world


def _add(world: World, body: Body) -> Body:
    world.bodies.append(body)
    return body


def seat(cursor: Any, world: World, few: int, many: int) -> None:
    """Think out the people: an advisor in each commune, who supervise and review, and two who sit in many bodies."""
    cursor.execute("SELECT COALESCE(max(id), 0) FROM casework_user")
    user = cursor.fetchone()[0]
    for body in world.bodies:
        user += 1
        role = {"womens_union": Role.SUPERVISOR, "alliance": Role.REVIEWER}.get(body.kind, Role.ADMINISTRATOR)
        role = Role.ADVISOR if body.level == "commune" else role
        world.seats.append((user, f"bench-{body.code}", body, str(role)))
        if body.level == "commune":
            world.advisors[body.id] = user
    for name, count in (("bench-few", few), ("bench-many", many)):
        user += 1
        world.seats += [(user, name, body, str(Role.ADVISOR)) for body in world.communes[:count]]


def enter(cursor: Any, world: World) -> None:
    """Write it down: bodies, people, seats, the group of every role in a body and guardian's rows of its rights."""
    cursor.execute("SELECT codename, id FROM auth_permission")
    permissions = dict(cursor.fetchall())
    copy(
        cursor, "casework_organisation", "id, code, name, kind, level, lineage, valid_from, area_id, parent_id",
        (
            (b.id, b.code, b.name, b.kind, b.level, b.lineage, SINCE, b.area, (None, *b.lineage)[-2])
            for b in world.bodies
        ),
    )  # fmt: skip
    people = {user: name for user, name, _body, _role in world.seats}
    copy(
        cursor, "casework_user", _PEOPLE,
        ((pk, name, f"Nguyễn Mẫu {pk}", "Mẫu", "!", "", False, False, True, SINCE) for pk, name in people.items()),
    )  # fmt: skip
    copy(
        cursor, "casework_membership", "role, valid_from, user_id, organisation_id",
        ((role, SINCE, user, body.id) for user, _name, body, role in world.seats),
    )  # fmt: skip
    cursor.execute("SELECT COALESCE(max(id), 0) FROM auth_group")
    held = dict.fromkeys((body, role) for _user, _name, body, role in world.seats)
    groups = {key: number for number, key in enumerate(held, cursor.fetchone()[0] + 1)}
    copy(cursor, "auth_group", "id, name", ((pk, f"{body.code}/{role}") for (body, role), pk in groups.items()))
    copy(
        cursor, "casework_organisationgrouppermission", "content_object_id, group_id, permission_id",
        _rights(groups, permissions),
    )  # fmt: skip
    copy(
        cursor, "casework_user_groups", "user_id, group_id",
        ((user, groups[body, role]) for user, _name, body, role in world.seats),
    )  # fmt: skip
    follow_ids(cursor, list(TABLES))


def _rights(groups: dict[tuple[Body, str], int], permissions: dict[str, int]) -> Iterator[tuple]:
    for (body, role), group in groups.items():
        for codename in sorted(ROLE_PERMISSIONS[role]):  # type: ignore[index]
            yield body.id, group, permissions[codename]
