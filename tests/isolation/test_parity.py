"""What the code lets a person see is what plain SQL, written by itself, says she sees. And the pages agree."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casework.models import Absence, Case, CaseAccess, Consent, Membership, Organisation, User
from casework.organisations.standing import standing_of
from workflows.engine.models import Task

WORLDS = 1_000
PEOPLE = ("lan", "mai", "hanh", "van", "stranger")
# One above two, one beside them.
PLACES = ("wu-kh", "wu-kh-a", "wu-kh-b", "al-kh")
ROLES = ("advisor", "reviewer", "credit_officer", "supervisor", "inspector", "administrator")
NEVER_STOOD_IN_FOR = ("inspector", "administrator")
LOOKING_DOWN = ("supervisor", "administrator")

# The rules of docs/concepts/access.md once more, without a line of the product: who acts for whom (any number of
# steps), which organisations each seat reaches, which rows open a case at this moment.
SEEN = """
WITH RECURSIVE acting(person) AS (
    SELECT u.id FROM casework_user u WHERE u.username = %(name)s AND u.is_active
    UNION
    SELECT away.user_id FROM casework_absence away, acting
     WHERE away.substitute_id = acting.person AND away.ended_at IS NULL
       AND %(today)s BETWEEN away.first_day AND away.last_day
), reached AS (
    SELECT down.id
      FROM acting
      JOIN casework_user u ON u.id = acting.person AND u.is_active
      JOIN casework_membership m ON m.user_id = u.id AND m.relieved_at IS NULL
       AND m.valid_from <= %(today)s AND COALESCE(m.valid_until, 'infinity') >= %(today)s
      JOIN casework_organisation seat ON seat.id = m.organisation_id
       AND seat.valid_from <= %(today)s AND COALESCE(seat.valid_until, 'infinity') >= %(today)s
      JOIN casework_organisation down ON down.id = seat.id
        OR (m.role IN %(down)s AND seat.id = ANY(down.lineage))
     WHERE u.username = %(name)s OR m.role NOT IN %(never)s
)
SELECT DISTINCT a.case_id FROM casework_caseaccess a JOIN reached ON reached.id = a.organisation_id
 WHERE a.kind IN ('own', 'partner', 'inspect') AND a.revoked_at IS NULL
   AND a.valid_from <= %(now)s AND (a.valid_until IS NULL OR a.valid_until > %(now)s)
