"""The administrator's way: choose a file, look at what was read, import it once."""

from datetime import timedelta
from io import BytesIO
from threading import Barrier, Thread
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from casework.acts import perform
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.models import AdministrativeUnit, Membership, Organisation, RosterUpload, User
from casework.organisations.acts import Appoint, EnterOrganisation, Relieve
from casework.programme.roster.limits import FILE_BYTES
from tests.casework.programme.rosters import REAL, csv, many, row
from tests.factories import SINCE
from workflows.engine.models import Task

UPLOAD = reverse("rosters:upload")
GROUP = row("Tổ liên kết đan lát Ba Mẫu", "Tổ liên kết")


@pytest.fixture(autouse=True)
def in_english():
    """The msgids are English; what they are in Vietnamese is the translators' business."""
    with translation.override("en"):
        yield


@pytest.fixture
def client(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def van(client, world):
    """A browser in which the administrator of the programme office is signed in."""
    client.force_login(world.van)
    return client


def send(client, content, name="danh-sach.csv", organisation="wu-kh"):
    union = Organisation.objects.get(code=organisation)
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content), "organisation": union.pk})


def sent(client, *rows, **more):
    """The address of the preview of a list."""
    return send(client, csv(rows), **more).headers["Location"]


# ── The way ─────────────────────────────────────────────────────────────────────────────────────────────


def test_from_the_file_to_the_queue(van, world):
    preview = send(van, REAL.read_bytes(), REAL.name).headers["Location"]
    seen = van.get(preview).text
    assert "Import 59 cooperatives and open 5 leads" in seen
    assert not Cooperative.objects.exists()

    after = van.post(preview, follow=True)

    assert after.redirect_chain == [(preview, 302)]
    assert Cooperative.objects.count() == 59
    codes = list(Case.objects.values_list("code", flat=True))
    assert all(reverse("cases:file", args=[code]) in after.text for code in codes)
    queue = Task.objects.open().filter(organisation=world.organisation("wu-kh"), node="screen_lead")
    assert queue.count() == len(codes) == 5


def test_the_preview_says_what_was_recognised_and_what_is_wrong(van):
    seen = van.get(send(van, REAL.read_bytes(), REAL.name).headers["Location"])

    preview = seen.context["preview"]
    assert (len(preview.new), len(preview.good.with_errors), len(preview.good.repeats)) == (59, 1, 3)
    assert preview.columns[0] == ("A", "Running number", "not entered")
    assert preview.columns[10] == ("K", "Capital", "đồng")
    [wrong] = preview.errors.rows
    [problem] = wrong.problems
    assert (wrong.number, problem.cell, problem.label) == (22, "H22", "Members")
    for words in ("DS HTX 2026", "H22", "“chưa thống kê” is not a number", "HTX lanh Lùng Tám", "Rows 71, 73"):
        assert words in seen.text


def test_a_second_list_in_the_file_is_named_and_not_read(van):
    workbook = load_workbook(REAL)
    workbook.copy_worksheet(workbook.worksheets[0]).title = "Năm 2025"
    file = BytesIO()
    workbook.save(file)

    seen = van.get(send(van, file.getvalue(), REAL.name).headers["Location"])

    assert seen.context["preview"].roster.sheet == "DS HTX 2026"
    assert "The sheet “Năm 2025” also holds a list, with 63 rows." in seen.text


def test_repeats_stand_side_by_side_with_what_differs(van):
    preview = van.get(send(van, REAL.read_bytes(), REAL.name).headers["Location"]).context["preview"]

    group = next(group for group in preview.groups.rows if group.first == 71)
    differing = {difference.label: difference.values for difference in group.differences}
    assert set(differing) == {"Name", "Address", "Founded"}
    assert differing["Founded"] == [(71, "2003"), (73, "2023")]


