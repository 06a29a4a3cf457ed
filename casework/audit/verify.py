"""Verifies a pack of history, trusting nobody: python3 verify.py PACK [--key KEY] [--kept FILE …] [--receipt CODE …]

One file, Python 3.8 or newer, the standard library alone; no network, no database. Exit 0: everything fits; 1:
something does not, each place is named; 2: nothing could be checked. The format: docs/concepts/verifier.md.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import re
import sys
import unicodedata
import zipfile
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FORMAT = "dong-hanh-pack/1"
PURPOSE = b"dong-hanh checkpoint\n"
NOT_NAMED = {"manifest.json", "verify.py"}
CHECKED = {
    "events.jsonl",
    "blocks.jsonl",
    "checkpoints.jsonl",
    "keys.json",
    "lost.jsonl",
    "documents.jsonl",
    "vault.jsonl",
}
FOR_READING = {"history.html", "history.pdf", "README-vi.txt", "README-en.txt"}
KINDS = {"checkpoint": None, "rotation": "next_key", "restore": "lost"}  # and what only such a checkpoint says
LATE = timedelta(minutes=15)  # an event may be sealed later than it was written by the length of a transaction
LONGEST_LINE = 64 << 20
SMALL = 64 << 20  # bytes of a file that is read at once
PIECE = 1 << 20
LEEWAY = 1 << 16  # bytes more than the manifest says: what was changed can still be named by line
SEAL = 71  # bytes at the end of the zip: "sha256:" and the hash of what stands before, as hex
MOST_TOLD = 1000
LONGEST_SENTENCE = 1000
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class NothingChecked(Exception):
    """There is no pack here that could be checked; the argument is the name of a sentence."""


# ── Ed25519, RFC 8032 section 5.1.7 ─────────────────────────────────────────────────────────────────────

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _point(text):
    """The point that 32 bytes stand for, in extended coordinates; None when they stand for none."""
    number = int.from_bytes(text, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _sum(one, other):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _sum(result, point)
        point, number = _sum(point, point), number >> 1
    return result


def _same(one, other):
    return not (one[0] * other[2] - other[0] * one[2]) % P and not (one[1] * other[2] - other[1] * one[2]) % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
NEUTRAL = (0, 1, 1, 0)


def is_signed(public, message, signature):
    """Whether the holder of a public key (32 bytes) signed a message; keys of small order sign nothing."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, point = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or point is None or scalar >= L or _same(_times(8, key), NEUTRAL):
        return False
    told = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return _same(_times(scalar, BASE), _sum(point, _times(told, key)))


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────


class Pack:
    """A zip or a folder. Every file is hashed while it is read; nothing is unpacked."""

    def __init__(self, path):
        self.path = Path(path)
        self.archive, self.whole_zip = None, True
        if self.path.is_dir():
            self.names = {p.relative_to(path).as_posix() for p in self.path.rglob("*") if p.is_file()}
            return
        try:
            self.archive = zipfile.ZipFile(self.path)
        except BROKEN:
            raise NothingChecked("no_pack") from None
        listed = self.archive.namelist()
        self.names = {name for name in listed if not name.endswith("/")}
        if len(listed) != len(set(listed)):
            raise NothingChecked("twice_in_zip")
        self.whole_zip = self._is_whole()

    def _is_whole(self):
        """Whether the zip ends with the hash of all its other bytes, the headers included."""
        left = self.path.stat().st_size - SEAL
        digest = hashlib.sha256()
        with self.path.open("rb") as file:
            while left > 0:
                piece = file.read(min(PIECE, left))
                if not piece:
                    break
                digest.update(piece)
                left -= len(piece)
            return file.read() == b"sha256:" + digest.hexdigest().encode("ascii")

    def pieces(self, name):
        """The bytes of a file, a megabyte at a time. Raises what a broken zip raises."""
        opened = self.archive.open(name) if self.archive else (self.path / name).open("rb")
        with opened as file:
            while True:
                piece = file.read(PIECE)
                if not piece:
                    return
                yield piece

    def whole(self, name):
        """A small file at once."""
        content = b""
        for piece in self.pieces(name):
            content += piece
            if len(content) > SMALL:
                raise ValueError("too large")
        return content


# Not every Python has zlib; without it a packed file is refused when it is opened.
_INFLATING = (__import__("zlib").error,) if find_spec("zlib") else ()
BROKEN: tuple = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    RecursionError,
    zipfile.BadZipFile,
    *_INFLATING,
)


def told_once(pairs):
    """For JSON: an object in which no key stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(text):
    raise ValueError(text)


# Made once: a million events make and read a million texts. No pack holds fractions.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode
_scan = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).raw_decode
_decode_once = json.JSONDecoder(object_pairs_hook=told_once, parse_float=_refuse, parse_constant=_refuse).decode
_is_hex = re.compile("[0-9a-f]{64}").fullmatch
_is_moment = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z").fullmatch
_day = lru_cache(1 << 12)(date.fromisoformat)


def _decode(text):
    """JSON without spaces around it: for a million lines this is faster than `decode`. Raises ValueError."""
    value, end = _scan(text)
    return value if end == len(text) else _refuse(text)


def canonical(data):
    """The canonical text of JSON data, after RFC 8785 for data without fractions."""
    return _encode(data)


def is_hash(text):
    """Whether a text is a SHA-256 in hex."""
    return isinstance(text, str) and _is_hex(text) is not None


def _bytes(text):
    """The bytes of a SHA-256 in hex; `fromhex` alone lets spaces pass. Raises ValueError, TypeError."""
    found = bytes.fromhex(text)
    return found if len(found) == 32 and found.hex() == text else _refuse(text)


def is_number(value):
    """Whether a value is a whole number from 0 on."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def key_id(public):
    """The name of a key."""
    return hashlib.sha256(public).hexdigest()[:16]


