"""What a file is by its first bytes. Names and endings are decoration and are never asked."""

from __future__ import annotations

from clerk_desktop.documents.content import Content
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.reading import FileKind

_IMAGES: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),  # BigTIFF
    (b"MM\x00+", FileKind.TIFF),
)
_PDF_HEADER_WITHIN = 1024  # readers accept rubbish before the header (ISO 32000-1, annex H.3.4.1)


def kind_of(content: Content) -> FileKind:
    """Return the kind; ``FileRefused``: EMPTY, or UNKNOWN_KIND."""
    if len(content) == 0:
        raise FileRefused(RefusalReason.EMPTY)
    head = bytes(content[:_PDF_HEADER_WITHIN])
    for mark, kind in _IMAGES:
        if head.startswith(mark):
            return kind
    if b"%PDF-" in head:
        return FileKind.PDF
    raise FileRefused(RefusalReason.UNKNOWN_KIND)
