"""Two register entries that are one cooperative: cases, names, figures and code come together, nothing is lost."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cooperatives.acts import BeginPeriod, NoteFigure, NoteName, NoteSuccession
from casework.cooperatives.models import Alias, Cooperative, Fact, FormPeriod, Succession
from casework.duplicates.merge import MergeCooperatives
from casework.models import AdministrativeUnit, Case
from casework.programme.entries import Entry
from casework.programme.register import known_in_register
from tests.history import run
from tests.workflows.test_races import job, one_effect, race  # noqa: F401 (a fixture)

WHY = "Cùng một hợp tác xã, nhập hai lần"
SOURCE = "Danh sách thử nghiệm"


def entry(name: str, **more) -> Cooperative:
    commune = AdministrativeUnit.objects.get(code="22795")
    return Cooperative.objects.create(name=name, **{"commune": commune, "province": commune.parent, **more})


@pytest.fixture
def two(world):
    return entry("HTX Nấm Hoa Sen", legal_form="HTX"), entry("HTX Nam Hoa Sen", products="Nấm rơm", women=9)


def merge(keep, drop, by):
    return perform(MergeCooperatives(keep.pk, drop.pk, WHY), by=by, request_id=uuid4())


def fresh(row):
    return Cooperative.objects.get(pk=row.pk)


def test_the_cases_lead_to_the_entry_that_stays_each_with_an_event(world, two):
    keep, drop = two
    case = world.open_case("lan", cooperative=drop)

    merge(keep, drop, world.hanh)
    run("SET CONSTRAINTS ALL IMMEDIATE")  # every row has its event

    assert Case.objects.get(pk=case.pk).cooperative == keep
    assert fresh(drop).merged_into == keep
    chains = AuditEvent.objects.filter(verb="cooperative.merged").values_list("chain", flat=True)
    assert set(chains) == {f"cooperative:{keep.pk}", f"cooperative:{drop.pk}", f"case:{case.pk}"}


def test_names_figures_and_periods_come_together(world, two):
    keep, drop = two
    perform(NoteName(drop.pk, "Tổ nấm Hoa Sen", "earlier", SOURCE), by=world.hanh)
    perform(NoteFigure(drop.pk, "members", 12, "2025", SOURCE), by=world.hanh)
    perform(NoteFigure(drop.pk, "workers", 4, "2025", SOURCE), by=world.hanh)
    perform(NoteFigure(keep.pk, "members", 14, "2025", SOURCE), by=world.hanh)
    perform(BeginPeriod(drop.pk, "formperiod", "2021", SOURCE, {"legal_form": "THT"}), by=world.hanh)

    merge(keep, drop, world.hanh)

    assert set(Alias.objects.filter(cooperative=keep).values_list("name", flat=True)) == {
        "Tổ nấm Hoa Sen",
        "HTX Nam Hoa Sen",
    }
    assert set(Fact.objects.filter(cooperative=keep).values_list("indicator", "value")) == {
        ("members", 14),
        ("workers", 4),
    }
    assert Fact.objects.get(cooperative=drop).value == 12
    assert FormPeriod.objects.get().cooperative == keep


def test_what_only_the_other_entry_says_is_taken_over(world, two):
    keep, drop = two
    drop.registration_code = "0100233488"
    drop.legal_form = "THT"
    drop.save()

    merge(keep, drop, world.hanh)

    keep = fresh(keep)
    assert (keep.legal_form, keep.products, keep.women) == ("HTX", "Nấm rơm", 9)
    assert (keep.registration_code, fresh(drop).registration_code) == ("0100233488", "")


def test_two_codes_are_two_bodies(world):
    keep = entry("HTX Nấm Hoa Sen", registration_code="0100233488")
    drop = entry("HTX Nam Hoa Sen", registration_code="4500233488")

    with pytest.raises(ActionNotPossible, match="0100233488"):
        merge(keep, drop, world.hanh)

    assert fresh(drop).merged_into is None


def test_a_cooperative_that_came_out_of_the_other_is_not_the_same(world, two):
    keep, drop = two
    perform(NoteSuccession(keep.pk, drop, "conversion", "2024", SOURCE), by=world.hanh)

    with pytest.raises(ActionNotPossible):
        merge(keep, drop, world.hanh)


def test_where_it_came_from_is_redirected(world, two):
    keep, drop = two
    origin, both = entry("Tổ nấm"), entry("Tổ sen")
    for later, earlier in ((drop, origin), (drop, both), (keep, both)):
        perform(NoteSuccession(later.pk, earlier, "conversion", "2024", SOURCE), by=world.hanh)

    merge(keep, drop, world.hanh)

    assert set(Succession.objects.filter(later=keep).values_list("earlier_id", flat=True)) == {origin.pk, both.pk}


def test_merged_twice_is_refused_with_a_sentence(world, two):
    keep, drop = two
    merge(keep, drop, world.hanh)

    for a, b in ((keep, drop), (drop, keep)):
        with pytest.raises(ActionNotPossible, match="HTX Nam Hoa Sen"):
            merge(a, b, world.hanh)


@pytest.mark.parametrize("person", ["lan", "binh", "ngan", "thanh", "son", "stranger", "owner"])
def test_only_the_right_holder_merges(world, two, person):
    with pytest.raises(PermissionDenied):
        merge(*two, getattr(world, person))

    assert fresh(two[1]).merged_into is None


def test_the_old_address_leads_to_the_entry_that_stays(client, world, two):
    keep, drop = two
    merge(keep, drop, world.hanh)
    client.force_login(world.lan)
    address = reverse("cooperatives:entry", args=[drop.pk])

    assert client.get(address).url == reverse("cooperatives:entry", args=[keep.pk])
    assert client.get(address, {"stay": "1"}).context["entry"] == drop


def test_of_two_people_who_merge_at_once_one_does(race, committed_world):  # noqa: F811
    world = committed_world
    keep, drop = entry("HTX Nấm Hoa Sen"), entry("HTX Nam Hoa Sen")

    results = race(
        job(MergeCooperatives(keep.pk, drop.pk, WHY), world.hanh),
        job(MergeCooperatives(drop.pk, keep.pk, WHY), world.van),
    )

    one_effect(results)
    assert Cooperative.objects.filter(merged_into=None).count() == 1


def test_a_roster_row_of_the_old_entry_is_known_as_the_one_that_stays(world, two):
    keep, drop = two
    Cooperative.objects.filter(pk=drop.pk).update(roster_key="nam hoa sen|bac ai")
    merge(keep, drop, world.hanh)
    row = Entry(
        row=5,
        name=drop.name,
        legal_form="HTX",
        key="nam hoa sen|bac ai",
        province=None,
        commune=None,
        values={"place_as_written": ""},
    )

    known = known_in_register([row])

    assert [(one.cooperative_id, one.how) for one in known] == [(keep.pk, "imported")]