def code_number(typed):
    """A receipt as somebody typed it, as a number of 60 bits; None when it is none."""
    letters = typed.upper().translate(str.maketrans("OIL", "011"))
    letters = re.sub(r"[\s\-]", "", letters)
    if len(letters) != 12 or set(letters) - set(LETTERS):
        return None
    number = 0
    for letter in letters:
        number = number * 32 + LETTERS.index(letter)
    return number


def check_moment(text):
    """Refuse what is no time of the form 2026-11-24T01:02:03.000004Z. Raises ValueError, TypeError."""
    if not _is_moment(text):
        raise ValueError(text)
    _day(text[:10])


def moment(text):
    """Such a time."""
    return datetime.fromisoformat(text[:26])


# ── Checking ────────────────────────────────────────────────────────────────────────────────────────────


class Verifier:
    """One run over one pack. What it finds stands in `problems`, `lost` and `not_checked`."""

    def __init__(self, pack, keys=(), kept=(), receipts=()):
        self.pack, self.keys_given, self.kept = pack, list(keys), list(kept)
        self.receipts = dict(receipts)
        self.problems, self.lost, self.not_checked = [], [], []
        self.more_problems = 0
        self.events = self.unsealed = 0
        self.checkpoints, self.public, self.hashed, self.document_rows = [], {}, set(), []
        self.signers: list = []  # names of the keys that signed in turn
        self.waiting: tuple | None = None  # from when to when the events are that are not sealed
        self.has_blocks = False
        self.documents, self.vault, self.roots = {}, defaultdict(list), {}

    def tell(self, code, where="", number="", **more):
        """One problem: its code, the chain or file, the number in it."""
        if len(self.problems) >= MOST_TOLD:
            self.more_problems += 1
        else:
            self.problems.append({"code": code, "where": where, "number": number, **more})

    def skip(self, code, **more):
        """One thing that was not checked."""
        self.not_checked.append({"code": code, **more})

    def run(self):
        """Check everything. Raises NothingChecked."""
        self.manifest = self._manifest()
        self._read_keys()
        self._read_checkpoints()
        self._check_kept_signatures()
        self.document_rows = list(self._rows("documents.jsonl"))
        for row in self.document_rows:
            if isinstance(row.get("sha256"), str):
                self.documents[row["sha256"]] = []
        for number, row in enumerate(self._rows("vault.jsonl"), 1):
            if isinstance(row.get("chain"), str) and is_number(row.get("seq")):
                self.vault[(row["chain"], row["seq"])].append(row)
            else:
                self.tell("line_unreadable", "vault.jsonl", number)
        self._events_and_tree()
        self._check_kept()
        self._check_documents()
        self._check_lost()
        self._check_files()
        if not self.pack.whole_zip:
            self.tell("zip", self.pack.path.name)
        self._check_the_rest()

    # ── The manifest and its files ──────────────────────────────────────────────────────────────────────

    def _manifest(self):
        if "manifest.json" not in self.pack.names:
            raise NothingChecked("no_pack")
        try:
            told = _decode_once(self.pack.whole("manifest.json").decode("utf-8"))
            files, fmt = told["files"], told["format"]
            if fmt != FORMAT or not isinstance(files, dict):
                raise NothingChecked("foreign")
            self.files = {name: (one["sha256"], one["bytes"]) for name, one in files.items()}
            if not all(is_number(size) for _hash, size in self.files.values()):
                raise NothingChecked("foreign")
        except (*BROKEN, KeyError, TypeError):
            raise NothingChecked("foreign") from None
        for name in sorted(self.pack.names - set(self.files) - NOT_NAMED):
            self.tell("file_extra", name)
        for name in sorted(set(self.files) - self.pack.names):
            self.tell("file_missing", name)
        for name in sorted(CHECKED):
            if name not in self.files:
                self.tell("file_missing", name)
        return told

    def _lines(self, name):
        """The lines of a file, which is hashed and compared with the manifest on the way."""
        if name not in self.pack.names or name not in self.files:
            return
        digest, size, rest = hashlib.sha256(), 0, b""
        try:
            for piece in self.pack.pieces(name):
                digest.update(piece)
                size += len(piece)
                self._refuse_more_than_told(name, size)
                lines = (rest + piece).split(b"\n")
                rest = lines.pop()
                if len(rest) > LONGEST_LINE:
                    raise ValueError("line too long")
                yield from lines
            if rest:
                yield rest
        except BROKEN:
            self.tell("file_broken", name)
            return
        finally:
            self.hashed.add(name)
        if (digest.hexdigest(), size) != self.files[name]:
            self.tell("file_differs", name)

    def _refuse_more_than_told(self, name, size):
        """A small zip can hold endless files; none is read much further than the manifest says."""
        if size > self.files[name][1] + LEEWAY:
            raise ValueError(name)

    def _rows(self, name):
        """The objects of a file of JSON lines; a line that is none is told."""
        decode = _decode if name == "events.jsonl" else _decode_once
        for number, line in enumerate(self._lines(name), 1):
            try:
                row = decode(line.decode("utf-8"))
            except (ValueError, RecursionError):
                row = None
            if isinstance(row, dict):
                yield row
            else:
                self.tell("line_unreadable", name, number)

    def _check_files(self):
        """What was not read line by line: documents, the readable history, this text."""
        for name in sorted(set(self.files) & self.pack.names - set(self.hashed)):
            digest, size = hashlib.sha256(), 0
            try:
                for piece in self.pack.pieces(name):
                    digest.update(piece)
                    size += len(piece)
                    self._refuse_more_than_told(name, size)
            except BROKEN:
                self.tell("file_broken", name)
                continue
            if (digest.hexdigest(), size) != self.files[name]:
                self.tell("file_differs", name)

    # ── Keys and checkpoints ────────────────────────────────────────────────────────────────────────────

    def _read_keys(self):
        try:
            rows = _decode_once(b"\n".join(self._lines("keys.json")).decode("utf-8"))
            for row in rows:
                public = bytes.fromhex(row["public"])
                if key_id(public) != row["id"]:
                    self.tell("key_id", "keys.json", row["id"])
                self.public[key_id(public)] = public
            self.first_key = key_id(bytes.fromhex(rows[0]["public"]))
        except (*BROKEN, LookupError, TypeError):
            self.tell("line_unreadable", "keys.json", 1)
            self.first_key = ""
        self.signers.append(self.first_key)

    def _read_checkpoints(self):
        for row in self._rows("checkpoints.jsonl"):
            one = self._checkpoint(row)
            if one:
                self.checkpoints.append(one)
        if not self.checkpoints:
            raise NothingChecked("no_checkpoint")
        before, turn = None, ""
        for one in self.checkpoints:
            self._check_signatures(one, self.signers[-1])
            if one["origin"] != self.manifest.get("origin"):
                self.tell("origin", "checkpoint", one["number"])
            self._check_order(one, before)
            if one.get("turn", turn) != turn:
                self.tell("checkpoint_left_out", "checkpoint", one["number"])
            if "next_key" in one:
                self.signers.append(key_id(bytes.fromhex(one["next_key"])))
            turn = one["digest"] if one["kind"] != "checkpoint" else one.get("turn", turn)
            before = one
        self._check_keys()

    def _check_keys(self):
        """A key that is named counts only when it signed: anybody can write a well-known key into a file."""
        for named in self.public:
            if named not in self.signers:
                self.tell("key_idle", "keys.json", named)
        if not self.keys_given:
            self.skip("key", key=self.first_key)
        for given in self.keys_given:
            if given not in self.signers:
                self.tell("key_foreign", "keys.json", given)

    def _check_order(self, one, before):
        """Numbers, links, sizes and times of checkpoints that follow each other in the pack."""
        number = one["number"]
        if before is None:
            if number == 0 and one["prev"]:
                self.tell("checkpoint_prev", "checkpoint", number)
            return
        if number <= before["number"]:
            self.tell("checkpoint_order", "checkpoint", number)
        if number == before["number"] + 1 and one["prev"] != before["digest"]:
            self.tell("checkpoint_prev", "checkpoint", number)
        if one["size"] < before["size"] or one["at"] < before["at"]:
            self.tell("checkpoint_shrinks", "checkpoint", number)
        if "lost" in one and not before["size"] <= one["lost"]["from"] <= one["size"]:
            self.tell("restore_span", "checkpoint", number)

    def _checkpoint(self, row):
        """What a checkpoint says, with its signatures and the hash of its text; None when it cannot be read."""
        try:
            text = row["text"]
            told = _decode_once(text)
            good = is_hash(told["root"]) and is_number(told["size"]) and is_number(told["number"])
            good = good and (told["prev"] == "" or is_hash(told["prev"])) and isinstance(told["origin"], str)
            check_moment(told["at"])
            good = good and told["kind"] in KINDS
            good = good and [name for name in ("next_key", "lost") if name in told] == [
                name for name in (KINDS[told["kind"]],) if name
            ]
            good = good and (told["prev"] != "" or told["number"] == 0 or told["kind"] == "restore")
            if "next_key" in told:
                good = good and is_hash(told["next_key"])
            if "lost" in told:
                good = good and is_number(told["lost"]["size"]) and is_number(told["lost"]["from"])
                good = good and is_hash(told["lost"]["checkpoint"])
            if not good or canonical(told) != text:
                raise ValueError  # noqa: TRY301 (told in one place)
            digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
            return {**told, "text": text, "digest": digest, "signatures": list(row["signatures"])}
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            self.tell("checkpoint_unreadable", "checkpoint", "")
            return None

    def _check_signatures(self, one, signing):
        """The key in use must have signed; a change of the key is signed by both."""
        wanted = [signing]
        if "next_key" in one:
            public = bytes.fromhex(one["next_key"])
            self.public.setdefault(key_id(public), public)
            wanted.append(key_id(public))
        if one.get("key") != signing:
            self.tell("key_unknown", "checkpoint", one["number"])
        for key in wanted:
            if not self._signed(one, key):
                self.tell("signature", "checkpoint", one["number"])

    def _signed(self, one, key):
        public = self.public.get(key)
        message = PURPOSE + one["text"].encode("utf-8")
        for each in one["signatures"]:
            try:
                if public and each["key"] == key and is_signed(public, message, bytes.fromhex(each["signature"])):
                    return True
            except (LookupError, TypeError, ValueError, AttributeError):
                pass
        return False

    # ── Events and the tree ─────────────────────────────────────────────────────────────────────────────

    def _events_and_tree(self):
        tree, chains = Tree(self), {}  # type: ignore[var-annotated]
        bounds = [(one["size"], one["at"]) for one in self.checkpoints]
        tree.blocks = self._blocks()
        tree.next_block()
        for number, row in enumerate(self._rows("events.jsonl"), 1):
            self.events += 1
            read = self._event(row, number, chains)
            if read is not None:
                self._place(tree, bounds, *read)
        tree.close()
        if not self.events:
            raise NothingChecked("no_events")
        if self.manifest.get("events") != self.events:
            self.tell("event_count", "events.jsonl", self.events)
        self.roots = tree.roots
        self._check_roots(tree)

    def _place(self, tree, bounds, chain, seq, at, digest, leaf):
        """One event in the tree, or among those that wait."""
        if leaf is None:
            self.unsealed += 1
            self.waiting = (min(at, self.waiting[0]), max(at, self.waiting[1])) if self.waiting else (at, at)
            tree.close()
            newest = self.checkpoints[-1]["at"]
            if at < newest and moment(at) < moment(newest) - LATE:
                self.tell("event_old", chain, seq)
            return
        if not is_number(leaf):
            self.tell("event_unreadable", chain, seq)
            return
        tree.add_leaf(leaf, digest, chain, seq)
        while len(bounds) > 1 and bounds[1][0] <= leaf:
            bounds.pop(0)
        self._check_time(bounds, leaf, at, chain, seq)

    def _check_roots(self, tree):
        for one in self.checkpoints:
            if one["size"] not in tree.roots:
                self.tell("tree_short", "checkpoint", one["number"])
            elif tree.roots[one["size"]] != one["root"]:
                self.tell("root", "checkpoint", one["number"])
        if tree.size > self.checkpoints[-1]["size"]:
            self.tell("tree_long", "events.jsonl", tree.size)

    def _blocks(self):
        for row in self._rows("blocks.jsonl"):
            start, size, digest = row.get("from"), row.get("size"), row.get("hash")
            fits = is_number(start) and is_number(size) and size and not size & (size - 1) and is_hash(digest)
            if not fits or start % size:
                self.tell("block", "blocks.jsonl", str(start))
                continue
            self.has_blocks = True
            yield start, size, bytes.fromhex(digest)

    def _event(self, row, number, chains):
        """Check one event by itself and against the one before it in its chain."""
        canon, told, prev = row.get("canon"), row.get("hash"), row.get("prev")
        try:
            before_hash, own_hash, encoded = _bytes(prev), _bytes(told), canon.encode("utf-8")
        except (ValueError, TypeError, AttributeError):
            self.tell("line_unreadable", "events.jsonl", number)
            return None
        text, in_form = self._text(canon)
        if text is None:
            self.tell("event_unreadable", "events.jsonl", number)
            return None
        chain, seq, at = text["chain"], text["seq"], text["at"]
        if not in_form:
            self.tell("event_form", chain, seq)
        if hashlib.sha256(before_hash + encoded).digest() != own_hash:
            self.tell("event_hash", chain, seq)
        last = chains.get(chain) or (0, hashlib.sha256(chain.encode("utf-8")).digest(), "")
        if seq != last[0] + 1:
            self.tell("event_twice" if seq <= last[0] else "event_gap", chain, seq, expected=last[0] + 1)
        if before_hash != last[1]:
            self.tell("event_prev", chain, seq)
        if at < last[2]:
            self.tell("event_time", chain, seq)
        chains[chain] = (seq, own_hash, at)
        if self.documents or self.vault or self.receipts:
            self._notice(canon, told, chain, seq, text)
        return chain, seq, at, own_hash, row.get("leaf")

    @staticmethod
    def _text(canon):
        """What a text says when it has all that an event must say and nothing else; whether it is canonical."""
        try:
            text = _decode(canon)
            check_moment(text["at"])
            text["data"].get("verb")
            text["chain"].encode("utf-8")
            in_form = _encode(text) == canon and (canon.isascii() or unicodedata.is_normalized("NFC", canon))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None, False
        return (text if is_number(text.get("seq")) and len(text) == 4 else None), in_form

    def _notice(self, canon, told, chain, seq, text):
        """What else of the pack speaks of this event: documents, opened values, receipts."""
        if '"sha256":"' in canon:
            for found in re.findall(r'"sha256":"([0-9a-f]{64})"', canon):
                if found in self.documents:
                    self.documents[found].append((chain, seq))
        for row in self.vault.pop((chain, seq), ()):
            self._check_commitment(row, text["data"], chain, seq)
        if self.receipts:
            self.receipts.pop(int(told[:16], 16) >> 4, None)

    def _check_commitment(self, row, data, chain, seq):
        try:
            told = hmac.new(bytes.fromhex(row["salt"]), canonical(row["value"]).encode("utf-8"), "sha256").hexdigest()
            rows = [one for one in data.get("changes", []) if isinstance(one, dict)]
            given = {one.get("commitment") for one in rows if one.get("field") == row["field"]}
            fact = data.get("facts", {}).get(row["field"])
            given.add(fact.get("commitment") if isinstance(fact, dict) else None)
            fits = told in given
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            fits = False
        if not fits:
            self.tell("commitment", chain, seq)

    def _check_time(self, bounds, leaf, at, chain, seq):
        """Between the checkpoint before its leaf and the one that covers it."""
        covering = bounds[1] if bounds[0][0] <= leaf and len(bounds) > 1 else bounds[0]
        if leaf < covering[0] and at > covering[1]:
            self.tell("event_young", chain, seq)
        if bounds[0][0] <= leaf and bounds[0][1] > at and moment(at) < moment(bounds[0][1]) - LATE:
            self.tell("event_old", chain, seq)

    # ── What was kept, lost, added ──────────────────────────────────────────────────────────────────────

    def _check_kept_signatures(self):
        kept = []
        for row in self.kept:
            one = self._checkpoint(row)
            if one is None:
                continue
            if not any(self._signed(one, key) for key in self.signers):
                self.tell("kept_signature", "kept", one["number"])
            if one["origin"] != self.manifest.get("origin"):
                self.tell("origin", "kept", one["number"])
            kept.append(one)
        self.kept = kept
        if not kept:
            self.skip("kept")

    def _check_kept(self):
        """Each checkpoint that was kept must be in this history, or be declared lost."""
        here = {one["number"]: one for one in self.checkpoints}
        restores = [one for one in self.checkpoints if "lost" in one]
        for kept in self.kept:
            if kept["number"] in here and here[kept["number"]]["text"] == kept["text"]:
                continue
            declared = [
                one
                for one in restores
                if one["lost"]["from"] < kept["size"] <= one["lost"]["size"] and kept["number"] < one["number"]
            ]
            if declared:
                first = declared[0]
                self.lost.append(
                    {
                        "checkpoint": kept["number"],
                        "restore": first["number"],
                        "from": first["lost"]["from"],
                        "size": kept["size"],
                        "reason": str(first.get("legal_basis", "")),
                    }
                )
            elif kept["number"] > self.checkpoints[-1]["number"]:
                self.tell("kept_newer", "kept", kept["number"])
            elif kept["number"] in here or self._contradicts(kept, here):
                self.tell("kept_missing", "kept", kept["number"])
            elif kept["size"] not in self.roots:
                self.skip("kept_size", number=kept["number"])
            elif self.roots[kept["size"]] != kept["root"]:
                self.tell("kept_missing", "kept", kept["number"])

    @staticmethod
    def _contradicts(kept, here):
        """Whether a kept checkpoint cannot stand between those of the pack; a restore is not linked to what it lost."""
        before, after = here.get(kept["number"] - 1), here.get(kept["number"] + 1)
        if before and kept["kind"] != "restore" and kept["prev"] != before["digest"]:
            return True
        if after and after["kind"] != "restore" and after["prev"] != kept["digest"]:
            return True
        return any(
            (one["number"] < kept["number"]) == (one["size"] > kept["size"])
            for one in here.values()
            if one["size"] != kept["size"]
        )

    def _check_documents(self):
        for row in self.document_rows:
            name, sha256 = row.get("file"), row.get("sha256")
            places = self.documents.get(sha256, ()) if isinstance(sha256, str) else ()
            if (row.get("chain"), row.get("seq")) not in places:
                self.tell("document_unnamed", str(row.get("name", "")), str(name or ""))
            if name is None:
                self.skip("document", name=str(row.get("name", "")), reason=str(row.get("removed", "")))
            elif not isinstance(name, str) or self.files.get(name, ("",))[0] != sha256:
                self.tell("document", str(row.get("name", "")), str(name))

        # Anybody can add a file and name it in the manifest.
        told = {row["file"] for row in self.document_rows if isinstance(row.get("file"), str)}
        for name in sorted(set(self.files) - CHECKED - FOR_READING - told - NOT_NAMED):
            self.tell("file_extra", name)

    def _check_lost(self):
        restores = {one["number"]: one["lost"] for one in self.checkpoints if "lost" in one}
        if restores:
            self.skip("lost")
        for number, row in enumerate(self._rows("lost.jsonl"), 1):
            leaf, numbers = row.get("leaf"), (row.get("leaf"), row.get("restore"), row.get("seq"))
            if (
                not all(map(is_number, numbers))
                or not isinstance(row.get("chain"), str)
                or not is_hash(row.get("hash"))
            ):
                self.tell("line_unreadable", "lost.jsonl", number)
                continue
            span = restores.get(row["restore"])
            if not span or not span["from"] <= leaf < span["size"]:
                self.tell("lost_undeclared", "lost.jsonl", number)
                continue
            self.lost.append({name: row.get(name) for name in ("chain", "seq", "leaf", "restore")})
        for one in self.checkpoints:
            if "lost" in one:
                self.lost.append(
                    {
                        "restore": one["number"],
                        "from": one["lost"]["from"],
                        "size": one["lost"]["size"],
                        "reason": str(one.get("legal_basis", "")),
                    }
                )

    def _check_the_rest(self):
        for chain, seq in self.vault:
            self.tell("commitment", str(chain), str(seq))
        for code in self.receipts.values():
            self.tell("receipt", "receipt", code)
        if self.manifest.get("whole") is True and self.has_blocks:
            self.tell("not_whole", "manifest.json")
        if self.waiting:
            self.skip("unsealed", n=self.unsealed, first=self.waiting[0], last=self.waiting[1])
        if self.has_blocks:
            self.skip("tail")
        self.skip("reading")
        self.skip("truth")


