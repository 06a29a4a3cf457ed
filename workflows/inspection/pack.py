"""The pack: the history of cases with everything that proves it, for somebody who trusts neither us nor the database.

Its format is that of docs/concepts/verifier.md. The hashes of everything that is *not* in the pack close the gaps of
the tree, so one case is proven without showing another.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

from casework.audit import verify
from casework.audit.anchors import Anchors
from casework.audit.chain import plain
from casework.audit.checkpoints import Checkpoint
from casework.audit.keys import key_id
from casework.audit.models import AuditEvent
from casework.audit.sealing import subtree
from casework.audit.sessions import session
from casework.audit.tree import complete_parts
from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.documents.models import DocumentVersion
from casework.documents.storage import opened
from casework.qr import picture_of
from workflows.casefile.timeline import Entry, timeline_of

FORMAT = "dong-hanh-pack/1"
FETCH = 2000  # rows
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
_HASH_IN_TEXT = re.compile(r'"sha256":"([0-9a-f]{64})"')

_EVENTS = """
SELECT CASE WHEN l.number < %(size)s THEN l.number END AS leaf, e.chain, e.seq, e.canon, e.prev, e.hash
  FROM casework_auditevent e LEFT JOIN casework_auditleaf l ON l.event_id = e.id
 {where} ORDER BY leaf NULLS LAST, e.chain, e.seq
