"""Tells from the ends of a file whether it looks as if its writer had finished.

Hints only: real files lack their ending and are readable, so a file that looks unfinished waits a bounded time and is
then taken in and judged by its content. Sources: ISO 32000-1 7.5.5 (``%%EOF``), ITU-T T.81 B.1.1.3 (EOI),
ISO/IEC 15948 11.2.5 (IEND), ISO/IEC 21320-1 (an office document ends with its directory), TIFF 6.0 section 2 and
BigTIFF (offsets lie inside the file).
"""

from __future__ import annotations

import struct
from typing import BinaryIO

HEAD = 16
TAIL = 2048
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
MAX_DIRECTORIES = 10_000
MAX_ENTRIES = 4_096
MAX_VALUES = 1_000_000
"""Numbers looked at in one file: directories may point to each other and share a table as large as the file."""
STRIP_OFFSETS, STRIP_COUNTS, TILE_OFFSETS, TILE_COUNTS = 273, 279, 324, 325
TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
INTEGERS = {3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}


def looks_complete(file: BinaryIO, size: int) -> bool:
    """Tell whether the file looks finished; kinds that are not known here always do. Leaves the file at its start."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    try:
        if head[:2] in (b"II", b"MM") and head[2:4] in (b"*\0", b"\0*", b"+\0", b"\0+"):
            return _tiff_complete(file, size, head)
    except struct.error:
        return False
    finally:
        file.seek(0)
    return _ends_well(head, tail, size)


def _ends_well(head: bytes, tail: bytes, size: int) -> bool:
    if size == 0:
        return False
    if head.startswith(b"%PDF-"):
        return b"%%EOF" in tail
    if head.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" in tail
    if head.startswith(PNG_HEAD):
        return b"IEND" in tail
    if head.startswith(b"PK\x03\x04"):
        return b"PK\x05\x06" in tail
    return True


def _tiff_complete(file: BinaryIO, size: int, head: bytes) -> bool:
    order = "<" if head[:2] == b"II" else ">"
    big = struct.unpack(order + "H", head[2:4])[0] == 43
    offset = struct.unpack(order + ("Q" if big else "I"), head[8:16] if big else head[4:8])[0]
    if offset == 0:
        return True  # no pages at all: nothing more will come, the content decides
    seen, left = set[int](), MAX_VALUES
    while offset and offset not in seen and len(seen) < MAX_DIRECTORIES:
        seen.add(offset)
        directory = _directory(file, size, order, big, offset, left)
        if directory is None:
            return False
        offset, looked_at = directory
        left -= looked_at
    return True


def _directory(file: BinaryIO, size: int, order: str, big: bool, offset: int, most: int) -> tuple[int, int] | None:
    """Return where the next directory lies, 0 for none, and how many numbers were looked at, ``most`` at most; None
    when this one reaches beyond the file. Nonsense, and more numbers than that, is not a matter of waiting.
    """
    count_format, entry_format, link_format = ("Q", "HHQ8s", "Q") if big else ("H", "HHI4s", "I")
    if offset >= size:
        return None
    file.seek(offset)
    count = _unpack(file, order + count_format)[0]
    if count > min(MAX_ENTRIES, most):
        return 0, 0
    entries: dict[int, tuple[int, int, bytes]] = {}
    for _ in range(count):
        tag, kind, number, value = struct.unpack(order + entry_format, file.read(struct.calcsize(order + entry_format)))
        entries[tag] = (kind, number, value)
    following: int = _unpack(file, order + link_format)[0]
    looked_at = count
    for offsets_tag, counts_tag in ((STRIP_OFFSETS, STRIP_COUNTS), (TILE_OFFSETS, TILE_COUNTS)):
        if offsets_tag in entries and counts_tag in entries:
            looked_at += entries[offsets_tag][1] + entries[counts_tag][1]
            if looked_at > most:
                return 0, 0
            starts = _numbers(file, size, order, big, entries[offsets_tag])
            lengths = _numbers(file, size, order, big, entries[counts_tag])
            if starts is None or lengths is None:
                return None
            if any(start + length > size for start, length in zip(starts, lengths, strict=False)):
                return None
    return following, looked_at


def _numbers(file: BinaryIO, size: int, order: str, big: bool, entry: tuple[int, int, bytes]) -> tuple[int, ...] | None:
    kind, number, value = entry
    if kind not in INTEGERS:
        return ()
    length = TYPE_SIZES[kind] * number
    if length > len(value):
        start = struct.unpack(order + ("Q" if big else "I"), value)[0]
        if start + length > size:
            return None
        file.seek(start)
        value = file.read(length)
    return struct.unpack(f"{order}{number}{INTEGERS[kind]}", value[:length])


def _unpack(file: BinaryIO, layout: str) -> tuple[int, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))
