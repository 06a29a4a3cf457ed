"""The advisor's way: choose a file, look at what was read, enter it once."""

import re
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.models import Member, MemberListUpload
from casework.people.acts import MemberRow, PersonData, SaveMembers
from tests.casework.people_roll.files import as_csv, as_xlsx
from tests.casework.roster.hostile import FILES

HEAD = ["TT", "Họ và tên", "Năm sinh", "CCCD", "SĐT", "Dân tộc", "Loại thành viên", "Vốn góp", "Chức vụ"]
HOA = [1, "Nguyễn Thị Mẫu Hoa", "12/03/1985", "056185001234", "0901 234 567", "Raglay", "chính thức", "5 triệu", ""]
TAM = [2, "Trần Mẫu Tâm", "1990", "", "", "", "chính thức", "10 triệu", ""]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def case(world):
    return world.open_case()


@pytest.fixture
def lan(client, world):
    client.cookies["django_language"] = "en"
    client.force_login(world.lan)
    return client


def upload(client, case, *rows, content=None, name="danh-sach.csv"):
    file = SimpleUploadedFile(name, as_csv([HEAD, *rows]) if content is None else content)
    return client.post(reverse("people:import", args=[case.code]), {"file": file})


def sent(client, case, *rows):
    """The address of the preview of a list."""
    return upload(client, case, *rows).headers["Location"]


def answers(page, **more):
    """What a browser sends from a preview: all its ticks, and what is typed here."""
    html = page.text
    fields = {name: re.findall(rf'name="{name}"[^>]*value="(\d+)"[^>]*checked', html) for name in ("take", "same")} | {
        name: re.findall(rf'name="{name}" value="(\d+)"', html) for name in ("shown", "asked", "page")
    }
    [seen] = re.findall(r'name="seen" value="(\w+)"', html)
    return {**fields, "seen": seen, "since": "01/11/2026", "import": "1", **more}


def test_from_the_file_to_the_members(lan, case):
    preview = sent(lan, case, HOA, TAM)
    page = lan.get(preview)
    assert not Member.objects.exists()

    after = lan.post(preview, answers(page), follow=True)

    assert after.redirect_chain == [(preview, 302)]
    assert "The member list was entered" in after.text
    assert sorted(member.name for member in Member.objects.filter(case=case)) == [HOA[1], TAM[1]]
    kept = MemberListUpload.objects.get()
    assert (kept.rows, kept.counts["entered"]) == ({}, 2)


def test_the_preview_shows_what_was_understood_and_no_whole_number(lan, case):
    page = lan.get(sent(lan, case, HOA, TAM)).text

    for words in ("Nguyễn Thị Mẫu Hoa", "12/03/1985", "5.000.000 đồng", "Full name", "Kind of member", "••• 234"):
        assert words in page
    for secret in ("056185001234", "901234567", "901 234 567", "Raglay"):
        assert secret not in page


def test_the_address_of_the_preview_says_nothing(lan, case):
    path = sent(lan, case, HOA)

    assert re.fullmatch(rf"/cases/{case.code}/people/import/[0-9a-f-]{{36}}/", path)


def test_wrong_cells_are_named_with_what_to_write(lan, case):
    page = lan.get(sent(lan, case, HOA, [2, "Trần Mẫu Tâm", "41", "56185001234", *TAM[4:]])).text

    assert "C3" in page
    assert "“41” looks like an age. Type the year of birth" in page
    assert "“••••••••234” has 11 digits instead of 12" in page
    assert "Correct these cells in the file" in page


def test_changes_are_shown_from_and_to(lan, world, case):
    row = MemberRow(person=PersonData(full_name=HOA[1], birth="1985"), kind="official", committed=1_000_000)
    perform(SaveMembers(case.pk, [row]), by=world.lan)

    preview = sent(lan, case, HOA)
    page = lan.get(preview)

    assert "same name and birth" in page.text
    assert re.search(r"<del>.*1\.000\.000 đồng</del> →\s*<ins>5\.000\.000 đồng</ins>", page.text)
    lan.post(preview, answers(page))
    assert Member.objects.get(case=case).committed == 5_000_000