"""
_LEAVES = """SELECT number FROM casework_auditleaf WHERE number < %(size)s AND chain = ANY(%(chains)s)
 ORDER BY number"""
# The first, the newest, each change of key, each restore, the first of each day (they are mailed), and those named.
_CHECKPOINTS = """
SELECT number, kind, size, text, signatures FROM casework_auditcheckpoint
 WHERE number IN (SELECT min(number) FROM casework_auditcheckpoint
                  UNION SELECT max(number) FROM casework_auditcheckpoint
                  UNION SELECT min(number) FROM casework_auditcheckpoint
                         GROUP BY (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
    OR kind <> 'checkpoint' OR number = ANY(%s) ORDER BY number
"""


class NothingSealed(Exception):
    """There is no checkpoint yet, so there is nothing that a pack could prove."""


@dataclass
class _Files:
    """The files of the zip, each written once and hashed on the way."""

    archive: zipfile.ZipFile
    told: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self.archive.open(name, "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        self.told[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def add_lines(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        self.add(name, (_line(row) for row in rows))


def write_pack(
    file: Path,
    cases: list[Case],
    *,
    whole: bool = False,
    kept: Iterable[int] = (),
    documents: Callable[[DocumentVersion], str] | None = None,
) -> dict[str, Any]:
    """Write the pack of some cases, or of the whole history, and give its manifest.

    `kept` are numbers of checkpoints that the inspector holds: the pack then proves that it grew from them.
    `documents` says of a version why its file is left out, "" puts it in; without it all are in. Raises NothingSealed.
    """
    with session("auditor") as opened_session:
        opened_session.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        with opened_session.cursor() as cursor:
            reading = _Reading(opened_session, cursor, None if whole else chains_of(cases), list(kept))
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.comment = b"sha256:" + b"0" * 64
                manifest = _write(_Files(archive), reading, cases, documents or _all_of_them)
    _close_with_hash(file)
    return manifest


def _close_with_hash(path: Path) -> None:
    """The zip ends with the hash of all its other bytes, so that not even a header can be changed unseen."""
    with path.open("r+b") as file:
        left, digest = path.stat().st_size - verify.SEAL, hashlib.sha256()
        while left:
            piece = file.read(min(verify.PIECE, left))
            digest.update(piece)
            left -= len(piece)
        file.seek(-verify.SEAL, 2)
        file.write(b"sha256:" + digest.hexdigest().encode())


def _all_of_them(version: DocumentVersion) -> str:
    return ""


def chains_of(cases: Iterable[Case]) -> list[str]:
    """The chains that hold what happened to cases and who looked at them."""
    return [name.format(case.pk) for case in cases for name in ("case:{}", "reads:case:{}")]


def _write(
    files: _Files, reading: "_Reading", cases: list[Case], documents: Callable[[DocumentVersion], str]
) -> dict[str, Any]:
    files.add_lines("events.jsonl", reading.events())
    files.add_lines("blocks.jsonl", reading.blocks())
    files.add("checkpoints.jsonl", (f"{one.line()}\n".encode() for one in reading.checkpoints))
    files.add("keys.json", [_line(reading.keys())])
    files.add_lines("lost.jsonl", reading.lost())
    files.add_lines("vault.jsonl", [])
    files.add_lines("documents.jsonl", list(_documents(files, reading, cases, documents)))
    with override("vi"):
        files.add("history.html", [_history(cases, reading.newest)])
    context = {
        "newest": reading.newest,
        "key": reading.keys()[0]["id"],
        "cases": cases,
        "whole": reading.chains is None,
    }
    for language in ("vi", "en"):
        text = render_to_string(f"workflows/inspection/pack/readme-{language}.txt", context)
        files.add(f"README-{language}.txt", [text.encode()])
    manifest = {
        "format": FORMAT,
        "origin": reading.newest.told["origin"],
        "made_at": plain(timezone.now()),
        "cases": [case.code for case in cases],
        "whole": reading.chains is None,
        "events": reading.count,
        "files": files.told,
    }
    files.archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
    files.archive.writestr("verify.py", Path(verify.__file__).read_bytes())
    return manifest


class _Reading:
    """What a pack reads, all of it as it was at one moment."""

    def __init__(self, opened_session: Any, cursor: Any, chains: list[str] | None, kept: list[int]) -> None:
        self.session, self.cursor, self.chains = opened_session, cursor, chains
        cursor.execute(_CHECKPOINTS, [kept])
        self.checkpoints = [Checkpoint(*row) for row in cursor.fetchall()]
        if not self.checkpoints:
            raise NothingSealed
        self.newest = self.checkpoints[-1]
        self.count = 0
        # Where a hash of a file stands in the history.
        self.named: dict[str, tuple[str, int]] = {}

    def events(self) -> Iterator[dict[str, Any]]:
        """Events by leaf; then those that are not sealed yet."""
        where = "" if self.chains is None else "WHERE e.chain = ANY(%(chains)s)"
        with self.session.cursor(name="pack") as stream:
            stream.itersize = FETCH
            stream.execute(_EVENTS.format(where=where), {"size": self.newest.size, "chains": self.chains})
            for leaf, chain, seq, canon, prev, digest in stream:
                self.count += 1
                for sha256 in _HASH_IN_TEXT.findall(canon):
                    self.named.setdefault(sha256, (chain, seq))
                yield {"canon": canon, "hash": bytes(digest).hex(), "leaf": leaf, "prev": bytes(prev).hex()}

    def blocks(self) -> Iterator[dict[str, Any]]:
        """Complete subtrees over all that is not in the pack, cut where a checkpoint of the pack ends."""
        if self.chains is None:
            return
        self.cursor.execute(_LEAVES, {"size": self.newest.size, "chains": self.chains})
        leaves = [number for (number,) in self.cursor.fetchall()]
        cuts = sorted({*leaves, *(number + 1 for number in leaves), *(one.size for one in self.checkpoints)})
        here, start = set(leaves), 0
        for cut in cuts:
            if start not in here:
                for level, index in complete_parts(start, cut):
                    digest = subtree(self.cursor, level, index)
                    yield {"from": index << level, "hash": digest.hex(), "size": 1 << level}
            start = cut

    def keys(self) -> list[dict[str, str]]:
        """The keys that ever signed, the first one first."""
        named = [one.told.get(name) for one in self.checkpoints for name in ("public", "next_key")]
        return [
            {"id": key_id(bytes.fromhex(public)), "public": public} for public in dict.fromkeys(filter(None, named))
        ]

    def lost(self) -> Iterator[dict[str, Any]]:
        """Events that a restore lost, as far as copies outside name them."""
        outside = Anchors(self.newest.told["origin"])
        for one in self.checkpoints:
            if "lost" not in one.told:
                continue
            for leaf in outside.leaves(one.told["lost"]["from"], one.told["lost"]["size"]):
                if (self.chains is None or leaf["chain"] in self.chains) and not self._is_here(leaf):
                    yield {**leaf, "restore": one.number}

    def _is_here(self, leaf: dict[str, Any]) -> bool:
        self.cursor.execute(
            "SELECT FROM casework_auditevent WHERE chain = %s AND seq = %s AND hash = %s",
            [leaf["chain"], leaf["seq"], bytes.fromhex(leaf["hash"])],
        )
        return self.cursor.fetchone() is not None


def _line(row: Any) -> bytes:
    return (json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


# ── What people read ────────────────────────────────────────────────────────────────────────────────────


def _documents(
    files: _Files, reading: _Reading, cases: list[Case], left_out: Callable[[DocumentVersion], str]
) -> Iterator[dict[str, Any]]:
    """Every version of every document, its file beside it where it may be there."""
    versions = DocumentVersion.objects.filter(case__in=cases).select_related("document__type")
    for version in versions.order_by("case_id", "document_id", "number"):
        chain, seq = reading.named.get(version.sha256, (f"case:{version.case_id}", None))
        told = {"chain": chain, "seq": seq, "sha256": version.sha256, "name": str(version.document.type)}
        why_not = left_out(version)
        name = f"documents/{version.sha256}.{_ENDINGS.get(version.media_type, 'bin')}"
        if not why_not and name not in files.told:
            try:
                with opened(version.stored_name) as file:
                    files.add(name, iter(partial(file.read, 1 << 20), b""))
            except FileNotFoundError:
                why_not = "the file is missing on the disk"
        yield {**told, "file": None, "removed": why_not} if why_not else {**told, "file": name}


def _history(cases: list[Case], newest: Checkpoint) -> bytes:
    """The events of each case in sentences, the oldest first."""
    told = newest.told
    printed = f"{told['origin']} {newest.number} {newest.size} {told['root']} {newest.code}"
    context = {
        "cases": (_told(case) for case in cases),
        "newest": newest,
        "at": timezone.now(),
        "qr": picture_of(printed),
    }
    return render_to_string("workflows/inspection/pack/history.html", context).encode()


def _told(case: Case) -> tuple[Case, Any, list[Entry]]:
    """A case with its stage and all its events in words."""
    events = list(AuditEvent.objects.filter(chain=f"case:{case.pk}").defer("prev").order_by("seq"))
    return case, Stage(case.stage).label, timeline_of(events, most_changes=None)