def test_rows_in_the_register_are_shown_and_left_out(van):
    van.post(sent(van, row("HTX Nông nghiệp Sáu Mẫu"), row("HTX Chuối Bảy Mẫu")))

    preview = sent(van, row("HTX NN Sáu Mẫu"), row("HTX Chuối Bảy Mẫu"), row("HTX Măng Tám Mẫu"))
    seen = van.get(preview)

    known = [(k.number, k.in_register, k.how) for k in seen.context["preview"].known_rows.rows]
    assert known == [
        (2, "HTX Nông nghiệp Sáu Mẫu", "same name, no other place"),
        (3, "HTX Chuối Bảy Mẫu", "imported before"),
    ]
    assert "Import 1 cooperative<" in seen.text


def test_a_file_that_brings_nothing_new_has_no_button(van):
    van.post(sent(van, row("HTX Nấm Ba Mẫu")))

    seen = van.get(sent(van, row("HTX Nấm Ba Mẫu"))).text

    assert "Nothing to enter" in seen
    assert "Import 0" not in seen


def test_sending_twice_imports_once_and_shows_the_same_summary(van):
    preview = sent(van, *many(1), GROUP)

    first, second = van.post(preview, follow=True), van.post(preview, follow=True)

    assert first.context["done"] == second.context["done"]
    assert first.context["done"]["entered"] == 2
    assert (Cooperative.objects.count(), Case.objects.count()) == (2, 1)


def test_two_clicks_at_once_import_once(committed_world):
    clients = [Client(), Client()]
    for each in clients:
        each.force_login(committed_world.van)
    preview, together, answers = sent(clients[0], *many(3), GROUP), Barrier(2), []

    def click(client):
        together.wait()
        answers.append(client.post(preview).status_code)
        connection.close()

    threads = [Thread(target=click, args=[each]) for each in clients]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert answers == [302, 302]
    assert (Cooperative.objects.count(), Case.objects.count()) == (4, 1)
    assert RosterUpload.objects.get().counts["entered"] == 4


def test_good_rows_come_fifty_a_page(van):
    preview = sent(van, *many(120))

    pages = [van.get(preview, {"page": page}).context["page"] for page in (1, 2, 3, "x", 99)]

    assert [len(page.object_list) for page in pages] == [50, 50, 20, 50, 20]
    assert "?page=2" in van.get(preview).text
    assert "Import 120" not in van.get(preview, {"page": 2}).text


def test_what_was_typed_cannot_become_markup(van):
    seen = van.get(sent(van, row("HTX <script>alert(1)</script> Ba Mẫu"))).text

    assert "<script>alert" not in seen
    assert "&lt;script&gt;alert" in seen


