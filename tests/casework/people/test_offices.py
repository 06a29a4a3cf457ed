"""Offices and family ties: who holds what from when to when, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.people.acts import AppointOfficer, DeclareTies, EndOffice, PersonData, Tie
from casework.people.models import FamilyTie, Office, Person, TiesDeclaration
from casework.people.queries import all_offices_of, last_declaration, officers_of, ties_of
from tests.casework.people.test_pages import fields_of, read

DIRECTOR = {"title": "director", "since": "05/02/2026"}
JAN, FEB, MAR = date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5)


@pytest.fixture
def take(world, case):
    """Somebody takes an office."""

    def take(member, title="board_chair", since=JAN, **more):
        act = AppointOfficer(case.pk, title, since, person_id=member.person_id, **more)
        return Office.objects.get(pk=perform(act, by=world.lan).result["office"])

    return take


@pytest.fixture
def end(world, case):
    def end(office, until=FEB, reason="resigned"):
        return perform(EndOffice(case.pk, office.pk, until, reason), by=world.lan)

    return end


def test_an_office_is_taken_held_and_ended(case, add, take, end):
    office = take(add(), legal_representative=True)
    assert officers_of(case) == [office]

    end(office)

    office.refresh_from_db()
    assert (office.until, office.reason) == (FEB, "resigned")
    event = AuditEvent.objects.filter(chain=f"case:{case.pk}").order_by("-seq")[0]
    assert (event.verb, event.reason, event.facts) == ("office.ended", "resigned", {"office": "board_chair"})


def test_on_the_day_of_the_change_the_successor_holds_the_office(case, add, take, end):
    first = take(add())
    end(first, until=FEB)
    second = take(add("Lê Mẫu Cam"), since=FEB)

    assert officers_of(case, JAN - timedelta(days=1)) == []
    assert officers_of(case, JAN) == [first]
    assert officers_of(case, FEB - timedelta(days=1)) == [first]
    assert officers_of(case, FEB) == [second]
    assert all_offices_of(case) == [second, first]


@pytest.mark.parametrize("title", ["board_chair", "director", "supervisory_head", "controller", "chief_accountant"])
def test_an_office_that_one_person_holds_is_not_held_by_two(add, take, title):
    take(add(), title)
    with pytest.raises(ActionNotPossible, match="Nguyễn Mẫu An has held this office since 05/01/2026") as error:
        take(add("Lê Mẫu Cam"), title)
    assert error.value.field == "title"


@pytest.mark.parametrize("title", ["board_member", "supervisory_member", "treasurer", "deputy_director"])
def test_of_other_offices_there_may_be_several_but_nobody_holds_one_twice(add, take, title):
    member = add()
    take(member, title)
    take(add("Lê Mẫu Cam"), title)

    with pytest.raises(ActionNotPossible, match="holds this office already"):
        take(member, title, since=MAR)


def test_nobody_takes_an_office_before_the_one_before_left_it(add, take, end):
    office = take(add())
    end(office, until=MAR)
    with pytest.raises(ActionNotPossible, match="until 05/03/2026"):
        take(add("Lê Mẫu Cam"), since=FEB)
    take(add("Trần Mẫu Dừa"), since=MAR)


def test_an_office_ends_once_and_not_before_it_began(add, take, end):
    office = take(add())
    with pytest.raises(ActionNotPossible, match="cannot end before"):
        end(office, until=JAN - timedelta(days=1))
    end(office)
    with pytest.raises(ActionNotPossible, match="ended on 05/02/2026 already"):
        end(office, until=MAR)


def test_somebody_may_be_hired_who_is_no_member(world, case):
    act = AppointOfficer(case.pk, "director", JAN, person=PersonData("Võ Mẫu Gấm", sex="female"), hired=True)
    office = Office.objects.get(pk=perform(act, by=world.lan).result["office"])

    assert (office.person.full_name, office.person.given_name, office.hired) == ("Võ Mẫu Gấm", "Gấm", True)


def test_only_persons_of_the_case_take_its_offices(world, case, add, take):
    foreign = add(of=world.open_case(name="HTX Khác"))
    with pytest.raises(Person.DoesNotExist):
        take(foreign)
    with pytest.raises(PermissionDenied):
        perform(AppointOfficer(case.pk, "director", JAN, person_id=add().person_id), by=world.binh)


# ── Family ties ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def declare(world, case):
    def declare(*ties, on=JAN):
        perform(DeclareTies(case.pk, ties, on), by=world.lan)

    return declare


def test_a_declaration_replaces_the_one_before_and_keeps_it(case, add, declare):
    a, b, c = (add(name).person_id for name in ("Lê Mẫu A", "Lê Mẫu B", "Lê Mẫu C"))
    declare(Tie(b, a, "sibling"), Tie(b, c, "spouse"))
    assert [(t.person_a_id, t.person_b_id, t.relation) for t in ties_of(case)] == [(a, b, "sibling"), (b, c, "spouse")]

    declare(Tie(a, b, "sibling"), Tie(c, b, "parent_child"), on=FEB)

    assert {(t.person_a_id, t.relation) for t in ties_of(case)} == {(a, "sibling"), (b, "parent_child")}
    assert FamilyTie.objects.get(relation="spouse").withdrawn_on == FEB
    assert FamilyTie.objects.get(relation="sibling").declared_on == JAN
    assert last_declaration(case).declared_on == FEB


def test_that_there_is_no_tie_is_a_declaration_too(case, declare):
    assert last_declaration(case) is None
    declare()
    assert (ties_of(case), last_declaration(case).declared_on) == ([], JAN)


def test_impossible_ties_are_refused(world, case, add, declare):
    a, b = (add(name).person_id for name in ("Lê Mẫu A", "Lê Mẫu B"))
    foreign = add(of=world.open_case(name="HTX Khác")).person_id
    for ties, words in [
        ([Tie(a, a, "sibling")], "both sides"),
        ([Tie(a, b, "sibling"), Tie(b, a, "spouse")], "twice"),
        ([Tie(a, foreign, "sibling")], "persons of this case"),
    ]:
        with pytest.raises(ActionNotPossible, match=words):
            declare(*ties)
    assert TiesDeclaration.objects.count() == 0


def test_how_somebody_is_related_stays_out_of_the_history(case, add, declare):
    a, b = (add(name).person_id for name in ("Lê Mẫu A", "Lê Mẫu B"))
    declare(Tie(a, b, "parent_in_law"))

    canon = AuditEvent.objects.filter(chain=f"case:{case.pk}").order_by("-seq")[0].canon
    assert "familytie:" in canon
    assert "parent_in_law" not in canon


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_office_is_filled_on_its_page_and_a_second_holder_is_refused_there(case, lan, url, add):
    an, cam = add(birth="1985"), add("Lê Mẫu Cam")
    page = url("offices")
    html = read(lan.get(page, {"person": cam.person_id}))
    assert "Nguyễn Mẫu An (1985)" in html
    assert fields_of(html)["person"] == str(cam.person_id)
    sent = fields_of(html) | {"person": an.person_id, "title": "director", "since": "05/01/2026"}
    assert lan.post(page, sent | {"legal_representative": "on"}).status_code == 302
    assert "legal representative" in read(lan.get(url("members")))

    html = read(lan.post(page, fields_of(read(lan.get(page))) | {"person": cam.person_id} | DIRECTOR))

    assert "End that first." in html
    assert fields_of(html)["since"] == "05/02/2026"
    assert Office.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose who takes the office."),
        ({"person": "999999"}, "Choose a person from the list."),
        ({"person": "9" * 400}, "Choose a person from the list."),
        ({"person": "other"}, "Write the full name."),
        ({"person": "other", "full_name": "🌸"}, "cannot stand in a name"),
        ({"title": "boss"}, "Choose an office from the list."),
        ({"since": "31/02/2026"}, "no such day"),
    ],
)
def test_the_page_of_offices_refuses_with_a_sentence(lan, url, fields, words):
    assert words in read(lan.post(url("offices"), fields))


def test_a_hired_person_is_typed_on_the_page(case, lan, url):
    sent = {"person": "other", "full_name": "Võ Mẫu Gấm", "title": "chief_accountant", "since": "05/01/2026"}
    lan.post(url("offices"), sent)

    assert Office.objects.get(case=case).person.full_name == "Võ Mẫu Gấm"


def test_an_office_ends_on_its_page(lan, url, add, take):
    office = take(add())
    page = url("end_office", office.pk)
    assert "this day is still to come" in read(lan.post(page, {"until": "01/01/2999", "reason": "x"})).lower()
    lan.post(page, {"until": "05/02/2026", "reason": "resigned"})

    office.refresh_from_db()
    assert office.until == FEB
    assert lan.get(url("end_office", 10**9)).status_code == 404


def test_ties_are_declared_on_their_page(case, lan, url, add, take):
    a, b = add("Lê Mẫu A"), add("Lê Mẫu B")
    assert "Fill the offices first" in read(lan.get(url("ties")))
    take(a), take(b, "treasurer")
    page = url("ties")
    sent = fields_of(read(lan.get(page)))
    line = {"tie-0-one": a.person_id, "tie-0-relation": "spouse", "tie-0-other": b.person_id}

    assert "say that there is none" in read(lan.post(page, sent | {"declared_on": "05/01/2026"}))
    html = read(lan.post(page, sent | line | {"tie-0-other": a.person_id, "declared_on": "05/01/2026"}))
    assert "nobody is family of herself" in html
    assert "take this tick away" in read(lan.post(page, sent | line | {"declared_on": "05/01/2026", "none": "on"}))
    html = read(lan.post(page, sent | line | {"add_rows": "1"}))
    assert fields_of(html)["tie-TOTAL_FORMS"] == "6"
    assert fields_of(html)["tie-0-relation"] == "spouse"
    assert lan.post(page, fields_of(html) | {"declared_on": "05/01/2026"}).status_code == 302

    assert [tie.relation for tie in ties_of(case)] == ["spouse"]
    html = read(lan.get(url("members")))
    assert "Lê Mẫu A – Lê Mẫu B" in html
    assert "Declared on 05/01/2026." in html
    again = fields_of(read(lan.get(page))) | {"declared_on": f"{timezone.localdate():%d/%m/%Y}"}
    assert lan.post(page, again).status_code == 302
    assert [tie.declared_on for tie in ties_of(case)] == [JAN]
