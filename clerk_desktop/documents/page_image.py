"""Grey pictures of pages for the eyes of the program: recognition, codes, blank test. For people see ``drawing``."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium_c
from PIL import Image

from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.places import Placing
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.reading import PageSize

READING_DPI = 300
_MOST_PIXELS = 50_000_000
_COVERS_PAGE = 0.5  # share of the page that makes an image "the scan"
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


@dataclass(frozen=True, kw_only=True, slots=True)
class PageImage:
    """A page as displayed (its own rotation applied), grey, with its resolution and the way back to the page."""

    image: Image.Image
    dpi: float
    size: PageSize

    def placing(self, turned: int = 0) -> Placing:
        """Return the way back from pixels of this image, after a further clockwise turn of ``turned`` degrees."""
        width, height = self.image.size if turned % 180 == 0 else (self.image.height, self.image.width)
        return Placing(size=self.size, turn=(self.size.rotation + turned) % 360, width=width, height=height)

    def turned(self, degrees: int) -> Image.Image:
        """Return the image, turned clockwise by a multiple of 90 degrees."""
        return turned(self.image, degrees)


def turned(image: Image.Image, degrees: int) -> Image.Image:
    """Return ``image``, turned clockwise by a multiple of 90 degrees, pixel by pixel."""
    way = _TURNS.get(degrees % 360)
    return image if way is None else image.transpose(way)


def page_of_pdf(pdf: PdfFile, number: int, dpi: float = READING_DPI) -> PageImage:
    """Draw page ``number`` of a PDF, smaller than asked where it would be huge. ``FileRefused``: UNREADABLE."""
    size = pdf.size(number)
    scale = min(dpi / 72, math.sqrt(_MOST_PIXELS / (size.width * size.height)))
    try:
        with pdf.pdfium_page(number) as page:
            bitmap = page.render(scale=scale, draw_annots=True)
            image: Image.Image = bitmap.to_pil().convert("L")
            bitmap.close()
    except (pypdfium2.PdfiumError, ValueError, OverflowError) as broken:
        raise FileRefused(RefusalReason.UNREADABLE) from broken
    return PageImage(image=image, dpi=scale * 72, size=size)


def scan_dpi(pdf: PdfFile, number: int) -> float | None:
    """Return the resolution of the scan that covers page ``number``, ``None`` where no image does."""
    try:
        with pdf.pdfium_page(number) as page:
            width, height = page.get_size()
            best = None
            for found in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
                left, bottom, right, top = found.get_bounds()
                if (right - left) * (top - bottom) < _COVERS_PAGE * width * height:
                    continue
                across, up = found.get_px_size()
                dots = 72 * math.sqrt(across * up / ((right - left) * (top - bottom)))
                best = dots if best is None else max(best, dots)
            return best
    except pypdfium2.PdfiumError:
        return None


def page_of_image(file: ImageFile, number: int) -> PageImage:
    """Return page ``number`` of an image file as displayed, grey, with square pixels of a sensible number."""
    frame = file.frame(number)
    image = grey(frame.image)
    across, up = frame.dots_per_point
    dots = max(across, up)
    dots = min(dots, math.sqrt(_MOST_PIXELS / (frame.size.width * frame.size.height)))
    if not (math.isclose(across, dots, rel_tol=0.02) and math.isclose(up, dots, rel_tol=0.02)):
        shape = max(1, round(frame.size.width * dots)), max(1, round(frame.size.height * dots))
        image = image.resize(shape, Image.Resampling.BICUBIC)  # fax: 204 x 98 dots per inch
    return PageImage(image=turned(image, frame.size.rotation), dpi=dots * 72, size=frame.size)


def grey(image: Image.Image) -> Image.Image:
    """Return ``image`` in grey (mode L) on white paper."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "F":
        return image.convert("L")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        return paper.convert("L")
    return image.convert("L")
