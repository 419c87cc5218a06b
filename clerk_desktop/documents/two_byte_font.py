"""Fonts with two-byte codes: their outer dictionary, and the map back to Unicode (ISO 32000-1, 9.7 and 9.10.3)."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

_MAPPED_AT_ONCE = 100  # entries per block of a character map (Adobe technical note 5411)


def two_byte_font(pdf: pikepdf.Pdf, descendant: Dictionary, codes: Mapping[str, int]) -> pikepdf.Object:
    """Write the Type 0 font over ``descendant`` into ``pdf`` and return it; ``codes``: the codes in use."""
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=descendant.BaseFont,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, to_unicode(codes))),
        )
    )


def to_unicode(codes: Mapping[str, int]) -> bytes:
    """Return the character map from two-byte codes to Unicode (ISO 32000-1, 9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    pairs = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes.items()]
    for start in range(0, len(pairs), _MAPPED_AT_ONCE):
        block = pairs[start : start + _MAPPED_AT_ONCE]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
