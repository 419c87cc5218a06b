"""Two scans of one stack, fronts and backs, as one PDF; images and all else on the pages untouched."""

from __future__ import annotations

import io
from contextlib import closing

import pikepdf

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import CollatePdf


def collate(content: Content, job: CollatePdf) -> bytes:
    """Return one PDF of the pages of both. ``FileRefused``: DAMAGED, ENCRYPTED, UNREADABLE for a page not there."""
    both = bytes(content[:])
    with closing(PdfFile(both[: job.length])) as fronts, closing(PdfFile(both[job.length :])) as backs:
        if any(not 1 <= side.number <= len(backs if side.back else fronts) for side in job.order):
            raise FileRefused(RefusalReason.UNREADABLE)
        try:
            with pikepdf.new() as stack:
                for side in job.order:
                    stack.pages.append((backs if side.back else fronts).page(side.number))
                target = io.BytesIO()
                stack.save(target, deterministic_id=True, min_version="1.5")
                return target.getvalue()
        except (pikepdf.PdfError, RuntimeError) as broken:
            raise FileRefused(RefusalReason.DAMAGED) from broken