class Tree:
    """Leaves and complete subtrees from left to right; the root is known wherever a checkpoint wants it."""

    def __init__(self, verifier):
        self.verifier, self.size, self.stack, self.roots = verifier, 0, [], {}
        self.wanted = {one["size"] for one in [*verifier.checkpoints, *verifier.kept]}
        self.blocks, self.torn = iter(()), False
        self.block: tuple | None = None
        self._note()

    def next_block(self):
        self.block = next(self.blocks, None)

    def add_leaf(self, leaf, digest, chain, seq):
        """A leaf of the pack, with the blocks before it."""
        while self.block and self.block[0] < leaf:
            self._add_block()
        if leaf != self.size:
            if not self.torn:
                self.verifier.tell("tree_gap", chain, seq, leaf=leaf)
            self.torn = True
        self._push(1, hashlib.sha256(b"\0" + digest).digest())

    def close(self):
        """The blocks after the last leaf."""
        while self.block:
            self._add_block()

    def _add_block(self):
        start, size, digest = self.block or (0, 0, b"")
        if start != self.size:
            if not self.torn:
                self.verifier.tell("tree_gap", "blocks.jsonl", start, leaf=start)
            self.torn = True
        self._push(size, digest)
        self.next_block()

    def _push(self, size, digest):
        self.size += size
        while self.stack and self.stack[-1][0] == size:
            digest = hashlib.sha256(b"\1" + self.stack.pop()[1] + digest).digest()
            size *= 2
        self.stack.append((size, digest))
        if self.size in self.wanted:
            self._note()

    def _note(self):
        digest = self.stack[-1][1] if self.stack else hashlib.sha256(b"").digest()
        for _size, left in reversed(self.stack[:-1]):
            digest = hashlib.sha256(b"\1" + left + digest).digest()
        self.roots[self.size] = digest.hex()


