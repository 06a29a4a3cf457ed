"""The pages about duplicates: which pairs are listed, what stands side by side, who may decide what."""

from itertools import product
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cooperatives.models import Alias, Cooperative
from casework.duplicates.acts import RememberNotDuplicate
from casework.duplicates.merge import MergeCooperatives
from casework.duplicates.models import NotDuplicate
from casework.duplicates.pairs import likely_cooperatives
from casework.models import AdministrativeUnit, Person

LIST = reverse("duplicates:list")
WHY = "Đã gọi cả hai, đây là hai nhóm"


def said(text: str) -> str:
    """A text in the language of the pages."""
    with translation.override("vi"):
        return translation.gettext(text)


def pair(kind: str, one, other) -> str:
    return reverse("duplicates:pair", args=[kind, one.pk, other.pk])


def decided(decision: str, reason: str = WHY) -> dict[str, str]:
    return {"decision": decision, "reason": reason, "request_id": str(uuid4())}


def entry(name: str, **more) -> Cooperative:
    commune = AdministrativeUnit.objects.get(code="22795")
    return Cooperative.objects.create(name=name, **{"commune": commune, "province": commune.parent, **more})


def listed(client, kind: str = "lead") -> set[tuple[int, int]]:
    return {(p.one.pk, p.other.pk) for p in client.get(LIST, {"kind": kind}).context["page"].object_list}


@pytest.fixture
def two(world):
    return world.open_case("lan", "HTX Nấm Hoa Sen"), world.open_case("mai", "Hợp tác xã Nam Hoa Sen")


# ── The list ────────────────────────────────────────────────────────────────────────────────────────────


def test_likely_pairs_of_leads_are_listed(client, world, two):
    world.open_case("lan", "HTX Cà Phê Bác Ái", contact_phone="+84900000009")
    client.force_login(world.hanh)

    assert listed(client) == {(two[0].pk, two[1].pk)}


def test_a_pair_with_one_phone_in_two_communes_is_listed_by_its_names(client, world):
    one, other = world.open_case("lan", "HTX Nấm Hoa Sen"), world.open_case("cuc", "HTX Nấm Hoa Sen")
    client.force_login(world.hanh)

    assert listed(client) == {(one.pk, other.pk)}


def test_closed_cases_late_pairs_and_pairs_told_apart_are_not_listed(client, world, two):
    one, other = two
    third = world.open_case("lan", "HTX Nấm Hoa Sen")
    world.finish(world.task(third), decision="decline", reason="Chỉ có hai người")
    client.force_login(world.hanh)
    assert len(listed(client)) == 1

    perform(RememberNotDuplicate("lead", one.pk, other.pk, WHY), by=world.hanh)

    assert listed(client) == set()


def test_two_cases_that_have_both_gone_further_are_not_listed(client, world, two):
    for case in two:
        world.advance(case, "draft_plan")
    client.force_login(world.hanh)

    assert listed(client) == set()


def test_only_what_somebody_sees_is_listed(client, world, two):
    client.force_login(world.cuc)
    assert listed(client) == set()

    client.force_login(world.son)
    assert listed(client) == set()


def test_likely_pairs_of_the_register_are_listed(client, world):
    one, other = entry("HTX Nấm Hoa Sen"), entry("HTX Nam Hoa Sen")
    alone, named = entry("HTX Cà Phê", commune=None), entry("Hợp tác xã nông nghiệp Cà Phê", commune=None)
    entry("HTX nông nghiệp Hồ Tiêu"), entry("HTX nông nghiệp")
    client.force_login(world.hanh)

    assert listed(client, "cooperative") == {(one.pk, other.pk), (alone.pk, named.pk)}

    perform(MergeCooperatives(one.pk, other.pk, WHY), by=world.hanh)
    assert listed(client, "cooperative") == {(alone.pk, named.pk)}


def test_pairs_are_found_among_thousands_of_names_of_common_words(world):
    """The limit on pairs cuts those that share only what every group is called, never two spellings of one name."""
    commune = AdministrativeUnit.objects.get(code="22795")
    names = [f"Hợp tác xã nông nghiệp dịch vụ tổng hợp {a}{b}" for a, b in product("bcdghklmnp", "aeiouăâêôơ")]
    rows = [Cooperative(name=name, commune=commune, province=commune.parent) for name in names]
    Cooperative.objects.bulk_create(rows)
    one, other = entry("Hợp tác xã nông nghiệp dịch vụ tổng hợp Hương Rừng"), entry("HTX Huong Rung")

    found = likely_cooperatives(world.standing("hanh"))

    assert (one.pk, other.pk) in {(pair.one.pk, pair.other.pk) for pair in found}


