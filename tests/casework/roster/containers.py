"""The outer shells of spreadsheet files: an ods zip, an old Office compound file."""

import io
import struct
import zipfile


def pack_ods(content: str, **more: str) -> bytes:
    buffer = io.BytesIO()
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
        for name, text in more.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def compound(streams: dict[str, bytes], *, loop: bool = False) -> bytes:
    """A compound file with the streams in sectors of 512 bytes."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, short in streams.items():
        content = short.ljust(4096, b"\0")
        start, count = len(sectors), -(-len(content) // 512)
        sectors += [content[i * 512 : i * 512 + 512].ljust(512, b"\0") for i in range(count)]
        chain += [*range(start + 1, start + count), start if loop else 0xFFFFFFFE]
        entries.append(_entry(name, 2, start, len(content)))
    listing = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    first_listing = len(sectors)
    sectors += [listing[i : i + 512] for i in range(0, len(listing), 512)]
    chain += [*range(first_listing + 1, len(sectors)), 0xFFFFFFFE]
    fat_at = len(sectors)
    fat_count = -(-(len(chain) + 2) // 128)
    chain += [0xFFFFFFFD] * fat_count
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(fat_count * 512, b"\xff")
    sectors += [fat[i : i + 512] for i in range(0, len(fat), 512)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", fat_count, first_listing, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, fat_at)
    numbers = [fat_at + i for i in range(1, fat_count)]
    head += struct.pack(f"<{len(numbers)}I", *numbers)
    return head.ljust(512, b"\xff") + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    fixed = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + struct.pack("<III", *[0xFFFFFFFF] * 3)
    return fixed + bytes(36) + struct.pack("<III", start, size, 0)
