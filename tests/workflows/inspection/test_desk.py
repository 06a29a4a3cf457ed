"""The desk of an inspector: what was done in the cases she may open, samples that anybody draws again, packs."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit import sealing
from casework.cases.acts import GrantAccess
from casework.models import AuditEvent, CaseAccess, Reading
from workflows.inspection.acts import TakePack
from workflows.inspection.events import PAGE, Wanted, events_for, page_of
from workflows.inspection.sampling import Draw, drawn

EVENTS, SAMPLE, TAKE = (reverse(f"inspection:{name}") for name in ("events", "sample", "take"))


def let_inspect(world, case, days=9):
    until = timezone.now() + timedelta(days=days)
    perform(
        GrantAccess(case.pk, world.organisation("inspect-kh"), CaseAccess.Kind.INSPECT, "yearly check", until),
        by=world.van,
    )


@pytest.fixture
def cases(world):
    """Two cases that the inspection may open and one that it may not."""
    seen = [world.open_case(name="HTX Nấm Hoa Sen"), world.open_case("cuc", "HTX Bưởi")]
    for case in seen:
        world.finish(world.task(case))
        let_inspect(world, case)
    hidden = world.open_case(name="HTX Kín")
    world.finish(world.task(hidden))
    return *seen, hidden


def found(world, **wanted):
    return list(events_for(world.standing("thanh"), Wanted(**wanted)))


def test_she_sees_every_event_of_the_cases_she_may_open_and_no_other(world, cases):
    first, second, hidden = cases

    assert {event.pk for event in found(world)} == set(
        AuditEvent.objects.filter(case_id__in=[first.pk, second.pk]).values_list("pk", flat=True)
    )
    assert found(world, case=hidden.code) == []
    assert list(events_for(world.standing("stranger"), Wanted())) == []


def test_each_question_gives_the_events_that_fit_it(world, cases):
    first, second, _hidden = cases
    everything = found(world)

    def only(test):
        return [event.pk for event in everything if test(event)]

    def pks(**wanted):
        return [event.pk for event in found(world, **wanted)]

    today = timezone.localdate()
    assert pks(case=first.code.lower()) == only(lambda e: e.case_id == first.pk)
    assert pks(person="cuc") == only(lambda e: e.actor_id == world.cuc.pk)  # without marks
    assert pks(organisation="Ninh Sơn") == only(lambda e: e.organisation_id == world.organisation("wu-kh-b").pk)
    assert pks(commune=second.area.name) == only(lambda e: e.case_id == second.pk)
    assert pks(act="task") == only(lambda e: e.verb.startswith("task."))
    assert pks(channel="page") == only(lambda e: e.channel == "page")
    assert pks(instead=True) == []
    assert pks(since=today, until=today) == [event.pk for event in everything]
    assert pks(until=today - timedelta(days=1)) == pks(person="không ai như thế") == []


def test_pages_follow_each_other_without_gaps(world, cases):
    first = cases[0]
    for _ in range(PAGE):
        world.claim(world.task(first))
        perform_release(world, first)
    standing, before, seen = world.standing("thanh"), None, []
    while True:
        rows, before = page_of(standing, Wanted(), before)
        seen += [row.pk for row in rows]
        if before is None:
            break

    assert seen == [event.pk for event in found(world)]


def perform_release(world, case):
    from workflows.acts import ReleaseTask

    task = world.task(case)
    perform(ReleaseTask(task.pk), by=task.owner)


def test_the_page_tells_events_in_words_and_costs_the_same_for_many(client, world, cases):
    client.force_login(world.thanh)
    client.get(EVENTS)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            page = client.get(EVENTS)
        assert page.status_code == 200
        return len(seen), page.content.decode()

    few, page = cost()
    assert "HTX Kín" not in page
    assert cases[0].code in page
    for _ in range(12):
        world.claim(world.task(cases[1]))
        perform_release(world, cases[1])
    assert cost()[0] <= few


def test_what_she_reads_here_is_noted_without_her_words(client, world, cases):
    client.force_login(world.thanh)
    client.get(EVENTS, {"person": "Cúc"})
    client.get(SAMPLE, {"number": 2, "seed": "biên bản"})

    noted = {row.what: row.facts for row in Reading.objects.filter(person_id=world.thanh.pk)}
    assert noted["inspection_events"]["filters"] == ["person"]
    assert noted["inspection_sample"]["found"] == 2
    assert "Cúc" not in str(noted)
    assert "biên bản" not in str(noted)


def test_nonsense_is_left_out(client, world, cases):
    client.force_login(world.thanh)

    for query in ("?since=x", "?before=x", "?before=" + "9" * 30, "?act=nothing", "?q=%00", "?person=" + "x" * 500):
        assert client.get(EVENTS + query).status_code == 200


# ── Samples ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_seed_draws_the_same_cases(world, cases):
    for number in range(8):
        let_inspect(world, world.open_case(name=f"HTX {number}"))
    standing = world.standing("thanh")

    def codes(**more):
        return [case.code for case in drawn(standing, Draw(**{"number": 5, "seed": "12/QĐ", **more}))]

    assert codes() == codes()
    assert len(set(codes())) == 5
    assert {tuple(codes(seed=str(seed))) for seed in range(6)} != {tuple(codes())}
    assert cases[2].code not in codes(number=100)
    assert len(codes(number=100)) == 10
    assert codes(stage="linked") == []


def test_a_sample_is_spread_evenly_over_communes(world, cases):
    for number in range(6):
        let_inspect(world, world.open_case(name=f"HTX {number}"))

    for seed in range(5):
        two = drawn(world.standing("thanh"), Draw(2, str(seed), evenly="area"))
        assert {case.area_id for case in two} == {cases[0].area_id, cases[1].area_id}


def test_the_page_draws_and_explains_what_is_wrong(client, world, cases):
    client.force_login(world.thanh)

    page = client.get(SAMPLE, {"number": 2, "seed": "a", "stage": "", "evenly": ""}).content.decode()
    assert cases[0].code in page
    assert f"{TAKE}?cases=" in page
    for number in ("", "0", "x", "101"):
        wrong = client.get(SAMPLE, {"number": number, "seed": "a"})
        assert wrong.status_code == 200
        assert 'aria-invalid="true"' in wrong.content.decode()


# ── Packs ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sealed(committed_world):
    """A case with a document's worth of history, sealed."""
    world = committed_world
    case = world.open_case()
    world.finish(world.task(case))
    let_inspect(world, case)
    sealing.seal()
    return world, case


