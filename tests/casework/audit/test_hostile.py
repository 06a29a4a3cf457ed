"""Packs made to break the verifier or to make the screen lie."""

import ast
import contextlib
import copy
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.audit import verify
from tests.casework.audit import packs
from tests.casework.audit.packs import History, check, files_of, key, manifest_of, zipped

PARTS = packs.lived().parts({"case:1"})


@pytest.fixture
def parts():
    return copy.deepcopy(PARTS)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "pack.zip"


# ── What a pack makes the screen show ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("signs", ["\x1b[2J\x1b[HOK: 9 events", "\r\nOK: 9 events", "\x9b2J", "\u202eKO", "\u2028OK"])
def test_a_pack_cannot_draw_its_own_verdict(parts, path, signs, capsys):
    parts["documents"][0].update(file=None, removed=signs)
    parts["events"][-1]["canon"] = parts["events"][-1]["canon"].replace("case:1", "case:1" + json.dumps(signs)[1:-1])
    zipped(path, files_of(parts))

    for arguments in ([], ["--language", "en"], ["--json"]):
        assert verify.main([str(path), *arguments]) == 1
        told = capsys.readouterr().out
        assert all(letter.isprintable() for letter in told.replace("\n", ""))
        assert not any(line.startswith("OK") for line in told.splitlines())


def test_a_console_without_accents_is_readable(parts, path, capsys, monkeypatch):
    class Narrow:
        def write(self, text):
            told.append(text.encode("ascii").decode())

        def flush(self):
            pass

    told = []
    parts["events"].pop(3)
    zipped(path, files_of(parts))
    monkeypatch.setattr("sys.stdout", Narrow())

    assert verify.main([str(path)]) == 1
    assert "".join(told).startswith("KHONG KHOP: ")


def test_machines_get_an_answer_too_when_nothing_was_checked(path, capsys):
    path.write_bytes(b"PK")

    assert verify.main([str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out) == {"nothing_checked": "no_pack"}


# ── Files made to break it ──────────────────────────────────────────────────────────────────────────────


def nested(depth):
    return json.loads("[" * depth + "]" * depth)


VALUES = st.one_of(
    st.sampled_from([None, True, -1, 0, 10**30, 1.5, "", "\ud800", "e\u0301", [], {}, [[]], {"a": []}, "0" * 64]),
    st.sampled_from(["2026-11-24T01:02:03+010203Z", "2026-11-24T01:02:03,000001Z"]),
    st.text(max_size=5),
    st.integers(100, 900).map(nested),
)


def places(value, before=()):
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inside:
        yield (*before, name)
        yield from places(part, (*before, name))


def put_at(value, place, new):
    for name in place[:-1]:
        value = value[name]
    value[place[-1]] = new


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_value_anywhere_breaks_it(tmp_path, data):
    parts, name = copy.deepcopy(PARTS), data.draw(st.sampled_from([*packs.NAMES, "keys"]))
    put_at(parts[name], data.draw(st.sampled_from(list(places(parts[name])))), data.draw(VALUES))
    path = packs.zipped(tmp_path / "pack.zip", files_in_ascii(parts))

    try:
        run = check(path)
    except verify.NothingChecked:
        return
    assert list(verify.report(run, "vi"))
    assert json.loads(verify.as_json(run))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_signed_text_breaks_it(tmp_path, data):
    """The signer herself is the forger."""
    parts = copy.deepcopy(PARTS)
    number = data.draw(st.integers(0, len(parts["checkpoints"]) - 1))
    told = json.loads(parts["checkpoints"][number]["text"])
    put_at(told, data.draw(st.sampled_from(list(places(told)))), data.draw(VALUES))
    try:
        parts["checkpoints"][number] = History.signed(told, key(1), key(2))
    except UnicodeEncodeError:
        return

    run = check(packs.zipped(tmp_path / "pack.zip", files_in_ascii(parts)))

    assert list(verify.report(run, "en"))


def files_in_ascii(parts):
    """As `files_of`, for letters too that UTF-8 has not."""
    rows = {f"{name}.jsonl": "".join(json.dumps(one) + "\n" for one in parts[name]).encode() for name in packs.NAMES}
    return {**rows, "keys.json": json.dumps(parts["keys"]).encode(), **parts["files"]}


def test_any_bit_of_the_directory_of_the_zip_may_turn(parts, path):
    good = zipped(path, files_of(parts)).read_bytes()
    start = good.index(b"PK\1\2")

    for place in range(start, start + 46):
        for bit in (0, 3, 6, 7):
            bad = bytearray(good)
            bad[place] ^= 1 << bit
            path.write_bytes(bytes(bad))
            with contextlib.suppress(verify.NothingChecked):
                assert check(path).problems, (place, bit)


def test_no_file_is_read_much_further_than_the_manifest_says(parts, path):
    files = files_of(parts)
    manifest = manifest_of(files)
    endless = {**files, "history.html": bytes(50 << 20), "vault.jsonl": b"\n" * (30 << 20)}

    run = check(zipped(path, endless, manifest))

    found = {(problem["code"], problem["where"]) for problem in run.problems}
    assert {("file_broken", "history.html"), ("file_broken", "vault.jsonl")} <= found
    assert run.more_problems == 0


def test_two_files_of_one_name_are_refused(parts, path, capsys):
    zipped(path, files_of(parts))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("events.jsonl", b"")

    assert verify.main([str(path)]) == 2


def test_what_nobody_thought_of_is_no_verdict(parts, path, capsys, monkeypatch):
    monkeypatch.setattr(verify.Verifier, "_check_lost", lambda self: {}[self])

    assert verify.main([str(zipped(path, files_of(parts))), "--language", "en"]) == 2
    assert "malformed" in capsys.readouterr().out


def test_it_is_written_for_python_3_8():
    ast.parse(Path(verify.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))
