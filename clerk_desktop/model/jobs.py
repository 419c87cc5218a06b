"""What a worker process can be asked to do with one foreign file. The content itself travels in shared memory."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from clerk_desktop.model.archival import Archived
from clerk_desktop.model.batch import IndexData
from clerk_desktop.model.exchange import MarkedPdf
from clerk_desktop.model.reading import FileFacts, FileKind, FileLook, Mail, PageReading, Pixels, Word
from clerk_desktop.model.sides import Side

Result = TypeVar("Result")


class Job(Generic[Result]):
    """Something a worker can do with one file, and what comes back: ``class Inspect(Job[FileFacts])``."""

    __slots__ = ()


class Priority(IntEnum):
    """Lower runs first: a page somebody looks at never waits for recognition."""

    SCREEN = 0
    INTAKE = 1
    RECOGNITION = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Bounds for foreign content: bytes, pages, pixels of one image (width x height; A0 at 300 dpi has 139 million)."""

    max_bytes: int = 2 * 1024**3
    max_pages: int = 2_000
    max_pixels: int = 178_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class InspectFile(Job[FileFacts]):
    """Find out what a file is -> ``FileFacts``. Raises ``FileRefused`` with its reason."""

    limits: Limits = Limits()


@dataclass(frozen=True, kw_only=True, slots=True)
class LookAtFile(Job[FileLook]):
    """Find out as much as the first page needs, without a look at the others -> ``FileLook``. ``FileRefused``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasurePages(Job[FileLook]):
    """Find out the size of each page, and whether the file had to be mended -> ``FileLook``. ``FileRefused``."""

    kind: FileKind


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPage(Job[PageReading]):
    """Read page ``number`` (from 1): embedded text, else recognition; blank test; codes -> ``PageReading``."""

    kind: FileKind
    number: int
    recognise: bool = True
    symbologies: tuple[str, ...] = ("QRCode", "Code128", "Code39")


@dataclass(frozen=True, kw_only=True, slots=True)
class PickedPage:
    """A page to put into a new PDF: its number in the source, and the words for an invisible text layer, if any.

    ``turned``: the clockwise rotation that reading needed (``PageReading.turned``); the new page is shown that way,
    its coordinates stay.
    """

    number: int
    words: tuple[Word, ...] = ()
    turned: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ComposePdf(Job[bytes]):
    """Write a PDF of the picked pages, in that order, each image untouched -> ``bytes``."""

    kind: FileKind
    pages: tuple[PickedPage, ...]
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CollatePdf(Job[bytes]):
    """Write one PDF of two: the content is a PDF of ``length`` bytes with the fronts, then one with the backs."""

    length: int
    order: tuple[Side, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BindPages(Job[bytes]):
    """Write one PDF of pictures (JPEG) and PDFs that lie one behind the other in the content, each untouched.

    ``lengths`` in bytes, in order. ``dpi``: of pictures that do not tell. Raises ``FileRefused``.
    """

    lengths: tuple[int, ...]
    dpi: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeArchival(Job[Archived]):
    """Write a scan in PDF as PDF/A-2b, or say why it stays as it is -> ``Archived``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadIndex(Job[IndexData]):
    """Read an index file that a scanner wrote beside a scan -> ``IndexData``. ``FileRefused``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedPage:
    """A page (from 1) of one of several PDFs (``source`` from 0), turned clockwise on top of its own rotation."""

    source: int
    number: int
    turned: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RearrangePdf(Job[bytes]):
    """Write a PDF of pages of several: the content is PDFs of ``lengths`` bytes, one behind the other -> ``bytes``."""

    lengths: tuple[int, ...]
    pages: tuple[PlacedPage, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawPage(Job[Pixels]):
    """Draw page ``number`` (from 1) at ``scale`` pixels per point, turned by ``rotation`` degrees -> ``Pixels``.

    ``unmended``: as the file came, without a look at all of it; for files that are not damaged (``FileLook.mended``).
    """

    kind: FileKind
    number: int
    scale: float
    rotation: int = 0
    unmended: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadMail(Job[Mail]):
    """Read an e-mail: who, what about, when, its words, and which files are in it -> ``Mail``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeAttachment(Job[bytes]):
    """Take attachment ``number`` (from 1, as ``ReadMail`` counts) out of an e-mail -> ``bytes``. ``FileRefused``."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportMarks(Job[MarkedPdf]):
    """Write a PDF with the marks as standard annotations, or burnt into its pages (``flatten``) -> ``MarkedPdf``.

    ``xfdf``: the marks as an XFDF file. Raises ``FileRefused``: SIGNED for a PDF that a signature protects.
    """

    kind: FileKind
    xfdf: bytes
    flatten: bool = False
