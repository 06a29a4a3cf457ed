"""Forgers who make every hash fit, and checkpoints as people really keep them."""

import copy
import json

import pytest

from casework.audit import verify
from tests.casework.audit import packs
from tests.casework.audit.packs import History, check, codes, files_of, key, key_id, manifest_of, row, sha, zipped

HISTORY = packs.lived()
PARTS = HISTORY.parts({"case:1"})


@pytest.fixture
def parts():
    return copy.deepcopy(PARTS)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "pack.zip"


def untold(path, **more):
    return {one["code"] for one in check(path, **more).not_checked}


# ── Packs in which every hash fits ──────────────────────────────────────────────────────────────────────


def drop_the_restore(parts):
    parts["checkpoints"] = [one for one in parts["checkpoints"] if '"lost"' not in one["text"]]
    parts["lost"] = []


def add_a_document(parts):
    parts["files"]["documents/approval.pdf"] = b"%PDF forged"


def list_an_unnamed_document(parts):
    content = b"%PDF forged"
    parts["files"]["documents/approval.pdf"] = content
    place = {"chain": "case:1", "seq": 3}
    told = {**place, "file": "documents/approval.pdf", "name": "x", "sha256": sha(content).hex()}
    parts["documents"].append(told)


def move_the_document(parts):
    parts["documents"][0]["seq"] = 1


def untie_the_document(parts):
    parts["documents"][0]["seq"] = None


def add_an_old_event(parts):
    """It waits to be sealed, they say, though it is older than the newest checkpoint."""
    forged = History()
    forged.act("case:7", facts={"approved": True})
    parts["events"] += forged.parts()["events"]


def sign_anew(place, private, **values):
    def attack(parts):
        told = {**json.loads(parts["checkpoints"][place]["text"]), **values}
        parts["checkpoints"][place] = History.signed(told, private)

    return attack


def write_an_event(**values):
    """Another newest event, which is not sealed yet, so that no signature is in the way."""

    def attack(parts):
        told = parts["events"][-1]
        text = packs.canonical({**json.loads(told["canon"]), **values})
        told.update(canon=text, hash=sha(bytes.fromhex(told["prev"]), text.encode()).hex())

    return attack


def put(name, number, **values):
    return lambda parts: parts[name][number].update(values)


def name_the_real_key(parts):
    parts["keys"].append({"id": key_id(key(5)), "public": packs.public(key(5)).hex()})