@pytest.mark.parametrize("number", [1, 49])
def test_the_preview_takes_few_statements_however_long_the_list(van, number, django_assert_max_num_queries):
    preview = sent(van, GROUP, *many(number))

    with django_assert_max_num_queries(12):
        seen = van.get(preview, headers={"Accept-Encoding": "gzip"})

    assert seen.status_code == 200
    assert len(seen.content) < 12_000


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["lan", "hanh", "binh", "ngan", "thanh", "stranger", "owner"])
def test_without_the_right_there_is_no_upload(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get(UPLOAD).status_code == 403
    assert client.post(UPLOAD).status_code == 403


def test_visitors_sign_in_first(client, world):
    assert client.get(UPLOAD).headers["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("who", ["lan", "hanh", "stranger", "owner"])
def test_a_preview_is_open_to_nobody_else(van, world, who):
    preview = sent(van, row("HTX Nấm Ba Mẫu"))
    van.force_login(getattr(world, who))

    assert van.get(preview).status_code == van.post(preview).status_code == 404
    assert not Cooperative.objects.exists()


def test_another_administrator_does_not_see_it_either(van, world):
    preview = sent(van, row("HTX Nấm Ba Mẫu"))
    colleague = User.objects.create_user("vinh", full_name="Đặng Mẫu Vinh")
    perform(Appoint(colleague, world.organisation("office-kh"), "administrator", SINCE), by=world.owner)
    van.force_login(colleague)

    assert van.get(UPLOAD).status_code == 200
    assert van.get(preview).status_code == 404


def test_the_preview_closes_with_the_right(van, world):
    preview = sent(van, row("HTX Nấm Ba Mẫu"))
    perform(Relieve(Membership.objects.get(user=world.van).pk, "leaves"), by=world.owner)

    assert van.get(preview).status_code == van.post(preview).status_code == 404


def test_missing_previews_do_not_exist(van):
    assert van.get(reverse("rosters:preview", args=[uuid4()])).status_code == 404


def test_only_unions_of_the_own_province_can_be_chosen(van, world):
    choices = van.get(UPLOAD).context["form"].fields["organisation"].queryset

    assert [union.code for union in choices] == ["wu-kh", "wu-kh-a", "wu-kh-b"]
    refused = send(van, csv([row("HTX Nấm Ba Mẫu")]), organisation="wu-ld")
    assert "organisation" in refused.context["form"].errors
    assert not RosterUpload.objects.exists()


# ── What is refused ─────────────────────────────────────────────────────────────────────────────────────


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to 200 MB."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    return packed.getvalue()


HOSTILE = {
    "program.xlsx": lambda: b"MZ\x90\x00" + bytes(2000),
    "macro.xlsm": lambda: b"PK\x03\x04",
    "bomb.xlsx": bomb,
    "page.xls": lambda: b"<html><table><tr><td>HTX</td></tr></table></html>",
    "empty.csv": lambda: b"",
    "nul.csv": lambda: b"\x00\xff" * 3000,
    "letter.csv": "Kính gửi Hội Liên hiệp Phụ nữ tỉnh".encode,
    "large.xlsx": lambda: bytes(FILE_BYTES + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(van, name):
    answer = send(van, HOSTILE[name](), name)

    assert answer.status_code == 200
    [sentence] = answer.context["form"].errors["file"]
    assert sentence in answer.text.replace("&quot;", '"')
    assert not RosterUpload.objects.exists()


def test_an_empty_form_says_what_is_missing(van):
    answer = van.post(UPLOAD, {})

    assert set(answer.context["form"].errors) == {"file", "organisation"}


def test_control_characters_in_a_list_do_not_reach_the_database(van):
    van.post(sent(van, row("HTX \x1bNấm\x07 Ba Mẫu")))

    assert Cooperative.objects.get().name == "HTX Nấm Ba Mẫu"


def test_without_an_alliance_the_page_says_so_and_nothing_is_entered(client, world):
    dong_nai = AdministrativeUnit.objects.get(code="75")
    for code, kind in (("wu-dn", "womens_union"), ("office-dn", "programme_office")):
        act = EnterOrganisation(code, f"{code} Mẫu", kind, "province", dong_nai, None, SINCE)
        perform(act, by=world.owner)
    perform(Appoint(world.stranger, world.organisation("office-dn"), "administrator", SINCE), by=world.owner)
    client.force_login(world.stranger)
    preview = sent(client, *many(1), GROUP, organisation="wu-dn")

    before, answer = client.get(preview), client.post(preview)

    for seen in (before, answer):
        assert seen.status_code == 200
        assert "has no Cooperative Alliance in its province yet" in seen.text
    assert not Cooperative.objects.exists()


# ── What is kept ────────────────────────────────────────────────────────────────────────────────────────


def test_uploads_of_last_week_are_forgotten_with_the_next_one(van):
    for _upload in range(2):
        sent(van, row("HTX Nấm Ba Mẫu"))
    old, new = RosterUpload.objects.order_by("uploaded_at")
    for upload, age in ((old, 7.1), (new, 6.9)):
        RosterUpload.objects.filter(pk=upload.pk).update(uploaded_at=timezone.now() - timedelta(days=age))

    third = sent(van, row("HTX Nấm Ba Mẫu"))

    kept = {reverse("rosters:preview", args=[upload.pk]) for upload in RosterUpload.objects.all()}
    assert kept == {reverse("rosters:preview", args=[new.pk]), third}