# ── Words ───────────────────────────────────────────────────────────────────────────────────────────────

WORDS = {
    "fits": ("KHỚP: {events} sự kiện, {checkpoints} điểm kiểm tra.", "OK: {events} events, {checkpoints} checkpoints."),
    "problems": ("KHÔNG KHỚP: {n} vấn đề.", "NOT OK: {n} problems."),
    "more": ("… và {n} vấn đề nữa", "… and {n} more"),
    "lost": ("Đã mất do khôi phục, đã được khai báo:", "Lost in a restore, and declared:"),
    "lost_event": ("  {chain} số {seq} (lá {leaf})", "  {chain} number {seq} (leaf {leaf})"),
    "lost_span": ("  lá {from} đến trước {size}: {reason}", "  leaves {from} up to {size}: {reason}"),
    "skipped": ("Chưa kiểm tra được:", "Not checked:"),
    "no_pack": (
        "Không đọc được: đây không phải là gói lịch sử, hoặc tệp bị cụt.",
        "This is no pack, or a truncated one.",
    ),
    "twice_in_zip": ("Gói có hai tệp trùng tên.", "Two files of the pack have the same name."),
    "foreign": ("Gói này không thuộc định dạng dong-hanh-pack/1.", "This is no pack of the format dong-hanh-pack/1."),
    "no_checkpoint": (
        "Gói không có điểm kiểm tra nào đọc được.",
        "There is no checkpoint in this pack that can be read.",
    ),
    "no_events": ("Gói không có sự kiện nào.", "There are no events in this pack."),
    "malformed": ("Gói hỏng, không kiểm tra được: {name}", "The pack is malformed and cannot be checked: {name}"),
    "no_kept": ("không có điểm kiểm tra nào trong {name}", "there is no checkpoint in {name}"),
    "arguments": ("Không dùng được: {name}", "Cannot be used: {name}"),
    "zip": ("tệp zip đã bị sửa sau khi làm ra", "the zip itself was changed after it was made"),
    "file_extra": ("tệp không thuộc gói này", "a file that does not belong to this pack"),
    "file_missing": ("thiếu tệp", "the file is missing"),
    "file_broken": ("tệp hỏng, không đọc hết được", "the file is broken"),
    "file_differs": ("tệp khác với bản kê", "the file differs from the manifest"),
    "line_unreadable": ("dòng không đọc được", "a line cannot be read"),
    "key_id": ("tên khóa không ứng với khóa", "the name of the key does not fit the key"),
    "key_foreign": ("khóa quý vị đưa vào không có trong gói", "the key that you named does not sign this pack"),
    "key_idle": ("khóa có tên trong gói nhưng không ký gì", "a key that is named and never signed"),
    "key_unknown": ("ký bằng khóa lạ", "signed by a key that is not the one in use"),
    "signature": ("chữ ký sai", "the signature is wrong"),
    "origin": ("điểm kiểm tra của một hệ thống khác", "a checkpoint of another system"),
    "checkpoint_order": ("điểm kiểm tra sai thứ tự", "checkpoints are out of order"),
    "checkpoint_prev": ("không nối với điểm kiểm tra trước", "does not follow the checkpoint before it"),
    "checkpoint_shrinks": ("nhỏ hơn hoặc sớm hơn điểm kiểm tra trước", "is smaller or older than the one before it"),
    "checkpoint_left_out": (
        "một lần khôi phục hoặc đổi khóa trước đó đã bị lấy ra khỏi gói",
        "a restore or a change of key before it was left out of the pack",
    ),
    "restore_span": (
        "khai báo mất không khớp với cây",
        "what it says was lost does not fit the tree",
    ),
    "checkpoint_unreadable": ("điểm kiểm tra không đọc được", "a checkpoint cannot be read"),
    "event_unreadable": ("sự kiện không đọc được", "an event cannot be read"),
    "event_form": ("văn bản không ở dạng chuẩn", "the text is not in canonical form"),
    "event_hash": ("nội dung và mã băm khác nhau", "text and hash differ"),
    "event_gap": ("thiếu sự kiện, chờ số {expected}", "an event is missing, expected number {expected}"),
    "event_twice": ("số thứ tự lặp lại, chờ số {expected}", "the number stands twice, expected {expected}"),
    "event_prev": ("không nối với sự kiện trước", "does not follow the event before it"),
    "event_time": ("thời gian chạy lùi", "time runs back"),
    "event_young": ("muộn hơn điểm kiểm tra đã ký nó", "is younger than the checkpoint that covers it"),
    "event_old": (
        "cũ hơn một điểm kiểm tra không có nó: ghi lùi ngày",
        "is older than a checkpoint without it: back-dated",
    ),
    "event_count": ("số sự kiện khác với bản kê", "the number of events differs from the manifest"),
    "block": ("khối không hợp lệ", "a block is malformed"),
    "tree_gap": ("lá {leaf} thiếu hoặc thừa", "leaf {leaf}: one is missing or there are too many"),
    "tree_short": ("gói không đủ sự kiện cho điểm kiểm tra này", "the pack does not reach this checkpoint"),
    "tree_long": ("có sự kiện sau điểm kiểm tra cuối được ghi là đã ký", "leaves beyond the newest checkpoint"),
    "root": ("các sự kiện không khớp với điều đã ký", "the events hash to something else than what was signed"),
    "kept_signature": (
        "điểm kiểm tra quý vị giữ không do các khóa này ký",
        "what you kept is not signed by these keys",
    ),
    "kept_missing": (
        "điểm kiểm tra quý vị giữ không thuộc lịch sử này: lịch sử đã bị cắt hoặc viết lại",
        "the checkpoint that you kept is not part of this history: it was cut or rewritten",
    ),
    "kept_newer": (
        "điểm kiểm tra quý vị giữ mới hơn gói này: xin gói mới; nếu gói mới cũng vậy, lịch sử đã bị cắt",
        "the checkpoint that you kept is newer than this pack: ask for a new one; if that is so too, history was cut",
    ),
    "not_whole": ("gói nói là toàn bộ nhưng thiếu sự kiện", "the pack says that it is whole, but events are not in it"),
    "document": ("tệp giấy tờ khác với mã băm của nó", "a document differs from its hash"),
    "document_unnamed": ("không sự kiện nào ghi nhận giấy tờ này", "no event names this document"),
    "commitment": ("giá trị cá nhân khác với điều đã cam kết", "a personal value differs from its commitment"),
    "lost_undeclared": ("sự kiện mất không có khai báo", "a lost event that no restore declares"),
    "receipt": ("không sự kiện nào có mã biên nhận này", "no event has this receipt"),
    "skip_key": (
        "khóa ký {key} là của ai: so với vân tay quý vị đã nhận (--key)",
        "whose key {key} is: compare it with the fingerprint you were given (--key)",
    ),
    "skip_kept": (
        "lịch sử có bị viết lại toàn bộ không: cần một điểm kiểm tra quý vị giữ (--kept)",
        "whether the whole history was rewritten: that needs a checkpoint that you kept (--kept)",
    ),
    "skip_kept_size": (
        "điểm kiểm tra số {number} quý vị giữ: xin gói làm với --kept",
        "checkpoint {number} that you kept: ask for a pack made with --kept",
    ),
    "skip_unsealed": (
        "{n} sự kiện chưa được ký, từ {first} đến {last}",
        "{n} events that are not sealed yet, from {first} to {last}",
    ),
    "skip_tail": (
        "gói có bỏ bớt những sự kiện mới nhất của hồ sơ không: cần mã biên nhận (--receipt) hoặc gói toàn bộ lịch sử",
        "whether the newest events of a case were left out: that needs receipts (--receipt) or a pack of everything",
    ),
    "skip_reading": (
        "history.html, README và tên giấy tờ: chỉ để đọc, ai sửa gói cũng sửa được; lời chứng nằm trong events.jsonl",
        "history.html, README, names of documents: only for reading, easy to change; the evidence is events.jsonl",
    ),
    "skip_document": ("giấy tờ “{name}”: {reason}", "document “{name}”: {reason}"),
    "skip_lost": (
        "những sự kiện nào đã mất: chỉ số lượng được ký, tên và số là theo bản sao bên ngoài",
        "which events were lost: only how many is signed, their names are those of copies outside",
    ),
    "skip_truth": ("điều người dùng nhập có đúng không", "whether what people typed is true"),
}


