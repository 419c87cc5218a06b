"""The font of texts in exported marks: a subset of Liberation Sans, embedded, so that every viewer shows the same.

The base fonts that each viewer brings along lack Ş, ő and ł. Liberation Sans covers Latin with all its accents, Greek
and Cyrillic; other scripts (Arabic, Chinese …) show as empty boxes, and right-to-left text is not put in order. The
annotation's own text (``Contents``) is complete in any case.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from importlib import resources

import pikepdf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from clerk_desktop.documents.two_byte_font import two_byte_font

FONT = "/ClerkMarks"
ASCENT, DESCENT = 0.905, 0.212  # of the font size
_FILE = "LiberationSans-Regular.ttf"
_LAYOUT = ("GDEF", "GPOS", "GSUB", "kern")
_BASE_NAME = Name("/CLERKM+LiberationSans")


class MarkFont:
    """The glyphs for the given texts; write it into one file with ``embedded``. Sizes and widths in points."""

    def __init__(self, texts: Iterable[str]) -> None:
        characters = {char for text in texts for char in drawable(text)} | {" "}
        self._data = _subset(characters)
        with TTFont(io.BytesIO(self._data)) as font:
            self._glyphs: dict[str, int] = {
                chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()
            }
            scale = 1000 / font["head"].unitsPerEm
            self._widths: list[int] = [round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()]

    def width(self, text: str, size: float) -> float:
        """Return how long a line is."""
        return sum(self._widths[self._glyphs.get(char, 0)] for char in text) * size / 1000

    def encoded(self, text: str) -> str:
        """Return a line as a hexadecimal string operand; what the font lacks shows as an empty box."""
        return f"<{''.join(f'{self._glyphs.get(char, 0):04X}' for char in text)}>"

    def wrapped(self, text: str, size: float, width: float) -> list[str]:
        """Return the text in lines that fit the width; words that are too long alone are broken."""
        lines = []
        for paragraph in text.split("\n"):
            line = ""
            for word in drawable(paragraph).split(" "):
                longer = f"{line} {word}" if line else word
                if line and self.width(longer, size) > width:
                    lines.append(line)
                    longer = word
                *full, line = self._broken(longer, size, width)
                lines += full
            lines.append(line)
        return lines

    def _broken(self, word: str, size: float, width: float) -> list[str]:
        pieces = [""]
        for char in word:
            if pieces[-1] and self.width(pieces[-1] + char, size) > width:
                pieces.append("")
            pieces[-1] += char
        return pieces

    def embedded(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Write the font into ``pdf`` and return it (ISO 32000-1, 9.7)."""
        file = Stream(pdf, self._data)
        file.Length1 = len(self._data)
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=_BASE_NAME,
            Flags=4,
            FontBBox=Array([-544, -303, 1302, 980]),
            ItalicAngle=0,
            Ascent=905,
            Descent=-212,
            CapHeight=729,
            StemV=88,
            FontFile2=pdf.make_indirect(file),
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=_BASE_NAME,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=0,
            W=Array([0, Array(self._widths)]),
            CIDToGIDMap=Name.Identity,
        )
        return two_byte_font(pdf, descendant, self._glyphs)


def drawable(text: str) -> str:
    """Return a text as it is drawn: accents joined with their letters, one space for each control character."""
    return "".join(" " if char < " " else char for char in unicodedata.normalize("NFC", text))


def _subset(characters: set[str]) -> bytes:
    options = Options()
    options.drop_tables += ["FFTM"]
    options.layout_features = []
    options.name_IDs = [0, 13, 14]  # copyright and licence stay with the glyphs
    options.notdef_outline = True
    options.hinting = False
    font = TTFont(
        io.BytesIO((resources.files("clerk_desktop.documents") / "fonts" / _FILE).read_bytes()),
        recalcTimestamp=False,  # the same texts give the same bytes
    )
    with font:
        for table in _LAYOUT:
            del font[table]  # not one feature is used, and reading them takes most of the time
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=map(ord, characters))
        subsetter.subset(font)
        target = io.BytesIO()
        font.save(target)
        return target.getvalue()
