"""A pack of the product's own making is verified by the stand-alone file, elsewhere and without anything of ours."""

import json
import subprocess
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command

from casework.audit import chain, sealing
from tests.history import event_data, walk_to_the_end


@pytest.fixture
def finished(committed_world):
    """A case walked to its end and sealed, with another one beside it."""
    world = committed_world
    case = walk_to_the_end(world, world.open_case())
    other = world.open_case("cuc", "HTX Bưởi")
    world.finish(world.task(other))
    sealing.seal()
    world.finish(world.task(other))
    return case, other


def pack_of(path, *arguments):
    call_command("audit", "pack", *arguments, "--out", str(path))
    return path


def run_verifier(pack, folder, *arguments):
    """As an inspector would: the file out of the pack, in another folder, isolated from our packages."""
    with zipfile.ZipFile(pack) as archive:
        program = archive.extract("verify.py", folder)
    command = [sys.executable, "-I", "-S", program, str(pack), "--language", "en", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_a_case_is_verified_elsewhere(finished, tmp_path, capsys):
    case, _other = finished
    pack = pack_of(tmp_path / "pack.zip", "--case", case.code)

    done = run_verifier(pack, tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(pack) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        lines = archive.read("events.jsonl").decode().splitlines()
        assert set(archive.namelist()) == {*manifest["files"], "manifest.json", "verify.py"}
        page = archive.read("history.html").decode()
        assert "HTX Bưởi" not in page
        assert sealing.newest().code in page
        assert 'class="qr"' in page
        assert case.code in archive.read("README-vi.txt").decode()
    assert manifest["events"] == len(lines) > 30
    assert {json.loads(json.loads(line)["canon"])["chain"] for line in lines} == {f"case:{case.pk}"}


def test_everything_is_verified_elsewhere(finished, tmp_path):
    pack = pack_of(tmp_path / "pack.zip", "--all")

    done = run_verifier(pack, tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def test_what_was_kept_is_compared(finished, tmp_path, capsys):
    """The first checkpoint is kept; many events later the pack proves that it grew from it."""
    case, other = finished
    kept = tmp_path / "kept.jsonl"
    for _ in range(3):
        chain.append("test:1", event_data())
        sealing.seal()
    capsys.readouterr()
    call_command("audit", "checkpoint")
    kept.write_text(capsys.readouterr().out)
    for _ in range(700):
        chain.append("test:2", event_data())
        chain.append(f"case:{other.pk}", event_data(case=other.pk))
    pack = pack_of(tmp_path / "pack.zip", "--case", case.code, "--kept", str(kept))

    done = run_verifier(pack, tmp_path, "--kept", str(kept))

    assert done.returncode == 0, done.stdout + done.stderr


def test_one_changed_letter_is_found_with_its_place(finished, tmp_path):
    case, _other = finished
    pack = pack_of(tmp_path / "pack.zip", "--case", case.code)
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(pack) as archive, zipfile.ZipFile(forged, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "events.jsonl":
                lines = content.split(b"\n")
                lines[4] = lines[4].replace(b'\\"verb\\":\\"', b'\\"verb\\":\\"x')
                assert b"\n".join(lines) != content
                content = b"\n".join(lines)
            copy.writestr(name, content)

    done = run_verifier(forged, tmp_path)

    assert done.returncode == 1
    assert f"case:{case.pk}" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["pack", "--out", "x.zip"],
        ["pack", "--case", "KH-1999-000001", "--out", "x.zip"],
        ["pack", "--all", "--out", "/nowhere/at/all/x.zip"],
        ["restored", "--reason", "x"],
        ["restored", "--reason", "x", "--kept", "/nowhere"],
    ],
)
def test_arguments_that_cannot_be_used_are_told(committed_world, arguments):
    with pytest.raises(CommandError) as refused:
        call_command("audit", *arguments)
    assert refused.value.returncode == 2
