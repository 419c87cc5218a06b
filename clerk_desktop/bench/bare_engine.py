"""The baseline of the review: PDFium alone, on a plain file, in the process that measures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2


class BareEngine:
    """One PDF, opened."""

    def __init__(self, path: Path) -> None:
        self._document = pypdfium2.PdfDocument(path)

    def draw(self, numbers: Iterable[int], scale: float) -> None:
        """Draw pages (from 1) at so many pixels a point, as the window wants its pixels."""
        for number in numbers:
            page = self._document[number - 1]
            page.render(scale=scale, prefer_bgrx=True).close()
            page.close()

    def close(self) -> None:
        """Close the file."""
        self._document.close()


def first_page(path: Path, scale: float) -> None:
    """Open a file, draw its first page, close it."""
    engine = BareEngine(path)
    engine.draw((1,), scale)
    engine.close()
