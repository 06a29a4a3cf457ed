"""The whole case as one zip: an index that can be checked, only what the person may see, and an event that says so."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.models import Document
from casework.notes.acts import WriteNote
from tests.cabinet import fill_the_file
from workflows.casefile.export import ExportCase

REASON = "Lưu vào hồ sơ thanh tra"


@pytest.fixture
def case(world):
    case = world.open_case()
    world.advance(case, "link_market")
    fill_the_file(world, case)
    return case


def taken(client, world, case, who="lan"):
    client.force_login(getattr(world, who))
    answer = client.post(reverse("cases:export", args=[case.code]), {"reason": REASON, "request_id": ""})
    if answer.status_code == 200 and answer["Content-Type"] != "application/zip":
        page = client.get(reverse("cases:export", args=[case.code])).content.decode()
        number = page.split('name="request_id" value="')[1].split('"')[0]
        answer = client.post(reverse("cases:export", args=[case.code]), {"reason": REASON, "request_id": number})
    assert answer["Content-Type"] == "application/zip", answer.content.decode()[:2000]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_every_file_stands_in_the_index_with_its_hash(client, world, case):
    with taken(client, world, case) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
        assert {row["path"] for row in rows} | {"index.csv", "index.html"} == set(archive.namelist())
        for row in rows:
            content = archive.read(row["path"])
            assert (row["bytes"], row["sha256"]) == (str(len(content)), hashlib.sha256(content).hexdigest())
    assert {"ho-so.html", "lich-su.csv", "ghi-chu.csv"} <= {row["path"] for row in rows}
    assert sum(row["path"].startswith("tai-lieu/") for row in rows) == Document.objects.filter(case=case).count()


def test_it_was_taken_why_and_what_stays_in_the_history(client, world, case):
    taken(client, world, case)
    event = AuditEvent.objects.filter(case_id=case.pk).latest("seq")
    assert (event.verb, event.reason, event.actor_id) == ("case.exported", REASON, world.lan.pk)
    assert len(event.facts["documents"]) == Document.objects.filter(case=case).count()


def test_what_others_keep_to_themselves_is_not_in_it(client, world, case):
    perform(WriteNote(case.pk, "Chỉ Liên minh đọc"), by=world.binh)
    perform(WriteNote(case.pk, "Mọi bên cùng đọc", "partners"), by=world.binh)
    with taken(client, world, case) as archive:
        notes = archive.read("ghi-chu.csv").decode()
    assert "Mọi bên cùng đọc" in notes
    assert "Chỉ Liên minh đọc" not in notes


def test_personal_numbers_stay_masked_and_no_cell_is_a_formula(client, world, case):
    perform(WriteNote(case.pk, '=HYPERLINK("http://x.invalid")'), by=world.lan)
    with taken(client, world, case) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist() if not name.startswith("tai-lieu/"))
        notes = archive.read("ghi-chu.csv").decode()
    assert b"900000001" not in everything
    assert "'=HYPERLINK" in notes


@pytest.mark.parametrize("who", ["binh", "van", "ngan", "stranger"])
def test_others_take_nothing(world, case, who):
    with pytest.raises(PermissionDenied):
        perform(ExportCase(case.pk, REASON), by=getattr(world, who))


def test_without_a_reason_nothing_is_taken(client, world, case):
    client.force_login(world.lan)
    before = AuditEvent.objects.count()
    assert client.post(reverse("cases:export", args=[case.code]), {"reason": ""}).status_code == 200
    assert AuditEvent.objects.count() == before
