"""Saving the list of members: what is stored, what is refused with which sentence, what the history keeps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.people import saving
from casework.people.acts import (
    AssetData,
    ChangeAsset,
    EnterAsset,
    Leaving,
    MemberRow,
    PersonData,
    RevealPerson,
    RowsRefused,
    SaveMembers,
    WithdrawAsset,
)
from casework.people.likely import likely_same
from casework.people.models import ContributedAsset, Member, Person, founders_of
from casework.people.typed import snapshot
from tests.casework.people.conftest import NUMBER, PHONE


def refused(save, *rows):
    """The faults of rows that are refused; nothing of them is stored."""
    before = (Member.objects.count(), Person.objects.count())
    with pytest.raises(RowsRefused) as error:
        save(*rows)
    assert (Member.objects.count(), Person.objects.count()) == before
    return error.value.faults


def named(name, **more):
    return MemberRow(person=PersonData(full_name=name), **more)


# ── Adding and changing ─────────────────────────────────────────────────────────────────────────────────


def test_a_whole_table_is_saved_in_one_act_with_one_event(case, save, add):
    known = add("Nguyễn Mẫu An", committed=5_000_000)

    receipt = save(
        MemberRow(id=known.pk, paid=2_000_000),
        MemberRow(person=PersonData(full_name="  TRẦN  Thị Mẫu Bưởi ", sex="female", birth="1990-02-28"), committed=7),
        MemberRow(nature="household", body_name="Hộ bà Mẫu", person=PersonData(full_name="Lê Mẫu Cam"), use="both"),
    )

    members = list(Member.objects.filter(case=case).order_by("pk"))
    assert [member.name for member in members] == ["Nguyễn Mẫu An", "TRẦN Thị Mẫu Bưởi", "Hộ bà Mẫu"]
    assert members[0].paid == 2_000_000
    assert (members[1].person.given_name, members[1].person.birth_date) == ("Bưởi", date(1990, 2, 28))
    assert members[1].person.birth_year == 1990
    assert members[2].person.full_name == "Lê Mẫu Cam"
    event = AuditEvent.objects.get(chain=receipt.link.chain, seq=receipt.link.seq)
    assert event.verb == "members.saved"
    assert {name: event.facts[name] for name in ("added", "changed", "left")} == {"added": 2, "changed": 1, "left": 0}
    assert receipt.result["members"] == [known.pk, members[1].pk, members[2].pk]


def test_no_personal_value_stands_in_the_history(case, add):
    add("Nguyễn Mẫu An", birth="1985-03-12", phone=PHONE, id_number=NUMBER, ethnicity="Ra Glai")

    told = "".join(AuditEvent.objects.filter(chain=f"case:{case.pk}").values_list("canon", flat=True))

    assert "member:" in told
    for secret in ("Mẫu An", "1985", PHONE, NUMBER, "Ra Glai"):
        assert secret not in told


def test_the_same_form_sent_twice_adds_nobody_twice(world, case):
    act, request = SaveMembers(case.pk, [named("Nguyễn Mẫu An")]), "0b1b6f3e-4d7e-4d7b-8f0e-0d2f8a3b9c10"

    first = perform(act, by=world.lan, request_id=request)
    second = perform(act, by=world.lan, request_id=request)

    assert second.replayed
    assert first.link == second.link
    assert Member.objects.filter(case=case).count() == 1
    with pytest.raises(ActionNotPossible, match="already sent for something else"):
        perform(SaveMembers(case.pk, [named("Lê Mẫu Cam")]), by=world.lan, request_id=request)


def test_rows_say_only_what_they_say(add, save):
    member = add("Nguyễn Mẫu An", birth="1985-03-12", phone=PHONE, committed=5, note="có xe")

    save(MemberRow(id=member.pk, person=PersonData(sex="female")))
    member.refresh_from_db()
    assert (member.person.sex, member.person.phone, member.person.birth_date) == ("female", PHONE, date(1985, 3, 12))
    assert (member.committed, member.note) == (5, "có xe")

    save(MemberRow(id=member.pk, committed=None, person=PersonData(phone="", birth="1985")))
    member = Member.objects.get(pk=member.pk)
    assert (member.committed, member.person.phone) == (None, "")
    assert (member.person.birth_date, member.person.birth_year) == (None, 1985)


# ── Refusals: a sentence at the row, nothing stored ─────────────────────────────────────────────────────

WRONG = [
    (MemberRow(), "full_name", "name"),
    (MemberRow(nature="household"), "body_name", "household"),
    (named("Lê Mẫu Cam", committed=5_000_000, paid=6_000_000), "paid", "6.000.000"),
    (named("Lê Mẫu Cam", kind="assoc_noncapital", committed=1), "committed", "without capital"),
    (named("Lê Mẫu Cam", kind="assoc_noncapital", paid=1), "committed", "without capital"),
    (MemberRow(id=10**9, paid=1), "", "no member"),
    (MemberRow(person_id=10**9), "full_name", "no member"),
    (MemberRow(person=PersonData(full_name="nguyen mau  AN", birth="1985-07-01")), "full_name", "on the list already"),
    (MemberRow(person=PersonData(full_name="Lê Mẫu Cam", id_number=NUMBER)), "id_number", "Nguyễn Mẫu An"),
]


@pytest.mark.parametrize(("row", "field", "words"), WRONG)
def test_a_row_that_does_not_fit_is_refused_with_a_sentence_at_its_field(add, save, row, field, words):
    add("Nguyễn Mẫu An", birth="1985", id_number=NUMBER)

    faults = refused(save, named("Trần Mẫu Dừa"), row)

    assert [(fault.place, fault.field) for fault in faults] == [(1, field)]
    assert words in faults[0].sentence


def test_all_wrong_rows_are_named_at_once(save):
    faults = refused(save, MemberRow(), named("Lê Mẫu Cam"), named("Lê Mẫu Cam", committed=1, paid=2))

    assert [fault.place for fault in faults] == [0, 2]


def test_two_of_one_name_and_year_are_two_only_if_somebody_says_so(add, save):
    add("Nguyễn Mẫu An", birth="1985")
    again = MemberRow(person=PersonData(full_name="Nguyễn Mẫu An", birth="1985"))

    assert refused(save, again)[0].may_be_another
    save(replace(again, another=True))

    assert Member.objects.filter(person__full_name="Nguyễn Mẫu An").count() == 2


def test_the_same_name_twice_among_the_rows_is_found(save):
    row = MemberRow(person=PersonData(full_name="Nguyễn Mẫu An", birth="1985"))

    assert [fault.place for fault in refused(save, row, row)] == [1]
    body = MemberRow(nature="household", body_name="Hộ bà Mẫu")
    assert [fault.field for fault in refused(save, body, body)] == ["body_name"]


def test_too_many_members_are_refused_with_both_numbers(save, add, monkeypatch):
    monkeypatch.setattr(saving, "MOST_MEMBERS", 3)
    add()

    with pytest.raises(ActionNotPossible, match=r"at most 3 members; with these rows it would be 4"):
        save(*(named(f"Lê Mẫu {name}") for name in ("Cam", "Dừa", "Khế")))
    assert Member.objects.count() == 1


def test_a_closed_case_keeps_its_members(world, case, add, save):
    member = add()
    task = world.advance(case, "hold_consultation")
    world.finish(task, outcome="stop", reason="The group does not want to go on.")

    assert Case.objects.get(pk=case.pk).status == Status.CLOSED
    with pytest.raises(ActionNotPossible, match="closed"):
        save(MemberRow(id=member.pk, paid=1))


@pytest.mark.parametrize("who", ["cuc", "binh", "hanh", "ngan", "van", "thanh", "phuong", "stranger", "owner"])
def test_only_who_leads_the_case_keeps_its_members(world, save, who):
    with pytest.raises(PermissionDenied):
        save(named("Nguyễn Mẫu An"), by=getattr(world, who))


# ── Two people at once ──────────────────────────────────────────────────────────────────────────────────


def test_what_two_people_change_in_one_row_is_all_kept(world, add, save):
    member = add(committed=5_000_000)
    seen = snapshot(member)

    save(MemberRow(id=member.pk, committed=6_000_000, paid=0, seen=seen))
    save(MemberRow(id=member.pk, committed=5_000_000, paid=1_000_000, seen=seen), by=world.mai)

    member.refresh_from_db()
    assert (member.committed, member.paid) == (6_000_000, 1_000_000)


def test_a_value_that_somebody_changed_meanwhile_is_refused_naming_both(world, add, save):
    member = add(committed=5_000_000)
    seen = snapshot(member)
    save(MemberRow(id=member.pk, committed=6_000_000, seen=seen))

    with pytest.raises(RowsRefused) as error:
        save(MemberRow(id=member.pk, committed=7_000_000, seen=seen), by=world.mai)

    (fault,) = error.value.faults
    assert fault.field == "committed"
    assert "6.000.000" in fault.sentence
    assert "7.000.000" in fault.sentence
    member.refresh_from_db()
    assert member.committed == 6_000_000
    save(MemberRow(id=member.pk, committed=7_000_000, seen={**seen, "committed": fault.now}), by=world.mai)
    member.refresh_from_db()
    assert member.committed == 7_000_000


def test_a_number_that_somebody_changed_meanwhile_is_named_only_masked(world, add, save):
    member = add(phone=PHONE)
    seen = snapshot(member)
    save(MemberRow(id=member.pk, person=PersonData(phone="+84900000456"), seen=seen))

    with pytest.raises(RowsRefused) as error:
        save(MemberRow(id=member.pk, person=PersonData(phone="+84900000789"), seen=seen), by=world.mai)

    assert "••• 456" in str(error.value)
    assert "0000" not in str(error.value)


def test_a_row_of_somebody_who_left_meanwhile_is_refused(add, save, leave):
    member = add()
    leave(member)

    faults = refused(save, MemberRow(id=member.pk, paid=0))

    assert "has not been a member since" in faults[0].sentence


# ── Leaving ─────────────────────────────────────────────────────────────────────────────────────────────


def test_who_leaves_stays_readable_and_may_come_back(case, add, leave):
    member = add()
    receipt = leave(member)
    member.refresh_from_db()

    assert (member.until, member.leaving_reason) == (timezone.localdate(), "moved away")
    assert AuditEvent.objects.get(chain=receipt.link.chain, seq=receipt.link.seq).reason == "moved away"
    with pytest.raises(ActionNotPossible, match="has not been a member"):
        leave(member)
    assert add().pk != member.pk


def test_nobody_leaves_before_she_joined_nor_from_a_foreign_list(world, add, leave, save):
    member = add()
    with pytest.raises(ActionNotPossible) as error:
        leave(member, until=timezone.localdate() - timedelta(days=1))
    assert error.value.field == "until"
    foreign = add(of=world.open_case(name="HTX Khác"))
    with pytest.raises(ActionNotPossible, match="no member of this case"):
        save(removed=[Leaving(foreign.pk, timezone.localdate(), "mistake")])


# ── Persons are shared by cases ─────────────────────────────────────────────────────────────────────────


def likely(world, case, who="lan", **person):
    return likely_same(world.standing(who), case, [PersonData(**person)])[0]


def test_the_contact_of_the_case_is_offered_by_her_name(world, case):
    (found,) = likely(world, case, full_name="tran thi mau sen", birth="1980")

    assert (found.person, found.here) == (case.contact, True)
    assert likely(world, case, full_name="Trần Thị Mẫu Súng") == []


def test_a_person_of_another_case_is_offered_only_where_one_may_see_it(world, case, add):
    other = world.open_case(name="HTX Khác")
    known = add("Lê Mẫu Cam", birth="1985", phone=PHONE, id_number=NUMBER, of=other)
    same = {"full_name": "LÊ MẪU CAM", "birth": "1985-01-02", "phone": PHONE}

    assert [found.person for found in likely(world, case, **same)] == [known.person]
    assert [found.person for found in likely(world, case, full_name="Lê Thị Cam", id_number=NUMBER)] == [known.person]
    assert likely(world, case, full_name="Lê Mẫu Cam", birth="1985") == []
    assert likely(world, case, full_name="Lê Mẫu Cam", birth="1986", phone=PHONE) == []
    foreign = world.open_case("phuong", "HTX Cà Phê")
    assert likely(world, foreign, "phuong", **same) == []
    assert likely(world, foreign, "phuong", full_name="Lê Mẫu Cam", id_number=NUMBER) == []


def test_a_person_may_be_linked_only_where_one_may_see_her(world, case, add, save):
    known = add("Lê Mẫu Cam", birth="1985-03-12", of=world.open_case(name="HTX Khác")).person
    row = MemberRow(person=PersonData(birth="1985", sex="female"), person_id=known.pk)

    foreign = world.open_case("phuong", "HTX Cà Phê")
    with pytest.raises(RowsRefused):
        save(row, by=world.phuong, of=foreign)
    save(row)

    assert Member.objects.get(case=case).person == known
    known.refresh_from_db()
    assert (known.sex, known.birth_date) == ("female", date(1985, 3, 12))


def test_founders_are_members_whose_capital_is_not_known_yet(world, case):
    world.finish(world.advance(case, "form_founding_group"))

    founders = {founder.person_id for founder in founders_of(case)}
    members = Member.objects.filter(case=case)
    assert founders == set(members.values_list("person", flat=True))
    assert {(m.kind, m.committed, m.paid) for m in members} == {("official", None, 0)}


def test_a_member_who_becomes_a_founder_is_not_typed_twice(world, case, add):
    member = add("Katơr Mẫu Khế", birth="1980", committed=5_000_000)
    rows = {"rows-TOTAL_FORMS": "5", "rows-INITIAL_FORMS": "0"}
    people = [("Katơr Mẫu Khế", 1980), ("Lê Mẫu B", 1981), ("Lê Mẫu C", 1982), ("Lê Mẫu D", 1983), ("Lê Mẫu E", 1984)]
    for number, (name, year) in enumerate(people):
        rows |= {f"rows-{number}-full_name": name, f"rows-{number}-birth_year": year, f"rows-{number}-sex": "female"}
    world.finish(world.advance(case, "form_founding_group"), **rows)

    assert Member.objects.filter(case=case).count() == 5
    assert member.person_id in {founder.person_id for founder in founders_of(case)}
    member.refresh_from_db()
    assert member.committed == 5_000_000


# ── Assets ──────────────────────────────────────────────────────────────────────────────────────────────

MILL = AssetData("other", "Máy xay lúa", 3_000_000)


def test_an_asset_is_entered_valued_and_withdrawn(world, case, add):
    member = add(committed=5_000_000)
    pk = perform(EnterAsset(case.pk, member.pk, MILL), by=world.lan).result["asset"]
    valued = replace(MILL, amount=4_000_000, valuation="consensus", valued_on=date(2026, 1, 5))
    perform(ChangeAsset(case.pk, pk, valued), by=world.lan)
    asset = ContributedAsset.objects.get(pk=pk)
    assert (asset.amount, asset.valuation) == (4_000_000, "consensus")

    perform(WithdrawAsset(case.pk, pk, timezone.localdate(), "broken"), by=world.lan)

    with pytest.raises(ActionNotPossible, match="withdrawn"):
        perform(ChangeAsset(case.pk, pk, MILL), by=world.lan)


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"amount": 5_000_001}, "amount", "5.000.001"),
        ({"votes_for": 3}, "votes_for", "votes"),
        ({"votes_for": 3, "votes_of": 2}, "votes_for", "votes"),
        ({"valuation": "valuer"}, "valuer", "organisation"),
    ],
)
def test_an_asset_that_does_not_fit_is_refused(world, case, add, more, field, words):
    act = EnterAsset(case.pk, add(committed=5_000_000).pk, replace(MILL, **more))

    with pytest.raises(ActionNotPossible, match=words) as error:
        perform(act, by=world.lan)
    assert error.value.field == field


def test_capital_below_the_assets_is_refused(world, case, add, save):
    member = add(committed=5_000_000)
    perform(EnterAsset(case.pk, member.pk, MILL), by=world.lan)

    (fault,) = refused(save, MemberRow(id=member.pk, committed=2_000_000))

    assert fault.field == "committed"
    assert "3.000.000" in fault.sentence


def test_who_gives_no_capital_or_has_left_contributes_no_asset(world, case, add, leave):
    helper, gone = add(kind="assoc_noncapital"), add("Lê Mẫu Cam")
    leave(gone)
    for member in (helper, gone):
        with pytest.raises(ActionNotPossible):
            perform(EnterAsset(case.pk, member.pk, MILL), by=world.lan)


def test_an_asset_of_another_case_is_not_found(world, case, add):
    foreign = add(of=world.open_case(name="HTX Khác"))

    with pytest.raises(Member.DoesNotExist):
        perform(EnterAsset(case.pk, foreign.pk, MILL), by=world.lan)


# ── Looking at a masked value ───────────────────────────────────────────────────────────────────────────


def test_looking_is_recorded_with_its_reason_and_without_the_value(world, case, add):
    person = add(phone=PHONE).person
    receipt = perform(RevealPerson(case.pk, person.pk, "phone", "to call her"), by=world.binh)

    event = AuditEvent.objects.get(chain=receipt.link.chain, seq=receipt.link.seq)
    assert (event.verb, event.reason) == ("person.revealed", "to call her")
    assert event.facts == {"person": person.pk, "what": "phone"}
    assert PHONE not in event.canon


def test_only_what_is_stored_of_persons_of_the_case_can_be_looked_at(world, case, add):
    person, foreign = add().person, add(phone=PHONE, of=world.open_case(name="HTX Khác")).person
    for what in ("phone", "full_name", "password"):
        with pytest.raises(ActionNotPossible):
            perform(RevealPerson(case.pk, person.pk, what, "curious"), by=world.lan)
    with pytest.raises(Person.DoesNotExist):
        perform(RevealPerson(case.pk, foreign.pk, "phone", "curious"), by=world.lan)
    with pytest.raises(PermissionDenied):
        perform(RevealPerson(case.pk, person.pk, "phone", "curious"), by=world.hanh)
