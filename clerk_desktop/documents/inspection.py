"""The entry check of a foreign file: kind, pages, locks, signatures, damage, bounds. Pages are not read here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pikepdf
import pypdfium2

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.kinds import kind_of
from clerk_desktop.documents.legible import says_something
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import InspectFile, Limits
from clerk_desktop.model.reading import FileFacts, FileKind

_NESTING = 16


def inspect_file(content: Content, job: InspectFile) -> FileFacts:
    """Find out what a file is; no pages are told for a kind that has none here.

    ``FileRefused`` with any reason but UNREADABLE, CRASHED and TOO_SLOW.
    """
    kind = kind_of(content)
    if len(content) > job.limits.max_bytes:
        raise FileRefused(RefusalReason.TOO_LARGE)
    if kind is FileKind.PDF:
        with closing(PdfFile(content)) as pdf:
            return _pdf_facts(pdf, job.limits)
    if not kind.has_pages:
        return FileFacts(kind=kind, pages=())
    with closing(ImageFile(content, kind, job.limits)) as image:
        return _image_facts(image)


def _image_facts(image: ImageFile) -> FileFacts:
    sizes = tuple(image.sizes())
    if not sizes:
        raise FileRefused(RefusalReason.NO_PAGES)
    for number in range(1, len(sizes) + 1):
        image.check(number)
    return FileFacts(kind=image.kind, pages=sizes)


def _pdf_facts(pdf: PdfFile, limits: Limits) -> FileFacts:
    if len(pdf) > limits.max_pages:
        raise FileRefused(RefusalReason.TOO_MANY_PAGES)
    check_images(pdf.pikepdf, limits)
    return FileFacts(
        kind=FileKind.PDF,
        pages=tuple(pdf.size(number) for number in range(1, len(pdf) + 1)),
        has_text=any(_has_text(pdf, number) for number in range(1, len(pdf) + 1)),
        signed=is_signed(pdf.pikepdf),
        repaired=pdf.repaired,
    )


def check_images(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Look at the size that each image claims, without decoding it. ``FileRefused``: TOO_MANY_PIXELS."""
    for width, height in _image_sizes(pdf):
        if width * height > limits.max_pixels:
            raise FileRefused(RefusalReason.TOO_MANY_PIXELS)


def _image_sizes(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Image:
            width, height = thing.get("/Width", 0), thing.get("/Height", 0)
            if isinstance(width, int) and isinstance(height, int):
                yield abs(width), abs(height)


def _has_text(pdf: PdfFile, number: int) -> bool:
    try:
        page = pdf.pdfium[number - 1]
        text_page = page.get_textpage()
        return says_something(text_page.get_text_range())
    except pypdfium2.PdfiumError:
        return False


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Tell whether a signature field holds a signature over bytes (ISO 32000-1, 12.8.1): changing them breaks it."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    return any(_holds_signature(field, "", 0) for field in _items(form.get("/Fields")))


def _holds_signature(field: object, inherited: str, depth: int) -> bool:
    if not isinstance(field, pikepdf.Dictionary) or depth > _NESTING:
        return False
    kind = str(field.get("/FT", inherited))
    value = field.get("/V")
    if kind == "/Sig" and isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value:
        return True
    return any(_holds_signature(kid, kind, depth + 1) for kid in _items(field.get("/Kids")))


def _items(array: object) -> list[object]:
    return list(array) if isinstance(array, pikepdf.Array) else []
