"""A database that lived: its key was changed, a backup was put back. The stand-alone file verifies its packs."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from casework.audit import chain, sealing, verify
from tests.casework.audit.packs import codes, manifest_of, zipped
from tests.history import event_data
from tests.owner import run_outside


def write(count, name="test:1"):
    for _ in range(count):
        chain.append(name, event_data())


def back_up(database, copy):
    connection.close()
    run_outside(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{database}"')


def put_back(database, copy):
    connection.close()
    run_outside(
        f'DROP DATABASE "{database}"',
        f'CREATE DATABASE "{database}" TEMPLATE "{copy}"',
        f'DROP DATABASE "{copy}"',
    )


@pytest.fixture
def lost(committed_world, settings, tmp_path):
    """The checkpoint that the backup did not have."""
    write(3)
    sealing.seal()
    call_command("audit", "rotate", new=tmp_path / "new.pem")
    settings.AUDIT_KEY = tmp_path / "new.pem"
    write(2)
    sealing.seal()
    write(1)  # waits in the backup
    database = connection.settings_dict["NAME"]
    back_up(database, f"{database}_backup")
    write(4)
    gone = sealing.seal()
    put_back(database, f"{database}_backup")
    write(1)
    call_command("audit", "restored", reason="Disk of the server broke")
    write(2)
    sealing.seal()
    return gone


@pytest.fixture
def pack(committed_world, lost, tmp_path):
    case = committed_world.open_case()
    for arguments in (["--case", case.code], ["--all"]):
        call_command("audit", "pack", *arguments, "--out", str(tmp_path / f"{len(arguments)}.zip"))
    return tmp_path / "2.zip", tmp_path / "1.zip"


def test_it_fits_and_what_was_lost_is_told(pack, lost, tmp_path, capsys):
    kept = tmp_path / "kept.jsonl"
    kept.write_text(lost.line())

    for path in pack:
        assert verify.main([str(path), "--language", "en", "--kept", str(kept)]) == 0, capsys.readouterr().out
        assert "Disk of the server broke" in capsys.readouterr().out
    run = verify.Verifier(verify.Pack(pack[1]))
    run.run()
    told = [one for one in run.lost if "chain" in one]
    assert [(one["chain"], one["leaf"]) for one in told][-4:] == [("test:1", lost.size - back) for back in (4, 3, 2, 1)]


def test_the_database_itself_fits(pack, capsys):
    call_command("audit", "verify")

    assert "0 problems" in capsys.readouterr().out


def test_the_restore_cannot_be_left_out(pack, tmp_path):
    whole = verify.Pack(pack[1])
    files = {name: whole.whole(name) for name in whole.names - verify.NOT_NAMED}
    rows = files["checkpoints.jsonl"].splitlines(keepends=True)
    files["checkpoints.jsonl"] = b"".join(row for row in rows if b'\\"restore\\"' not in row)
    files["lost.jsonl"] = b""
    manifest = json.loads(whole.whole("manifest.json"))
    forged = zipped(tmp_path / "forged.zip", files, manifest | {"files": manifest_of(files)["files"]})

    assert len(rows) > files["checkpoints.jsonl"].count(b"\n")
    assert "checkpoint_left_out" in codes(forged)
