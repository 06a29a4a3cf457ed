"""Documents of a case: added, opened, replaced, shown to a circle, withdrawn; each an event, each within its right."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.documents.acts import OpenDocument, ReplaceDocument, ShowDocumentTo, WithdrawDocument
from casework.documents.checklist import DOSSIER, lines_for, missing
from casework.documents.forms import keep
from casework.documents.models import Document, DocumentVersion
from casework.documents.storage import path_of
from casework.organisations.standing import standing_of
from tests.casework.documents.files import BAD, pdf, picture, word


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def case(world):
    return world.open_case()


def sent(content: bytes = b"", name: str = "Giấy chứng nhận.pdf"):
    return SimpleUploadedFile(name, content or pdf())


def add(client, case, **more):
    typed = {"type": "certificate", "file": sent(), "visibility": "own", **more}
    return client.post(reverse("documents:list", args=[case.code]), typed)


def status(client, case, version) -> int:
    """What a download answers, read to its end so that the file is closed."""
    answer = client.get(reverse("documents:download", args=[case.code, version.pk]))
    list(answer)
    return answer.status_code


def newest():
    return DocumentVersion.objects.select_related("document").latest("pk")


def on_disk(root: Path) -> int:
    return sum(1 for path in root.rglob("*") if path.is_file())


def test_a_document_is_stored_under_a_random_name_with_its_hash(world, client, case, files):
    client.force_login(world.lan)
    assert add(client, case, paper_number="12/GCN", paper_place="Tủ 2").status_code == 302
    version = newest()
    path = path_of(version.stored_name)
    assert re.fullmatch(r"[0-9a-f]{40}", path.name)
    assert path.stat().st_mode & 0o777 == 0o600
    assert (version.file_name, version.media_type, version.number) == ("Giấy chứng nhận.pdf", "application/pdf", 1)
    assert version.document.paper_number == "12/GCN"
    event = AuditEvent.objects.filter(case_id=case.pk).latest("seq")
    assert (event.verb, event.facts["sha256"]) == ("document.added", version.sha256)


@pytest.mark.parametrize("name", ["excel named word", "two gigabytes", "pdf with script", "turned name"])
def test_a_bad_file_is_told_beside_the_field_and_leaves_nothing(world, client, case, files, name):
    client.force_login(world.lan)
    file_name, make, _reason = BAD[name]
    answer = add(client, case, file=sent(make(), file_name), title="Giữ lại tên này")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Giữ lại tên này" in page
    assert 'id="id_file_error"' in page or "errorlist" in page or "error" in page
    assert not Document.objects.exists()
    assert on_disk(files) == 0


def test_a_refused_act_leaves_no_file(world, client, case, files, settings):
    settings.UPLOAD_PER_CASE = 10
    client.force_login(world.lan)
    assert add(client, case).status_code == 200
    assert on_disk(files) == 0


def test_a_person_adds_only_so_much_a_day(world, client, case, settings):
    client.force_login(world.lan)
    add(client, case)
    settings.UPLOAD_PER_DAY = newest().size + 10
    assert add(client, case).status_code == 200
    assert Document.objects.count() == 1


def test_the_same_form_sent_twice_adds_once(world, client, case, files):
    client.force_login(world.lan)
    number = "9b2e4f0a-0000-4000-8000-000000000001"
    add(client, case, request_id=number)
    add(client, case, request_id=number)
    assert Document.objects.count() == 1
    assert on_disk(files) == 1


@pytest.mark.parametrize(
    ("visibility", "who", "answer"),
    [
        ("own", "mai", 200), ("own", "hanh", 200), ("own", "binh", 404), ("own", "van", 404),
        ("partners", "binh", 200), ("partners", "van", 200), ("partners", "ngan", 404), ("partners", "cuc", 404),
        ("lender", "ngan", 404), ("lender", "phuong", 404), ("lender", "thanh", 404),
    ],
)  # fmt: skip
def test_a_document_opens_only_for_its_circle_and_each_time_is_an_event(world, client, case, visibility, who, answer):
    client.force_login(world.lan)
    add(client, case, visibility=visibility)
    before = AuditEvent.objects.filter(verb="document.opened").count()
    client.force_login(getattr(world, who))
    got = client.get(reverse("documents:download", args=[case.code, newest().pk]))
    assert got.status_code == answer
    assert AuditEvent.objects.filter(verb="document.opened").count() - before == (answer == 200)
    if answer == 200:
        assert b"".join(got.streaming_content) == pdf()
        assert got["Content-Disposition"].startswith("attachment")
        assert got["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in got["Content-Security-Policy"]


def test_what_is_sensitive_is_never_shown_to_a_lender(world, client, case):
    client.force_login(world.lan)
    assert (
        add(client, case, type="identity-card", file=sent(picture(), "a.png"), visibility="lender").status_code == 200
    )
    assert not Document.objects.exists()
    add(client, case, type="identity-card", file=sent(picture(), "a.png"), visibility="partners")
    with pytest.raises(ActionNotPossible):
        perform(ShowDocumentTo(newest().document_id, "lender"), by=world.lan)


def test_only_the_organisation_that_added_it_changes_the_circle_or_withdraws(world, client, case):
    client.force_login(world.lan)
    add(client, case, visibility="partners")
    document = newest().document
    for act in (ShowDocumentTo(document.pk, "own"), WithdrawDocument(document.pk, "x")):
        with pytest.raises(PermissionDenied):
            perform(act, by=world.binh)
    assert client.post(reverse("documents:circle", args=[case.code, document.pk]), {"visibility": "own"}).url
    assert not Document.objects.visible_to(standing_of(world.binh)).exists()
    client.post(reverse("documents:withdraw", args=[case.code, document.pk]), {"reason": "Nhầm hồ sơ"})
    with pytest.raises(ActionNotPossible):
        perform(WithdrawDocument(document.pk, "lần nữa"), by=world.lan)
    page = client.get(reverse("documents:list", args=[case.code])).content.decode()
    assert "Nhầm hồ sơ" in page


def test_a_newer_version_keeps_the_older(world, client, case):
    client.force_login(world.lan)
    add(client, case)
    first = newest()
    address = reverse("documents:replace", args=[case.code, first.document_id])
    assert client.post(address, {"file": sent(picture("JPEG"), "bản chụp.jpg")}).status_code == 302
    assert [v.number for v in first.document.versions.order_by("number")] == [1, 2]
    assert b"".join(client.get(reverse("documents:download", args=[case.code, first.pk])).streaming_content) == pdf()


def test_looking_shows_a_picture_and_is_an_event(world, client, case):
    client.force_login(world.lan)
    add(client, case)
    got = client.get(reverse("documents:preview", args=[case.code, newest().pk, 1]))
    assert got["Content-Type"] == "image/png"
    event = AuditEvent.objects.filter(verb="document.opened").latest("pk")
    assert event.facts["how"] == "preview"


def test_the_pages_of_a_document_lie_one_after_another(world, client, case):
    client.force_login(world.lan)
    add(client, case, file=sent(pdf(3)))
    address = reverse("documents:look", args=[case.code, newest().pk])
    before = AuditEvent.objects.count()
    for typed, page in (("", 1), ("2", 2), ("99", 3), ("0", 1), ("²", 1), ("-1", 1), ("9" * 40, 1)):
        shown = client.get(address, {"page": typed})
        assert (shown.context["page"], shown.context["last"]) == (page, 3)
        picture = reverse("documents:preview", args=[case.code, newest().pk, page])
        assert picture in shown.content.decode()
    assert AuditEvent.objects.count() == before
    client.force_login(world.binh)
    assert client.get(address).status_code == 404


def test_what_cannot_be_drawn_is_said_and_a_lost_file_too(world, client, case):
    client.force_login(world.lan)
    add(client, case, file=sent(word(), "a.docx"))
    assert client.get(reverse("documents:look", args=[case.code, newest().pk])).status_code == 404
    add(client, case)
    path_of(newest().stored_name).unlink()
    assert client.get(reverse("documents:look", args=[case.code, newest().pk])).context["last"] == 0
    assert client.get(reverse("documents:preview", args=[case.code, newest().pk, 1])).status_code == 404
    lost = client.get(reverse("documents:download", args=[case.code, newest().pk]))
    assert lost.url == reverse("home")


def test_an_act_without_the_right_leaves_no_file(world, client, case, files):
    client.force_login(world.lan)
    add(client, case, visibility="partners")
    client.force_login(world.thanh)
    address = reverse("documents:replace", args=[case.code, newest().document_id])
    assert client.post(address, {"file": sent()}).status_code in (403, 404)
    assert on_disk(files) == 1


def test_a_visit_that_is_no_number_is_none(world, client, case):
    client.force_login(world.lan)
    assert client.get(reverse("documents:list", args=[case.code]), {"visit": "²"}).status_code == 200


@pytest.mark.parametrize("who", ["thanh", "ngan", "van", "stranger"])
def test_others_add_and_open_nothing(world, client, case, who):
    client.force_login(world.lan)
    add(client, case)
    version, someone = newest(), getattr(world, who)
    with pytest.raises(PermissionDenied):
        perform(OpenDocument(version.pk), by=someone)
    with pytest.raises(PermissionDenied):
        perform(ReplaceDocument(version.document_id, keep(sent())), by=someone)


def test_a_document_of_the_type_ticks_its_line_of_the_checklist(world, client, case):
    client.force_login(world.lan)
    on = case.received_on
    before = missing(case, DOSSIER, on)
    add(client, case, type="charter")
    after = missing(case, DOSSIER, on)
    assert len(before) - len(after) == 1
    line = next(line for line in lines_for(case, DOSSIER, on) if line.item.code == "charter")
    assert line.there
    perform(WithdrawDocument(newest().document_id, "Bản cũ"), by=world.lan)
    assert missing(case, DOSSIER, on) == before
    assert len(missing(case, DOSSIER, on, ticked={"charter"})) == len(after)


def test_the_page_costs_the_same_for_one_and_ten_documents(world, client, case):
    client.force_login(world.lan)
    add(client, case)
    address = reverse("documents:list", args=[case.code])
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(9):
        add(client, case)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(few) == len(many) <= 30
    assert len(page.content) < 60_000


def test_the_lender_that_was_asked_opens_what_is_shown_to_it_and_nothing_else(world, client):
    case = world.open_case()
    lender = world.worker(world.advance(case, "decide_credit"))
    other = world.nga if lender == world.ngan else world.ngan
    client.force_login(world.lan)
    versions = {}
    for circle in ("own", "partners", "lender"):
        add(client, case, visibility=circle, type="other")
        versions[circle] = newest()
    client.force_login(lender)
    answers = {c: status(client, case, v) for c, v in versions.items()}
    assert answers == {"own": 404, "partners": 404, "lender": 200}
    assert AuditEvent.objects.latest("pk").actor_id == lender.pk
    assert client.get(reverse("documents:preview", args=[case.code, versions["lender"].pk, 1])).status_code == 200
    assert client.get(reverse("documents:look", args=[case.code, versions["lender"].pk])).status_code == 404
    assert client.get(reverse("documents:list", args=[case.code])).status_code == 404
    client.force_login(other)
    assert status(client, case, versions["lender"]) == 404
    perform(WithdrawDocument(versions["lender"].document_id, "Nhầm"), by=world.lan)
    client.force_login(lender)
    assert status(client, case, versions["lender"]) == 404
