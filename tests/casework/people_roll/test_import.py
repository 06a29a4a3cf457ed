"""A list beside the case: who is new, who is known, and one act that enters what was looked at."""

from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone, translation

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.models import ContributedAsset, Member, MemberListUpload, Office, Person
from casework.organisations.standing import standing_of
from casework.people.acts import AppointOfficer, MemberRow, PersonData, SaveMembers
from casework.people.roll.acts import ImportMembers
from casework.people.roll.choice import Choice
from casework.people.roll.plan import plan_import
from casework.people.roll.reading import read_list
from casework.people.roll.uploads import keep_choice, keep_upload, list_of, upload_of
from tests.casework.people_roll.files import as_csv

HEAD = ["TT", "Họ và tên", "Năm sinh", "Giới tính", "CCCD", "SĐT", "Loại", "Vốn góp", "Đã góp", "Tài sản", "Chức vụ"]
SINCE = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def case(world):
    return world.open_case()


def member_list(*rows, head=HEAD):
    return read_list(as_csv([head, *rows]), "danh-sach.csv")


def row(name, birth="", **cells):
    """A row by the header; where nothing else is said an official member with 5 million."""
    stated = {"Họ và tên": name, "Năm sinh": birth, "Loại": "chính thức", "Vốn góp": "5 triệu", **cells}
    return [stated.get(title.replace(" ", "_"), stated.get(title, "")) for title in HEAD]


def save(case, by, name, **fields):
    person = PersonData(full_name=name, **{k: fields.pop(k) for k in ("birth", "phone", "id_number") if k in fields})
    saved = perform(SaveMembers(case.pk, [MemberRow(person=person, **fields)]), by=by).result
    return Member.objects.select_related("person").get(pk=saved["members"][0])


def plan(read, case, user):
    return plan_import(read, case, standing_of(user))


def enter(read, case, by, *, request_id=None, **more):
    more.setdefault("seen", plan(read, case, by).fingerprint)
    act = ImportMembers(case.pk, read, since=SINCE, **more)
    return perform(act, by=by, request_id=request_id)


def test_new_members_are_entered_in_one_act(world, case):
    read = member_list(
        row("Nguyễn Thị Mẫu Hoa", "12/03/1985", Giới_tính="Nữ", CCCD="056185001234", SĐT="0901 234 567", Đã_góp="đủ"),
        row("Trần Mẫu Tâm", "1990", Giới_tính="Nam", Loại="liên kết góp vốn", Vốn_góp="10 triệu"),
    )

    receipt = enter(read, case, world.lan)

    assert receipt.result["entered"] == 2
    hoa, tam = Member.objects.filter(case=case).select_related("person").order_by("pk")
    assert (hoa.kind, hoa.committed, hoa.paid, hoa.since) == ("official", 5_000_000, 5_000_000, SINCE)
    assert (hoa.person.birth_date, hoa.person.birth_year, hoa.person.sex) == (date(1985, 3, 12), 1985, "female")
    assert (hoa.person.id_number, hoa.person.phone) == ("056185001234", "+84901234567")
    assert (tam.kind, tam.committed, tam.person.birth_year) == ("assoc_capital", 10_000_000, 1990)
    [event] = AuditEvent.objects.filter(verb="members.imported")
    assert event.case_id == case.pk
    assert event.facts == {"file": "danh-sach.csv", "entered": 2, "changed": 0, "assets": 0, "offices": 0}
    assert "056185001234" not in str(event.changes)


def test_twice_sent_is_once_entered(world, case):
    read, request_id = member_list(row("Nguyễn Thị Mẫu Hoa"), row("Trần Mẫu Tâm")), uuid4()
    seen = plan(read, case, world.lan).fingerprint

    first = enter(read, case, world.lan, request_id=request_id, seen=seen)
    second = enter(read, case, world.lan, request_id=request_id, seen=seen)

    assert (first.replayed, second.replayed) == (False, True)
    assert Member.objects.filter(case=case).count() == 2


def test_the_same_list_again_changes_nothing(world, case):
    rows = [row("Nguyễn Thị Mẫu Hoa", "1985", CCCD="056185001234", Tài_sản="máy xay"), row("Trần Mẫu Tâm", "1990")]
    enter(member_list(*rows), case, world.lan)

    again = plan(member_list(*rows), case, world.lan)

    assert (again.newcomers, again.changed, again.conflicts) == ([], [], [])
    assert len(again.unchanged) == 2


def test_a_known_member_is_brought_up_to_date(world, case):
    hoa = save(case, world.lan, "Nguyễn Thị Mẫu Hoa", birth="1985", committed=5_000_000)
    read = member_list(row("NGUYEN THI MAU HOA", "12/03/1985", SĐT="0901234567", Vốn_góp="8 triệu", Đã_góp="2 triệu"))

    [match] = plan(read, case, world.lan).changed
    enter(read, case, world.lan)

    assert (match.member, match.how) == (hoa, "birth")
    assert {(c.field, c.before, c.after) for c in match.changes} == {
        ("birth", "1985", "1985-03-12"),
        ("phone", "", "+84901234567"),
        ("committed", 5_000_000, 8_000_000),
        ("paid", 0, 2_000_000),
    }
    hoa = Member.objects.select_related("person").get(pk=hoa.pk)
    assert (hoa.committed, hoa.paid, hoa.person.full_name) == (8_000_000, 2_000_000, "Nguyễn Thị Mẫu Hoa")
    assert Member.objects.filter(case=case).count() == Person.objects.filter(full_name=hoa.name).count() == 1


def test_empty_cells_erase_nothing(world, case):
    save(case, world.lan, "Nguyễn Thị Mẫu Hoa", birth="1985-03-12", phone="+84901234567", committed=5_000_000)

    found = plan(member_list(row("Nguyễn Thị Mẫu Hoa", "1985", Vốn_góp="")), case, world.lan)

    assert len(found.unchanged) == 1


def test_another_birth_is_another_person(world, case):
    save(case, world.lan, "Nguyễn Thị Mẫu Hoa", birth="1985")
    read = member_list(row("Nguyễn Thị Mẫu Hoa", "1960"))

    enter(read, case, world.lan)

    assert Member.objects.filter(case=case).count() == 2


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row("Lê Thị Mẫu Cúc", CCCD="056185001234")], "other_name"),
        ([row("Nguyễn Thị Mẫu Hoa")], "several_known"),
        ([row("Nguyễn Thị Mẫu Hoa", "1960"), row("Nguyễn Thị Mẫu Hoa", SĐT="0901234567")], "second_row"),
    ],
)
def test_what_is_open_is_not_decided(world, case, rows, code):
    save(case, world.lan, "Nguyễn Thị Mẫu Hoa", birth="1985", id_number="056185001234")
    save(case, world.lan, "Nguyễn Thị Mẫu Hoa", birth="1960", phone="+84901234567", another=True)

    found = plan(member_list(*rows), case, world.lan)

    assert [conflict.code for conflict in found.conflicts] == [code]


def test_somebody_of_the_case_who_is_no_member_is_the_same_person(world, case):
    contact = case.contact
    read = member_list(row(contact.full_name.upper(), "1985"))

    [new] = plan(read, case, world.lan).newcomers
    enter(read, case, world.lan)

    assert new.likely.person == contact
    [member] = Member.objects.filter(case=case)
    assert member.person_id == contact.pk
    contact.refresh_from_db()
    assert (contact.birth_year, contact.full_name) == (1985, "Trần Thị Mẫu")


def test_she_may_be_another_person(world, case):
    read = member_list(row(case.contact.full_name, "1985"))

    enter(read, case, world.lan, choice=Choice(another=frozenset({2})))

    [member] = Member.objects.filter(case=case)
    assert member.person_id != case.contact_id
    case.contact.refresh_from_db()
    assert case.contact.birth_year is None


def test_persons_of_cases_out_of_sight_are_not_found(world, case):
    far = world.open_case("phuong")
    save(far, world.phuong, "Nguyễn Thị Mẫu Hoa", id_number="056185001234")

    [new] = plan(member_list(row("Nguyễn Thị Mẫu Hoa", CCCD="056185001234")), case, world.lan).newcomers

    assert new.likely is None


def test_assets_and_offices_come_along(world, case):
    read = member_list(
        row("Nguyễn Thị Mẫu Hoa", Tài_sản="quyền sử dụng đất", Chức_vụ="Chủ tịch HĐQT kiêm Giám đốc"),
        row("Trần Mẫu Tâm", Chức_vụ="Kế toán trưởng"),
    )

    result = enter(read, case, world.lan, office_since=SINCE).result

    assert (result["assets"], result["offices"]) == (1, 3)
    asset = ContributedAsset.objects.get(case=case)
    assert (asset.kind, asset.amount, asset.valuation, asset.member.name) == (
        "land_use",
        5_000_000,
        "",
        "Nguyễn Thị Mẫu Hoa",
    )
    held = Office.objects.filter(case=case).values_list("person__full_name", "title", "since")
    assert sorted(held) == [
        ("Nguyễn Thị Mẫu Hoa", "board_chair", SINCE),
        ("Nguyễn Thị Mẫu Hoa", "director", SINCE),
        ("Trần Mẫu Tâm", "chief_accountant", SINCE),
    ]


def test_a_household_comes_with_its_representative(world, case):
    head = ["TT", "Họ và tên", "Năm sinh", "Vốn góp", "Người đại diện"]
    read = member_list([1, "Hộ bà Mẫu Hoa", "1985", "5tr", "Nguyễn Thị Mẫu Hoa"], head=head)

    enter(read, case, world.lan, kind="official")

    [member] = Member.objects.filter(case=case).select_related("person")
    assert (member.nature, member.body_name) == ("household", "Hộ bà Mẫu Hoa")
    assert (member.person.full_name, member.person.birth_year) == ("Nguyễn Thị Mẫu Hoa", 1985)


def test_an_address_finds_its_commune_of_today(world, case):
    head = ["TT", "Họ và tên", "Địa chỉ"]
    read = member_list(
        [1, "Nguyễn Thị Mẫu Hoa", "Thôn Tà Lú, xã Bác Ái"], [2, "Trần Mẫu Tâm", "Thôn Tà Lú, Bác Ái"], head=head
    )

    enter(read, case, world.lan, kind="official")

    hoa, tam = Member.objects.filter(case=case).select_related("person__area").order_by("pk")
    assert (hoa.person.area.name, hoa.person.address) == ("Bác Ái", "Thôn Tà Lú")
    assert (tam.person.area, tam.person.address) == (None, "Thôn Tà Lú, Bác Ái")


# ── All or nothing ──────────────────────────────────────────────────────────────────────────────────────


def test_no_kind_is_made_up(world, case):
    read = member_list(row("Nguyễn Thị Mẫu Hoa", Loại=""))

    with pytest.raises(ActionNotPossible, match="Choose the kind"):
        enter(read, case, world.lan)


def test_rows_left_out_stay_out(world, case):
    read = member_list(row("Nguyễn Thị Mẫu Hoa"), row("Trần Mẫu Tâm"))

    result = enter(read, case, world.lan, choice=Choice(left_out=frozenset({3}))).result

    assert (result["entered"], result["left_out"]) == (1, 1)
    assert Member.objects.get(case=case).name == "Nguyễn Thị Mẫu Hoa"


def test_without_a_row_there_is_nothing_to_enter(world, case):
    read = member_list(row("Nguyễn Thị Mẫu Hoa"))

    with pytest.raises(ActionNotPossible, match="No row is ticked"):
        enter(read, case, world.lan, choice=Choice(left_out=frozenset({2})))


def test_what_was_not_looked_at_is_not_entered(world, case):
    read = member_list(row("Nguyễn Thị Mẫu Hoa", "1985"))
    seen = plan(read, case, world.lan).fingerprint
    save(case, world.mai, "Nguyễn Thị Mẫu Hoa", birth="1985")

    with pytest.raises(ActionNotPossible, match="changed meanwhile"):
        enter(read, case, world.lan, seen=seen)

    assert Member.objects.filter(case=case).count() == 1


def test_one_row_that_does_not_fit_stops_all_and_is_named(world, case):
    save(case, world.lan, "Lê Thị Mẫu Cúc", birth="1970", committed=1_000_000)
    read = member_list(
        row("Nguyễn Thị Mẫu Hoa"), row("Lê Thị Mẫu Cúc", "1970", Loại="liên kết không góp vốn", Vốn_góp="")
    )

    with pytest.raises(ActionNotPossible, match="Row 3: An associate member without capital"):
        enter(read, case, world.lan)

    assert Member.objects.filter(case=case).count() == 1
    assert not AuditEvent.objects.filter(verb="members.imported").exists()


def test_a_closed_case_takes_no_list(world, case):
    world.finish(world.advance(case, "hold_consultation"), outcome="stop", reason="Nhóm không muốn thành lập nữa.")
    read = member_list(row("Nguyễn Thị Mẫu Hoa"))

    with pytest.raises(ActionNotPossible, match="This case is closed"):
        enter(read, case, world.lan)


def test_an_office_that_is_taken_stops_all_and_is_named(world, case):
    cuc = save(case, world.lan, "Lê Thị Mẫu Cúc")
    perform(AppointOfficer(case.pk, "director", SINCE - timedelta(9), person_id=cuc.person_id), by=world.lan)
    read = member_list(row("Trần Mẫu Tâm"), row("Nguyễn Thị Mẫu Hoa", Chức_vụ="Giám đốc"))

    with pytest.raises(ActionNotPossible, match="Row 3: Lê Thị Mẫu Cúc has held this office"):
        enter(read, case, world.lan, office_since=SINCE)

    assert Member.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("who", ["binh", "hanh", "van", "cuc", "phuong", "stranger"])
def test_only_those_who_keep_members_may(world, case, who):
    read = member_list(row("Nguyễn Thị Mẫu Hoa"))
    user = getattr(world, who)

    with pytest.raises(PermissionDenied):
        enter(read, case, user)

    assert not Member.objects.filter(case=case).exists()


# ── The kept upload ─────────────────────────────────────────────────────────────────────────────────────


def test_an_upload_is_for_its_sender_and_a_day(world, case):
    kept = keep_upload(case, world.lan, member_list(row("Nguyễn Thị Mẫu Hoa")))

    assert [r.member.name for r in list_of(upload_of(case, world.lan, kept.request_id)).rows] == ["Nguyễn Thị Mẫu Hoa"]
    assert upload_of(case, world.mai, kept.request_id) is None
    assert upload_of(world.open_case(), world.lan, kept.request_id) is None

    MemberListUpload.objects.update(uploaded_at=timezone.now() - timedelta(hours=24, minutes=1))
    assert upload_of(case, world.lan, kept.request_id) is None
    call_command("forget_uploads", stdout=(said := StringIO()))
    assert said.getvalue() == "1 member lists, 0 rosters deleted.\n"
    assert not MemberListUpload.objects.exists()


def test_a_choice_is_kept_page_by_page(world, case):
    kept = keep_upload(case, world.lan, member_list(row("Nguyễn Thị Mẫu Hoa"), row("Trần Mẫu Tâm")))

    first = Choice().after(shown={2, 3}, taken={3}, asked={3}, same=set())
    keep_choice(kept, first)
    second = first.after(shown={4}, taken={4}, asked=set(), same=set())

    assert (first.left_out, first.another) == ({2}, {3})
    assert second == first
    assert second.after({2}, {2}, {3}, {3}) == Choice()


def test_ten_thousand_members_are_planned_and_entered(world, case, django_assert_max_num_queries):
    names = ["".join("abcdeghikl"[int(digit)] for digit in f"{n:04d}") for n in range(10_000)]
    rows = [row(f"Nguyễn Thị Mẫu {name}", "1985") for name in names]
    read = member_list(*rows)

    with django_assert_max_num_queries(140):
        result = enter(read, case, world.lan).result

    assert result["entered"] == 10_000
