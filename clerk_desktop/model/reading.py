"""What was read from a scanned file: its kind, pages, words and codes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import Enum

from clerk_desktop.model.geometry import PAGE_CORNER, Point, Rect

SHORTEST_SIDE = 1.0
LONGEST_SIDE = 100_000.0
"""Bounds of a page's side in points: 35 m is more than any plotter prints, and all pages together fit a scroll bar."""


class FileKind(Enum):
    """What a file is by its content, never by its name."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"
    HEIF = "heif"
    WEBP = "webp"
    GIF = "gif"
    BMP = "bmp"
    MAIL = "mail"
    OUTLOOK = "outlook"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    RTF = "rtf"

    @property
    def has_pages(self) -> bool:
        """Whether its pages can be drawn and read here; the others are taken in unchanged and opened elsewhere."""
        return self in PAGED


PAGED = frozenset(
    {
        FileKind.PDF,
        FileKind.TIFF,
        FileKind.JPEG,
        FileKind.PNG,
        FileKind.HEIF,
        FileKind.WEBP,
        FileKind.GIF,
        FileKind.BMP,
    }
)
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
MIME_TYPES: dict[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.TIFF: "image/tiff",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.HEIF: "image/heif",
    FileKind.WEBP: "image/webp",
    FileKind.GIF: "image/gif",
    FileKind.BMP: "image/bmp",
    FileKind.MAIL: "message/rfc822",
    FileKind.OUTLOOK: "application/vnd.ms-outlook",
    FileKind.DOCX: _OPEN_XML + "wordprocessingml.document",
    FileKind.XLSX: _OPEN_XML + "spreadsheetml.sheet",
    FileKind.PPTX: _OPEN_XML + "presentationml.presentation",
    FileKind.ODT: _OPEN_DOCUMENT + "text",
    FileKind.ODS: _OPEN_DOCUMENT + "spreadsheet",
    FileKind.ODP: _OPEN_DOCUMENT + "presentation",
    FileKind.DOC: "application/msword",
    FileKind.XLS: "application/vnd.ms-excel",
    FileKind.PPT: "application/vnd.ms-powerpoint",
    FileKind.RTF: "application/rtf",
}
"""As registered at IANA; said here because not every system knows them."""
_OTHER_ENDINGS = {
    FileKind.TIFF: ".tif",
    FileKind.JPEG: ".jpg",
    FileKind.HEIF: ".heic",
    FileKind.MAIL: ".eml",
    FileKind.OUTLOOK: ".msg",
}
ENDINGS: dict[str, str] = {mime: _OTHER_ENDINGS.get(kind, f".{kind.value}") for kind, mime in MIME_TYPES.items()}
"""The ending that a file of each MIME type gets when it leaves the store, with its dot."""


def kind_by_mime(mime_type: str) -> FileKind | None:
    """Return the kind that has this MIME type, None for another one."""
    return next((kind for kind, mime in MIME_TYPES.items() if mime == mime_type), None)


class TextSource(Enum):
    """Where the words of a page come from."""

    EMBEDDED = "embedded"
    RECOGNISED = "recognised"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word at its place. ``confidence`` runs from 0 to 1; embedded text has 1. ``line`` numbers lines from 1."""

    text: str
    rect: Rect
    line: int
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Barcode:
    """A code on a page: symbology as zxing-cpp names it (``QRCode``, ``Code128``, ``Code39`` …), text, place."""

    symbology: str
    text: str
    rect: Rect


@dataclass(frozen=True, kw_only=True, slots=True)
class PageSize:
    """Width and height in points before rotation; ``rotation`` is the page's own (0, 90, 180, 270, clockwise).

    ``origin``: where the page's lower left corner lies in PDF user space; other software counts from there.
    ``ValueError`` for a side that no view can lay out: sizes come from processes that read foreign files.
    """

    width: float
    height: float
    rotation: int = 0
    origin: Point = PAGE_CORNER

    def __post_init__(self) -> None:
        sides_are_sensible = all(SHORTEST_SIDE <= side <= LONGEST_SIDE for side in (self.width, self.height))
        if not sides_are_sensible or not all(map(math.isfinite, (self.origin.x, self.origin.y))):
            raise ValueError(f"a page of {self.width} x {self.height} points")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFacts:
    """What an inspection found without reading the pages. ``has_text``: some page carries embedded text."""

    kind: FileKind
    pages: tuple[PageSize, ...]
    has_text: bool = False
    signed: bool = False
    repaired: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLook:
    """What is known of a file to be shown.

    ``guessed``: only the first page was measured, the others are taken for alike. ``mended``: it is damaged or locked,
    and what can be shown is a mended copy.
    """

    kind: FileKind
    pages: tuple[PageSize, ...]
    guessed: bool = False
    mended: bool = False


class PageFlaw(Enum):
    """What is wrong with the scan of a page, for whoever checks it by eye."""

    DARK = "dark"
    FAINT = "faint"
    CUT_OFF = "cut-off"
    COARSE = "coarse"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageReading:
    """One page as read. ``number`` counts from 1; ``words`` stand in reading order, corrected (``§``);
    ``raw_text`` is what the engine said before any correction; ``turned`` is the clockwise rotation in degrees
    that reading needed on top of the page's own; ``look``: what the scan of it looks like (``model.likeness``), ""
    where nothing was scanned; ``stripes``: it shows bars that no code could be read from; ``flaws`` of its scan.
    """

    number: int
    size: PageSize
    words: tuple[Word, ...]
    raw_text: str
    source: TextSource
    blank: bool = False
    barcodes: tuple[Barcode, ...] = ()
    turned: int = 0
    look: str = ""
    stripes: bool = False
    flaws: tuple[PageFlaw, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The page's text, one entry per line."""
        grouped: dict[int, list[str]] = {}
        for word in self.words:
            grouped.setdefault(word.line, []).append(word.text)
        return tuple(" ".join(words) for words in grouped.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file in an e-mail. ``name`` as the sender called it, without any folder; ``size`` in bytes."""

    name: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """What an e-mail says of itself (RFC 5322), and its words; a claim of the sender's, not a proof.

    ``sender``: name, else address; ``sent_on``: day in the sender's own time zone; ``attachments`` in their order,
    pictures that only belong to the layout left out.
    """

    sender: str
    subject: str
    sent_on: date | None
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pixels:
    """A drawn page: ``height`` rows of ``stride`` bytes, each pixel blue, green, red, unused (32 bits)."""

    width: int
    height: int
    stride: int
    data: bytes
