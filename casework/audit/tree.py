"""A Merkle tree over events, after RFC 6962 section 2: grown leaf by leaf, with a few hashes in memory.

The data of a leaf is the hash of an event, 32 bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(event_hash: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + event_hash).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def complete_parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The fewest complete subtrees that cover the leaves start … end-1, as (level, index); level 0 is a leaf.

    A subtree (level, index) holds the leaves index·2^level … (index+1)·2^level - 1.
    """
    while start < end:
        level = (start & -start).bit_length() - 1 if start else (end - start).bit_length() - 1
        while start + (1 << level) > end:
            level -= 1
        yield level, start >> level
        start += 1 << level


@dataclass
class Frontier:
    """The complete subtrees at the right edge of a tree of `size` leaves, the largest first."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def append(self, event_hash: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf. The inner nodes that it made complete, as (level, index, hash), the lowest first."""
        made, level, digest, index = [], 0, leaf_hash(event_hash), self.size
        while index & 1:
            level, index, digest = level + 1, index >> 1, node_hash(self.hashes.pop(), digest)
            made.append((level, index, digest))
        self.hashes.append(digest)
        self.size += 1
        return made

    def root(self) -> bytes:
        """The hash of the whole tree; of an empty one SHA-256 of nothing."""
        if not self.hashes:
            return EMPTY
        *rest, digest = self.hashes
        for left in reversed(rest):
            digest = node_hash(left, digest)
        return digest


def root_of(event_hashes: Iterable[bytes]) -> bytes:
    """The hash of the tree over these events."""
    frontier = Frontier()
    for one in event_hashes:
        frontier.append(one)
    return frontier.root()
