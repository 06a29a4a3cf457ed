"""Backup and restore: the whole system comes back, nothing is written over, what was lost is told and signed."""

import io
import json
import shutil
import tarfile
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from casework.acts import perform
from casework.audit import live, sealing
from casework.cases.models import Case
from casework.documents.acts import AddDocument, NewFile
from casework.documents.models import DocumentVersion
from casework.documents.storage import path_of, store
from casework.models import AuditEvent
from config.backups import archive
from tests.owner import run_outside


@pytest.fixture
def kept(committed_world, tmp_path):
    """A case with a document, sealed, and a backup of it. Databases that a restore puts aside are dropped."""
    case = committed_world.open_case(name="HTX Có Sao Lưu")
    file = NewFile(store([b"%PDF-1.4 a certificate"]), "giấy.pdf", "application/pdf")
    perform(AddDocument(case.pk, "certificate", "Giấy chứng nhận", file), by=committed_world.lan)
    committed_world.finish(committed_world.task(case))
    sealing.seal()
    call_command("backup", out=tmp_path / "b.tar", stdout=io.StringIO())
    yield committed_world, case, tmp_path / "b.tar"
    name = connection.settings_dict["NAME"]
    connection.close()
    for (aside,) in run_outside(f"SELECT datname FROM pg_database WHERE datname LIKE '{name}\\_before\\_%'"):
        run_outside(f'DROP DATABASE "{aside}"')


def restore(file, **options):
    """The command; what it said, with the end of a failure."""
    connection.close()
    out = io.StringIO()
    try:
        call_command("restore", file, stdout=out, **options)
    except CommandError as error:
        return f"{out.getvalue()}\n!{error}"
    return out.getvalue()


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("chain", "seq", "hash"))


def test_everything_comes_back_and_what_was_lost_is_told_and_signed(kept, settings, tmp_path):
    world, case, file = kept
    before, first, files = events(), sealing.newest(), {v.stored_name: v.sha256 for v in DocumentVersion.objects.all()}
    lost_case = world.open_case(name="HTX Sẽ Mất")
    world.finish(world.task(case))
    after, last = events(), sealing.seal()
    gone = set(after) - set(before)
    shutil.rmtree(settings.FILES_ROOT)

    said = restore(file, replace=True, reason="Quyết định 9/QĐ: hỏng ổ đĩa")

    assert "!" not in said
    assert Case.objects.filter(pk=case.pk).exists()
    assert not Case.objects.filter(pk=lost_case.pk).exists()
    assert set(events()) == set(before)
    assert files
    assert {name: path_of(name).is_file() for name in files} == dict.fromkeys(files, True)
    for chain in {chain for chain, _seq, _hash in gone}:
        numbers = sorted(seq for of, seq, _hash in gone if of == chain)
        assert f"lost: {chain}, events {numbers[0]}–{numbers[-1]}" in said
    assert said.count("lost:") == len({chain for chain, _seq, _hash in gone})
    signed = sealing.newest()
    assert (signed.kind, signed.told["lost"]["from"], signed.told["lost"]["size"]) == ("restore", first.size, last.size)
    assert signed.told["legal_basis"] == "Quyết định 9/QĐ: hỏng ổ đĩa"
    assert live.check().problems == []
    world.open_case(name="HTX Sau Khi Khôi Phục")
    assert sealing.seal().size > signed.size


def test_roles_and_triggers_are_what_they_were(kept):
    _world, case, file = kept

    assert "!" not in restore(file, replace=True)

    for statement in (
        "UPDATE casework_auditevent SET reason = 'x'",
        "DELETE FROM casework_auditevent",
        "TRUNCATE casework_auditevent",
        "UPDATE casework_auditcheckpoint SET size = 0",
        "ALTER TABLE casework_case DISABLE TRIGGER ALL",
    ):
        with pytest.raises(Exception, match=r"permission|must be owner|append|never"), transaction.atomic():
            connection.cursor().execute(statement)
    with pytest.raises(psycopg2.Error):
        run_outside("UPDATE casework_auditevent SET reason = 'x'", database=connection.settings_dict["NAME"])
    triggers = (
        "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
    )
    aside = run_outside(
        f"SELECT datname FROM pg_database WHERE datname LIKE '{connection.settings_dict['NAME']}\\_before\\_%'"
    )[0][0]
    restored = run_outside(triggers, database=connection.settings_dict["NAME"])
    assert restored == run_outside(triggers, database=aside)
    assert len(restored) > 10
    assert Case.objects.get(pk=case.pk).working_name == "HTX Có Sao Lưu"


def test_lost_history_without_an_answer_keeps_the_seal_closed(kept):
    world, _case, file = kept
    world.open_case()
    sealing.seal()

    said = restore(file, replace=True)

    assert "nothing is sealed until somebody answers" in said
    with pytest.raises(sealing.NotSealed):
        sealing.seal()


