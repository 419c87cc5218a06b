"""A letter put together of pages of others: images and all else on them untouched, a turn is the page's entry only.

The same pages give the same bytes: a step that a crash interrupted is repeated, and the upload is known by its hash.
"""

from __future__ import annotations

import io
from contextlib import ExitStack, closing
from itertools import accumulate, pairwise

import pikepdf

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import RearrangePdf


def rearrange(content: Content, job: RearrangePdf) -> bytes:
    """Return one PDF of the taken pages. ``FileRefused``: DAMAGED, ENCRYPTED, UNREADABLE for a page not there."""
    ends = list(accumulate(job.lengths, initial=0))
    whole = bytes(content[:])
    with ExitStack() as stack:
        sources = [stack.enter_context(closing(PdfFile(whole[begin:end]))) for begin, end in pairwise(ends)]
        if any(not 1 <= page.number <= len(sources[page.source]) for page in job.pages):
            raise FileRefused(RefusalReason.UNREADABLE)
        try:
            if len(sources) == 1 and [page.number for page in job.pages] == list(range(1, len(sources[0]) + 1)):
                # all of one file: its forms, attachments and properties are kept as well
                made = stack.enter_context(pikepdf.open(io.BytesIO(_saved(sources[0].pikepdf))))
            else:
                made = stack.enter_context(pikepdf.new())
                for page in job.pages:
                    made.pages.append(sources[page.source].page(page.number))
            for new, page in zip(made.pages, job.pages, strict=True):
                if page.turned:
                    new.obj.Rotate = (sources[page.source].rotation(page.number) + page.turned) % 360
            return _saved(made)
        except (pikepdf.PdfError, RuntimeError) as broken:
            raise FileRefused(RefusalReason.DAMAGED) from broken


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, encryption=False, deterministic_id=True, min_version="1.5")
    return target.getvalue()