def test_a_row_without_its_tick_is_not_entered(lan, case):
    preview = sent(lan, case, HOA, TAM)

    lan.post(preview, answers(lan.get(preview), take=["2"]))

    assert [member.name for member in Member.objects.filter(case=case)] == [HOA[1]]
    assert MemberListUpload.objects.get().counts["left_out"] == 1


def test_ticks_are_kept_from_page_to_page(lan, case):
    names = [f"Trần Mẫu {a}{b}" for a in "abcdefghkl" for b in "abcdefg"]
    preview = sent(lan, case, *[["", name, *TAM[2:]] for name in names])
    first = answers(lan.get(preview))
    assert len(first["shown"]) == 50

    kept = {name: value for name, value in first.items() if name != "import"}
    answer = lan.post(f"{preview}?page=1", {**kept, "take": first["take"][5:], "keep": "1", "page": "2"})
    assert answer.headers["Location"] == f"{preview}?page=2"
    second = lan.get(f"{preview}?page=2")
    lan.post(f"{preview}?page=2", answers(second))

    assert Member.objects.filter(case=case).count() == 65


def test_a_contact_is_offered_as_the_same_person(lan, case):
    preview = sent(lan, case, ["", case.contact.full_name, *TAM[2:]])
    page = lan.get(preview)
    assert "The same person as Trần Thị Mẫu, of this case" in page.text

    lan.post(preview, answers(page, same=[]))

    assert Member.objects.get(case=case).person_id != case.contact_id


def test_the_kind_is_asked_for_where_rows_say_none(lan, case):
    preview = sent(lan, case, [*HOA[:6], "", "5 triệu", ""])
    page = lan.get(preview)
    assert "Kind of the members whose row says none" in page.text

    refused = lan.post(preview, answers(page))
    assert "Choose one answer." in refused.text
    assert not Member.objects.exists()
    lan.post(preview, answers(page, kind="official"))
    assert Member.objects.get(case=case).kind == "official"


def test_the_day_of_offices_is_asked_for(lan, case):
    preview = sent(lan, case, [*HOA[:8], "Giám đốc"])
    page = lan.get(preview)

    refused = lan.post(preview, answers(page, since="31/02/2026"))
    assert "There is no such day." in refused.text
    assert "Write the day, for example" in refused.text
    lan.post(preview, answers(page, office_since="01/11/2026"))
    assert Member.objects.get(case=case).person.offices.get().title == "director"


def test_sent_twice_is_entered_once(lan, case):
    preview = sent(lan, case, HOA, TAM)
    form = answers(lan.get(preview))

    lan.post(preview, form)
    again = lan.post(preview, form, follow=True)

    assert "The member list was entered" in again.text
    assert Member.objects.filter(case=case).count() == 2
    assert AuditEvent.objects.filter(verb="members.imported").count() == 1


def test_what_changed_meanwhile_is_shown_and_nothing_lost(lan, world, case):
    preview = sent(lan, case, HOA, TAM)
    form = answers(lan.get(preview), take=["3"])
    row = MemberRow(person=PersonData(full_name=HOA[1], birth="1985"), kind="official")
    perform(SaveMembers(case.pk, [row]), by=world.mai)

    page = lan.post(preview, form)

    assert "Members of this case were changed meanwhile" in page.text
    assert re.search(r'id="take-2" value="2"\s*>', page.text)
    assert lan.post(preview, answers(page), follow=True).status_code == 200
    assert Member.objects.filter(case=case).count() == 2


def test_a_refused_row_is_named_on_the_page(lan, world, case):
    row = MemberRow(person=PersonData(full_name=HOA[1], birth="1985"), kind="official", paid=900, committed=900)
    perform(SaveMembers(case.pk, [row]), by=world.lan)
    preview = sent(lan, case, [*HOA[:6], "liên kết không góp vốn", "", ""], TAM)

    page = lan.post(preview, answers(lan.get(preview)))

    assert "Nothing was entered" in page.text
    assert "Row 2: An associate member without capital gives none." in page.text


# ── Files and addresses ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["empty", "bomb", "macros", "web page named xls", "program", "no header", "cut off"])
def test_a_bad_file_gets_a_sentence(lan, case, name):
    filename, make, _code = FILES[name]

    page = upload(lan, case, content=make(), name=filename)

    assert page.status_code == 200
    assert 'class="errorlist"' in page.text
    assert not MemberListUpload.objects.exists()


def test_without_a_file_one_is_asked_for(lan, case):
    page = lan.post(reverse("people:import", args=[case.code]), {})

    assert "Choose the file with the list." in page.text


def test_strange_signs_do_no_harm(lan, case):
    rows = [[1, "{{ ''.__class__ }}", *TAM[2:]], [2, "<script>alert(1)</script>", *TAM[2:]], TAM]
    rows += [[4, "Nguyễn \u202eMẫu", *TAM[2:]], [5, "Mẫu 🌸 Hoa", *TAM[2:]], [6, "a\x00b c", *TAM[2:]]]

    preview = sent(lan, case, *rows)
    page = lan.get(preview)

    assert "<script>alert" not in page.text
    assert "turn the writing around" in page.text
    lan.post(preview, answers(page))
    assert {member.name for member in Member.objects.filter(case=case)} <= {TAM[1], "ab c", "Ab C"}


@pytest.mark.parametrize("typed", ["x", "-1", "9" * 30, "٣", "1\x00"])
def test_senseless_answers_do_no_harm(lan, case, typed):
    preview = sent(lan, case, HOA)

    answer = lan.post(f"{preview}?page={typed[:5]}", {"shown": typed, "take": typed, "seen": typed, "page": typed})

    assert answer.status_code == 302
    assert lan.post(preview, {"shown": typed, "seen": typed, "since": typed, "import": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("mai", 404), ("binh", 403), ("hanh", 403), ("cuc", 404), ("phuong", 404), ("stranger", 404)]
)
def test_a_preview_is_for_its_sender(client, world, case, who, status):
    client.force_login(world.lan)
    preview = sent(client, case, HOA)

    client.force_login(getattr(world, who))

    assert client.get(preview).status_code == status
    assert client.post(preview, {"import": "1"}).status_code == status


def test_an_upload_that_never_was_is_not_found(lan, case):
    assert lan.get(reverse("people:import_preview", args=[case.code, uuid4()])).status_code == 404
    assert lan.get(reverse("people:import_preview", args=[case.code, UUID(int=0)])).status_code == 404


def test_pages_are_not_kept_by_browsers(lan, case):
    for path in (reverse("people:import", args=[case.code]), sent(lan, case, HOA)):
        assert "no-store" in lan.get(path).headers["Cache-Control"]


def many(number):
    names = ["".join("abcdeghikl"[int(digit)] for digit in f"{n:04d}") for n in range(number)]
    rest = ["", "", "", "5 triệu", ""]
    return [[n, f"Nguyễn Thị Mẫu {name}", "1985", f"056185{n:06d}", *rest] for n, name in enumerate(names)]


def test_ten_thousand_rows_make_a_small_page_in_time(lan, case, django_assert_max_num_queries):
    preview = upload(lan, case, content=as_xlsx([HEAD, *many(10_000)]), name="a.xlsx").headers["Location"]

    with django_assert_max_num_queries(25):
        page = lan.get(preview)

    assert len(page.content) < 60_000
    assert "10000" in page.text.replace(".", "")


def test_the_number_of_queries_is_constant(lan, case):
    counts = []
    for number in (1, 40):
        preview = sent(lan, case, *many(number))
        with CaptureQueriesContext(connection) as asked:
            lan.get(preview)
        counts.append(len(asked))

    assert counts[0] == counts[1]
