"""Embedded text of PDF pages: words with their places, in reading order. The only home of pdfplumber."""

from __future__ import annotations

import io
from collections.abc import Callable

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_words

from clerk_desktop.documents.content import stream
from clerk_desktop.documents.directions import as_displayed, by_direction, upright
from clerk_desktop.documents.lines import in_lines
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import Word

_BARS = 20  # a Code 39 of one character has 15 bars
_GAP = 0.15  # of the font size: a wider gap between characters parts words
# What pdfminer raises on malformed content that qpdf and PDFium let pass.
_BROKEN = (
    PdfminerException,
    PDFException,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)


class EmbeddedText:
    """The text of one PDF. pdfminer reads nothing, silently, from damaged files, so it is given the mended one."""

    def __init__(self, pdf: PdfFile) -> None:
        self._pdf = pdf
        self._stream: io.BufferedReader | None = None
        self._pages: list[Page] | None = None
        self._drawn: dict[int, int] = {}

    def words(self, number: int) -> tuple[Word, ...]:
        """Return the words of page ``number`` (from 1), line by line from the top; text that runs sideways or upside
        down follows, each direction by itself. ``FileRefused``: UNREADABLE.
        """
        try:
            page = self._opened()[number - 1]
            self._drawn[number] = len(page.images) + (len(page.rects) + len(page.curves)) // _BARS
            place = self._placing(page, number)
            words: list[Word] = []
            for direction, chars in by_direction(page.chars).items():
                found = extract_words(
                    upright(chars, direction, float(page.width), float(page.height)),
                    x_tolerance_ratio=_GAP,
                    y_tolerance=2,
                )
                boxes = [Rect(word["x0"], word["top"], word["x1"], word["bottom"]) for word in found]
                for line, members in enumerate(in_lines(boxes), start=words[-1].line + 1 if words else 1):
                    for index in members:
                        shown = as_displayed(boxes[index], direction, float(page.width), float(page.height))
                        words.append(Word(text=found[index]["text"], rect=place(shown), line=line))
        except _BROKEN as broken:
            raise FileRefused(RefusalReason.UNREADABLE) from broken
        finally:
            if self._pages is not None and number <= len(self._pages):
                self._pages[number - 1].close()
        return tuple(words)

    def may_hold_codes(self, number: int) -> bool:
        """Whether page ``number``, whose words were read, shows images or as many boxes as a drawn barcode has."""
        return self._drawn.get(number, 0) > 0

    def close(self) -> None:
        """Let the content go."""
        self._pages = None
        if self._stream is not None:
            self._stream.close()

    def _opened(self) -> list[Page]:
        if self._pages is None:
            self._stream = stream(self._pdf.sound)
            self._pages = pdfplumber.open(self._stream).pages
        if len(self._pages) < len(self._pdf):
            raise FileRefused(RefusalReason.UNREADABLE)
        return self._pages

    def _placing(self, page: Page, number: int) -> Callable[[Rect], Rect]:
        """Return the way back from pdfplumber's space (as displayed, y downwards) to ours."""
        left, top = float(page.mediabox[0]), float(page.mediabox[1])
        height = float(page.height)
        x0, y0, x1, y1 = page.page_obj.mediabox
        turn = page.page_obj.rotate
        crop = self._pdf.crop_box(number)

        def point(x: float, y: float) -> tuple[float, float]:
            across, up = x - left, height - (y - top)
            # the inverse of what pdfminer's interpreter does for /Rotate
            match turn:
                case 90:
                    across, up = (x1 - x0) - up, across
                case 180:
                    across, up = (x1 - x0) - across, (y1 - y0) - up
                case 270:
                    across, up = up, (y1 - y0) - across
            return across + x0 - crop.x0, up + y0 - crop.y0

        def place(shown: Rect) -> Rect:
            (ax, ay), (bx, by) = point(shown.x0, shown.y0), point(shown.x1, shown.y1)
            return Rect(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

        return place
