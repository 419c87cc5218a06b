"""A foreign file kept open between the jobs on its pages, and the jobs that can be done on it.

What is refused when it is opened is refused by each job; ``InspectFile`` applies the bounds and should come first
where the content is not one that was taken in before.
"""

from __future__ import annotations

from contextlib import closing
from functools import cached_property

import pypdfium2

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.drawing import draw_image_page, draw_pdf_page, draw_unmended_page
from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.inspection import check_images
from clerk_desktop.documents.mail import MailFile
from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.pdf_export import export_marks, left_out
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.pdf_pages import compose_from_image, compose_from_pdf
from clerk_desktop.documents.reading import read_image_page, read_pdf_page
from clerk_desktop.documents.text import EmbeddedText
from clerk_desktop.documents.unmended_pdf import UnmendedPdf
from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.annotation import Mark
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.exchange import MarkedPdf
from clerk_desktop.model.jobs import ComposePdf, DrawPage, ExportMarks, Limits, PickedPage, ReadPage, TakeAttachment
from clerk_desktop.model.reading import FileKind, FileLook, Mail, PageReading, Pixels


class OpenedFile:
    """One file of known kind. Engines are opened when first needed; each job raises ``FileRefused``."""

    def __init__(self, content: Content, kind: FileKind, recogniser: Recogniser) -> None:
        self._content = content
        self._recogniser = recogniser
        self._limits = Limits()
        self.kind = kind

    def look(self) -> FileLook:
        """Find out what the first page needs; all of it where that costs nothing, or where the file is not sound."""
        if not self.kind.has_pages:
            return FileLook(kind=self.kind, pages=())
        unmended = self._unmended if self.kind is FileKind.PDF else None
        if unmended is None or len(unmended) > self._limits.max_pages:
            return self.measure()
        try:
            first, pixels = unmended.size(1), unmended.most_pixels(1)
        except pypdfium2.PdfiumError:
            return self.measure()
        if first is None:
            return self.measure()
        if pixels > self._limits.max_pixels:
            raise FileRefused(RefusalReason.TOO_MANY_PIXELS)
        return FileLook(kind=self.kind, pages=(first,) * len(unmended), guessed=len(unmended) > 1)

    def measure(self) -> FileLook:
        """Find out each page's size; here the bounds apply to the whole file."""
        if self.kind is not FileKind.PDF:
            return FileLook(kind=self.kind, pages=tuple(self._image.sizes()))
        pdf, unmended = self._pdf, self._unmended
        if len(pdf) > self._limits.max_pages:
            raise FileRefused(RefusalReason.TOO_MANY_PAGES)
        check_images(pdf.pikepdf, self._limits)
        mended = pdf.repaired or unmended is None or len(unmended) != len(pdf)
        return FileLook(kind=self.kind, pages=tuple(map(pdf.size, range(1, len(pdf) + 1))), mended=mended)

    def read(self, job: ReadPage) -> PageReading:
        """Read one page."""
        if self.kind is FileKind.PDF:
            return read_pdf_page(self._pdf, self._text, self._recogniser, job)
        return read_image_page(self._image, self._recogniser, job)

    def compose(self, job: ComposePdf) -> bytes:
        """Write a PDF of picked pages."""
        if self.kind is FileKind.PDF:
            return compose_from_pdf(self._pdf, job)
        return compose_from_image(self._content, self._image, job)

    def export(self, job: ExportMarks) -> MarkedPdf:
        """Write a PDF with marks; an image becomes one first. ``MarksRefused``."""
        if not self.kind.has_pages:
            raise FileRefused(RefusalReason.NO_PAGES)
        marks = [entry for entry in Xfdf().read(job.xfdf).entries if isinstance(entry, Mark)]
        if self.kind is FileKind.PDF:
            return _marked(self._pdf, marks, job)
        numbers = range(1, len(list(self._image.sizes())) + 1)
        pages = tuple(PickedPage(number=number) for number in numbers)
        whole = compose_from_image(self._content, self._image, ComposePdf(kind=self.kind, pages=pages))
        with closing(PdfFile(whole)) as pdf:
            return _marked(pdf, marks, job)

    def mail(self) -> Mail:
        """Read an e-mail."""
        return self._mail.read()

    def attachment(self, job: TakeAttachment) -> bytes:
        """Take a file out of an e-mail."""
        return self._mail.attachment(job.number)

    def draw(self, job: DrawPage) -> Pixels:
        """Draw one page."""
        if self.kind is not FileKind.PDF:
            return draw_image_page(self._image, job)
        unmended = self._unmended if job.unmended else None
        drawn = draw_unmended_page(unmended, job) if unmended is not None else None
        return drawn or draw_pdf_page(self._pdf, job)

    def close(self) -> None:
        """Close all engines and let the content go."""
        for name in ("_text", "_unmended", "_pdf", "_image", "_mail"):
            engine = self.__dict__.pop(name, None)
            if engine is not None:
                engine.close()

    @cached_property
    def _unmended(self) -> UnmendedPdf | None:
        try:
            return UnmendedPdf(self._content)
        except pypdfium2.PdfiumError:
            return None

    @cached_property
    def _pdf(self) -> PdfFile:
        return PdfFile(self._content)

    @cached_property
    def _text(self) -> EmbeddedText:
        return EmbeddedText(self._pdf)

    @cached_property
    def _image(self) -> ImageFile:
        return ImageFile(self._content, self.kind, self._limits)

    @cached_property
    def _mail(self) -> MailFile:
        return MailFile(self._content)


def _marked(pdf: PdfFile, marks: list[Mark], job: ExportMarks) -> MarkedPdf:
    return MarkedPdf(content=export_marks(pdf, marks, flatten=job.flatten), left_out=left_out(pdf, marks))