def _line(problem, words):
    return f"  {problem['where']} {problem['number']}: {words[problem['code']].format(**problem)}"


def report(verifier, language):
    """The answer in words, as lines."""
    words = {code: pair[0 if language == "vi" else 1] for code, pair in WORDS.items()}
    count = len(verifier.problems) + verifier.more_problems
    yield (
        words["problems"].format(n=count)
        if count
        else words["fits"].format(events=verifier.events, checkpoints=len(verifier.checkpoints))
    )
    for one in verifier.problems:
        yield _line(one, words)
    if verifier.more_problems:
        yield "  " + words["more"].format(n=verifier.more_problems)
    if verifier.lost:
        yield words["lost"]
        for one in verifier.lost:
            yield words["lost_event" if "chain" in one else "lost_span"].format(**one)
    yield words["skipped"]
    for one in verifier.not_checked:
        yield "  " + words[f"skip_{one['code']}"].format(**one)


def as_json(verifier, nothing=""):
    """The answer for machines, in ASCII; `nothing` is the reason when nothing could be checked."""
    names = ("events", "unsealed", "problems", "more_problems", "lost", "not_checked")
    told = {name: getattr(verifier, name) for name in names} if verifier else {}
    return json.dumps({"nothing_checked": nothing, **told}, indent=1)


