"""A TrueType font without any visible glyph: the font of invisible text layers (idea: Tesseract's pdf.ttf)."""

from __future__ import annotations

import struct

_UNITS_PER_EM = 1000
ADVANCE = 500  # of each glyph, in thousandths of the font size
BLANK_GLYPH = 1
_GLYPHS = 2  # .notdef and the blank one
_CHECKSUM_OF_FONT = 0xB1B0AFBA  # OpenType specification, table "head": checkSumAdjustment


def glyphless_font() -> bytes:
    """Return the font file; the same bytes each time."""
    tables = {
        b"OS/2": _os2(),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12)
        + struct.pack(">HHHHHHHHHHHH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0),
        b"glyf": b"\0" * 4,
        b"head": _head(0),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, ADVANCE, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, _GLYPHS
        ),
        b"hmtx": struct.pack(">HhHh", ADVANCE, 0, ADVANCE, 0),
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, _GLYPHS, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    whole = _file(tables)
    tables[b"head"] = _head((_CHECKSUM_OF_FONT - _checksum(whole)) & 0xFFFFFFFF)
    return _file(tables)


def _file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    place = len(header) + 16 * count
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        directory += tag + struct.pack(">III", _checksum(data), place + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return header + directory + body


def _head(adjustment: int) -> bytes:
    return struct.pack(
        ">IIIIHHQQhhhhHHhhh",
        0x10000,
        0x10000,
        adjustment,
        0x5F0F3CF5,
        0,
        _UNITS_PER_EM,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        3,
        2,
        0,
        0,
    )


def _os2() -> bytes:
    """Version 1: widths and classes that say "regular, no script"."""
    start = struct.pack(">HhHHHhhhhhhhhhhh", 1, ADVANCE, 400, 5, 0, *([0] * 11))
    return (
        start
        + bytes(10)
        + struct.pack(">IIII4sHHHhhhHH", 0, 0, 0, 0, b"NONE", 0x40, 0, 0xFFFF, 800, -200, 0, 800, 200)
        + bytes(8)
    )


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    return int(sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF)