@pytest.mark.parametrize("kind", ["lead", "cooperative", "nonsense"])
def test_the_list_costs_the_same_for_one_pair_and_for_many(client, world, django_assert_max_num_queries, kind):
    for _number in range(6):
        world.open_case("lan", "HTX Nấm Hoa Sen")
        row = entry("HTX Nấm Hoa Sen")
        Alias.objects.create(cooperative=row, name="Tổ nấm", source="thử", recorded_by=world.lan)
    client.force_login(world.hanh)
    client.get(LIST)

    with django_assert_max_num_queries(8):
        response = client.get(LIST, {"kind": kind})

    assert response.context["total"] == 15


def test_the_list_is_paged(client, world):
    for _number in range(8):
        world.open_case("lan", "HTX Nấm Hoa Sen")
    client.force_login(world.hanh)

    first = client.get(LIST)
    second = client.get(LIST + first.context["next_url"])

    assert (len(first.context["page"].object_list), len(second.context["page"].object_list)) == (20, 8)
    assert client.get(LIST, {"page": "99999999999999999999"}).status_code == 200
    assert client.get(LIST, {"page": "\x00", "kind": "\x00"}).status_code == 200


@pytest.mark.parametrize(
    ("person", "status"),
    [("lan", 200), ("binh", 200), ("hanh", 200), ("van", 200), ("ngan", 403), ("thanh", 403), ("stranger", 403)],
)
def test_who_gets_the_list(client, world, person, status):
    client.force_login(getattr(world, person))

    assert client.get(LIST).status_code == status


# ── Side by side ────────────────────────────────────────────────────────────────────────────────────────


def test_two_leads_stand_side_by_side_with_their_phones_masked(client, world, two):
    client.force_login(world.hanh)

    response = client.get(pair("lead", *two))

    lines = {line.label: line for line in response.context["lines"]}
    assert lines[said("Phone of the contact person")].verdict == said("the same")
    assert lines[said("Contact person")].one == "Trần Thị Mẫu"
    assert "900000001" not in response.content.decode().replace(" ", "")
    assert [choice.value for choice in response.context["choices"]] == ["keep_one", "keep_other", "not_same"]
    assert len(response.content) < 60_000


def test_what_differs_is_said_in_words(client, world):
    one = world.open_case("lan", trade="Nấm", contact_phone="")
    other = world.open_case("lan", trade="Mây tre", contact_name="")
    client.force_login(world.hanh)

    lines = {line.label: line.verdict for line in client.get(pair("lead", one, other)).context["lines"]}

    told = [lines[capfirst(said(label))] for label in ("trade", "Commune", "Contact person")]
    assert told == [said("differs"), said("the same"), ""]


@pytest.mark.parametrize(
    ("decision", "kept"),
    [("keep_one", 0), ("keep_other", 1)],
)
def test_a_supervisor_merges_in_either_direction(client, world, two, decision, kept):
    client.force_login(world.hanh)

    response = client.post(pair("lead", *two), decided(decision))

    keep, drop = Case.objects.get(pk=two[kept].pk), Case.objects.get(pk=two[1 - kept].pk)
    assert response.url == reverse("cases:file", args=[keep.code])
    assert (keep.status, drop.duplicate_of) == ("open", keep)


def test_an_advisor_may_only_say_that_they_are_not_the_same(client, world, two):
    client.force_login(world.lan)
    address = pair("lead", *two)

    assert [choice.value for choice in client.get(address).context["choices"]] == ["not_same"]
    assert client.post(address, decided("keep_one")).status_code == 403
    assert client.post(address, decided("not_same")).url == LIST

    assert NotDuplicate.objects.get().reason == WHY
    assert AuditEvent.objects.filter(verb="duplicate.denied").count() == 2
    assert "Đã gọi cả hai" in client.get(address).content.decode()
    again = client.post(address, decided("not_same"))
    assert again.status_code == 200
    assert again.context["form"].non_field_errors()


