"""The kept numbers: filled as kept, right for accesses that end, right when many write at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from casework.acts import perform
from casework.cases.acts import GrantAccess
from casework.sharing.models import CaseAccess
from tests.owner import as_owner
from workflows.holds.acts import HoldCase, ResumeCase
from workflows.summary.models import CaseSum
from workflows.summary.sql import FILL
from workflows.summary.sums import fold, seen_besides, seen_by

KEY = ("audience__organisations", "lead_organisation_id", "area_id", "what", "word", "day")
TABLES = ("workflows_casesum", "workflows_countedcase", "workflows_audiencemember", "workflows_audience")
# What the migration does, without making the trigger that is there already.
AGAIN = FILL.partition("CREATE TRIGGER")[0].replace("ON COMMIT DROP", "")


def sums():
    """Every kept number by what it is of, however it is spread over rows."""
    found = {}
    rows = CaseSum.objects.values_list(*KEY, "n", "held", "opened", "since")
    for organisations, *rest, n, held, opened, since in rows:
        key = (tuple(organisations), *rest)
        before = found.get(key, (0, 0, 0, 0))
        found[key] = tuple(a + b for a, b in zip(before, (n, held, opened, since), strict=True))
    return {key: numbers for key, numbers in found.items() if any(numbers)}


def count_all_anew():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    as_owner("ALTER TABLE workflows_countedcase DISABLE TRIGGER summary_append")
    as_owner(";".join(f"DELETE FROM {table}" for table in TABLES))
    as_owner(AGAIN)
    as_owner("DROP TABLE seen_by; ALTER TABLE workflows_countedcase ENABLE TRIGGER summary_append")


@pytest.fixture
def cases(world):
    opened = [world.open_case(by=["lan", "cuc"][n % 2], name=f"HTX Mẫu Số {n}") for n in range(6)]
    perform(HoldCase(opened[0].pk, "Chờ mùa gặt"), by=world.lan)
    world.advance(opened[1], "review_plan")
    world.finish(world.task(opened[2]), decision="decline", reason="Không phải nhóm phụ nữ")
    return opened


def test_counting_all_cases_at_once_gives_what_the_triggers_kept(world, cases):
    kept = sums()
    assert kept

    count_all_anew()

    assert sums() == kept


def test_folding_changes_no_number_and_leaves_one_row_a_key(world, cases):
    kept = sums()

    assert fold() > 0

    assert sums() == kept
    assert not CaseSum.objects.filter(fresh=True).exists()
    assert CaseSum.objects.count() == len(kept)
    assert fold() == 0


def test_days_that_are_over_become_one_and_an_extended_day_leaves_it_again(world, cases, time_machine):
    fold()
    due = CaseSum.objects.filter(what="due")
    open_before = sum(due.values_list("n", flat=True))
    time_machine.move_to(timezone.now() + timedelta(days=400), tick=False)

    fold()

    assert set(due.values_list("day__year", flat=True)) == {1}
    assert sum(due.values_list("n", flat=True)) == open_before
    perform(HoldCase(cases[3].pk, "Chờ mùa gặt"), by=world.cuc)
    assert sum(due.values_list("n", flat=True)) == open_before - 1


def test_an_inspection_is_counted_until_its_end_and_only_once(world, cases, time_machine):
    until = timezone.now() + timedelta(days=2)
    office = world.organisation("inspect-kh")
    perform(GrantAccess(cases[3].pk, office, CaseAccess.Kind.INSPECT, "Kiểm tra", until), by=world.van)
    thanh = world.standing("thanh")

    assert seen_by(thanh).audiences == []
    assert [case.pk for case in seen_besides(thanh)] == [cases[3].pk]
    time_machine.move_to(until + timedelta(seconds=1), tick=False)
    assert not seen_besides(thanh).exists()


def test_who_sees_a_case_anyway_does_not_count_it_twice(world, cases):
    until = timezone.now() + timedelta(days=2)
    lead = cases[3].lead_organisation
    perform(GrantAccess(cases[3].pk, lead, CaseAccess.Kind.INSPECT, "Kiểm tra", until), by=world.van)

    assert not seen_besides(world.standing("hanh")).exists()


@pytest.mark.django_db(transaction=True)
def test_many_writers_in_one_organisation_and_a_folding_worker_lose_nothing(world):
    cases = [world.open_case(name=f"HTX Mẫu Số {n}") for n in range(6)]

    def work(n):
        close_old_connections()
        try:
            for _ in range(5):
                perform(HoldCase(cases[n].pk, "Chờ mùa gặt"), by=world.hanh, request_id=uuid4())
                fold()
                perform(ResumeCase(cases[n].pk, "Gặt xong"), by=world.hanh, request_id=uuid4())
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))

    kept = sums()
    count_all_anew()
    assert sums() == kept
