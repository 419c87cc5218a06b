"""A PDF as it came, in PDFium alone: the first page of a huge file at once, without a look at the others.

Good for files that are sound. ``PdfFile`` has the last word on what is in a file, mends it, and says why not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from clerk_desktop.documents.content import Content, for_pdfium
from clerk_desktop.documents.pdf_file import is_sensible, with_forms
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import PageSize


class UnmendedPdf:
    """One PDF. ``PdfiumError`` on opening."""

    def __init__(self, content: Content) -> None:
        self._document = with_forms(pypdfium2.PdfDocument(for_pdfium(content), autoclose=True))

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def page(self, number: int) -> Iterator[pypdfium2.PdfPage]:
        """Open page ``number``, from 1. ``PdfiumError``."""
        page = self._document[number - 1]
        try:
            yield page
        finally:
            page.close()

    def size(self, number: int) -> PageSize | None:
        """Return the size of page ``number`` before its rotation; None where its box is none. ``PdfiumError``."""
        with self.page(number) as page:
            box = Rect(*page.get_bbox())
            turn = page.get_rotation()
            sides = page.get_size() if turn % 180 == 0 else page.get_size()[::-1]
        if not is_sensible(box) or max(abs(sides[0] - box.width), abs(sides[1] - box.height)) > 1:
            return None
        return PageSize(width=box.width, height=box.height, rotation=turn, origin=Point(box.x0, box.y0))

    def close(self) -> None:
        """Let the content go."""
        self._document.close()
