"""Under which programmes a case counts: set by who leads or supervises it, by an act, with a reason."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext, override

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.programme.assigned.acts import SetProgrammes, offered
from casework.programme.indicators.models import Programme
from workflows.demo.programmes import show_programmes

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    return Case.objects.get(pk=world.open_case().pk)


@pytest.fixture
def other():
    """A programme beside the one that every case begins under."""
    names = {"name": "Chương trình mẫu", "short_name": "Chương trình mẫu"}
    return Programme.objects.create(code="mau", valid_from="2020-01-01", source="Mẫu", **names)


def test_they_are_set_with_the_reason_and_stand_on_the_file_and_in_the_history(client, world, case, other):
    receipt = perform(SetProgrammes(case.pk, (other.code, "de-an-01"), "Theo danh sách mẫu"), by=world.lan)

    assert set(Case.objects.get(pk=case.pk).programmes) == {"de-an-01", other.code}
    event = AuditEvent.objects.get(chain=receipt.link.chain, seq=receipt.link.seq)
    assert (event.verb, event.reason) == ("case.programmes_set", "Theo danh sách mẫu")
    client.force_login(world.lan)
    page = client.get(f"/cases/{case.code}/").content.decode()
    assert other.short_name in page
    assert event.facts["title"] in page


def test_none_at_all_is_said_in_words(client, world, case):
    perform(SetProgrammes(case.pk, (), "Ngoài chương trình"), by=world.hanh)

    client.force_login(world.hanh)
    facts = client.get(f"/cases/{case.code}/").context["key_facts"]
    with override("vi"):
        label, none = gettext("Counts under"), gettext("no programme")
    assert [fact.value for fact in facts if fact.label == label] == [none]


def test_what_is_set_already_and_what_is_not_offered_is_refused(world, case):
    with pytest.raises(ActionNotPossible) as same:
        perform(SetProgrammes(case.pk, tuple(case.programmes), "Thử"), by=world.lan)
    with pytest.raises(ActionNotPossible) as unknown:
        perform(SetProgrammes(case.pk, ("no-such-thing",), "Thử"), by=world.lan)
    assert (same.value.field, unknown.value.field) == ("programmes", "programmes")


def test_an_ended_programme_is_offered_only_where_it_stands_already(world, case, other):
    ended = Programme.objects.create(
        code="da-het", name="Đã hết", short_name="Đã hết", valid_from="2010-01-01", valid_until="2012-12-31", source="M"
    )
    assert ended not in offered(case)
    with pytest.raises(ActionNotPossible):
        perform(SetProgrammes(case.pk, ("da-het",), "Thử"), by=world.lan)
    case.programmes = ["da-het"]
    assert ended in offered(case)


@pytest.mark.parametrize("by", ["cuc", "binh", "ngan", "van", "thanh", "son", "stranger"])
def test_only_who_leads_or_supervises_the_case_sets_them(world, case, by):
    with pytest.raises(PermissionDenied):
        perform(SetProgrammes(case.pk, (), "Thử"), by=getattr(world, by))


@pytest.mark.parametrize(
    ("who", "status"),
    [("lan", 200), ("hanh", 200), ("binh", 403), ("thanh", 404), ("cuc", 404), ("ngan", 404), ("son", 404)],
)
def test_the_page_is_for_them_alone(client, world, case, who, status):
    client.force_login(getattr(world, who))
    assert client.get(f"/cases/{case.code}/programmes/").status_code == status
    offered_there = f"/cases/{case.code}/programmes/" in client.get(f"/cases/{case.code}/").content.decode()
    assert offered_there == (status == 200)


def test_the_page_sets_them_once_and_keeps_what_was_typed(client, world, case, other):
    client.force_login(world.lan)
    address, request_id = f"/cases/{case.code}/programmes/", str(uuid4())

    refused = client.post(address, {"programmes": [other.code], "reason": "", "request_id": request_id})
    assert refused.status_code == 200
    assert refused.context["form"].errors.keys() == {"reason"}
    assert f'value="{other.code}"' in refused.content.decode()

    for _again in range(2):
        done = client.post(address, {"programmes": [other.code], "reason": "Mẫu", "request_id": request_id})
        assert done.status_code == 302
    assert Case.objects.get(pk=case.pk).programmes == [other.code]
    assert AuditEvent.objects.filter(verb="case.programmes_set").count() == 1


@pytest.mark.parametrize("typed", ["de\x00an", "🌾", "x" * 5000])
def test_nothing_typed_breaks_the_page(client, world, case, typed):
    client.force_login(world.lan)
    answer = client.post(f"/cases/{case.code}/programmes/", {"programmes": [typed], "reason": typed})
    assert answer.status_code == 200
    assert "programmes" in answer.context["form"].errors


def test_the_demo_shows_cases_under_several_programmes(world, other):
    case = world.open_case(name="HTX Táo sấy Ninh Phước")
    for _again in range(2):
        show_programmes({"hanh": world.hanh})
    assert set(Case.objects.get(pk=case.pk).programmes) == {one.code for one in offered(case)}
    assert AuditEvent.objects.filter(verb="case.programmes_set").count() == 1
