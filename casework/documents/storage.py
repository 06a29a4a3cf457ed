"""Files on the disk: under random names, outside the web root, written piece by piece."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


class TooLarge(ValueError):
    """More bytes came than one file may have. Nothing was kept."""


@dataclass(frozen=True)
class Stored:
    """A file as it lies on the disk."""

    name: str
    size: int
    sha256: str


def store(pieces: Iterable[bytes], most: int | None = None) -> Stored:
    """Write a file piece by piece and hash it on the way. Raises TooLarge, and then keeps nothing."""
    name = secrets.token_hex(20)
    path = path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in _counted(pieces, most or settings.UPLOAD_LARGEST):
                size += len(piece)
                digest.update(piece)
                file.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Stored(name, size, digest.hexdigest())


def _counted(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise TooLarge(size)
        yield piece


def path_of(name: str) -> Path:
    """Where a stored file lies. The name is one that `store` made, never one that was typed."""
    return Path(settings.FILES_ROOT) / name[:2] / name


def opened(name: str) -> BinaryIO:
    """A stored file for reading. Raises FileNotFoundError."""
    return path_of(name).open("rb")


def discard(name: str) -> None:
    """Forget a file whose act was refused."""
    path_of(name).unlink(missing_ok=True)
