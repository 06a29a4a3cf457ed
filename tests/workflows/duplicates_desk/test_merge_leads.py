"""Two leads that are one group: one goes on with what both knew, the other ends cleanly and stays readable."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.duplicates.acts import RememberNotDuplicate
from casework.duplicates.models import NotDuplicate
from casework.models import CaseLink, Note
from casework.notes.acts import LinkCases, WriteNote
from tests.history import run
from tests.workflows.test_races import job, one_effect, race, receipts  # noqa: F401 (a fixture)
from workflows.acts import ClaimTask
from workflows.casefile.merge import MergeLeads
from workflows.engine.models import Process, Task, TaskAssignment
from workflows.errands.acts import GiveErrand
from workflows.errands.models import Errand

EVERY_ROW_HAS_ITS_EVENT = "SET CONSTRAINTS ALL IMMEDIATE"
WHY = "Đã gọi cả hai, cùng một nhóm"


@pytest.fixture
def two(world):
    """The case that goes on, without a contact, and one that was entered after it."""
    return world.open_case("lan", "HTX Nấm Hoa Sen", contact_name="", trade=""), world.open_case(
        "mai", "HTX Nam Hoa Sen"
    )


def merge(keep, drop, by, **more):
    return perform(MergeLeads(keep.pk, drop.pk, WHY), by=by, request_id=uuid4(), **more)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_one_case_goes_on_and_the_other_is_closed_as_its_duplicate(world, two):
    keep, drop = two

    merge(keep, drop, world.hanh)

    keep, drop = fresh(keep), fresh(drop)
    assert (drop.status, drop.outcome, drop.duplicate_of, drop.closing_reason) == ("closed", "duplicate", keep, WHY)
    assert keep.status == "open"
    assert (keep.contact, keep.trade) == (drop.contact, "Nấm")


def test_the_event_stands_in_both_histories(world, two):
    keep, drop = two

    merge(keep, drop, world.hanh)

    events = list(AuditEvent.objects.filter(verb="case.merged"))
    assert {event.chain for event in events} == {f"case:{keep.pk}", f"case:{drop.pk}"}
    assert {(event.reason, event.facts["keep_code"], event.facts["drop_code"]) for event in events} == {
        (WHY, keep.code, drop.code)
    }


def test_the_tasks_of_the_closed_case_end_and_nobody_has_them_any_more(world, two):
    keep, drop = two
    perform(ClaimTask(world.task(drop).pk), by=world.mai)
    perform(GiveErrand(drop.pk, "Gọi lại", world.organisation("wu-kh-a")), by=world.mai)

    merge(keep, drop, world.hanh)

    assert not Task.objects.open().filter(case=drop).exists()
    assert not Process.objects.filter(case=drop, finished=None).exists()
    assert set(TaskAssignment.objects.filter(case=drop).values_list("ended_how", flat=True)) == {"cancelled"}
    assert not Errand.objects.filter(case=drop, ended_at=None).exists()
    assert Task.objects.open().filter(case=keep).exists()


def test_notes_and_links_go_on_with_the_case(world, two):
    keep, drop = two
    third, fourth = world.open_case("lan", "HTX Cà Phê"), world.open_case("lan", "HTX Mây Tre")
    perform(WriteNote(drop.pk, "Chị Mẫu hẹn thứ Sáu"), by=world.mai)
    perform(LinkCases(drop.pk, third.pk, CaseLink.Kind.RELATED), by=world.mai)
    perform(LinkCases(fourth.pk, drop.pk, CaseLink.Kind.SUPPORTS), by=world.mai)
    perform(LinkCases(drop.pk, keep.pk, CaseLink.Kind.RELATED), by=world.mai)

    merge(keep, drop, world.hanh)
    run(EVERY_ROW_HAS_ITS_EVENT)

    assert Note.objects.get().case == keep
    live = CaseLink.objects.filter(ended_at=None).values_list("case_id", "other_id", "kind")
    assert set(live) == {(keep.pk, third.pk, "related"), (fourth.pk, keep.pk, "supports")}


def test_merged_twice_is_refused_with_a_sentence(world, two):
    keep, drop = two
    merge(keep, drop, world.hanh)

    for a, b in (two, (drop, keep)):
        with pytest.raises(ActionNotPossible, match=drop.code):
            merge(a, b, world.hanh)


def test_the_same_request_sent_twice_merges_once(world, two):
    keep, drop = two
    act, request = MergeLeads(keep.pk, drop.pk, WHY), uuid4()

    first = perform(act, by=world.hanh, request_id=request)
    second = perform(act, by=world.hanh, request_id=request)

    assert second.replayed
    assert first.link == second.link


def test_a_case_that_has_gone_further_is_not_closed_but_takes_the_lead_up(world):
    early, later = world.open_case("lan"), world.open_case("mai")
    world.advance(later, "draft_plan")

    with pytest.raises(ActionNotPossible, match=later.code):
        merge(early, later, world.hanh)
    merge(later, early, world.hanh)

    assert fresh(early).duplicate_of == later


@pytest.mark.parametrize("person", ["lan", "binh", "cuc", "ngan", "thanh", "son", "stranger", "owner"])
def test_only_the_right_holder_merges(world, two, person):
    with pytest.raises(PermissionDenied):
        merge(*two, getattr(world, person))

    assert fresh(two[1]).status == "open"


def test_both_cases_must_be_within_reach(world):
    here, foreign = world.open_case("lan"), world.open_case("phuong")

    for keep, drop in ((here, foreign), (foreign, here)):
        with pytest.raises(PermissionDenied):
            merge(keep, drop, world.hanh)


def test_a_case_is_not_merged_into_itself(world, two):
    with pytest.raises(PermissionDenied):
        merge(two[0], two[0], world.hanh)


def test_the_old_address_leads_to_the_case_that_goes_on(client, world, two):
    keep, drop = two
    merge(keep, drop, world.hanh)
    client.force_login(world.lan)
    address = reverse("cases:file", args=[drop.code])

    assert client.get(address).url == reverse("cases:file", args=[keep.code])
    assert client.get(address, {"stay": "1"}).context["case"] == drop
    assert client.get(reverse("cases:history", args=[drop.code])).status_code == 200


def test_of_two_people_who_merge_at_once_one_does(race, committed_world):  # noqa: F811
    world = committed_world
    keep, drop = world.open_case("lan"), world.open_case("mai")

    results = race(
        job(MergeLeads(keep.pk, drop.pk, WHY), world.hanh),
        job(MergeLeads(drop.pk, keep.pk, WHY), world.van),
        job(MergeLeads(keep.pk, drop.pk, WHY), world.van),
    )

    one_effect(results)
    assert sorted(Case.objects.values_list("status", flat=True)) == ["closed", "open"]


def test_of_two_people_who_tell_a_pair_apart_at_once_one_does(race, committed_world):  # noqa: F811
    world = committed_world
    one, other = world.open_case("lan"), world.open_case("mai")

    results = race(
        job(RememberNotDuplicate("lead", one.pk, other.pk, WHY), world.lan),
        job(RememberNotDuplicate("lead", other.pk, one.pk, WHY), world.hanh),
    )

    assert len(receipts(results)) == 1
    assert NotDuplicate.objects.count() == 1