LOST = json.loads(next(one["text"] for one in HISTORY.checkpoints if "lost" in one))["lost"]
FORGERIES = {
    "a restore left out": (drop_the_restore, "checkpoint_left_out"),
    "a restore forgotten by the next": (sign_anew(-1, key(2), turn=""), "checkpoint_left_out"),
    "a key named that never signs": (name_the_real_key, "key_idle"),
    "a file slipped in": (add_a_document, "file_extra"),
    "a document that no event names": (list_an_unnamed_document, "document_unnamed"),
    "a document moved to another event": (move_the_document, "document_unnamed"),
    "a document tied to no event": (untie_the_document, "document_unnamed"),
    "an event added, said to wait": (add_an_old_event, "event_old"),
    "a fraction": (write_an_event(data={"verb": "x", "amount": 1.5}), "event_unreadable"),
    "not a number": (write_an_event(data={"verb": "x", "amount": float("nan")}), "event_unreadable"),
    "one thing more said": (write_an_event(note="x"), "event_unreadable"),
    "a time with a zone": (write_an_event(at="2026-11-24T01:02:03+010203Z"), "event_unreadable"),
    "a time by weeks": (write_an_event(at="2026-W48-2T01:02:03.00000Z"), "event_unreadable"),
    "a hash with spaces": (put("events", -1, hash="0" * 32 + "  " + "0" * 30), "line_unreadable"),
    "a hash in capitals": (put("events", -1, hash="A" * 64), "line_unreadable"),
    "another kind of checkpoint": (sign_anew(-1, key(2), kind="other"), "checkpoint_unreadable"),
    "a checkpoint that hides a change of key": (
        sign_anew(-1, key(2), next_key=packs.public(key(3)).hex()),
        "checkpoint_unreadable",
    ),
    "a checkpoint that hides a loss": (sign_anew(-1, key(2), lost=LOST), "checkpoint_unreadable"),
    "a checkpoint without the one before it": (sign_anew(-1, key(2), prev=""), "checkpoint_unreadable"),
    "more declared lost than was": (sign_anew(3, key(2), lost={**LOST, "from": 0}), "restore_span"),
    "less declared lost than was": (sign_anew(3, key(2), lost={**LOST, "from": 99}), "restore_span"),
    "a lost event without a name": (put("lost", 0, chain=None), "line_unreadable"),
    "an opened value of no event": (put("vault", 0, chain=[]), "line_unreadable"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_in_which_all_hashes_fit_is_told(parts, path, name):
    assert codes(zipped(path, files_of(parts))) == set()
    attack, code = FORGERIES[name]

    attack(parts)

    assert code in codes(zipped(path, files_of(parts)))


def test_a_pack_that_calls_itself_whole_has_every_event(parts, path):
    files = files_of(parts)

    assert codes(zipped(path, files, manifest_of(files, whole=True))) == {"not_whole"}
    files = files_of(HISTORY.parts())
    assert codes(zipped(path, files, manifest_of(files, whole=True))) == set()


def test_a_key_counts_only_when_it_signed(path):
    """Somebody signs a history of her own and writes the well-known key beside hers."""
    forged = History(private=key(9))
    forged.act()
    forged.seal()
    parts = forged.parts()
    parts["keys"].append({"id": key_id(key(1)), "public": packs.public(key(1)).hex()})
    zipped(path, files_of(parts))

    assert "key_foreign" in codes(path, keys=[key_id(key(1))])
    kept = History()
    kept.act()
    assert "kept_signature" in codes(path, kept=[row(kept.seal())])


def test_both_keys_of_a_change_are_known(parts, path):
    zipped(path, files_of(parts))

    for number, found in ((1, set()), (2, set()), (3, {"key_foreign"})):
        assert codes(path, keys=[key_id(key(number))]) == found


def test_events_cut_off_the_end_of_a_case_are_not_found_and_that_is_said(parts, path):
    """The leaf stays, so the tree fits: only a receipt or a pack of everything shows it."""
    sealed = [event for event in parts["events"] if event["leaf"] is not None]
    cut = sealed[-1]
    parts["events"] = sealed[:-1]
    parts["blocks"].append({"from": cut["leaf"], "size": 1, "hash": sha(b"\0", bytes.fromhex(cut["hash"])).hex()})
    parts["blocks"].sort(key=lambda block: block["from"])
    zipped(path, files_of(parts))

    assert codes(path) == set()
    assert "tail" in untold(path)
    assert codes(path, receipts={int(cut["hash"][:16], 16) >> 4: "code"}) == {"receipt"}
    assert "tail" not in untold(zipped(path, files_of(HISTORY.parts())))


def test_what_is_only_for_reading_is_said(parts, path):
    parts["files"]["history.html"] = b"<p>Everything was approved."

    assert "reading" in untold(zipped(path, files_of(parts)))


def test_the_file_of_two_events_is_one_document(path):
    history = History()
    history.add_document(content=b"%PDF")
    history.add_document(content=b"%PDF")
    history.act("case:2", facts={"sha256": sha(b"%PDF").hex()})
    history.seal()

    assert codes(zipped(path, files_of(history.parts()))) == set()


# ── What somebody kept ──────────────────────────────────────────────────────────────────────────────────


def test_a_kept_checkpoint_that_the_pack_skips_must_stand_between_its_neighbours(path):
    history = History()
    for number in range(6):
        history.act(f"case:{1 + number % 2}")
        history.seal()
    told = json.loads(history.checkpoints.pop(3)["text"])
    zipped(path, files_of(history.parts({"case:1"})))

    assert codes(path, kept=[History.signed(told, key(1))]) == set()
    for change in ({"root": "0" * 64}, {"prev": "0" * 64}, {"size": 1}, {"size": 6}):
        assert codes(path, kept=[History.signed({**told, **change}, key(1))]) == {"kept_missing"}


def test_a_kept_checkpoint_of_another_system_is_told(path):
    """The same key signs two systems."""
    history = History()
    history.act()
    told = json.loads(history.seal()["text"])
    zipped(path, files_of(history.parts()))

    assert "origin" in codes(path, kept=[History.signed({**told, "origin": "training.vn/1"}, key(1))])


def test_a_checkpoint_newer_than_the_pack_is_no_rewriting(path):
    history = History()
    history.act()
    history.seal()
    zipped(path, files_of(history.parts()))
    history.act()

    assert codes(path, kept=[row(history.seal())]) == {"kept_newer"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_kept_file_is_read_as_mail_programs_store_it(parts, path, encoding, capsys):
    kept = path.with_name("kept.txt")
    kept.write_bytes(f"\r\n{json.dumps(parts['checkpoints'][0])}\r\n\r\n".encode(encoding))

    assert verify.main([str(zipped(path, files_of(parts))), "--kept", str(kept)]) == 0
    assert "--kept" not in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "\n\n", "Dear inspector,", "[" * 100_000, "\udc80"])
def test_a_kept_file_without_a_checkpoint_is_not_taken_for_one(parts, path, content, capsys):
    kept = path.with_name("kept.txt")
    kept.write_bytes(content.encode("utf-8", "surrogateescape"))

    assert verify.main([str(zipped(path, files_of(parts))), "--kept", str(kept)]) == 2
    assert verify.main([str(path), "--key", str(kept)]) == 2
    assert verify.main([str(path), "--key", "nonsense"]) == 2