# ── The command ─────────────────────────────────────────────────────────────────────────────────────────


def _say(text):
    """Print a line. What a pack says may hold signs that move the cursor: a forged verdict."""
    text = "".join(letter if letter.isprintable() else "?" for letter in text[:LONGEST_SENTENCE])
    try:
        print(text)  # noqa: T201 (a program)
    except UnicodeEncodeError:
        print(_plain(text))  # noqa: T201 (a program)


def _plain(text):
    """Without accents, for consoles that have none: KHÔNG KHỚP is KHONG KHOP, not KH?NG KH?P."""
    bare = unicodedata.normalize("NFD", text).translate(str.maketrans("đĐ…“”", 'dD.""'))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return bare.encode("ascii", "replace").decode("ascii")


def _read(path):
    """The text of a file as mail programs and editors store it. Raises OSError, ValueError."""
    content = Path(path).read_bytes()
    return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def _kept(paths, words):
    found = []
    for path in paths:
        rows = [_decode_once(line) for line in _read(path).splitlines() if line.strip()]
        if not rows:
            raise ValueError(words["no_kept"].format(name=path))
        found += rows
    return found


def _key(given):
    """A fingerprint, or a file that holds one or the public key in hex. Raises OSError, ValueError, IndexError."""
    path = Path(given)
    text = (_read(path) if path.is_file() else given).strip().lower().split()[0]
    if not re.fullmatch("[0-9a-f]{16}|[0-9a-f]{64}", text):
        raise ValueError(given)
    return key_id(bytes.fromhex(text)) if len(text) == 64 else text


