"""A foreign PDF, opened: repaired where it is damaged, refused where it is locked, one handle per engine.

pikepdf is the judge of structure, PDFium the second opinion: it opens some files that qpdf gives up on, and then
its copy is what everybody works on. Engines are opened when first needed and stay open until ``close``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c

from clerk_desktop.documents.content import Content, for_pdfium, stream
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import LONGEST_SIDE, SHORTEST_SIDE, PageSize

_LETTER = Rect(0, 0, 612, 792)  # what qpdf, PDFium and Poppler take for a page without a usable box
_SAME = 0.5  # points by which two engines may differ over a box
_PASSWORD_NEEDED = pdfium_c.FPDF_ERR_PASSWORD


class PdfFile:
    """One PDF. ``FileRefused`` on opening: ENCRYPTED (a password is needed to read it), DAMAGED, NO_PAGES."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._mended: bytes | None = None
        try:
            self.pikepdf = _opened(content)
        except (pikepdf.PdfError, pikepdf.PasswordError) as refusal:
            # PDFium needs no password for files that only lock their attachments, and mends other damage than qpdf.
            self._mended = _second_opinion(content, refusal)
            self.pikepdf = _opened(self._mended)
        self._pages = list(self.pikepdf.pages)
        if not self._pages:
            raise FileRefused(RefusalReason.NO_PAGES)
        self.repaired = self._mended is not None or bool(self.pikepdf.get_warnings())

    @cached_property
    def sound(self) -> Content:
        """The file for readers without repair of their own: as it came, or mended."""
        if self._mended is not None:
            return self._mended
        return _rewritten(self.pikepdf) if self.repaired or self.pikepdf.is_encrypted else self._content

    def __len__(self) -> int:
        return len(self._pages)

    def page(self, number: int) -> pikepdf.Page:
        """Return page ``number``, from 1."""
        return self._pages[number - 1]

    def crop_box(self, number: int) -> Rect:
        """Return the visible part of the page in user space: crop box cut to media box (ISO 32000-1, 14.11.2).

        A box that no screen can show (too small, too large, no numbers) counts as none.
        """
        page = self.page(number)
        media = _box(page.mediabox) or _LETTER
        crop = _box(page.cropbox) or media
        cut = Rect(max(crop.x0, media.x0), max(crop.y0, media.y0), min(crop.x1, media.x1), min(crop.y1, media.y1))
        return cut if is_sensible(cut) else media

    def size(self, number: int) -> PageSize:
        """Return the size of page ``number`` in points before its rotation."""
        box = self.crop_box(number)
        return PageSize(
            width=box.width, height=box.height, rotation=self.rotation(number), origin=Point(box.x0, box.y0)
        )

    def rotation(self, number: int) -> int:
        """Return the page's own clockwise rotation in degrees; what is no quarter turn counts as none."""
        try:
            turn = int(self.page(number).rotation) % 360
        except (TypeError, ValueError, pikepdf.PdfError):
            return 0
        return turn if turn % 90 == 0 else 0

    @cached_property
    def pdfium(self) -> pypdfium2.PdfDocument:
        """The PDFium handle, with form fields drawn. ``FileRefused``: DAMAGED."""
        try:
            source = for_pdfium(self._content if self._mended is None else self._mended)
            document = pypdfium2.PdfDocument(source, autoclose=True)
            if len(document) != len(self):
                document.close()
                document = pypdfium2.PdfDocument(_rewritten(self.pikepdf))
        except pypdfium2.PdfiumError:
            try:
                document = pypdfium2.PdfDocument(_rewritten(self.pikepdf))
            except pypdfium2.PdfiumError as broken:
                raise FileRefused(RefusalReason.DAMAGED) from broken
        return with_forms(document)

    @contextmanager
    def pdfium_page(self, number: int) -> Iterator[pypdfium2.PdfPage]:
        """Open page ``number`` in PDFium, with the box that ``crop_box`` tells. ``FileRefused``, ``PdfiumError``."""
        page = self.pdfium[number - 1]
        try:
            box = self.crop_box(number)
            shown = page.get_size() if self.rotation(number) % 180 == 0 else page.get_size()[::-1]
            if max(abs(shown[0] - box.width), abs(shown[1] - box.height)) > _SAME:
                for put in (page.set_mediabox, page.set_cropbox):
                    put(box.x0, box.y0, box.x1, box.y1)
            yield page
        finally:
            page.close()

    def close(self) -> None:
        """Close all engines and let the content go."""
        document = self.__dict__.pop("pdfium", None)
        if document is not None:
            document.close()
        self.__dict__.pop("sound", None)
        self._pages = []
        self.pikepdf.close()


def _opened(content: Content) -> pikepdf.Pdf:
    return pikepdf.open(stream(content), suppress_warnings=True, access_mode=pikepdf.AccessMode.stream)


def _rewritten(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    try:
        pdf.save(target, encryption=False, static_id=True)
    except (pikepdf.PdfError, RuntimeError) as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken
    return target.getvalue()


def _second_opinion(content: Content, refusal: Exception) -> bytes:
    """Return PDFium's unlocked copy, or raise why there is none."""
    try:
        with pypdfium2.PdfDocument(for_pdfium(content), autoclose=True) as document:
            if not len(document):
                raise FileRefused(RefusalReason.NO_PAGES)
            target = io.BytesIO()
            document.save(target, flags=pdfium_c.FPDF_REMOVE_SECURITY)
        _opened(target.getvalue()).close()
    except pypdfium2.PdfiumError as broken:
        locked = isinstance(refusal, pikepdf.PasswordError) or broken.err_code == _PASSWORD_NEEDED
        raise FileRefused(RefusalReason.ENCRYPTED if locked else RefusalReason.DAMAGED) from broken
    except pikepdf.PdfError as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken
    return target.getvalue()


def _box(array: object) -> Rect | None:
    try:
        x0, y0, x1, y1 = (float(value) for value in array)  # type: ignore[attr-defined]  # any PDF object may stand here
    except (TypeError, ValueError, OverflowError, pikepdf.PdfError):
        return None
    box = Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if is_sensible(box) else None


def with_forms(document: pypdfium2.PdfDocument) -> pypdfium2.PdfDocument:
    """Have a document's form fields drawn; before the first page is opened."""
    if document.get_formtype() in (pdfium_c.FORMTYPE_ACRO_FORM, pdfium_c.FORMTYPE_XFA_FOREGROUND):
        document.init_forms()
    return document


def is_sensible(box: Rect) -> bool:
    """Whether a page of this box can be shown."""
    return all(SHORTEST_SIDE <= side <= LONGEST_SIDE for side in (box.width, box.height))
