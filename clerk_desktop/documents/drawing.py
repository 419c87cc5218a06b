"""Pages for people: drawn by PDFium, or decoded by Pillow, as 32-bit pixels for the window."""

from __future__ import annotations

import math

import pypdfium2
from PIL import Image

from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.page_image import turned
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.unmended_pdf import UnmendedPdf
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import DrawPage
from clerk_desktop.model.reading import PageSize, Pixels

_MOST_PIXELS = 100_000_000
_BYTES = 4


def draw_pdf_page(pdf: PdfFile, job: DrawPage) -> Pixels:
    """Draw with annotations and form fields, turned by the page's rotation plus the job's.

    ``FileRefused``: UNREADABLE (also for a page that is not there), TOO_MANY_PIXELS for the scale.
    """
    if not 1 <= job.number <= len(pdf):
        raise FileRefused(RefusalReason.UNREADABLE)
    _check(pdf.size(job.number), job.scale)
    try:
        with pdf.pdfium_page(job.number) as page:
            return _drawn(page, job)
    except (pypdfium2.PdfiumError, ValueError, OverflowError) as broken:
        raise FileRefused(RefusalReason.UNREADABLE) from broken


def draw_unmended_page(pdf: UnmendedPdf, job: DrawPage) -> Pixels | None:
    """Draw as ``draw_pdf_page`` does, or return None where that one has to say what is wrong with the page."""
    try:
        size = pdf.size(job.number)
        if size is None:
            return None
        _check(size, job.scale)
        return _drawn(pdf.page(job.number), job)
    except (pypdfium2.PdfiumError, IndexError, ValueError, OverflowError):
        return None


def _drawn(page: pypdfium2.PdfPage, job: DrawPage) -> Pixels:
    bitmap = page.render(scale=job.scale, rotation=job.rotation % 360, prefer_bgrx=True)
    pixels = Pixels(width=bitmap.width, height=bitmap.height, stride=bitmap.stride, data=bytes(bitmap.buffer))
    bitmap.close()
    return pixels


def draw_image_page(file: ImageFile, job: DrawPage) -> Pixels:
    """Draw a page of an image file on white paper. ``FileRefused``: DAMAGED, TOO_MANY_PIXELS for the scale."""
    frame = file.frame(job.number)
    _check(frame.size, job.scale)
    shape = max(1, math.ceil(frame.size.width * job.scale)), max(1, math.ceil(frame.size.height * job.scale))
    colours = _on_paper(frame.image).resize(shape, Image.Resampling.BILINEAR, reducing_gap=2.0)
    shown = turned(colours, frame.size.rotation + job.rotation)
    return Pixels(
        width=shown.width,
        height=shown.height,
        stride=shown.width * _BYTES,
        data=shown.tobytes("raw", "BGRX"),
    )


def _check(size: PageSize, scale: float) -> None:
    if scale <= 0 or size.width * size.height * scale * scale > _MOST_PIXELS:
        raise FileRefused(RefusalReason.TOO_MANY_PIXELS)


def _on_paper(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        return paper.convert("RGB")
    return image.convert("RGB")
