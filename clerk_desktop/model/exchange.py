"""How marks leave and enter the program: the file's content as values, and the port to its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from clerk_desktop.model.annotation import ForeignElement, Mark, Tombstone
from clerk_desktop.model.geometry import Point
from clerk_desktop.model.ids import AnnotationSetId, DocumentId

UNSHIFTED: Mapping[int, Point] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class MarksFile:
    """What a file of marks holds; ``foreign`` are parts of other software outside of the marks."""

    entries: tuple[Mark | Tombstone, ...] = ()
    foreign: tuple[ForeignElement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnotationFile:
    """All marks of one author on one document as a file (XFDF), as servers keep it."""

    annotation_set_id: AnnotationSetId
    document_id: DocumentId
    author: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """How many marks are not in a file: ``astray`` stand on no page of the document, ``foreign`` are of a kind that
    only other programs draw.
    """

    astray: int = 0
    foreign: int = 0

    def __bool__(self) -> bool:
        """Whether any is missing."""
        return bool(self.astray or self.foreign)


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkedPdf:
    """A PDF with marks, and what is not in it."""

    content: bytes
    left_out: LeftOut = LeftOut()


class MarksFormat(Protocol):
    """Reads and writes files of marks."""

    def read(self, content: bytes, origins: Mapping[int, Point] = UNSHIFTED) -> MarksFile:
        """Return the marks of a file. ``origins``: where page n's crop box begins in PDF user space, by page from 1.

        Marks that this program wrote carry that place themselves. Raises ``MarksRefused``.
        """

    def write(self, marks: MarksFile) -> bytes:
        """Return the file."""
