"""The stand-alone verifier: right about signatures, silent about honest packs; it names what was changed."""

import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.audit import verify
from tests.casework.audit import packs
from tests.casework.audit.packs import History, canonical, files_of, key, key_id, manifest_of, sha, zipped

# ── Signatures ──────────────────────────────────────────────────────────────────────────────────────────

# RFC 8032 section 7.1, tests 1 to 3: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
            "655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
            "b00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
            "c027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_published_signatures(public, message, signature):
    public, message, signature = map(bytes.fromhex, (public, message, signature))

    assert verify.is_signed(public, message, signature)
    assert not verify.is_signed(public, message + b"x", signature)
    for place in (0, 31, 32, 63):
        wrong = bytearray(signature)
        wrong[place] ^= 1
        assert not verify.is_signed(public, message, bytes(wrong))


def test_a_signature_with_the_order_added_and_weak_keys_are_refused():
    public, message, signature = map(bytes.fromhex, VECTORS[1])
    scalar = int.from_bytes(signature[32:], "little") + verify.L

    assert not verify.is_signed(public, message, signature[:32] + scalar.to_bytes(32, "little"))
    assert not verify.is_signed(b"\1" + bytes(31), message, b"\1" + bytes(63))  # the neutral point signs anything
    assert not verify.is_signed(bytes([0xFF] * 32), message, signature)
    assert not verify.is_signed(public[:31], message, signature)


