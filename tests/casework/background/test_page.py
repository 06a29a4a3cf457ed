"""The page of the work in the background, and /healthz."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.background.acts import RunAgain
from casework.background.identity import Identity
from casework.background.periodic import make_ticks
from casework.background.tasks import run_ready
from tests.casework.background import jobs
from tests.casework.background.test_tasks import SECRET, dead_letter

pytestmark = pytest.mark.django_db
PAGE = "/settings/background/"


@pytest.fixture
def van(client, world):
    client.force_login(world.van)
    return client


def test_an_administrator_sees_how_it_stands(van):
    dead_letter()
    make_ticks()
    me = Identity()
    page = van.get(PAGE).content.decode()
    me.give_up()
    assert "ValueError" in page
    assert "forget uploads" in page
    assert SECRET not in page
    assert len(page) < 60_000


def test_without_a_worker_the_page_says_so(van, settings):
    settings.LANGUAGE_CODE = "en"
    van.post(reverse("set_language"), {"language": "en"})
    assert "Nobody works" in van.get(PAGE).content.decode()


def test_others_are_refused(client, world):
    row = dead_letter()
    client.force_login(world.lan)
    assert client.get(PAGE).status_code == 403
    assert client.post(reverse("background:again", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.status == "FAILED"


def test_a_dead_letter_is_run_again_once_and_the_history_knows(van, world):
    row = dead_letter()
    request_id = uuid4()
    for _click in range(2):
        answer = van.post(reverse("background:again", args=[row.pk]), {"request_id": request_id})
        assert answer.url == PAGE
    row.refresh_from_db()
    assert (row.status, row.worker_ids, row.traceback) == ("READY", [], "")
    event = AuditEvent.objects.get(chain="background")
    assert (event.verb, event.actor_id) == ("background.run_again", world.van.pk)
    assert event.facts == {"task": str(row.pk), "path": row.task_path}
    assert SECRET not in event.canon
    assert run_ready() == 1
    with pytest.raises(ActionNotPossible):
        perform(RunAgain(row.pk), by=world.van)


def test_what_is_not_there_is_not_found(van):
    assert van.post(reverse("background:again", args=[uuid4()])).status_code == 404
    assert van.get(reverse("background:again", args=[uuid4()])).status_code == 405


def test_as_many_statements_for_one_as_for_many(van):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert van.get(PAGE).status_code == 200
        return len(captured)

    row = dead_letter()
    one = statements()
    for n in range(30):
        row.pk, row.queue_name = uuid4(), f"queue{n}"
        row.save(force_insert=True)
        jobs.add.enqueue(1, 1)
        DBTaskResult.objects.filter(status="READY").update(status="RUNNING", started_at=timezone.now())
    assert statements() == one


def test_healthz_tells_of_the_worker_and_does_not_fail_without_one(client, world):
    answer = client.get("/healthz")
    told = answer.json()
    assert answer.status_code == 200
    assert (told["worker"], told["clock"], told["clock_last_run"], told["dead_letters"]) == (False, False, None, 0)

    me = Identity()
    dead_letter()
    jobs.execute(
        "INSERT INTO casework_periodictick (name, due_at, began_at, ended_at, error) "
        "VALUES ('workflows.clock.sweep.sweep_tick', now(), now(), clock_timestamp() - interval '90 s', '')"
    )
    told = client.get("/healthz").json()
    me.give_up()
    assert (told["worker"], told["clock"], told["dead_letters"]) == (True, True, 1)
    assert 89 <= told["clock_lag_seconds"] <= 92
