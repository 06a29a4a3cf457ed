"""Reading leaves a trace: noted in the request, chained by the worker, shown to those who lead and supervise."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.audit import chain
from casework.audit.models import AuditEvent
from casework.models import Reading
from casework.reads import folding
from casework.reads.noting import NotNoted, Read, note_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    return world.open_case()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def visit(user, name, *args, **query):
    return client_of(user).get(reverse(name, args=args), query)


def pass_the_window():
    """Move the queue into the past: the database's clock cannot be moved."""
    Reading.objects.update(window=timezone.now() - timedelta(seconds=2 * settings.READ_WINDOW))


def chained(case):
    events = AuditEvent.objects.filter(chain=f"reads:case:{case.pk}").order_by("seq")
    return [read for event in events for read in event.facts["reads"]]


def test_opening_a_case_is_noted_with_seat_and_access(world, case):
    assert visit(world.lan, "cases:file", case.code).status_code == 200
    row = Reading.objects.get()
    assert (row.person_id, row.case_id, row.what, row.times) == (world.lan.pk, case.pk, "case", 1)
    assert (row.organisation_id, row.role, row.access) == (world.organisation("wu-kh-a").pk, "advisor", "own")


@pytest.mark.parametrize(("who", "access", "role"), [("hanh", "reach", "supervisor"), ("binh", "partner", "reviewer")])
def test_the_access_says_why(world, case, who, access, role):
    assert visit(getattr(world, who), "cases:file", case.code).status_code == 200
    row = Reading.objects.get()
    assert row.role == role
    assert row.access in {access, "partner"}


def test_again_within_the_window_is_one_row(world, case):
    for _turn in range(3):
        visit(world.lan, "cases:history", case.code)
    visit(world.mai, "cases:history", case.code)
    assert sorted(Reading.objects.values_list("person_id", "times")) == sorted([(world.lan.pk, 3), (world.mai.pk, 1)])


def test_what_was_not_shown_is_not_noted(world, case):
    assert visit(world.phuong, "cases:file", case.code).status_code == 404
    assert client_of(world.lan).head(reverse("cases:file", args=[case.code])).status_code == 200
    assert not Reading.objects.exists()


def test_a_page_that_cannot_be_noted_is_not_shown(world, case, settings):
    settings.READ_WINDOW = 0  # the database refuses to divide by it
    client = client_of(world.lan)
    client.raise_request_exception = False
    answer = client.get(reverse("cases:file", args=[case.code]))
    assert answer.status_code == 500
    assert case.working_name not in answer.content.decode()


def test_a_case_that_is_not_there_is_not_noted(world, rf):
    request = rf.get("/")
    request.user, request.standing = world.lan, world.standing("lan")
    with pytest.raises(NotNoted):
        note_read(request, Read("case", ""), {"code": "KH-1"})


def test_noting_costs_one_statement(world, case, rf, django_assert_num_queries):
    request = rf.get("/")
    request.user, request.standing = world.lan, world.standing("lan")
    with django_assert_num_queries(1):
        note_read(request, Read("case", ""), {"code": case.code})


def test_a_task_is_noted_with_its_case(world, case):
    task = world.task(case)
    assert visit(world.lan, "tasks:task", task.pk).status_code == 200
    row = Reading.objects.get()
    assert (row.case_id, row.what, row.thing) == (case.pk, "task", str(task.pk))


def test_a_search_that_finds_many_keeps_the_number_and_never_the_words(world, settings):
    settings.READ_SEARCH_FROM = 1
    for number in range(2):
        world.open_case(name=f"HTX Mẫu {number}")
    visit(world.lan, "cases:list", q="Mẫu", stage="lead", page="1")
    row = Reading.objects.get()
    assert row.facts == {"found": 2, "filters": ["q", "stage"]}
    assert row.case_id is None
    pass_the_window()
    folding.fold_tick()
    event = AuditEvent.objects.get(chain=f"reads:person:{world.lan.pk}")
    assert event.verb == "search.read"
    assert "Mẫu" not in event.canon


def test_a_search_that_finds_few_is_not_noted(world, case):
    visit(world.lan, "cases:list", q="HTX")
    assert not Reading.objects.exists()


