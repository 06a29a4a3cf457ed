"""The file of a backup: a tar with the dump, the documents, and at its end a list of both with their hashes.

The list comes last, so a backup that was cut off has none and is refused.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files/"
_STORED = re.compile(r"[0-9a-f]{40}")
_LARGEST_LIST = 512 * 1024 * 1024
_PIECE = 1024 * 1024


class Refused(Exception):
    """A backup that cannot be made or used; the message says why and what to do."""


class _Hashed(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, file: BinaryIO):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def write(out: Path, dump: Path, documents: Iterable[Path], told: dict[str, Any]) -> dict[str, Any]:
    """Write a backup. `told` becomes part of its list, which is returned. Raises OSError, and then leaves nothing."""
    half = out.with_name(out.name + ".half")
    files: dict[str, Any] = {}
    try:
        with half.open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                _add(tar, DUMP, dump, files)
                for path in documents:
                    _add(tar, FILES + path.name, path, files)
                manifest = {"format": FORMAT, **told, "files": files}
                content = json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
            file.flush()
            os.fsync(file.fileno())
        half.rename(out)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return manifest


def _add(tar: tarfile.TarFile, name: str, path: Path, files: dict[str, Any]) -> None:
    """One file; a document that was cleared away meanwhile belonged to no case and is left out."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        if name == DUMP:
            raise
        return
    with file:
        hashed, entry = _Hashed(file), tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
        tar.addfile(entry, hashed)  # type: ignore[arg-type]
    files[name] = {"sha256": hashed.digest.hexdigest(), "size": entry.size}


def read(path: Path) -> dict[str, Any]:
    """Look through a whole backup and return its list. Raises Refused for one that is cut off, changed or none."""
    found: dict[str, Any] = {}
    manifest: Any = None
    try:
        with tarfile.open(path, "r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is None or manifest is not None or entry.name in found:
                    raise Refused(f"{path} holds something that no backup holds: {entry.name}.")
                if entry.name == MANIFEST:
                    manifest = json.loads(content.read(_LARGEST_LIST))
                else:
                    found[entry.name] = {"sha256": _digest(content), "size": entry.size}
    except OSError as error:
        raise Refused(f"{path}: {error.strerror or error}.") from error
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise Refused(f"{path} is no backup, or it was changed: {error}.") from error
    if not isinstance(manifest, dict):
        raise Refused(f"{path} was cut off: its list is missing. Take another backup.")
    if manifest.get("format") != FORMAT:
        raise Refused(f"{path} has a form that this version does not know. Use the version that made it.")
    listed = manifest.get("files")
    wrong = _differing(found, listed if isinstance(listed, dict) else {})
    if wrong:
        raise Refused(f"{path} was changed: {wrong} is not what was backed up.")
    return manifest


def _differing(found: dict[str, Any], listed: dict[str, Any]) -> str:
    """The first name that differs from the list, is missing from either side, or is none of a backup."""
    for name in sorted(found.keys() | listed.keys() | {DUMP}):
        known = name == DUMP or (name.startswith(FILES) and _STORED.fullmatch(name[len(FILES) :]))
        if not known or name not in found or found[name] != listed.get(name):
            return name
    return ""


def extract_dump(path: Path, to: Path) -> None:
    """Take the dump out of a backup that was read."""
    with tarfile.open(path, "r:") as tar, to.open("wb") as out:
        _copy(_content(tar, DUMP), out)


def extract_documents(path: Path, root: Path) -> tuple[int, int]:
    """Put the documents back where they lay: how many were written, and how many were there already.

    Raises Refused when another file has the place of one; none is ever written over.
    """
    written = there = 0
    with tarfile.open(path, "r:") as tar:
        for entry in tar:
            if not entry.name.startswith(FILES):
                continue
            name = entry.name[len(FILES) :]
            target = root / name[:2] / name
            content = tar.extractfile(entry)
            if content is None:
                continue
            if target.exists():
                with target.open("rb") as file:
                    same = _digest(file) == _digest(content)
                if not same:
                    raise Refused(f"{path}: another file has the place of {target}.")
                there += 1
                continue
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = target.with_name(name + ".half")
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                _copy(content, out)
            half.rename(target)
            written += 1
    return written, there


def _content(tar: tarfile.TarFile, name: str) -> Any:
    return tar.extractfile(tar.getmember(name))


def _copy(content: Any, out: BinaryIO) -> None:
    while piece := content.read(_PIECE):
        out.write(piece)


def _digest(content: Any) -> str:
    digest = hashlib.sha256()
    while piece := content.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