def test_nothing_is_written_over(kept, tmp_path):
    _world, case, file = kept

    assert "not empty" in restore(file)
    with pytest.raises(CommandError, match="never writes over"):
        call_command("backup", out=file)
    with transaction.atomic():  # somebody works
        assert Case.objects.filter(pk=case.pk).exists()
        other = psycopg2.connect(project.DATABASE_URL, dbname=connection.settings_dict["NAME"])
    assert "Stop the web and worker processes" in restore(file, replace=True)
    other.close()
    assert Case.objects.filter(pk=case.pk).exists()
    name = connection.settings_dict["NAME"]
    assert run_outside(f"SELECT 1 FROM pg_database WHERE datname = '{name}_restoring'") == []


def test_another_file_in_the_place_of_a_document_is_not_written_over(kept):
    _world, case, file = kept
    path = path_of(DocumentVersion.objects.first().stored_name)
    path.chmod(0o600)
    path.write_bytes(b"something else")

    assert "another file has the place" in restore(file, replace=True)
    assert path.read_bytes() == b"something else"
    assert Case.objects.filter(pk=case.pk).exists()


def _cut(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _cut_list(file):
    with tarfile.open(file) as tar:
        end = tar.getmember(archive.MANIFEST).offset
    file.write_bytes(file.read_bytes()[:end] + bytes(1024))


def _flip(name):
    def flip(file):
        with tarfile.open(file) as tar:
            entry = next(one for one in tar if one.name.startswith(name))
        content = bytearray(file.read_bytes())
        content[entry.offset_data + entry.size // 2] ^= 1
        file.write_bytes(content)

    return flip


def _rewritten(change):
    def rewrite(file):
        with tarfile.open(file) as tar:
            parts = [(entry.name, tar.extractfile(entry).read()) for entry in tar]
        parts[-1] = (archive.MANIFEST, json.dumps(change(json.loads(parts[-1][1]), parts)).encode())
        with tarfile.open(file, "w") as tar:
            for name, content in parts:
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))

    return rewrite


def _with_a_path(manifest, parts):
    parts.insert(0, ("files/../../evil", b"x"))
    return manifest | {"files": manifest["files"] | {"files/../../evil": {"sha256": "2d711642", "size": 1}}}


def _without_a_document(manifest, parts):
    parts.remove(next(part for part in parts if part[0].startswith(archive.FILES)))
    return manifest


BAD = {
    "cut off": (_cut, "changed|cut off|no backup"),
    "without its list": (_cut_list, "cut off"),
    "one bit of the dump": (_flip(archive.DUMP), "changed"),
    "one bit of a document": (_flip(archive.FILES), "changed"),
    "another form": (_rewritten(lambda manifest, _parts: manifest | {"format": 9}), "form"),
    "a list that is none": (_rewritten(lambda manifest, _parts: [manifest]), "cut off"),
    "a file outside": (_rewritten(_with_a_path), "changed"),
    "a document less": (_rewritten(_without_a_document), "changed"),
    "a newer version": (_rewritten(lambda m, _parts: m | {"migrations": ["casework.9999_future"]}), "newer version"),
    "other keys": (_rewritten(lambda manifest, _parts: manifest | {"field_keys": ["none"]}), "FIELD_KEYS"),
    "no backup at all": (lambda file: file.write_text("không phải bản sao lưu"), "no backup"),
    "nothing": (Path.unlink, "No such file"),
}


def test_what_is_no_backup_changes_nothing(kept, tmp_path):
    _world, case, file = kept
    for name, (spoil, sentence) in BAD.items():
        copy = shutil.copy(file, tmp_path / "bad.tar")
        spoil(copy)
        said = restore(copy, replace=True)
        assert any(word in said for word in sentence.split("|")), (name, said)
        assert "!" in said, name
        copy.unlink(missing_ok=True)
    assert Case.objects.filter(pk=case.pk).exists()
    assert run_outside("SELECT 1 FROM pg_database WHERE datname LIKE '%\\_before\\_%'") == []


def test_a_folder_keeps_the_newest(kept, tmp_path):
    folder = tmp_path / "all"
    folder.mkdir()
    for number in range(3):
        (folder / f"dong-hanh-2026010{number}-000000.tar").touch()
    (folder / "letter.txt").touch()

    call_command("backup", out=folder, keep=2, stdout=io.StringIO())

    left = sorted(path.name for path in folder.iterdir())
    assert left[0] == "dong-hanh-20260102-000000.tar"
    assert len(left) == 3
    assert archive.read(folder / left[1])["events"] > 0
    with pytest.raises(CommandError, match="needs a folder"):
        call_command("backup", out=tmp_path / "one.tar", keep=2)


def test_a_document_that_is_missing_is_told(kept, tmp_path):
    path_of(DocumentVersion.objects.first().stored_name).unlink()

    with pytest.raises(CommandError, match="1 documents are missing"):
        call_command("backup", out=tmp_path / "less.tar", stdout=io.StringIO())

    assert (tmp_path / "less.tar").exists()
