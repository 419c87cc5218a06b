"""Small files as scanners and programs write them, for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

A4 = (595, 842)
LETTER = (
    "Elektro Kampmann GmbH · Gewerbering 4 · 32825 Blomberg",
    "",
    "Stadt Blomberg",
    "Neue Torstraße 9",
    "32825 Blomberg",
    "",
    "Ihr Zeichen: 65.10-2026/009",
    "Unser Zeichen: AB-4711",
    "Blomberg, den 12. November 2026",
    "",
    "Erneuerung der Beleuchtung",
    "",
    "Sehr geehrte Damen und Herren,",
    "",
    "wir haben die Arbeiten am 10.11.2026 beendet.",
    "",
    "Mit freundlichen Grüßen",
    "Karl Kampmann",
)


def letter_pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with text; each page is a list of lines from the top."""
    objects: list[bytes] = []
    kids = []
    for lines in pages or (LETTER,):
        text = b"".join(
            b"BT /F1 11 Tf 60 %d Td (%s) Tj ET\n" % (780 - 18 * number, _escaped(line))
            for number, line in enumerate(lines)
            if line
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
        content = len(objects) + 3
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(b"%d 0 R" % (len(objects) + 3))
    head = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _file([*head, *objects])


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def picture(kind: str = "PNG", text: str = "", size: tuple[int, int] = (600, 850)) -> bytes:
    """An image file, blank or with a drawn text."""
    image = Image.new("L", size, 255)
    if text:
        ImageDraw.Draw(image).text((60, 60), text, fill=0, font_size=28)
    out = io.BytesIO()
    image.save(out, kind, dpi=(72, 72))
    return out.getvalue()


def nested_forms_pdf(*, levels: int, fan: int) -> bytes:
    """A small PDF whose page draws a form that draws a form ...: ``fan ** levels`` forms in all.

    PDFium keeps each one in memory and is ended by its limit: this is how a real file kills a real reader.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /F 5 0 R >> >> >>",
        _stream(b"", b"/F Do\n"),
    ]
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
    for number in range(6, 5 + levels):
        objects.append(_stream(form + b"/Resources << /XObject << /F %d 0 R >> >>" % number, b"/F Do\n" * fan))
    objects.append(_stream(form, b"0 0 10 10 re f\n"))
    return _file(objects)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)
