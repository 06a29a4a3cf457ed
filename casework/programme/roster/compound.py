"""The container of old Office files (OLE compound file), read just far enough to judge it."""

import struct

from casework.programme.roster.model import RosterRefused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_ENTRY = 128
_HEADER_DIFAT = 109


class CompoundFile:
    """The directory of a compound file and the streams in it."""

    def __init__(self, data: bytes) -> None:
        """Raises RosterRefused (file_damaged) when the structure does not hold."""
        self._data = data
        try:
            self._read_header()
            self.entries = self._directory()
        except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
            raise RosterRefused("file_damaged") from error

    def _read_header(self) -> None:
        if len(self._data) < 512 or not self._data.startswith(MAGIC):
            raise ValueError
        shift, mini_shift = struct.unpack_from("<HH", self._data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError
        self._size = 1 << shift
        self._dir_start, _, self._mini_cutoff, mini_start = struct.unpack_from("<IIII", self._data, 48)
        difat_start = struct.unpack_from("<I", self._data, 68)[0]
        self._fat = self._read_fat(difat_start)
        self._mini_fat = self._numbers(self._chain(mini_start))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        piece = self._data[start : start + self._size]
        if not piece:
            raise ValueError
        return piece

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _read_fat(self, difat: int) -> list[int]:
        sectors = [n for n in struct.unpack_from(f"<{_HEADER_DIFAT}I", self._data, 76) if n < _END]
        seen: set[int] = set()
        while difat < _END and difat not in seen:
            seen.add(difat)
            *more, difat = self._numbers(self._sector(difat))
            sectors += [n for n in more if n < _END]
        return [number for sector in sectors for number in self._numbers(self._sector(sector))]

    def _chain(self, start: int) -> bytes:
        """A stream by its sectors; a chain that returns to itself is damage."""
        pieces, seen = [], set()
        while start < _END:
            if start in seen:
                raise ValueError
            seen.add(start)
            pieces.append(self._sector(start))
            start = self._fat[start]
        return b"".join(pieces)

    def _directory(self) -> dict[str, tuple[int, int, int]]:
        """Name → (kind, first sector, size); kind 1 storage, 2 stream, 5 root."""
        listing, found = self._chain(self._dir_start), {}
        for at in range(0, len(listing) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", listing, at + 64)
            if kind and 2 <= length <= 64:
                name = listing[at : at + length - 2].decode("utf-16-le")
                start, size = struct.unpack_from("<II", listing, at + 116)
                found[name] = (kind, start, size)
        return found

    def stream(self, name: str) -> bytes:
        """The content of a stream. Raises RosterRefused (file_damaged)."""
        _, start, size = self.entries[name]
        try:
            content = self._chain(start) if size >= self._mini_cutoff else self._mini_stream(start)
        except (struct.error, IndexError, ValueError) as error:
            raise RosterRefused("file_damaged") from error
        return content[:size]

    def _mini_stream(self, start: int) -> bytes:
        root = next(entry for entry in self.entries.values() if entry[0] == 5)
        store, pieces, seen = self._chain(root[1]), [], set()
        while start < _END:
            if start in seen:
                raise ValueError
            seen.add(start)
            pieces.append(store[start * 64 : start * 64 + 64])
            start = self._mini_fat[start]
        return b"".join(pieces)
