"""Saved views: for oneself, for a team, as the first page; counted together, and never in the way."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from workflows.desk.models import SavedView
from workflows.desk.view_acts import MOST, SaveView, WithdrawView

INBOX = "/tasks/"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def save(by, name="Gấp", query="tab=queue&stage=lead", **more):
    receipt = perform(SaveView(name, query, **more), by=by, request_id=uuid4())
    return SavedView.objects.get(pk=receipt.result["view"])


def chips(response):
    return {chip.name: chip.count for chip in response.context["views"]}


def test_filters_are_saved_by_a_form_and_come_back_as_a_link_with_a_count(client, world):
    for number in range(3):
        world.open_case(name=f"HTX {number}")
    client.force_login(world.lan)
    filters = "tab=queue&stage=lead"

    form = client.get("/tasks/views/new/", {"from": filters})
    done = client.post("/tasks/views/new/", {"name": "Lead mới", "from": filters, "request_id": uuid4()}, follow=True)

    assert [chip.value for chip in form.context["chips"]] == ["Lead"]
    assert done.redirect_chain == [(f"{INBOX}?{filters}", 302)]
    assert chips(done) == {"Lead mới": 3}
    assert done.context["views"][0].current
    assert SavedView.objects.get().query == filters


def test_an_act_on_the_chain_of_the_person_or_of_the_team(world):
    save(world.hanh)
    save(world.hanh, organisation=world.organisation("wu-kh-a"))

    chains = AuditEvent.objects.filter(verb="view.saved").order_by("at").values_list("chain", flat=True)
    assert list(chains) == [f"user:{world.hanh.pk}", f"organisation:{world.organisation('wu-kh-a').pk}"]


def test_each_count_is_that_of_its_list(client, world):
    for number in range(3):
        world.open_case(name=f"HTX Nấm {number}")
    world.claim(world.task(world.open_case(name="HTX Dệt")), world.lan)
    queries = {
        "a": "tab=queue",
        "b": "tab=mine",
        "c": "tab=organisation&q=dệt",
        "d": "tab=done",
        "e": "tab=queue&due=late",
    }
    for name, query in queries.items():
        save(world.lan, name, query)
    client.force_login(world.lan)

    shown = client.get(INBOX, {"tab": "mine"}).context["views"]

    assert {chip.name: chip.count for chip in shown} == {"a": 3, "b": 1, "c": 1, "d": 0, "e": 0}
    for chip in shown:
        assert client.get(chip.url).context["tab"].count == chip.count


def test_a_private_view_is_seen_by_its_person_alone(client, world):
    view = save(world.mai)
    client.force_login(world.lan)

    assert chips(client.get(INBOX)) == {}
    assert client.post(f"/tasks/views/{view.pk}/withdraw/").status_code == 404
    with pytest.raises(SavedView.DoesNotExist):
        perform(WithdrawView(view.pk), by=world.lan)


def test_a_team_view_is_seen_by_the_team_and_by_the_role(client, world):
    save(world.hanh, "Đội", organisation=world.organisation("wu-kh-a"))
    save(world.hanh, "Tư vấn", organisation=world.organisation("wu-kh-a"), role="advisor")
    save(world.hanh, "Thẩm định", organisation=world.organisation("wu-kh-a"), role="reviewer")

    for who, expected in {"lan": {"Đội", "Tư vấn"}, "cuc": set(), "phuong": set(), "hanh": set()}.items():
        client.force_login(getattr(world, who))
        assert set(chips(client.get(INBOX))) == expected, who


@pytest.mark.parametrize("who", ["lan", "son", "binh"])
def test_who_may_not_share_views_with_a_team_is_refused(world, who):
    with pytest.raises(PermissionDenied):
        save(getattr(world, who), organisation=world.organisation("wu-kh-a"))

    view = save(world.hanh, organisation=world.organisation("wu-kh-a"))
    with pytest.raises(PermissionDenied):
        perform(WithdrawView(view.pk), by=getattr(world, who))


def test_the_inbox_opens_with_her_own_view_before_that_of_her_role(client, world):
    world.open_case(name="HTX Chờ")
    save(
        world.hanh,
        "Của vai trò",
        "tab=queue",
        organisation=world.organisation("wu-kh-a"),
        role="advisor",
        is_default=True,
    )
    client.force_login(world.lan)

    by_role = client.get(INBOX)
    save(world.lan, "Của tôi", "tab=organisation", is_default=True)
    own = client.get(INBOX)
    everything = client.get(INBOX, {"tab": "mine"})

    assert (by_role.context["tab"].name, by_role.context["opening"].name) == ("queue", "Của vai trò")
    assert "Show all" in by_role.text
    assert [row.subject for row in by_role.context["rows"]] == ["HTX Chờ"]
    assert (own.context["tab"].name, own.context["opening"].name) == ("organisation", "Của tôi")
    assert (everything.context["tab"].name, everything.context["opening"]) == ("mine", None)


def test_a_role_that_she_no_longer_has_opens_nothing(client, world):
    save(world.hanh, organisation=world.organisation("wu-kh-a"), role="reviewer", is_default=True)
    client.force_login(world.lan)

    assert client.get(INBOX).context["opening"] is None


def test_only_one_view_opens_first(world):
    first = save(world.lan, "A", is_default=True)
    second = save(world.lan, "B", is_default=True)

    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)


def test_the_same_name_again_replaces_what_it_meant(world):
    first = save(world.lan, "Gấp", "tab=queue")
    second = save(world.lan, "Gấp", "tab=mine", is_default=True)

    assert first.pk == second.pk
    assert (second.query, second.is_default) == ("tab=mine", True)
    assert SavedView.objects.count() == 1


def test_a_withdrawn_view_is_gone_and_its_name_is_free(client, world):
    view = save(world.lan, is_default=True)
    client.force_login(world.lan)

    client.post(f"/tasks/views/{view.pk}/withdraw/", {"request_id": uuid4()})
    again = client.post(f"/tasks/views/{view.pk}/withdraw/", {"request_id": uuid4()}, follow=True)

    assert chips(client.get(INBOX)) == {}
    assert "withdrawn already" in again.text
    assert save(world.lan).pk != view.pk


def test_more_than_twenty_are_refused_with_a_sentence(client, world):
    for number in range(MOST):
        save(world.lan, f"Lọc {number}")
    client.force_login(world.lan)

    response = client.post("/tasks/views/new/", {"name": "Quá nhiều", "from": "tab=queue"})

    assert "20 saved views" in response.text
    assert "Quá nhiều" in response.text
    assert SavedView.objects.count() == MOST
    save(world.mai)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ""}, "Give the view a name"),
        ({"name": "   "}, "Give the view a name"),
        ({"name": "n" * 81}, "80"),
        ({"name": "a\0b"}, "Null"),
        ({"name": "Gấp", "from": "tab=mine&q=" + "ệ" * 160}, "too long to be saved"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(client, world, sent, sentence):
    client.force_login(world.lan)

    response = client.post("/tasks/views/new/", sent)

    assert response.status_code == 200
    assert sentence in response.text
    assert not SavedView.objects.exists()


def test_a_foreign_team_is_not_offered(client, world):
    client.force_login(world.hanh)

    response = client.post(
        "/tasks/views/new/", {"name": "Lạ", "team": world.organisation("wu-ld").pk, "from": "tab=mine"}
    )

    assert response.context["form"].errors["team"]
    assert not SavedView.objects.exists()


def test_a_role_without_a_team_is_refused(world):
    with pytest.raises(ActionNotPossible):
        save(world.hanh, role="advisor")


@pytest.mark.parametrize(
    "query",
    [
        "tab=queue&node=a_step_that_is_no_more",
        "tab=nowhere",
        "%00%ff&&&=;",
        "organisation=99999999999999999999",
        "q=" + "%" * 300,
    ],
)
def test_a_stored_query_that_makes_no_sense_does_not_break_the_inbox(client, world, query):
    world.open_case()
    SavedView.objects.create(name="Cũ", query=query, made_by=world.lan, is_default=True)
    client.force_login(world.lan)

    response = client.get(INBOX)

    assert response.status_code == 200
    (chip,) = response.context["views"]
    assert chip.stale
    assert client.get(chip.url).context["tab"].count == chip.count
    assert client.get("/tasks/views/").status_code == 200


def test_the_inbox_costs_one_statement_for_all_views(client, world):
    for number in range(50):
        world.open_case(name=f"HTX {number}")
    client.force_login(world.lan)
    costs = [_cost_of_the_inbox(client)]
    save(world.lan, "Lọc", "tab=queue")
    costs.append(_cost_of_the_inbox(client))
    for number in range(MOST - 1):
        save(world.lan, f"Lọc {number}", f"tab=queue&q=HTX {number}")
    costs.append(_cost_of_the_inbox(client))

    assert costs == [costs[0], costs[0] + 1, costs[0] + 1]
    assert costs[-1] <= 10


def _cost_of_the_inbox(client):
    client.get(INBOX, {"tab": "queue"})
    with CaptureQueriesContext(connection) as statements:
        response = client.get(INBOX, {"tab": "queue"})
    assert len(response.context["rows"]) == 50
    return len(statements)


def test_withdrawing_needs_a_sign_in_and_a_post(client, world):
    view = save(world.lan)

    assert client.post(f"/tasks/views/{view.pk}/withdraw/").status_code == 302
    client.force_login(world.lan)
    assert client.get(f"/tasks/views/{view.pk}/withdraw/").status_code == 405
    assert client.post("/tasks/views/999999/withdraw/").status_code == 404


def test_a_name_that_turns_text_around_is_refused_and_kept(client, world):
    client.force_login(world.lan)

    response = client.post("/tasks/views/new/", {"name": "Gấp \u202eước"})

    assert response.context["form"].errors["name"]
    assert "\u202eước" in response.text
    assert not SavedView.objects.exists()
