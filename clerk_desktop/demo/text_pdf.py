"""Writes PDF files with real text, as an office program does: the standard Helvetica, nothing embedded.

ISO 32000-1: 7.5 (file structure), 9.6.2.2 (standard fonts), Annex D.2 (WinAnsiEncoding). Deterministic.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595.28, 841.89
"""A4 in points."""
# advance widths of Helvetica for the characters 32-126 in thousandths (Adobe's metrics of the standard 14 fonts)
ADVANCES = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
OTHERS = {"Ä": 667, "Ö": 778, "Ü": 722, "ß": 611, "–": 556, "„": 333, "“": 333, "•": 350}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of text: baseline from the lower left corner, and size, in points."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False


def advance(text: str, size: float) -> float:
    """Return the width of a line in points."""
    thousandths = sum(
        ADVANCES[ord(letter) - 32] if " " <= letter <= "~" else OTHERS.get(letter, 556) for letter in text
    )
    return thousandths * size / 1000


def broken(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of at most ``width`` points."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and advance(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def printable(text: str) -> str:
    """Return the text with what Windows-1252 cannot say put down without its marks: Yilmaz, Ayse."""
    letters = []
    for letter in text:
        try:
            letter.encode("cp1252")
        except UnicodeEncodeError:
            plain = unicodedata.normalize("NFKD", "i" if letter == "ı" else letter)
            letter = plain[0] if plain[0].isascii() else "?"
        letters.append(letter)
    return "".join(letters)


def text_pdf(pages: Sequence[Sequence[Line]], *, title: str = "") -> bytes:
    """Return a PDF of A4 pages. Raises ``UnicodeEncodeError`` for characters outside Windows-1252."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    fonts = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    fonts += " /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode("ascii"),
        f"<< /Font {fonts} >>".encode("ascii"),
        b"<< /Title " + _hex(title) + b" /Producer (Fachverfahren) >>",
    ]
    for number, lines in enumerate(pages):
        content = b"".join(_shown(line) for line in lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources 3 0 R"
            f" /Contents {6 + 2 * number} 0 R >>".encode("ascii")
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _shown(line: Line) -> bytes:
    escaped = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    font = "F2" if line.bold else "F1"
    return f"BT /{font} {line.size:g} Tf {line.x:.2f} {line.y:.2f} Td (".encode("ascii") + escaped + b") Tj ET\n"


def _hex(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"
