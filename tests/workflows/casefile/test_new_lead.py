"""A new lead: what is asked, what is refused, what is kept, and what may be a duplicate."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.drafts.models import Draft
from casework.duplicates.models import NotDuplicate
from casework.organisations.models import AdministrativeUnit
from tests.factories import PASSWORD

NEW, KEEP = reverse("cases:new"), reverse("cases:draft")


def typed(world, organisation: str = "wu-kh-a", **more) -> dict[str, str]:
    """A form as an advisor fills it in."""
    lead = world.organisation(organisation)
    fields = {
        "organisation": lead.pk,
        "commune": lead.area_id,
        "working_name": "HTX Nấm Hoa Sen",
        "contact_name": "Trần Thị Mẫu",
        "contact_phone": "0901 234 567",
        "trade": "Nấm",
        "women_interested": "12",
        "legal_form": "HTX",
        "source": "visit",
        "note": "",
        "request_id": str(uuid4()),
    }
    return {name: str(value) for name, value in {**fields, **more}.items()}


WHY = "Đã gọi cả hai, đây là hai nhóm khác nhau"


def denied(compared: str, why: str = WHY) -> dict[str, str]:
    """What is sent by a person who has compared and says that none is the same."""
    return {"compared_with": compared, "not_a_duplicate": "on", "why_not_the_same": why}


def test_a_lead_becomes_a_case(client, world):
    client.force_login(world.lan)

    response = client.post(NEW, typed(world))

    case = Case.objects.get()
    assert response.url == reverse("cases:file", args=[case.code])
    assert (case.working_name, case.women_interested, case.contact.phone) == ("HTX Nấm Hoa Sen", 12, "+84901234567")
    assert case.lead_organisation == world.organisation("wu-kh-a")
    assert AuditEvent.objects.filter(case_id=case.pk, verb="case.opened").count() == 1


def test_the_same_form_sent_twice_opens_one_case(client, world):
    client.force_login(world.lan)
    form = typed(world)

    first = client.post(NEW, form)
    second = client.post(NEW, {**form, **denied(f"lead-{Case.objects.get().pk}")})

    assert first.url == second.url
    assert Case.objects.count() == 1


@pytest.mark.parametrize("person", ["binh", "hanh", "ngan", "van", "thanh", "stranger"])
def test_nobody_without_the_right_gets_the_form(client, world, person):
    client.force_login(getattr(world, person))

    assert client.get(NEW).status_code == 403
    assert client.post(NEW, typed(world)).status_code == 403
    assert client.post(KEEP, {"working_name": "HTX"}).status_code == 403
    assert Case.objects.count() == 0


def test_a_commune_advisor_finds_her_commune_chosen(client, world):
    client.force_login(world.lan)

    form = client.get(NEW).context["form"]

    own = world.organisation("wu-kh-a").area
    assert [str(pk) for pk, _name in form.fields["commune"].choices] == [str(own.pk)]
    assert form["commune"].value() == str(own.pk)


def test_a_province_advisor_chooses_among_the_communes_of_her_province(client, world):
    client.force_login(world.phuong)

    groups = dict(client.get(NEW).context["form"].fields["commune"].choices[1:])

    offered = {pk for names in groups.values() for pk, _name in names}
    expected = AdministrativeUnit.objects.filter(parent__code="68", valid_until=None).values_list("pk", flat=True)
    assert offered == {str(pk) for pk in expected}


def test_an_organisation_of_somebody_else_is_refused(client, world):
    client.force_login(world.lan)

    response = client.post(NEW, typed(world, "wu-kh-b"))

    assert response.status_code == 200
    assert {"organisation", "commune"} <= set(response.context["form"].errors)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("working_name", "   "),
        ("working_name", "x" * 161),
        ("working_name", "HTX \x00"),
        ("contact_name", "09012345"),
        ("contact_phone", "123"),
        ("contact_phone", "không có"),
        ("women_interested", "mười hai"),
        ("women_interested", "0"),
        ("legal_form", "GmbH"),
        ("commune", "99999999999999999999"),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(client, world, field, value):
    client.force_login(world.lan)

    response = client.post(NEW, typed(world, **{field: value}))

    form = response.context["form"]
    assert field in form.errors
    assert form["trade"].value() == "Nấm"
    assert 'role="alert"' in response.content.decode()
    assert Case.objects.count() == 0


def test_a_draft_is_kept_while_typing_and_dropped_when_sent(client, world):
    client.force_login(world.lan)

    assert client.post(KEEP, {"working_name": "HTX Nửa Chừng", "contact_phone": "09"}).status_code == 204
    form = client.get(NEW).context["form"]
    assert form["working_name"].value() == "HTX Nửa Chừng"
    assert form["contact_phone"].value() == "09"
    client.post(NEW, typed(world))

    assert not Draft.objects.exists()


def test_a_draft_can_be_kept_and_discarded_without_javascript(client, world):
    client.force_login(world.lan)

    kept = client.post(NEW, {"working_name": "HTX Nửa Chừng", "keep": "1"}, follow=True)
    assert kept.context["form"]["working_name"].value() == "HTX Nửa Chừng"
    dropped = client.post(NEW, {"discard": "1"}, follow=True)

    assert not dropped.context["form"]["working_name"].value()
    assert Case.objects.count() == 0


def test_a_draft_belongs_to_one_person(client, world):
    client.force_login(world.lan)
    client.post(KEEP, {"working_name": "HTX Nửa Chừng"})
    client.force_login(world.mai)

    assert not client.get(NEW).context["form"]["working_name"].value()


def test_what_was_typed_outlives_the_session(client, world):
    client.post(NEW, typed(world, working_name="HTX Mất Phiên"))
    client.login(username="lan", password=PASSWORD)

    response = client.get(NEW)

    assert response.context["form"]["working_name"].value() == "HTX Mất Phiên"
    assert Case.objects.count() == 0


def test_a_likely_duplicate_is_shown_and_must_be_denied(client, world):
    known = world.open_case("lan", "Hợp tác xã nông nghiệp Nấm Hoa Sen", contact_phone="")
    client.force_login(world.mai)
    form = typed(world, contact_phone="")

    asked = client.post(NEW, form)

    assert [one.url for one in asked.context["duplicates"].seen] == [reverse("cases:file", args=[known.code])]
    assert asked.context["form"]["working_name"].value() == "HTX Nấm Hoa Sen"
    assert Case.objects.count() == 1

    compared = asked.context["form"]["compared_with"].value()
    client.post(NEW, {**form, **denied(compared)})
    assert Case.objects.count() == 2


def test_who_says_that_none_is_the_same_says_how_she_knows(client, world):
    known = world.open_case("lan", "Hợp tác xã nông nghiệp Nấm Hoa Sen", contact_phone="")
    client.force_login(world.mai)
    form = typed(world, contact_phone="")

    refused = client.post(NEW, {**form, **denied(f"lead-{known.pk}", why="")})

    assert "why_not_the_same" in refused.context["form"].errors
    assert refused.context["form"]["not_a_duplicate"].value()
    assert Case.objects.count() == 1


def test_what_was_told_apart_is_remembered_in_both_histories(client, world):
    known = world.open_case("lan", "Hợp tác xã nông nghiệp Nấm Hoa Sen", contact_phone="")
    entry = Cooperative.objects.create(name="HTX Nấm Hoa Sen", commune=world.organisation("wu-kh-a").area)
    client.force_login(world.mai)
    form = typed(world, contact_phone="")
    compared = client.post(NEW, form).context["form"]["compared_with"].value()

    client.post(NEW, {**form, **denied(compared)})

    opened = Case.objects.exclude(pk=known.pk).get()
    remembered = NotDuplicate.objects.values_list("kind", "first_id", "second_id", "reason", "decided_by__username")
    assert set(remembered) == {
        ("lead", known.pk, opened.pk, WHY, "mai"),
        ("register", opened.pk, entry.pk, WHY, "mai"),
    }
    denials = AuditEvent.objects.filter(verb="duplicate.denied")
    assert set(denials.values_list("chain", flat=True)) == {
        f"case:{known.pk}",
        f"case:{opened.pk}",
        f"cooperative:{entry.pk}",
    }


def test_a_confirmation_does_not_cover_what_was_not_shown(client, world):
    world.open_case("lan", "HTX Nấm Hoa Sen", contact_phone="")
    other = world.open_case("lan", "HTX Mây Tre Đan", contact_phone="")
    client.force_login(world.lan)
    form = typed(world, contact_phone="", working_name="HTX Mây Tre Đan")

    response = client.post(NEW, {**form, **denied(f"lead-{other.pk + 1000}")})

    assert [one.key for one in response.context["duplicates"].seen] == [f"lead-{other.pk}"]
    assert not response.context["form"]["not_a_duplicate"].value()
    assert Case.objects.count() == 2


def test_the_same_phone_is_told_although_the_name_differs(client, world):
    world.open_case("lan", "HTX Mây Tre Đan", contact_phone="+84901234567")
    client.force_login(world.lan)

    response = client.post(NEW, typed(world))

    assert [one.title for one in response.context["duplicates"].seen] == ["HTX Mây Tre Đan"]


def test_register_entries_are_compared_too(client, world):
    Cooperative.objects.create(
        name="HTX Dịch vụ Nấm Hoa Sen", legal_form="HTX", commune=world.organisation("wu-kh-a").area
    )
    client.force_login(world.lan)

    response = client.post(NEW, typed(world))

    assert [one.title for one in response.context["duplicates"].seen] == ["HTX Dịch vụ Nấm Hoa Sen"]


def test_names_that_share_only_common_words_are_no_duplicates(client, world):
    world.open_case("lan", "Hợp tác xã nông nghiệp dịch vụ Mây Tre", contact_phone="")
    client.force_login(world.lan)

    client.post(NEW, typed(world, working_name="Hợp tác xã nông nghiệp dịch vụ Cà Phê", contact_phone=""))

    assert Case.objects.count() == 2


def test_a_foreign_case_is_hinted_at_without_its_name(client, world):
    foreign = world.open_case("phuong", "HTX Bí Mật Đà Lạt", contact_phone="+84901234567")
    client.force_login(world.lan)

    response = client.post(NEW, typed(world))

    page = response.content.decode()
    assert response.context["duplicates"].elsewhere
    assert not response.context["duplicates"].seen
    assert foreign.code not in page
    assert "Bí Mật" not in page


def test_a_foreign_case_elsewhere_with_the_same_name_is_not_hinted_at(client, world):
    world.open_case("phuong", "HTX Nấm Hoa Sen", contact_phone="")
    client.force_login(world.lan)

    client.post(NEW, typed(world, contact_phone=""))

    assert Case.objects.count() == 2
