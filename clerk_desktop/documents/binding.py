"""The pages of one scan, which came one by one, as one PDF. Pictures untouched; the same pages, the same bytes."""

from __future__ import annotations

from contextlib import ExitStack, closing
from itertools import accumulate

import pikepdf

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.kinds import kind_of
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.pdf_pages import append_image, saved
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import BindPages, Limits
from clerk_desktop.model.reading import FileKind


def bind(content: Content, job: BindPages) -> bytes:
    """Return the PDF. ``FileRefused``: DAMAGED, ENCRYPTED, UNKNOWN_KIND for a page that is neither."""
    ends = list(accumulate(job.lengths))
    try:
        with pikepdf.new() as pdf, ExitStack() as opened:
            for start, end in zip([0, *ends], ends, strict=False):
                piece = bytes(content[start:end])
                if kind_of(piece) is FileKind.PDF:
                    source = opened.enter_context(closing(PdfFile(piece)))
                    pdf.pages.extend(source.page(number) for number in range(1, len(source) + 1))
                else:
                    with closing(ImageFile(piece, kind_of(piece), Limits())) as image:
                        append_image(pdf, piece, image, 1, dpi=job.dpi)
            return saved(pdf)
    except (pikepdf.PdfError, RuntimeError) as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken
