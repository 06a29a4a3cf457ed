"""A zip file that is checked before anything reads it: counted, not believed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from casework.programme.roster import limits
from casework.programme.roster.model import RosterRefused

_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30


class Archive:
    """The entries of a checked zip file."""

    def __init__(self, data: bytes) -> None:
        """Raises RosterRefused when the file is damaged, encrypted, or inflates to more than allowed."""
        self._data = data
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError) as error:
            raise RosterRefused("file_damaged") from error
        self._check_list(entries)
        self._entries = {entry.filename: entry for entry in entries}
        self._count_bytes(entries)

    @property
    def names(self) -> list[str]:
        """The names of all entries."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def _check_list(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > limits.ENTRIES:
            raise RosterRefused("too_many_entries")
        if len({entry.filename for entry in entries}) != len(entries):
            raise RosterRefused("file_damaged")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise RosterRefused("file_encrypted")
        if any(entry.filename.startswith(("/", "\\")) or ".." in entry.filename.split("/") for entry in entries):
            raise RosterRefused("file_damaged")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise RosterRefused("file_damaged")
        declared = sum(entry.file_size for entry in entries)
        too_dense = declared > limits.RATIO_FROM_BYTES and declared > limits.RATIO * len(self._data)
        if declared > limits.INFLATED_BYTES or too_dense:
            raise RosterRefused("zip_bomb")

    def _count_bytes(self, entries: list[zipfile.ZipInfo]) -> None:
        """Inflates every entry once; a header that lies about its size is refused."""
        total = 0
        for entry in entries:
            size = 0
            for chunk in self._inflate(entry):
                size += len(chunk)
                if total + size > limits.INFLATED_BYTES:
                    raise RosterRefused("zip_bomb")
            if size != entry.file_size:
                raise RosterRefused("file_damaged")
            total += size

    def _compressed(self, entry: zipfile.ZipInfo) -> memoryview:
        header = self._data[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
            raise RosterRefused("file_damaged")
        name, extra = struct.unpack_from("<HH", header, 26)
        start = entry.header_offset + _LOCAL_HEADER + name + extra
        if start + entry.compress_size > len(self._data):
            raise RosterRefused("file_damaged")
        return memoryview(self._data)[start : start + entry.compress_size]

    def _inflate(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._compressed(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
            return
        inflater, rest = zlib.decompressobj(-zlib.MAX_WBITS), bytes(packed)
        try:
            while not inflater.eof:
                chunk = inflater.decompress(rest, _CHUNK)
                rest = inflater.unconsumed_tail
                if not chunk and not rest and not inflater.eof:
                    raise RosterRefused("file_damaged")
                yield chunk
        except zlib.error as error:
            raise RosterRefused("file_damaged") from error

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of an entry, piece by piece."""
        return self._inflate(self._entries[name])

    def content(self, name: str) -> bytes:
        """The whole content of a small entry."""
        return b"".join(self.chunks(name))
