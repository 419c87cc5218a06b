"""The invisible text under a scanned page: searchable, selectable, read aloud, never printed (ISO 32000-1, 9.3.6).

One font per file carries the characters that occur, each with its Unicode value (``ToUnicode``), so that every reader
gets umlauts, ``§`` and ``€`` as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from clerk_desktop.documents.glyphless_font import ADVANCE, BLANK_GLYPH, glyphless_font
from clerk_desktop.documents.two_byte_font import two_byte_font
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import Word

FONT = "/ClerkText"
_SMALLEST = 0.1  # points: no degenerate text matrices from degenerate boxes
_BASE_NAME = Name("/ClerkGlyphless")


class TextFont:
    """Character codes for one file: two bytes each, numbered in the order of the characters."""

    def __init__(self, words: Iterable[Word]) -> None:
        characters = sorted({char for word in words for char in word.text} | {" "})
        self._codes = {char: code for code, char in enumerate(characters[:0xFFFE], start=1)}

    def encoded(self, text: str) -> bytes:
        """Return ``text`` as a hexadecimal string operand."""
        return b"<" + b"".join(b"%04X" % self._codes[char] for char in text if char in self._codes) + b">"

    def embedded(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Write the font into ``pdf`` and return it (ISO 32000-1, 9.7)."""
        data = glyphless_font()
        file = Stream(pdf, data)
        file.Length1 = len(data)
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=_BASE_NAME,
            Flags=5,
            FontBBox=Array([0, -200, ADVANCE, 800]),
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=800,
            StemV=80,
            FontFile2=pdf.make_indirect(file),
        )
        glyphs = Stream(pdf, BLANK_GLYPH.to_bytes(2, "big") * (len(self._codes) + 1))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=_BASE_NAME,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=ADVANCE,
            CIDToGIDMap=pdf.make_indirect(glyphs),
        )
        return two_byte_font(pdf, descendant, self._codes)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Frame:
    """Where text runs when the page is shown turned: its unit vectors in page space."""

    along: Point
    up: Point

    def place(self, rect: Rect) -> tuple[float, float, float, float]:
        """Return start and end along the line, foot and head across it."""
        corners = [Point(rect.x0, rect.y0), Point(rect.x1, rect.y1)]
        along = sorted(corner.x * self.along.x + corner.y * self.along.y for corner in corners)
        up = sorted(corner.x * self.up.x + corner.y * self.up.y for corner in corners)
        return along[0], along[1], up[0], up[1]

    def page(self, along: float, up: float) -> Point:
        """Return the place in page space."""
        return Point(along * self.along.x + up * self.up.x, along * self.along.y + up * self.up.y)


_FRAMES = {
    0: _Frame(along=Point(1, 0), up=Point(0, 1)),
    90: _Frame(along=Point(0, 1), up=Point(-1, 0)),
    180: _Frame(along=Point(-1, 0), up=Point(0, -1)),
    270: _Frame(along=Point(0, -1), up=Point(1, 0)),
}


def layer(words: Sequence[Word], font: TextFont, turn: int, origin: Point) -> bytes:
    """Return a content stream with ``words`` as invisible text, for a page that is shown turned by ``turn`` degrees.

    ``origin`` is the lower left corner of the crop box in user space. Words of one line get one size and one, possibly
    slanting, base line: readers that put lines together again need that. Each word takes its space along: PDFium reads
    no text object of a single character without ink.
    """
    frame = _FRAMES[turn % 360]
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    parts = [f"q 1 0 0 1 {_number(origin.x)} {_number(origin.y)} cm BT 3 Tr".encode()]
    for members in lines.values():
        parts += _line(members, font, frame)
    parts.append(b"ET Q\n")
    return b"\n".join(parts)


def _line(words: Sequence[Word], font: TextFont, frame: _Frame) -> Iterable[bytes]:
    places = [frame.place(word.rect) for word in words]
    size = max(_SMALLEST, median(head - foot for _, _, foot, head in places))
    base, slope = _base_line([((start + end) / 2, foot) for start, end, foot, _ in places])
    yield f"{FONT} {_number(size)} Tf".encode()
    for word, (start, end, _, _) in zip(words, places, strict=True):
        natural = len(word.text) * size * ADVANCE / 1000
        stretch = max(_SMALLEST, end - start) / natural * 100
        at = frame.page(start, base + slope * start)
        turn = " ".join(_number(value) for value in (frame.along.x, frame.along.y, frame.up.x, frame.up.y))
        yield (
            f"{turn} {_number(at.x)} {_number(at.y)} Tm {_number(stretch)} Tz ".encode()
            + font.encoded(word.text + " ")
            + b" Tj"
        )


def _base_line(feet: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the straight line (height at 0, slope) through the lower edges of the words, least squares."""
    mean_x = sum(x for x, _ in feet) / len(feet)
    mean_y = sum(y for _, y in feet) / len(feet)
    spread = sum((x - mean_x) ** 2 for x, _ in feet)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in feet) / spread if spread > 1 else 0.0
    if abs(slope) > 0.2:
        slope = 0.0  # a few words with and without descenders, not a slanting line
    return mean_y - slope * mean_x, slope


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
