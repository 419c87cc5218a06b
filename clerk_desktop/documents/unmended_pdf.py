"""A PDF as it came, in PDFium alone: the first page of a huge file at once, without a look at the others.

Good for files that are sound. ``PdfFile`` has the last word on what is in a file, mends it, and says why not.
"""

from __future__ import annotations

import math
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium_c

from clerk_desktop.documents.content import Content, for_pdfium
from clerk_desktop.documents.pdf_file import is_sensible, with_forms
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import PageSize

_LOOKED_AT = 50


class UnmendedPdf:
    """One PDF; the page that was asked for last stays open, as it is drawn next. ``PdfiumError`` from all of it."""

    def __init__(self, content: Content) -> None:
        self._document = with_forms(pypdfium2.PdfDocument(for_pdfium(content), autoclose=True))
        self._last: tuple[int, pypdfium2.PdfPage] | None = None

    def __len__(self) -> int:
        return len(self._document)

    def page(self, number: int) -> pypdfium2.PdfPage:
        """Return page ``number``, from 1, opened; until another one is asked for."""
        if self._last is None or self._last[0] != number:
            self._let_go()
            self._last = number, self._document[number - 1]
        return self._last[1]

    def size(self, number: int) -> PageSize | None:
        """Return the size of page ``number`` before its rotation; None where its box is none."""
        page = self.page(number)
        box = Rect(*page.get_bbox())
        turn = page.get_rotation()
        sides = page.get_size() if turn % 180 == 0 else page.get_size()[::-1]
        if not is_sensible(box) or max(abs(sides[0] - box.width), abs(sides[1] - box.height)) > 1:
            return None
        return PageSize(width=box.width, height=box.height, rotation=turn, origin=Point(box.x0, box.y0))

    def most_pixels(self, number: int) -> int:
        """Return how many pixels the largest of the first images on page ``number`` claims, without decoding it."""
        objects = self.page(number).get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2)
        return max((math.prod(image.get_px_size()) for image in islice(objects, _LOOKED_AT)), default=0)

    def close(self) -> None:
        """Let the content go."""
        self._let_go()
        self._document.close()

    def _let_go(self) -> None:
        if self._last is not None:
            self._last[1].close()
            self._last = None