def test_she_takes_a_pack_and_it_is_written_down(client, sealed):
    world, case = sealed
    client.force_login(world.thanh)

    answer = client.post(TAKE, {"cases": case.code, "reason": "Quyết định 12/QĐ-TTr"})

    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {"manifest.json", "verify.py", "history.html"} <= set(archive.namelist())
    event = AuditEvent.objects.filter(chain=f"case:{case.pk}").latest("seq")
    assert (event.verb, event.actor_id, event.reason) == ("history.taken", world.thanh.pk, "Quyết định 12/QĐ-TTr")
    assert event.facts["checkpoint"] == sealing.newest().number


def test_what_is_not_hers_is_not_there(client, sealed):
    world, case = sealed
    hidden = world.open_case("cuc", "HTX Kín")
    before = AuditEvent.objects.count()
    client.force_login(world.thanh)

    for cases in (hidden.code, f"{case.code}\n{hidden.code}", "KH-1999-000001", "", " ".join(["KH-2026-000001"] * 99)):
        answer = client.post(TAKE, {"cases": cases, "reason": "12/QĐ-TTr"})
        if cases.count("KH") < 3:
            assert answer["Content-Type"].startswith("text/html")
    for by, pk in ((world.thanh, hidden.pk), (world.lan, case.pk), (world.stranger, case.pk)):
        with pytest.raises(PermissionDenied):
            perform(TakePack((case.pk, pk), "12/QĐ-TTr"), by=by)

    assert AuditEvent.objects.filter(verb="history.taken", case_id=hidden.pk).count() == 0
    assert AuditEvent.objects.count() <= before + 2  # ninety-nine times the same case is that case


def test_nothing_sealed_is_a_sentence(client, world, cases):
    client.force_login(world.thanh)

    with pytest.raises(ActionNotPossible):
        perform(TakePack((cases[0].pk,), "12/QĐ-TTr"), by=world.thanh)
    answer = client.post(TAKE, {"cases": cases[0].code, "reason": "12/QĐ-TTr"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")


def test_the_checkpoint_is_a_file_to_keep(client, sealed):
    world, _case = sealed
    client.force_login(world.thanh)

    answer = client.get(reverse("inspection:checkpoint"))

    assert answer.content.decode() == sealing.newest().line() + "\n"
    assert answer["Content-Disposition"].startswith("attachment")