def main(arguments=None):
    """Verify; gives the exit code."""
    parser = argparse.ArgumentParser(prog="verify.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pack")
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--kept", action="append", default=[])
    parser.add_argument("--receipt", action="append", default=[])
    parser.add_argument("--language", choices=["vi", "en"], default="vi")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    words = {code: pair[0 if options.language == "vi" else 1] for code, pair in WORDS.items()}
    receipts = {code_number(code): code for code in options.receipt}
    try:
        keys, kept = [_key(given) for given in options.key], _kept(options.kept, words)
        if None in receipts:
            _refuse(receipts[None])
    except (OSError, ValueError, IndexError, RecursionError) as error:
        _say(words["arguments"].format(name=error))
        return 2
    return _verify(options, words, keys, kept, receipts)


def _verify(options, words, keys, kept, receipts):
    verifier, nothing, name = None, "", ""
    try:
        verifier = Verifier(Pack(options.pack), keys, kept, receipts)
        verifier.run()
    except NothingChecked as error:
        nothing = str(error)
    except Exception as error:  # noqa: BLE001 (a forger must not choose what an inspector sees)
        nothing, name = "malformed", type(error).__name__
    if options.json:
        print(as_json(verifier, nothing))  # noqa: T201 (a program)
        return 2 if nothing or verifier is None else int(bool(verifier.problems))
    if nothing or verifier is None:
        _say(words[nothing].format(name=name))
        for one in verifier.problems if verifier else ():
            _say(_line(one, words))
        return 2
    for line in report(verifier, options.language):
        _say(line)
    return int(bool(verifier.problems))


if __name__ == "__main__":
    sys.exit(main())
