"""Files made for tests: letters as PDF, scans as images."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
from PIL import Image

from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import Word

A4 = (595.0, 842.0)


def text_pdf(*pages: Sequence[str], rotate: int = 0, crop: tuple[int, int, int, int] | None = None) -> bytes:
    """A PDF with lines of text, 12 points, from 72/770 downwards."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        for lines in pages:
            page = pdf.add_blank_page(page_size=A4)
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            shown = b"".join(
                b"BT /F1 12 Tf 72 %d Td <%s> Tj ET\n" % (770 - 20 * row, line.encode("cp1252").hex().encode())
                for row, line in enumerate(lines)
            )
            page.obj.Contents = pdf.make_stream(shown)
            if rotate:
                page.obj.Rotate = rotate
            if crop:
                page.obj.CropBox = pikepdf.Array(crop)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, static_id=True, **options)  # type: ignore[arg-type]
    return target.getvalue()


def scan(lines: Sequence[str] = (), *, dpi: int = 150, paper: int = 255, ink: int = 0) -> Image.Image:
    """An A4 page, grey, with lines of 12 point text as ``text_pdf`` has them."""
    with pypdfium2.PdfDocument(text_pdf(lines)) as pdf:
        drawn: Image.Image = pdf[0].render(scale=dpi / 72).to_pil().convert("L")
    return drawn.point(lambda tone: ink + (paper - ink) * tone // 255)


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def word(text: str, x: float, y: float, line: int = 1, width: float = 40, height: float = 10) -> Word:
    return Word(text=text, rect=Rect(x, y, x + width, y + height), line=line)


def words(text: str) -> tuple[Word, ...]:
    return tuple(word(part, 72 + 50 * index, 700) for index, part in enumerate(text.split()))
