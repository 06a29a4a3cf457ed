"""Makes packs without the product, to the format that docs/concepts/verifier.md tells: a second reading of it."""

import hashlib
import hmac
import json
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from casework.audit import verify

ORIGIN = "example.vn/0a1b2c3d"
START = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
NAMES = ("events", "blocks", "checkpoints", "lost", "documents", "vault")


def canonical(data):
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def key(number):
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def public(private):
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(private):
    return sha(public(private)).hex()[:16]


def root(leaves):
    """RFC 6962 section 2.1."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\0", leaves[0])
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:half]), root(leaves[half:]))


@dataclass
class History:
    """A system that acts, seals, changes keys, loses events and says so."""

    private: Ed25519PrivateKey = field(default_factory=lambda: key(1))
    events: list = field(default_factory=list)  # of dicts, in the order of their leaves; `leaf` None while they wait
    checkpoints: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    documents: list = field(default_factory=list)
    vault: list = field(default_factory=list)
    files: dict = field(default_factory=dict)
    keys: list = field(default_factory=list)
    minutes: int = 0
    reached: int = 0  # the largest size that any checkpoint ever covered

    def __post_init__(self):
        self.keys.append(self.private)

    @property
    def now(self):
        self.minutes += 1
        return (START + timedelta(minutes=self.minutes)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def act(self, chain="case:1", **data):
        before = [event for event in self.events if event["chain"] == chain]
        prev = before[-1]["hash"] if before else sha(chain.encode())
        data = {"verb": "task.completed", "channel": "page", "facts": {}, "changes": [], **data}
        canon = canonical({"at": self.now, "chain": chain, "data": data, "seq": len(before) + 1})
        event = {"chain": chain, "seq": len(before) + 1, "canon": canon, "prev": prev, "leaf": None}
        event["hash"] = sha(prev, canon.encode())
        self.events.append(event)
        return event

    def add_document(self, chain="case:1", content=b"%PDF"):
        digest = sha(content).hex()
        event = self.act(chain, facts={"sha256": digest, "title": "Điều lệ"})
        name = f"documents/{digest}.pdf"
        self.files[name] = content
        told = {"chain": chain, "seq": event["seq"], "file": name, "name": "Điều lệ", "sha256": digest}
        self.documents.append(told)
        return told

    def change_personal(self, value, chain="case:1"):
        salt = sha(value.encode(), str(len(self.events)).encode())
        commitment = hmac.new(salt, canonical(value).encode(), "sha256").hexdigest()
        event = self.act(chain, changes=[{"object": "person:1", "field": "phone", "commitment": commitment}])
        row = {"chain": chain, "seq": event["seq"], "field": "phone", "salt": salt.hex(), "value": value}
        self.vault.append(row)
        return row

    def leaves(self):
        return [event["hash"] for event in self.events if event["leaf"] is not None]

    def seal(self, kind="checkpoint", new=None, **more):
        size = len(self.leaves())
        for event in self.events[size:]:
            event["leaf"], size = size, size + 1
        last = self.checkpoints[-1] if self.checkpoints else None
        told = {
            "at": self.now,
            "key": key_id(self.private),
            "kind": kind,
            "number": more.pop("number", last["number"] + 1 if last else 0),
            "origin": ORIGIN,
            "prev": sha(last["text"].encode()).hex() if last else "",
            "root": root(self.leaves()).hex(),
            "size": size,
            "turn": self.turn(),
            **more,
            **({} if last else {"public": public(self.private).hex()}),
            **({"next_key": public(new).hex()} if new else {}),
        }
        self.checkpoints.append({**told, **self.signed(told, self.private, *([new] if new else []))})
        if new:
            self.private = new
            self.keys.append(new)
        return self.checkpoints[-1]

    def turn(self):
        """The hash of the last change of key or restore."""
        turns = [one["text"] for one in self.checkpoints if one["kind"] != "checkpoint"]
        return sha(turns[-1].encode()).hex() if turns else ""

    @staticmethod
    def signed(told, *privates):
        text = canonical(told)
        message = b"dong-hanh checkpoint\n" + text.encode()
        return {"text": text, "signatures": [{"key": key_id(p), "signature": p.sign(message).hex()} for p in privates]}

    def restore(self, back_to):
        """Go back to a checkpoint, by its place, and say what that lost."""
        newest, kept = self.checkpoints[-1], self.checkpoints[: back_to + 1]
        self.reached = max(self.reached, newest["size"])
        self.lost = [row for row in self.lost if row["restore"] in {one["number"] for one in kept}]
        start = kept[-1]["size"]
        gone = [event for event in self.events if event["leaf"] is not None and event["leaf"] >= start]
        self.events, self.checkpoints = self.events[:start], kept
        told = {"checkpoint": sha(newest["text"].encode()).hex(), "from": start, "size": self.reached}
        made = self.seal(
            "restore", number=newest["number"] + 1, lost={**told, "root": newest["root"]}, legal_basis="đĩa hỏng"
        )
        self.lost += [
            {
                "chain": e["chain"],
                "hash": e["hash"].hex(),
                "leaf": e["leaf"],
                "restore": made["number"],
                "seq": e["seq"],
            }
            for e in gone
        ]
        return newest

    # ── Packing ─────────────────────────────────────────────────────────────────────────────────────────

    def blocks(self, chains):
        mine = {event["leaf"] for event in self.events if event["chain"] in chains}
        leaves, cuts = self.leaves(), {checkpoint["size"] for checkpoint in self.checkpoints}
        start = 0
        while start < len(leaves):
            size = 1
            while (
                start % (size * 2) == 0
                and start + size * 2 <= len(leaves)
                and not any(start < cut < start + size * 2 for cut in cuts)
                and not mine & set(range(start, start + size * 2))
            ):
                size *= 2
            if start not in mine:
                yield {"from": start, "size": size, "hash": root(leaves[start : start + size]).hex()}
            start += size

    def parts(self, chains=None):
        """The files of a pack, lists of rows for those of JSON lines."""
        events = [e for e in self.events if chains is None or e["chain"] in chains]
        events.sort(key=lambda e: (e["leaf"] is None, e["leaf"] or 0, e["chain"], e["seq"]))
        rows = {
            "events": [
                {"canon": e["canon"], "hash": e["hash"].hex(), "leaf": e["leaf"], "prev": e["prev"].hex()}
                for e in events
            ],
            "blocks": [] if chains is None else list(self.blocks(chains)),
            "checkpoints": [{"text": c["text"], "signatures": c["signatures"]} for c in self.checkpoints],
            "lost": [row for row in self.lost if chains is None or row["chain"] in chains],
            "documents": [row for row in self.documents if chains is None or row["chain"] in chains],
            "vault": [row for row in self.vault if chains is None or row["chain"] in chains],
            "keys": [{"id": key_id(one), "public": public(one).hex()} for one in self.keys],
            "files": {**self.files, "history.html": b"<p>"} if chains is None else {"history.html": b"<p>"},
        }
        if chains is not None:
            rows["files"] |= {row["file"]: self.files[row["file"]] for row in rows["documents"] if row["file"]}
        return rows


def files_of(parts):
    """The bytes of each file but the manifest."""
    files = {f"{name}.jsonl": b"".join(line(row) for row in parts[name]) for name in NAMES}
    return {**files, "keys.json": line(parts["keys"]), **parts["files"]}


def line(row):
    return (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n").encode()


def manifest_of(files, **more):
    told = {name: {"sha256": sha(content).hex(), "bytes": len(content)} for name, content in files.items()}
    events = files.get("events.jsonl", b"").count(b"\n")
    return {"format": "dong-hanh-pack/1", "origin": ORIGIN, "events": events, "whole": False, "files": told, **more}


def zipped(path, files, manifest=None):
    """Write the zip, with the hash at its end."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"sha256:" + b"0" * 64
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
        archive.writestr(zipfile.ZipInfo("manifest.json"), json.dumps(manifest or manifest_of(files)))
        archive.writestr(zipfile.ZipInfo("verify.py"), "")
    seal(path)
    return path


def seal(path):
    content = path.read_bytes()[:-71]
    path.write_bytes(content + b"sha256:" + sha(content).hex().encode())


def lived():
    """A history with two keys, a restore, a document, an opened value, other cases between, one event that waits."""
    made = History()
    for number in range(12):
        made.act("case:1" if number % 3 else f"case:{2 + number % 2}")
    made.seal()
    made.add_document()
    made.change_personal("0900 000 001")
    made.seal("rotation", new=key(2))
    made.act()
    made.seal()
    for number in range(5):
        made.act(f"case:{1 + number % 2}")
    made.seal()
    made.restore(2)
    made.seal()
    for number in range(5):
        made.act(f"case:{1 + number % 2}")
    made.seal()
    made.act()
    return made


# ── Verifying ───────────────────────────────────────────────────────────────────────────────────────────


def check(path, **more):
    run = verify.Verifier(verify.Pack(path), **more)
    run.run()
    return run


def codes(path, **more):
    return {problem["code"] for problem in check(path, **more).problems}


def row(checkpoint):
    return {"text": checkpoint["text"], "signatures": checkpoint["signatures"]}