@settings(max_examples=12, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_it_agrees_with_the_library(seed, message):
    private = Ed25519PrivateKey.from_private_bytes(seed)

    assert verify.is_signed(packs.public(private), message, private.sign(message))
    assert not verify.is_signed(packs.public(private), message + b"\0", private.sign(message))


# ── Honest packs ────────────────────────────────────────────────────────────────────────────────────────


def check(path, **more):
    run = verify.Verifier(verify.Pack(path), **more)
    run.run()
    return run


def codes(path, **more):
    return {problem["code"] for problem in check(path, **more).problems}


STEPS = st.lists(
    st.sampled_from(["act", "act", "act", "other", "seal", "rotate", "restore", "document", "personal", "shred"]),
    min_size=1,
    max_size=25,
)


def lived(steps):
    """A history that went through some steps, and the checkpoints that somebody kept on the way."""
    history, kept = History(), []
    history.act()
    history.seal()
    for number, step in enumerate(steps):
        kept += filter(None, [go(history, step, number)])
    history.seal()
    return history, kept


def go(history, step, number):
    """One step; a checkpoint when it is one to be kept."""
    match step:
        case "act" | "other":
            history.act("case:1" if step == "act" else f"case:{2 + number % 3}")
        case "seal":
            return history.seal()
        case "rotate":
            history.seal("rotation", new=key(len(history.keys) + 1))
        case "document":
            history.add_document(content=f"%PDF {number}".encode())
        case "personal":
            history.change_personal(f"0900 000 {number:03}")
        case "shred":
            history.vault[:1] = []
        case "restore":
            return restored(history)
    return None


def restored(history):
    """Back to the checkpoint before the last, unless the key was changed since."""
    if len(history.checkpoints) < 3 or any("next_key" in one for one in history.checkpoints[-2:]):
        return None
    forget_what_waits(history)
    lost = history.restore(len(history.checkpoints) - 2)
    drop_what_is_gone(history)
    return lost


def forget_what_waits(history):
    history.events = [event for event in history.events if event["leaf"] is not None]
    drop_what_is_gone(history)


def drop_what_is_gone(history):
    there = {(event["chain"], event["seq"]) for event in history.events}
    for name in ("documents", "vault"):
        setattr(history, name, [row for row in getattr(history, name) if (row["chain"], row["seq"]) in there])
    named = {row["file"] for row in history.documents}
    history.files = {name: content for name, content in history.files.items() if name in named}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_an_honest_pack_never_alarms(tmp_path, steps):
    history, kept = lived(steps)
    for chains in (None, {"case:1"}):
        rows = [{"text": one["text"], "signatures": one["signatures"]} for one in kept]
        run = check(zipped(tmp_path / "pack.zip", files_of(history.parts(chains))), kept=rows)
        assert run.problems == []


@pytest.fixture(scope="module")
def history():
    """Two keys, a restore, a document, an opened value, other cases between."""
    made = History()
    for number in range(30):
        made.act("case:1" if number % 3 else f"case:{2 + number % 2}")
    made.seal()
    made.add_document()
    made.change_personal("0900 000 001")
    made.seal("rotation", new=key(2))
    for number in range(7):
        made.act(f"case:{1 + number % 2}")
    made.seal()
    made.restore(1)
    for number in range(9):
        made.act(f"case:{1 + number % 2}")
    made.seal()
    made.act()
    return made


@pytest.fixture
def parts(history):
    return json.loads(json.dumps({**history.parts({"case:1"}), "files": None})) | {
        "files": history.parts({"case:1"})["files"]
    }


def test_what_was_not_checked_is_said(history, tmp_path, capsys):
    path = zipped(tmp_path / "pack.zip", files_of(history.parts({"case:1"})))

    assert verify.main([str(path)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("KHỚP: ")
    for words in ("Đã mất do khôi phục", "đĩa hỏng", "1 sự kiện chưa được ký", "(--key)", "(--kept)"):
        assert words in told

    assert verify.main([str(path), "--language", "en", "--key", key_id(key(1))]) == 0
    told = capsys.readouterr().out
    assert told.startswith("OK: ")
    assert "(--key)" not in told


def test_a_folder_is_as_good_as_a_zip(parts, tmp_path):
    files = files_of(parts)
    for name, content in {**files, "manifest.json": json.dumps(manifest_of(files)).encode()}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)

    assert codes(tmp_path) == set()


def test_receipts_are_found(history, parts, tmp_path, capsys):
    event = history.events[4]
    receipt = "".join(
        verify.LETTERS[int.from_bytes(event["hash"][:8], "big") >> 4 >> shift & 31] for shift in range(55, -1, -5)
    )
    path = zipped(tmp_path / "pack.zip", files_of(parts))
    assert event["chain"] == "case:1"

    assert verify.main([str(path), "--receipt", f"{receipt[:4]}-{receipt[4:8].lower()}-{receipt[8:]}"]) == 0
    assert verify.main([str(path), "--receipt", "0000-0000-0000"]) == 1
    assert "0000-0000-0000" in capsys.readouterr().out
    assert verify.main([str(path), "--receipt", "nonsense"]) == 2


# ── Attacks ─────────────────────────────────────────────────────────────────────────────────────────────


def edit(number, old, new):
    def attack(parts):
        assert old in parts["events"][number]["canon"]
        parts["events"][number]["canon"] = parts["events"][number]["canon"].replace(old, new, 1)

    return attack


def rehash(number, *, on=1):
    """Change a text and make all hashes from there on fit again, as somebody without the key can."""

    def attack(parts):
        rows = parts["events"]
        edit(number, "task.completed", "task.forgotten")(parts)
        for row in rows[number : number + on]:
            row["hash"] = sha(bytes.fromhex(row["prev"]), row["canon"].encode()).hex()
            if on > 1 and rows.index(row) + 1 < len(rows):
                rows[rows.index(row) + 1]["prev"] = row["hash"]

    return attack


def drop(name, number):
    return lambda parts: parts[name].pop(number)


def put(name, number, **values):
    return lambda parts: parts[name][number].update(values)


def sign_again(place, private, /, **values):
    """A checkpoint with another text, signed by a key."""

    def attack(parts):
        told = {**json.loads(parts["checkpoints"][place]["text"]), **values}
        parts["checkpoints"][place] = History.signed(told, private)

    return attack


def swap(parts):
    parts["events"][3], parts["events"][4] = parts["events"][4], parts["events"][3]


def double(parts):
    parts["events"].insert(4, dict(parts["events"][3]))


def spread(text):
    return json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)


def loosen(parts):
    parts["events"][3]["canon"] = spread(parts["events"][3]["canon"])


def decompose(parts):
    rehashed = parts["events"][-1]
    rehashed["canon"] = rehashed["canon"].replace("task.completed", "ta\u0302y")
    rehashed["hash"] = sha(bytes.fromhex(rehashed["prev"]), rehashed["canon"].encode()).hex()


def back_date(parts):
    row = parts["events"][-1]
    row["canon"] = row["canon"].replace("2026-11-01", "2026-10-01", 1)
    row["hash"] = sha(bytes.fromhex(row["prev"]), row["canon"].encode()).hex()


def other_file(parts):
    name = next(name for name in parts["files"] if name.startswith("documents/"))
    parts["files"][name] = b"%PDF other"


def hide_document(parts):
    parts["documents"][0].update(file=None, removed="x", sha256="0" * 64)


ATTACKS = {
    "text edited": (edit(3, "task.completed", "task.forgotten"), "event_hash", "case:1"),
    "actor edited": (edit(3, '"channel":"page"', '"channel":"pane"'), "event_hash", "case:1"),
    "number to text": (edit(3, '"seq":4', '"seq":"4"'), "event_unreadable", "events.jsonl"),
    "number to fraction": (edit(3, '"seq":4', '"seq":4.0'), "event_unreadable", "events.jsonl"),
    "chain edited": (edit(3, '"chain":"case:1"', '"chain":"case:9"'), "event_hash", "case:9"),
    "key added": (edit(3, '"changes":[]', '"changes":[],"changes":[]'), "event_form", "case:1"),
    "spaces added": (loosen, "event_form", "case:1"),
    "letters decomposed": (decompose, "event_form", "case:1"),
    "edited and rehashed": (rehash(3), "event_prev", "case:1"),
    "edited, all rehashed": (rehash(3, on=99), "root", "checkpoint"),
    "last one rehashed": (rehash(-2), "root", "checkpoint"),
    "hash edited": (put("events", 3, hash="0" * 64), "event_hash", "case:1"),
    "link edited": (put("events", 3, prev="0" * 64), "event_prev", "case:1"),
    "no hash": (put("events", 3, hash=None), "line_unreadable", "events.jsonl"),
    "deleted": (drop("events", 3), "event_gap", "case:1"),
    "first deleted": (drop("events", 0), "event_gap", "case:1"),
    "last sealed deleted": (drop("events", -2), "event_gap", "case:1"),
    "unsealed deleted": (drop("events", -1), "event_count", "events.jsonl"),
    "swapped": (swap, "event_gap", "case:1"),
    "doubled": (double, "event_twice", "case:1"),
    "moved in the tree": (put("events", 3, leaf=99), "tree_gap", None),
    "said to be unsealed": (put("events", 3, leaf=None), "tree_gap", None),
    "leaf of nonsense": (put("events", 3, leaf="x"), "event_unreadable", "case:1"),
    "sealed though it waits": (put("events", -1, leaf=48), "tree_long", "events.jsonl"),
    "back-dated": (back_date, "event_time", "case:1"),
    "block edited": (put("blocks", 2, hash="0" * 64), "root", "checkpoint"),
    "block deleted": (drop("blocks", 2), "tree_gap", "case:1"),
    "block doubled": (lambda parts: parts["blocks"].insert(2, parts["blocks"][2]), "tree_gap", None),
    "block of odd size": (put("blocks", 2, size=3), "block", "blocks.jsonl"),
    "block moved": (put("blocks", 2, **{"from": 1}), "tree_gap", None),
    "checkpoint edited": (sign_again(0, key(9), root="0" * 64), "signature", "checkpoint"),
    "checkpoint by another key": (sign_again(-1, key(9)), "signature", "checkpoint"),
    "checkpoint by the old key": (sign_again(-1, key(1)), "signature", "checkpoint"),
    "checkpoint without signature": (put("checkpoints", -1, signatures=[]), "signature", "checkpoint"),
    "change of key by one key": (
        lambda parts: parts["checkpoints"][1]["signatures"].pop(),
        "signature",
        "checkpoint",
    ),
    "change of key left out": (drop("checkpoints", 1), "key_unknown", "checkpoint"),
    "newest checkpoint deleted": (drop("checkpoints", -1), "tree_long", "events.jsonl"),
    "checkpoint signed anew, other root": (sign_again(-1, key(2), root="0" * 64), "root", "checkpoint"),
    "checkpoint signed anew, smaller": (sign_again(-1, key(2), size=3), "checkpoint_shrinks", "checkpoint"),
    "checkpoint signed anew, larger": (sign_again(-1, key(2), size=3000), "tree_short", "checkpoint"),
    "checkpoint signed anew, earlier": (
        sign_again(-1, key(2), at="2026-10-01T00:00:00.000000Z"),
        "checkpoint_shrinks",
        "checkpoint",
    ),
    "checkpoint signed anew, no link": (sign_again(-1, key(2), prev="0" * 64), "checkpoint_prev", "checkpoint"),
    "checkpoint signed anew, same number": (sign_again(-1, key(2), number=3), "checkpoint_order", "checkpoint"),
    "checkpoint of another system": (sign_again(-1, key(2), origin="x"), "origin", "checkpoint"),
    "checkpoint signed in advance": (
        sign_again(0, key(1), at="2026-11-01T01:03:00.000000Z"),
        "event_young",
        "case:1",
    ),
    "key under another name": (put("keys", 0, id="0" * 16), "key_id", "keys.json"),
    "first key exchanged": (
        put("keys", 0, id=key_id(key(9)), public=packs.public(key(9)).hex()),
        "signature",
        "checkpoint",
    ),
    "document edited": (other_file, "document", "Điều lệ"),
    "document unnamed": (hide_document, "document_unnamed", "Điều lệ"),
    "value exchanged": (put("vault", 0, value="0900 000 002"), "commitment", "case:1"),
    "salt exchanged": (put("vault", 0, salt="00" * 32), "commitment", "case:1"),
    "value of another event": (put("vault", 0, seq=1), "commitment", "case:1"),
    "loss undeclared": (put("lost", 0, restore=0), "lost_undeclared", "lost.jsonl"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_named_with_its_place(parts, tmp_path, name):
    attack, code, where = ATTACKS[name]
    attack(parts)
    events = 21 if name == "unsealed deleted" else None
    files = files_of(parts)
    manifest = manifest_of(files, **({"events": events} if events else {}))

    run = check(zipped(tmp_path / "pack.zip", files, manifest))

    found = {(problem["code"], problem["where"]) for problem in run.problems}
    assert code in {one for one, _where in found}
    assert where is None or (code, where) in found


def test_a_file_outside_the_manifest_or_missing_or_changed_is_told(parts, tmp_path):
    files = files_of(parts)
    manifest = manifest_of(files)
    path = tmp_path / "pack.zip"

    assert "file_extra" in codes(zipped(path, {**files, "more.txt": b""}, manifest))
    assert "file_differs" in codes(zipped(path, {**files, "history.html": b"<q>"}, manifest))
    del files["history.html"]
    assert "file_missing" in codes(zipped(path, files, manifest))


def test_what_somebody_kept_betrays_a_history_rewritten_with_the_real_key(history, tmp_path):
    rewritten = History()
    for number in range(30):
        rewritten.act("case:1" if number % 3 else f"case:{2 + number % 2}", facts={"lie": number})
    rewritten.seal()
    rewritten.act()
    path = zipped(tmp_path / "pack.zip", files_of(rewritten.parts({"case:1"})))
    assert codes(path) == set()  # without a copy nobody can know

    for one in (history.checkpoints[0], history.checkpoints[-1]):
        kept = [{"text": one["text"], "signatures": one["signatures"]}]
        assert codes(path, kept=kept) & {"kept_missing", "kept_signature"}


def test_a_backup_put_back_in_silence_is_betrayed(tmp_path):
    made = History()
    made.act()
    made.seal()
    made.act()
    kept = made.seal()
    made.events.pop()
    made.checkpoints.pop()
    made.act(facts={"other": True})
    made.seal()
    path = zipped(tmp_path / "pack.zip", files_of(made.parts()))

    assert codes(path) == set()
    assert codes(path, kept=[{"text": kept["text"], "signatures": kept["signatures"]}]) == {"kept_missing"}


def test_nothing_is_never_ok(parts, tmp_path, capsys):
    path = tmp_path / "pack.zip"
    good = zipped(path, files_of(parts)).read_bytes()

    for content in (b"", b"PK", good[: len(good) // 2], b"x" * 1000):
        path.write_bytes(content)
        assert verify.main([str(path)]) == 2
    assert verify.main([str(tmp_path / "nowhere.zip")]) == 2
    capsys.readouterr()
    events = good.index(b"events.jsonl") + 200
    path.write_bytes(good[:events] + b"\0" * 40 + good[events + 40 :])
    assert verify.main([str(path)]) == 2
    assert "events.jsonl" in capsys.readouterr().out  # what is broken is named all the same
    assert verify.main([str(tmp_path / "empty")]) == 2
    for name in ("events", "checkpoints"):
        assert verify.main([str(zipped(path, files_of({**parts, name: []})))]) == 2
    files = files_of(parts)
    assert verify.main([str(zipped(path, files, manifest_of(files, format="other/1")))]) == 2
    assert verify.main([str(zipped(path, files, {"a": 1}))]) == 2
    assert "Traceback" not in capsys.readouterr().out


def test_any_flipped_byte_is_found(parts, tmp_path):
    path = zipped(tmp_path / "pack.zip", files_of(parts))
    good, drawn = path.read_bytes(), random.Random(7)

    for place in [*range(40), *drawn.sample(range(len(good)), 200), *range(len(good) - 120, len(good))]:
        bad = bytearray(good)
        bad[place] ^= 1 << drawn.randrange(8)
        path.write_bytes(bytes(bad))
        assert verify.main([str(path)]) != 0, place


def test_it_runs_alone(parts, tmp_path):
    """With nothing of ours and nothing installed: `-I -S` leaves the standard library."""
    path = zipped(tmp_path / "pack.zip", files_of(parts))
    program = Path(tmp_path / "verify.py")
    program.write_bytes(Path(verify.__file__).read_bytes())

    done = subprocess.run(
        [sys.executable, "-I", "-S", program, path, "--json"], capture_output=True, text=True, cwd=tmp_path, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["problems"] == []
    assert hashlib.sha256(canonical({}).encode()).hexdigest()
