"""The transfer note (Transfervermerk, BSI TR-03138 TR-RESISCAN): what was done to a scan on its way to a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from clerk_desktop.model.archival import Hindrance
from clerk_desktop.model.ids import DocumentId, FileId
from clerk_desktop.model.rearranging import TakenPage
from clerk_desktop.model.scanning import ScanOrigin


class Treatment(Enum):
    """What was done to the scan to make the stored form."""

    UNCHANGED = "unchanged"
    CUT = "cut"
    SHEETS_LEFT_OUT = "sheets-left-out"
    TEXT_LAYER = "text-layer"
    MADE_PDF = "made-pdf"
    REPAIRED = "repaired"
    TAKEN_OUT_OF_MAIL = "taken-out-of-mail"
    JOINED = "joined"
    PDF_A = "pdf-a-2b"
    NOT_PDF_A = "not-pdf-a"
    REARRANGED = "rearranged"
    TURNED = "turned"


@dataclass(frozen=True, kw_only=True, slots=True)
class TransferNote:
    """One note. All times are aware, UTC; hashes are SHA-256, hexadecimal.

    ``number`` counts the notes of a ``station`` from 1 without gaps; ``previous`` is the hash of the note before, ""
    for the first. ``pages``: of the scan, from 1, in this document; ``blank``: those of them without ink, kept;
    ``left_out``: pages of the scan that are in no document (sheets and their backs). ``scanned_at``: the time of the
    file, told by the scanner. ``device``: the scanner on the network and how it was set, None for files of others.
    ``batch``: SHA-256 and path of each file of a batch, its index file among them.
    ``hindrance``: why the stored form is not PDF/A although the office wants it.
    ``made_of``: the pages of other letters that somebody made it of, in their order; ``sorted_out``: those of these
    letters that went into none.
    """

    station: str
    number: int
    previous: str
    document_id: DocumentId
    file_id: FileId
    written_at: datetime
    written_by: str
    machine: str
    program: str
    source: str
    scanned_at: datetime
    taken_in_at: datetime | None
    source_sha256: str
    source_size: int
    source_pages: int
    stored_sha256: str
    stored_size: int
    pages: tuple[int, ...]
    blank: tuple[int, ...]
    left_out: tuple[int, ...]
    treatments: tuple[Treatment, ...]
    device: ScanOrigin | None = None
    batch: tuple[tuple[str, str], ...] = ()
    hindrance: Hindrance | None = None
    made_of: tuple[TakenPage, ...] = ()
    sorted_out: tuple[TakenPage, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedNote:
    """A note as it was written: ``text`` is its canonical JSON, ``sha256`` the hash of that text."""

    note: TransferNote
    text: str
    sha256: str


class FaultKind(Enum):
    """What is wrong with a chain of notes."""

    CHANGED = "changed"
    MISSING = "missing"
    MISPLACED = "misplaced"
    LINK_BROKEN = "link-broken"
    END_CUT_OFF = "end-cut-off"
    END_UNKNOWN = "end-unknown"
    NOTE_OF_DOCUMENT_MISSING = "note-of-document-missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainFault:
    """Something wrong, and where: at note ``number`` of a station, or with the note of a document."""

    kind: FaultKind
    station: str = ""
    number: int = 0
    document_id: DocumentId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainEnd:
    """The last note of a station: told to others, it proves that the notes up to it were not written anew."""

    station: str
    number: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainReport:
    """What a check of all notes found."""

    notes: int
    ends: tuple[ChainEnd, ...] = ()
    faults: tuple[ChainFault, ...] = ()
