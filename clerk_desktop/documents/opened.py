"""A foreign file kept open between the jobs on its pages, and the jobs that can be done on it.

What is refused when it is opened is refused by each job; ``InspectFile`` applies the bounds and should come first.
"""

from __future__ import annotations

from contextlib import closing

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.drawing import draw_image_page, draw_pdf_page
from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.pdf_export import export_marks
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.pdf_pages import compose_from_image, compose_from_pdf
from clerk_desktop.documents.reading import read_image_page, read_pdf_page
from clerk_desktop.documents.text import EmbeddedText
from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.annotation import Mark
from clerk_desktop.model.jobs import ComposePdf, DrawPage, ExportMarks, Limits, PickedPage, ReadPage
from clerk_desktop.model.reading import FileKind, PageReading, Pixels


class OpenedFile:
    """One file of known kind. Raises ``FileRefused`` on opening and from each job."""

    def __init__(self, content: Content, kind: FileKind, recogniser: Recogniser) -> None:
        self._content = content
        self._recogniser = recogniser
        self.kind = kind
        self._pdf = PdfFile(content) if kind is FileKind.PDF else None
        self._text = EmbeddedText(self._pdf) if self._pdf is not None else None
        self._image = None if kind is FileKind.PDF else ImageFile(content, kind, Limits())

    def read(self, job: ReadPage) -> PageReading:
        """Read one page."""
        if self._pdf is not None and self._text is not None:
            return read_pdf_page(self._pdf, self._text, self._recogniser, job)
        return read_image_page(self._the_image, self._recogniser, job)

    def compose(self, job: ComposePdf) -> bytes:
        """Write a PDF of picked pages."""
        if self._pdf is not None:
            return compose_from_pdf(self._pdf, job)
        return compose_from_image(self._content, self._the_image, job)

    def export(self, job: ExportMarks) -> bytes:
        """Write a PDF with marks; an image becomes one first. ``MarksRefused``."""
        marks = [entry for entry in Xfdf().read(job.xfdf).entries if isinstance(entry, Mark)]
        if self._pdf is not None:
            return export_marks(self._pdf, marks, flatten=job.flatten)
        image = self._the_image
        numbers = range(1, len(list(image.sizes())) + 1)
        pages = tuple(PickedPage(number=number) for number in numbers)
        whole = compose_from_image(self._content, image, ComposePdf(kind=self.kind, pages=pages))
        with closing(PdfFile(whole)) as pdf:
            return export_marks(pdf, marks, flatten=job.flatten)

    def draw(self, job: DrawPage) -> Pixels:
        """Draw one page."""
        return draw_pdf_page(self._pdf, job) if self._pdf is not None else draw_image_page(self._the_image, job)

    def close(self) -> None:
        """Close all engines and let the content go."""
        if self._text is not None:
            self._text.close()
        if self._pdf is not None:
            self._pdf.close()
        if self._image is not None:
            self._image.close()

    @property
    def _the_image(self) -> ImageFile:
        assert self._image is not None, "a file is a PDF or an image"
        return self._image