"""

# Days from today, so that both edges of every span are drawn often.
DAYS = st.sampled_from((-400, -2, -1, 0, 1, 2, 400))
_ANY_SPAN = st.tuples(DAYS, st.one_of(st.none(), DAYS)).filter(lambda span: span[1] is None or span[0] <= span[1])
# Half of them hold today: of three spans on the way to a case one that does not is enough to see nothing.
SPANS = st.one_of(st.just((-1, None)), _ANY_SPAN)
ENDED = st.sampled_from((False, False, False, True))


def _is_possible(row: tuple[Any, ...]) -> bool:
    """The database itself refuses a lasting part in a case that begins later."""
    _case, _place, kind, (first, last), _ended = row
    return kind not in ("own", "partner") or last is not None or first <= 0


ACCESS = st.tuples(
    st.integers(0, 3), st.sampled_from(PLACES), st.sampled_from(("own", "partner", "share", "inspect")), SPANS, ENDED
).filter(_is_possible)
SEATS = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PLACES), st.sampled_from(ROLES), SPANS, ENDED)
ABSENCES = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), SPANS, ENDED).filter(lambda a: a[0] != a[1])
WORLD = st.fixed_dictionaries(
    {
        "access": st.lists(ACCESS, min_size=3, max_size=8, unique_by=lambda row: row[:3]),
        "seats": st.lists(SEATS, min_size=3, max_size=8, unique_by=lambda row: row[:3]),
        "absences": st.lists(ABSENCES, max_size=4),
        "closed": st.lists(st.sampled_from(PEOPLE), max_size=1),
        "over": st.lists(st.sampled_from(PLACES), max_size=1),
    }
)


@pytest.fixture
def cases(world) -> list[Case]:
    """Four cases whose access, and all seats, are drawn anew for each world."""
    found = [world.open_case(by, f"HTX Số {n}") for n, by in enumerate(("lan", "cuc", "phuong", "lan"))]
    agreed = {"purpose": "credit", "categories": ["plan"], "recipient": world.organisation("bank-kh")}
    for case in found:
        Consent.objects.create(case=case, valid_from=timezone.localdate(), recorded_by=world.lan, **agreed)
    CaseAccess.objects.all().delete()
    Membership.objects.all().delete()
    return found


class _Ids:
    """Names to keys, asked for once."""

    def __init__(self, cases: list[Case]) -> None:
        self.cases = [case.pk for case in cases]
        self.places = dict(Organisation.objects.values_list("code", "pk"))
        self.people = {user.username: user for user in User.objects.all()}
        self.consents = dict(Consent.objects.values_list("case", "pk"))
        self.now, self.today = timezone.now(), timezone.localdate()


def build(drawn: dict[str, Any], ids: _Ids) -> None:
    """Put a drawn world into the database; the caller takes it back."""
    ended = {True: ids.now, False: None}
    CaseAccess.objects.bulk_create(
        CaseAccess(
            case_id=ids.cases[case],
            organisation_id=ids.places[place],
            kind=kind,
            valid_from=ids.now + timedelta(days=span[0]),
            valid_until=None if span[1] is None else ids.now + timedelta(days=span[1]),
            revoked_at=ended[over],
            consent_id=ids.consents[ids.cases[case]] if kind == "share" else None,
            profile="plan" if kind == "share" else "",
        )
        for case, place, kind, span, over in drawn["access"]
    )
    Membership.objects.bulk_create(
        Membership(
            user=ids.people[name],
            organisation_id=ids.places[place],
            role=role,
            valid_from=ids.today + timedelta(days=span[0]),
            valid_until=None if span[1] is None else ids.today + timedelta(days=span[1]),
            relieved_at=ended[over],
        )
        for name, place, role, span, over in drawn["seats"]
    )
    Absence.objects.bulk_create(
        Absence(
            user=ids.people[away],
            substitute=ids.people[other],
            first_day=ids.today + timedelta(days=span[0]),
            last_day=ids.today + timedelta(days=400 if span[1] is None else span[1]),
            ended_at=ended[over],
            set_by=ids.people[away],
        )
        for away, other, span, over in drawn["absences"]
    )
    User.objects.filter(username__in=drawn["closed"]).update(is_active=False)
    yesterday = ids.today - timedelta(days=1)
    Organisation.objects.filter(code__in=drawn["over"]).update(valid_until=yesterday)


def by_sql(name: str, ids: _Ids) -> set[int]:
    """The cases that a person sees, by the SQL of this file."""
    params = {
        "name": name,
        "today": ids.today,
        "now": timezone.now(),
        "down": LOOKING_DOWN,
        "never": NEVER_STOOD_IN_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(SEEN, params)
        return {pk for (pk,) in cursor.fetchall()}


def _drawn_worlds(times: int) -> Any:
    return settings(
        max_examples=times,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def test_what_is_visible_is_what_plain_sql_says(cases):
    ids, seen, worlds = _Ids(cases), 0, 0

    @_drawn_worlds(WORLDS)
    @given(drawn=WORLD)
    def in_every_world(drawn):
        nonlocal seen, worlds
        worlds += 1
        with transaction.atomic():
            build(drawn, ids)
            for name in {seat[0] for seat in drawn["seats"]} | {absence[1] for absence in drawn["absences"]}:
                visible = set(Case.objects.visible_to(standing_of(ids.people[name])).values_list("pk", flat=True))
                assert visible == by_sql(name, ids), (name, json.dumps(drawn, default=str))
                seen += len(visible)
            transaction.set_rollback(True)

    in_every_world()
    print(f"{worlds} worlds, {seen} times a case was seen")  # noqa: T201 (the coverage of the walk)
    assert worlds >= WORLDS * 0.95
    assert seen > WORLDS, "worlds in which nobody sees anything prove nothing"


def test_the_pages_that_open_are_those_cases(cases):
    ids, opened = _Ids(cases), 0
    code_of = dict(Case.objects.values_list("pk", "code"))

    @_drawn_worlds(40)
    @given(drawn=WORLD)
    def in_every_world(drawn):
        nonlocal opened
        with transaction.atomic():
            build(drawn, ids)
            name = drawn["seats"][0][0]
            if ids.people[name].username not in drawn["closed"]:
                expected = by_sql(name, ids)
                assert _opened(ids.people[name], code_of) == expected, (name, json.dumps(drawn, default=str))
                opened += len(expected)
            transaction.set_rollback(True)

    in_every_world()
    assert opened > 10


def _opened(user: User, code_of: dict[int, str]) -> set[int]:
    client = Client()
    client.force_login(user)
    return {pk for pk, code in code_of.items() if client.get(f"/cases/{code}/").status_code == 200}


def test_tasks_are_visible_where_their_case_or_their_organisation_is(cases):
    ids, seen = _Ids(cases), 0

    @_drawn_worlds(200)
    @given(drawn=WORLD)
    def in_every_world(drawn):
        nonlocal seen
        with transaction.atomic():
            build(drawn, ids)
            standing = standing_of(ids.people[drawn["seats"][0][0]])
            reach = set(standing.reach_ids)
            cases_seen = by_sql(drawn["seats"][0][0], ids)
            tasks = Task.objects.human()
            expected = {t.pk for t in tasks if t.organisation_id in reach or t.case_id in cases_seen}
            assert set(Task.objects.visible_to(standing).values_list("pk", flat=True)) == expected
            seen += len(expected)
            transaction.set_rollback(True)

    in_every_world()
    assert seen > 50
