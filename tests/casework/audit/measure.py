"""Measures the verifier: python -m tests.casework.audit.measure [EVENTS] [CHAINS]. The pack is thrown away."""

import json
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from time import perf_counter

from casework.audit import verify
from casework.audit.tree import Frontier
from tests.casework.audit import packs

SEAL_EVERY = 20_000
# The peak of the process itself: that of a child counts what its parent held when it was made.
ALONE = """
import runpy, sys
try:
    sys.argv.pop(0)
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print(*(line for line in open("/proc/self/status") if line.startswith("VmHWM")), end="")
"""


def write(path, events, chains):
    """A whole history with a checkpoint for every 20,000 events."""
    drawn, tree, history, digest = random.Random(1), Frontier(), packs.History(), packs.hashlib.sha256()
    heads, size = {}, 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.comment = b"sha256:" + b"0" * 64
        with archive.open("events.jsonl", "w", force_zip64=True) as file:
            for leaf in range(events):
                row = event(heads, f"case:{drawn.randrange(chains)}", leaf, f"2026-11-01T01:{leaf // SEAL_EVERY:02}")
                tree.append(bytes.fromhex(row["hash"]))
                line = packs.line(row)
                digest.update(line)
                size += len(line)
                file.write(line)
                if (leaf + 1) % SEAL_EVERY == 0 or leaf + 1 == events:
                    sign(history, tree, f"2026-11-01T01:{leaf // SEAL_EVERY:02}:59.000000Z")
        files = {**packs.files_of(history.parts()), "events.jsonl": b""}
        for name in set(files) - {"events.jsonl"}:
            archive.writestr(name, files[name])
        manifest = packs.manifest_of(files, events=events, whole=True)
        manifest["files"]["events.jsonl"] = {"sha256": digest.hexdigest(), "bytes": size}
        archive.writestr("manifest.json", json.dumps(manifest))
    packs.seal(path)
    return size


def event(heads, chain, number, minute):
    seq, prev = heads.get(chain, (0, packs.sha(chain.encode())))
    changes = [{"object": "plan:7", "field": name, "old": number, "new": f"Trồng bưởi {number}"} for name in "abc"]
    data = {
        "actor": 12,
        "case": 7,
        "changes": changes,
        "channel": "page",
        "facts": {"task": number, "node": "review_plan"},
        "on_behalf_of": None,
        "organisation": 3,
        "reason": "",
        "request": "0b5e2f6a-7d8c-4f0e-9a51-3f4f0c1d2e3f",
        "role": "advisor",
        "verb": "task.completed",
    }
    canon = packs.canonical({"at": f"{minute}:00.000000Z", "chain": chain, "data": data, "seq": seq + 1})
    digest = packs.sha(prev, canon.encode())
    heads[chain] = (seq + 1, digest)
    return {"canon": canon, "hash": digest.hex(), "leaf": number, "prev": prev.hex()}


def sign(history, tree, at):
    last = history.checkpoints[-1] if history.checkpoints else None
    told = {
        "at": at,
        "key": packs.key_id(history.private),
        "kind": "checkpoint",
        "number": last["number"] + 1 if last else 0,
        "origin": packs.ORIGIN,
        "prev": packs.sha(last["text"].encode()).hex() if last else "",
        "root": tree.root().hex(),
        "size": tree.size,
        "turn": "",
    }
    history.checkpoints.append({**told, **history.signed(told, history.private)})


def main(events=1_000_000, chains=50_000):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        size = write(path, events, chains)
        started = perf_counter()
        command = [sys.executable, "-I", "-S", "-c", ALONE, verify.__file__, path]
        told = subprocess.run(command, capture_output=True, check=False, text=True).stdout.splitlines()
        took = perf_counter() - started
    sys.stdout.write(f"{told[0]}\n{size >> 20} MB of events, {took:.1f} s, {told[-1]}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
