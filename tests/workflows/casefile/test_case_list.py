"""The list of cases: who sees what, what is found, pages, and what it costs."""

import pytest
from django.urls import reverse

from casework.acts import perform
from casework.cases.acts import GrantAccess
from casework.cases.models import Case
from casework.sharing.models import CaseAccess
from tests.factories import in_a_month
from workflows.engine.models import Task

LIST = reverse("cases:list")


def codes(response) -> list[str]:
    """The codes of the rows, in their order."""
    return [row.code for row in response.context["rows"]]


def test_an_advisor_sees_the_cases_of_her_commune_and_no_other(client, world):
    own = world.open_case("lan", "HTX Nấm Hoa Sen")
    world.open_case("cuc", "HTX Dệt Ninh Sơn")
    client.force_login(world.mai)

    response = client.get(LIST)

    assert codes(response) == [own.code]
    assert response.context["total"] == 1


@pytest.mark.parametrize(("person", "count"), [("hanh", 2), ("binh", 2), ("van", 2), ("phuong", 0), ("ngan", 0)])
def test_partners_see_all_cases_of_the_province_others_none(client, world, person, count):
    world.open_case("lan", "HTX Nấm Hoa Sen")
    world.open_case("cuc", "HTX Dệt Ninh Sơn")
    client.force_login(getattr(world, person))

    response = client.get(LIST)

    assert response.status_code == 200
    assert response.context["total"] == len(response.context["rows"]) == count


def test_an_inspector_sees_what_was_opened_to_her_inspectorate(client, world):
    case = world.open_case("lan", "HTX Nấm Hoa Sen")
    world.open_case("lan", "HTX Rau Sạch")
    act = GrantAccess(
        case.pk, world.organisation("inspect-kh"), CaseAccess.Kind.INSPECT, "Kiểm tra theo kế hoạch", in_a_month()
    )
    perform(act, by=world.van)
    client.force_login(world.thanh)

    assert codes(client.get(LIST)) == [case.code]


@pytest.mark.parametrize("text", ["nam huong", "NẤM HƯƠNG", "Nấm  Hương ", "huong rung"])
def test_search_finds_a_name_without_its_marks(client, world, text):
    case = world.open_case("lan", "HTX Nấm Hương Rừng")
    world.open_case("lan", "HTX Mây Tre Đan")
    client.force_login(world.lan)

    assert codes(client.get(LIST, {"q": text})) == [case.code]


def test_search_finds_a_trade(client, world):
    case = world.open_case("lan", "HTX Một", trade="Nấm rơm")
    world.open_case("lan", "HTX Hai", trade="Mây tre")
    client.force_login(world.lan)

    assert codes(client.get(LIST, {"q": "nam rom"})) == [case.code]


def test_search_finds_a_code(client, world):
    case = world.open_case("lan", "HTX Nấm Hương Rừng")
    world.open_case("lan", "HTX Mây Tre Đan")
    client.force_login(world.lan)

    assert codes(client.get(LIST, {"q": case.code[-6:]})) == [case.code]


def test_filters_combine_and_stand_in_the_address(client, world):
    taken_up = world.open_case("lan", "HTX Nấm Hoa Sen")
    world.advance(taken_up, "survey_needs")
    world.open_case("lan", "HTX Rau Sạch")
    declined = world.open_case("lan", "HTX Mây Tre")
    world.finish(world.task(declined), decision="decline", reason="Chỉ có hai người muốn tham gia.")
    client.force_login(world.hanh)

    assert codes(client.get(LIST, {"stage": "consultation"})) == [taken_up.code]
    assert codes(client.get(LIST, {"status": "closed"})) == [declined.code]
    assert codes(client.get(LIST, {"stage": "consultation", "status": "closed"})) == []
    assert [c.label for c in client.get(LIST, {"stage": "lead"}).context["chips"]] != []


def test_organisation_and_commune_filter(client, world):
    a = world.open_case("lan", "HTX Nấm Hoa Sen")
    b = world.open_case("cuc", "HTX Dệt")
    client.force_login(world.binh)

    by_organisation = client.get(LIST, {"organisation": a.lead_organisation_id})
    by_commune = client.get(LIST, {"commune": b.area_id})

    assert codes(by_organisation) == [a.code]
    assert codes(by_commune) == [b.code]


def test_only_late_cases(client, world, time_machine):
    late = world.open_case("lan", "HTX Nấm Hoa Sen")
    moment = world.task(late).due_at
    client.force_login(world.lan)

    assert codes(client.get(LIST, {"late": "1"})) == []
    time_machine.move_to(moment.replace(year=moment.year + 1))
    client.force_login(world.lan)
    assert codes(client.get(LIST, {"late": "1"})) == [late.code]


@pytest.mark.parametrize(
    "query",
    [
        {"stage": "no such stage"},
        {"organisation": "99999999999999999999"},
        {"commune": "x"},
        {"q": "\x00"},
        {"after": "not a cursor"},
        {"before": "1-2-3"},
        {"after": "9" * 40 + "-1"},
    ],
)
def test_nonsense_in_the_address_is_left_out(client, world, query):
    case = world.open_case("lan", "HTX Nấm Hoa Sen")
    client.force_login(world.lan)

    response = client.get(LIST, query)

    assert response.status_code == 200
    assert codes(response) == [case.code]


def test_pages_follow_each_other_without_gap_or_repetition(client, world):
    for number in range(53):
        world.open_case("lan", f"HTX Số {number}")
    client.force_login(world.lan)

    first = client.get(LIST)
    second = client.get(LIST + first.context["older_url"])
    back = client.get(LIST + second.context["newer_url"])

    newest_first = list(Case.objects.order_by("-opened_at", "-pk").values_list("code", flat=True))
    assert codes(first) + codes(second) == newest_first
    assert first.context["total"] == 53
    assert not first.context["newer_url"]
    assert not second.context["older_url"]
    assert codes(back) == codes(first)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_costs_at_most_ten_statements(client, world, django_assert_max_num_queries, count):
    for number in range(count):
        world.open_case("lan", f"HTX Số {number}")
    client.force_login(world.hanh)
    client.get(LIST)  # content types and translations are read once in a process

    with django_assert_max_num_queries(10):  # the tenth notes that she looked
        response = client.get(LIST, {"stage": "lead", "q": "so"})

    assert len(response.context["rows"]) == count


def test_a_row_says_who_has_the_next_task_and_masks_the_number(client, world):
    case = world.open_case("lan", "HTX Nấm Hoa Sen")
    world.claim(world.task(case), world.mai)
    client.force_login(world.hanh)

    row = client.get(LIST).context["rows"][0]

    assert row.owner == str(world.mai)
    assert row.next_task == str(Task.objects.get(case=case, node="screen_lead").step.title)
    assert row.contact_phone.endswith("001")
    assert "0900000001" not in row.contact_phone.replace(" ", "")


def test_the_button_for_a_new_lead_is_only_for_those_who_may(client, world):
    address = reverse("cases:new")

    client.force_login(world.lan)
    assert address in client.get(LIST).content.decode()
    client.force_login(world.binh)
    assert address not in client.get(LIST).content.decode()
