"""The page of a case: who may open it, what it says, and that it costs the same however long the case has run."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.cases.acts import GrantAccess
from casework.sharing.models import CaseAccess, Category
from casework.status_lookup.models import StatusCode
from tests.cabinet import lend
from tests.factories import in_a_month
from workflows.acts import ClaimTask, ReleaseTask


def page(client, case, name="file"):
    return client.get(reverse(f"cases:{name}", args=[case.code]))


def address_of(case) -> str:
    return reverse("cases:file", args=[case.code])


def apart_from_its_address(response, address: str) -> str:
    """The page without its own address and without the tokens of its forms, which differ every time."""
    text = response.content.decode().replace(address, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.mark.parametrize("person", ["lan", "mai", "hanh", "binh", "van"])
def test_those_who_work_on_a_case_open_it(client, world, person):
    case = world.open_case("lan")
    client.force_login(getattr(world, person))

    response = page(client, case)

    assert response.status_code == 200
    assert case.working_name in response.content.decode()


@pytest.mark.parametrize("person", ["cuc", "ngan", "thanh", "phuong", "quynh", "stranger"])
@pytest.mark.parametrize("name", ["file", "history", "reveal_contact"])
def test_a_foreign_case_is_the_same_as_none(client, world, person, name):
    case = world.open_case("lan")
    client.force_login(getattr(world, person))
    foreign, missing = (reverse(f"cases:{name}", args=[code]) for code in (case.code, "KH-2020-999999"))

    there, nowhere = client.get(foreign), client.get(missing)

    assert there.status_code == nowhere.status_code == 404
    assert apart_from_its_address(there, foreign) == apart_from_its_address(nowhere, missing)


@pytest.mark.parametrize("code", ["%00", "KH-2026-000001%00", "x" * 500, "..%2F", "KH 2026", "%F0%9F%98%80"])
def test_nonsense_for_a_code_is_not_found(client, world, code):
    client.force_login(world.lan)

    assert client.get(f"/cases/{code}/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, world):
    case = world.open_case("lan")

    assert page(client, case).status_code == 302


@pytest.mark.parametrize("pairs", [1, 29])
def test_the_file_costs_the_same_however_long_the_case_has_run(client, world, django_assert_max_num_queries, pairs):
    case = world.open_case("lan")
    world.advance(case, "confirm_linkage" if pairs > 1 else "screen_lead")
    task = world.task(case)
    worker = world.worker(task)
    for _number in range(pairs):
        perform(ClaimTask(task.pk), by=worker, request_id=uuid4())
        perform(ReleaseTask(task.pk, reason="Nhường chị khác"), by=worker, request_id=uuid4())
    client.force_login(world.hanh)
    page(client, case)

    with django_assert_max_num_queries(41):  # the last notes that she looked
        response = page(client, case)

    assert response.context["event_count"] == AuditEvent.objects.filter(case_id=case.pk).count()


def test_the_next_task_is_linked_only_for_those_who_may_do_it(client, world):
    case = world.open_case("lan")
    address = reverse("tasks:task", args=[world.task(case).pk])

    client.force_login(world.lan)
    assert page(client, case).context["tasks"][0].url == address
    client.force_login(world.hanh)
    assert page(client, case).context["tasks"][0].url == ""


def test_a_task_of_a_colleague_is_not_offered(client, world):
    case = world.open_case("lan")
    world.claim(world.task(case), world.mai)
    client.force_login(world.lan)

    task = page(client, case).context["tasks"][0]

    assert (task.holder, task.url) == (str(world.mai), "")


def test_the_page_names_who_sees_the_case(client, world):
    case = world.open_case("lan")
    client.force_login(world.lan)

    viewers = {viewer.organisation for viewer in page(client, case).context["viewers"]}

    assert viewers == {
        "Hội LHPN xã Bác Ái",
        "Hội LHPN tỉnh Khánh Hòa",
        "Liên minh HTX tỉnh Khánh Hòa",
        "Văn phòng Đề án Khánh Hòa",
    }


def test_no_page_of_a_case_shows_a_whole_phone_number(client, world):
    case = world.open_case("lan", contact_phone="+84901234567")
    world.advance(case, "draft_plan")
    client.force_login(world.lan)

    for name in ("file", "history"):
        text = page(client, case, name).content.decode().replace(" ", "")
        assert "901234567" not in text


def test_an_inspector_reads_everything_and_changes_nothing(client, world):
    case = world.open_case("lan")
    act = GrantAccess(
        case.pk, world.organisation("inspect-kh"), CaseAccess.Kind.INSPECT, "Kiểm tra theo kế hoạch", in_a_month()
    )
    perform(act, by=world.van)
    client.force_login(world.thanh)

    response = page(client, case)

    assert response.status_code == page(client, case, "history").status_code == 200
    assert response.context["tasks"][0].url == ""
    assert response.context["reveal_url"] == ""
    assert page(client, case, "reveal_contact").status_code == 403


def test_a_closed_case_says_how_it_ended(client, world):
    case = world.open_case("lan")
    world.finish(world.task(case), decision="decline", reason="Chỉ có hai người muốn tham gia.")
    client.force_login(world.lan)

    response = page(client, case)

    assert response.context["tasks"] == []
    assert "Chỉ có hai người muốn tham gia." in response.content.decode()


def test_a_duplicate_links_to_the_other_case_only_for_those_who_see_it(client, world):
    other, case = world.open_case("lan", "HTX Một"), world.open_case("lan", "HTX Hai")
    world.finish(world.task(case), decision="duplicate", duplicate_of=other.code)
    client.force_login(world.lan)

    assert client.get(f"{address_of(case)}?stay=1").context["duplicate_code"] == other.code


def test_the_address_of_a_duplicate_leads_to_the_case_that_goes_on(client, world):
    other, case = world.open_case("lan", "HTX Một"), world.open_case("lan", "HTX Hai")
    world.finish(world.task(case), decision="duplicate", duplicate_of=other.code)
    client.force_login(world.lan)

    response = client.get(address_of(case), follow=True)

    assert response.redirect_chain == [(address_of(other), 302)]
    assert case.code in next(str(message) for message in response.context["messages"])
    assert f"{address_of(case)}?stay=1" in [fact.url for fact in response.context["key_facts"]]


def test_facts_that_were_entered_are_shown(client, world):
    case = world.open_case("lan", trade="Nấm rơm")
    world.advance(case, "review_plan")
    client.force_login(world.binh)

    groups = page(client, case).context["groups"]

    assert len(groups) > 4
    assert "Nấm rơm" in [fact.value for fact in groups[-1].facts]


def test_of_a_record_with_versions_the_newest_is_shown(client, world):
    case = world.open_case("lan")
    review = world.advance(case, "review_plan")
    world.finish(review, outcome="return", remarks="Sửa lại phần doanh thu.", marked_in_plan=["products"])
    world.finish(world.task(case, "draft_plan"))
    client.force_login(world.binh)
    client.cookies["django_language"] = "en"

    response = client.get(reverse("cases:file", args=[case.code]))

    groups = {group.title: group for group in response.context["groups"]}
    assert "Business plan, version 2" in groups
    assert "Business plan, version 1" not in groups
    assert groups["Business plan, version 2"].note
    assert not groups["Charter, version 1"].note
    marked = {fact.label: fact.value for fact in groups["Review of plan and charter, round 1"].facts}
    assert marked["To correct in the plan"] == "Products and services"


@pytest.mark.parametrize("address", ["cases:file", "cases:history", "sharing:case", "reads:case", "market:case"])
def test_a_case_whose_lender_looked_at_it_opens_and_tells_no_secret(client, world, address):
    case = world.open_case()
    world.advance(case, "decide_credit")
    lend(world, case)
    client.force_login(world.lan)

    page = client.get(reverse(address, args=[case.code]))

    assert page.status_code == 200
    assert StatusCode.objects.get(case=case).hash not in page.text
    if address == "cases:file":
        assert "1.000.000" in page.text  # what was paid out
        assert "Ai bảo lãnh?" in page.text
        with translation.override("vi"):
            for category in (Category.APPLICATION, Category.PLAN):
                assert capfirst(str(category.label)) in page.text


def test_a_kind_without_a_flow_says_so(client, world):
    case = world.open_case("lan", kind="merger")
    client.force_login(world.lan)

    response = page(client, case)

    assert response.status_code == 200
    assert response.context["way"] is None
