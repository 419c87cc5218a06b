"""What the program prints itself: reports and sheets as blocks that flow over A4 pages, and the port that sets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A line that stands out. ``size`` in points."""

    text: str
    size: float = 13.0
    centred: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Text that is broken into lines. ``size`` in points."""

    text: str
    size: float = 9.5
    centred: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Columns with a head that is repeated on every page. ``shares``: of the width, one per column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    size: float = 8.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A code to be read by machines, centred. ``symbology`` as zxing-cpp names it; ``side`` in millimetres."""

    text: str
    symbology: str = "QRCode"
    side: float = 70.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Space:
    """Room above what follows, in millimetres."""

    height: float


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Block = Heading | Paragraph | Table | Code | Space | NewPage


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A printable document. ``language`` as in RFC 5646. ``footer`` (``{page}``, ``{pages}``) ends each page."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    footer: str = ""


class Printer(Protocol):
    """Sets paper as a PDF."""

    def pdf(self, paper: Paper) -> bytes:
        """Return the PDF, A4, with real text and its font embedded."""