@pytest.mark.parametrize("reason", ["", "  ", "x", "x" * 301, "a\x00bcdef"])
def test_a_decision_needs_a_reason_and_keeps_what_was_typed(client, world, two, reason):
    client.force_login(world.hanh)

    response = client.post(pair("lead", *two), decided("keep_one", reason))

    assert "reason" in response.context["form"].errors
    assert Case.objects.filter(status="open").count() == 2


@pytest.mark.parametrize("decision", ["", "nonsense", "\x00"])
def test_a_decision_that_is_none_is_refused(client, world, two, decision):
    client.force_login(world.hanh)

    assert client.post(pair("lead", *two), decided(decision)).status_code == 403


def test_who_comes_too_late_reads_why(client, world, two):
    client.force_login(world.hanh)
    address = pair("lead", *two)
    client.post(address, decided("keep_one"))

    response = client.post(address, decided("keep_one"))

    assert response.status_code == 200
    assert two[1].code in response.context["form"].non_field_errors()[0]
    assert [choice.value for choice in response.context["choices"]] == ["not_same"]


def test_the_page_says_why_two_entries_cannot_be_merged(client, world):
    one = entry("HTX Nấm Hoa Sen", registration_code="0100233488")
    other = entry("HTX Nam Hoa Sen", registration_code="4500233488")
    client.force_login(world.hanh)

    response = client.get(pair("cooperative", one, other))

    assert [choice.value for choice in response.context["choices"]] == ["not_same"]
    assert "0100233488" in response.context["obstacles"][0]
    assert response.context["score"].level == "different"


def test_a_supervisor_merges_two_entries_of_the_register(client, world):
    one, other = entry("HTX Nấm Hoa Sen"), entry("HTX Nam Hoa Sen")
    client.force_login(world.hanh)

    response = client.post(pair("cooperative", one, other), decided("keep_other"))

    assert response.url == reverse("cooperatives:entry", args=[other.pk])
    assert Cooperative.objects.get(pk=one.pk).merged_into == other


def test_persons_are_compared_with_their_numbers_masked_and_never_merged(client, world, two):
    one, other = (case.contact for case in two)
    Person.objects.filter(pk__in=[one.pk, other.pk]).update(id_number="056190001234", birth_year=1990)
    client.force_login(world.lan)

    response = client.get(pair("person", one, other))

    text = response.content.decode().replace(" ", "")
    assert "900000001" not in text
    assert "056190001234" not in text
    assert response.context["score"].level == "same"
    assert [choice.value for choice in response.context["choices"]] == ["not_same"]
    assert client.post(pair("person", one, other), decided("not_same")).status_code == 302
    chains = AuditEvent.objects.filter(verb="duplicate.denied").values_list("chain", flat=True)
    assert set(chains) == {f"person:{one.pk}", f"person:{other.pk}"}


def test_foreign_and_missing_pairs_are_the_same_404(client, world, two):
    foreign = world.open_case("phuong")
    register = entry("HTX Đà Lạt", commune=None, province=AdministrativeUnit.objects.get(code="68"))
    here = entry("HTX Nấm")
    client.force_login(world.lan)
    addresses = [
        pair("lead", two[0], foreign),
        pair("lead", foreign, two[0]),
        pair("lead", two[0], two[0]),
        pair("cooperative", here, register),
        pair("person", two[0].contact, foreign.contact),
        pair("nonsense", *two),
        reverse("duplicates:pair", args=["lead", two[0].pk, 999_999_999]),
        reverse("duplicates:pair", args=["lead", two[0].pk, 10**30]),
    ]

    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address, decided("not_same")).status_code == 404, address
    assert not NotDuplicate.objects.exists()


def test_who_sees_the_cases_but_decides_nothing_is_refused(client, world, two):
    client.force_login(world.thanh)
    assert client.get(pair("lead", *two)).status_code == 404

    client.force_login(world.binh)
    assert client.get(pair("lead", *two)).context["choices"] == []
    assert client.post(pair("lead", *two), {}).status_code == 403


def test_a_lead_stands_beside_an_entry_of_the_register(client, world):
    case, row = world.open_case("lan"), entry("HTX Nấm Hoa Sen")
    client.force_login(world.lan)

    assert client.get(pair("register", case, row)).status_code == 200
    client.post(pair("register", case, row), decided("not_same"))

    assert NotDuplicate.objects.get().second_id == row.pk