def test_the_worker_chains_and_empties_the_queue(world, case):
    visit(world.lan, "cases:file", case.code)
    visit(world.binh, "cases:file", case.code)
    assert folding.fold() == 0, "the window still runs"
    pass_the_window()
    assert folding.fold() == 2
    assert not Reading.objects.exists()
    assert [read["person"] for read in chained(case)] == [world.lan.pk, world.binh.pk]
    events = AuditEvent.objects.filter(chain=f"reads:case:{case.pk}").order_by("chain", "seq")
    assert list(chain.problems(events)) == []
    assert "case.read" not in AuditEvent.objects.filter(case_id=case.pk).values_list("verb", flat=True)


def test_killed_while_chaining_loses_nothing_and_doubles_nothing(world, case, monkeypatch):
    visit(world.lan, "cases:file", case.code)
    visit(world.lan, "cases:history", case.code)
    pass_the_window()
    real = chain.append

    def dies(name, data):
        real(name, data)
        raise SystemExit

    monkeypatch.setattr(chain, "append", dies)
    with pytest.raises(SystemExit), transaction.atomic():
        folding.fold()
    assert Reading.objects.count() == 2
    assert chained(case) == []
    monkeypatch.setattr(chain, "append", real)
    folding.fold_tick()
    assert sorted(read["what"] for read in chained(case)) == ["case", "history"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_readers_at_once_count_everything_once(world, case):
    for name in ("cases:file", "cases:history", "plans:plan", "notes:list"):
        visit(world.lan, name, case.code)
    pass_the_window()
    start = threading.Barrier(4)

    def work():
        start.wait()
        try:
            for _turn in range(5):
                folding.fold(most=1)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    folding.fold_tick()
    assert sorted(read["what"] for read in chained(case)) == ["case", "history", "notes", "plan"]


# ── The page ───────────────────────────────────────────────────────────────────────────────────────────
def test_the_page_shows_queued_and_chained_together(world, case):
    visit(world.binh, "cases:file", case.code)
    pass_the_window()
    folding.fold_tick()
    visit(world.hanh, "cases:history", case.code)
    page = visit(world.lan, "reads:case", case.code)
    text = page.content.decode()
    assert page.context["total"] == 2
    assert "Võ Mẫu Bình" in text
    assert "Phạm Mẫu Hạnh" in text


@pytest.mark.parametrize(
    ("who", "status"), [("lan", 200), ("mai", 200), ("hanh", 200), ("binh", 403), ("ngan", 404), ("phuong", 404)]
)
def test_who_may_see_the_readers(world, case, who, status):
    assert visit(getattr(world, who), "reads:case", case.code).status_code == status


def test_only_those_who_may_get_the_tab(world, case):
    url = reverse("reads:case", args=[case.code])
    assert url in visit(world.lan, "cases:file", case.code).content.decode()
    assert url not in visit(world.binh, "cases:file", case.code).content.decode()


def test_by_person_and_by_day(world, case):
    visit(world.binh, "cases:file", case.code)
    visit(world.mai, "cases:file", case.code)
    rows = visit(world.lan, "reads:case", case.code, person=str(world.mai.pk)).context["rows"]
    assert [row.person for row in rows] == ["Trần Mẫu Mai"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert visit(world.lan, "reads:case", case.code, since=f"{tomorrow:%d/%m/%Y}").context["total"] == 0
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert visit(world.lan, "reads:case", case.code, since=today, until=today).context["total"] >= 2


@pytest.mark.parametrize("query", [{"person": "\x00"}, {"since": "99/99/9999"}, {"page": "9" * 30}, {"page": "-1"}])
def test_nonsense_is_left_out(world, case, query):
    assert visit(world.lan, "reads:case", case.code, **query).status_code == 200


def test_the_same_statements_for_one_line_and_for_many(world, case, django_assert_max_num_queries):
    visit(world.binh, "cases:file", case.code)
    client = client_of(world.lan)
    url = reverse("reads:case", args=[case.code])
    with django_assert_max_num_queries(30) as few:
        client.get(url)
    row = Reading.objects.filter(person_id=world.binh.pk).get()
    for number in range(60):
        row.pk, row.thing, row._state.adding = None, str(number), True
        row.save()
    with django_assert_max_num_queries(30) as many:
        page = client.get(url)
    assert len(many.captured_queries) == len(few.captured_queries)
    assert page.context["next_url"]
    assert len(page.context["rows"]) == 50
