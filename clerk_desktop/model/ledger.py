"""The ledger (Eingangsbuch): the life of every scanned file, from seen to confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ids import DocumentId, FileId, FolderId
from clerk_desktop.model.visual_check import Sample


class FileState(Enum):
    """Where a scanned file is on its way."""

    SEEN = "seen"
    CLAIMED = "claimed"
    UNDERSTOOD = "understood"
    QUEUED = "queued"
    DEPOSITED = "deposited"
    CONFIRMED = "confirmed"
    QUARANTINED = "quarantined"
    DUPLICATE = "duplicate"


HELD = (FileState.QUARANTINED, FileState.DUPLICATE)
"""States in which a file waits for somebody, unless it was given up."""

TRANSITIONS: dict[FileState, frozenset[FileState]] = {
    FileState.SEEN: frozenset({FileState.CLAIMED, FileState.QUARANTINED, FileState.DUPLICATE}),
    FileState.CLAIMED: frozenset({FileState.UNDERSTOOD, FileState.QUARANTINED, FileState.DUPLICATE}),
    FileState.UNDERSTOOD: frozenset({FileState.QUEUED}),
    FileState.QUEUED: frozenset({FileState.DEPOSITED}),
    FileState.DEPOSITED: frozenset({FileState.CONFIRMED, FileState.QUEUED}),
    FileState.CONFIRMED: frozenset(),
    FileState.QUARANTINED: frozenset({FileState.SEEN, FileState.CLAIMED}),
    FileState.DUPLICATE: frozenset({FileState.CLAIMED}),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanFolder:
    """A watched folder. ``keep_originals_days``: how long settled originals stay in ``erledigt``; None for ever.

    ``batch``: what the scanner writes. Seconds: ``batch_quiet``, after which no more pages are expected;
    ``batch_wait``, after which a scan is taken in without its index file.
    """

    folder_id: FolderId
    path: str
    municipality: str
    keep_originals_days: int | None = None
    batch: BatchMode = BatchMode.SINGLE
    batch_quiet: float = 20.0
    batch_wait: float = 600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannedFile:
    """One file in the ledger.

    ``size`` in bytes and ``modified_ns`` (nanoseconds since 1970) are of the original when it was taken; all times are
    aware, UTC. ``settled_at``: the original was moved to ``settled_path``. ``discarded_at``: a clerk gave a
    quarantined file up; it stays in the ledger. ``batch_of``: the file with the first page, where this one is a later
    page of its batch, or its index file; it goes every step with it.
    """

    file_id: FileId
    folder_id: FolderId
    path: str
    size: int
    modified_ns: int
    state: FileState
    seen_at: datetime
    received_on: date | None = None
    source_sha256: str = ""
    claimed_at: datetime | None = None
    confirmed_at: datetime | None = None
    settled_at: datetime | None = None
    settled_path: str = ""
    discarded_at: datetime | None = None
    refusal: RefusalReason | None = None
    duplicate_of: FileId | None = None
    batch_of: FileId | None = None


class DocumentProgress(Enum):
    """How far one document of a file has come on its way to the server."""

    WAITING = "waiting"
    DEPOSITED = "deposited"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True, slots=True)
class FilePart:
    """One document made from a scanned file. ``pages`` are page numbers of the source, from 1."""

    file_id: FileId
    document_id: DocumentId
    pages: tuple[int, ...]
    progress: DocumentProgress = DocumentProgress.WAITING


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The scanned file that a document was cut from, with all the documents it was cut into, in page order."""

    file: ScannedFile
    parts: tuple[FilePart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimEntry:
    """A line of the claim log: a file was taken in. Never changed or removed; ``at`` is aware, UTC."""

    file_id: FileId
    path: str
    sha256: str
    at: datetime


class Verdict(Enum):
    """How the account of a day judges one file. Those in ``LOST`` mean that it is lost until somebody finds it."""

    ARRIVED = "arrived"
    STILL_COMING = "still-coming"
    NOT_READ_YET = "not-read-yet"
    NOT_SENT_YET = "not-sent-yet"
    SENDING_FAILED = "sending-failed"
    NOT_CONFIRMED_YET = "not-confirmed-yet"
    HELD = "held"
    GIVEN_UP = "given-up"
    TWIN = "twin"
    TWIN_GIVEN_UP = "twin-given-up"
    ALIKE = "alike"
    ALIKE_GIVEN_UP = "alike-given-up"
    ROW_MISSING = "row-missing"
    ORIGINAL_GONE = "original-gone"
    ORIGINAL_REPLACED = "original-replaced"
    NO_DOCUMENT = "no-document"
    NOT_ON_SERVER = "not-on-server"


LOST = frozenset(
    {
        Verdict.ROW_MISSING,
        Verdict.ORIGINAL_GONE,
        Verdict.ORIGINAL_REPLACED,
        Verdict.NO_DOCUMENT,
        Verdict.NOT_ON_SERVER,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileAccount:
    """One file in the account of a day. ``state`` None: the ledger has no row of it.

    ``refusal``: why it is held or not taken in yet; ``failure``: the class of the last failure to send it in
    ``model.errors``; ``twin``: the path of the file with the same content, or the same look; ``documents``: how many
    were made of it; ``sorted_out``: its pages that a clerk put into no letter; ``received_on``: before the day of
    receipt is known, the day it was seen.
    """

    path: str
    verdict: Verdict
    file_id: FileId | None = None
    state: FileState | None = None
    sha256: str = ""
    documents: int = 0
    received_on: date | None = None
    confirmed_at: datetime | None = None
    refusal: RefusalReason | None = None
    failure: str = ""
    twin: str = ""
    sorted_out: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """How many files wait to be read, and for about how many seconds; None where nothing tells."""

    files: int
    seconds: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reconciliation:
    """A day's account: ``seen = confirmed + waiting + quarantined + duplicates``; ``lost`` is computed on its own.

    ``files``: every file of the day with its verdict, lost ones first, those that arrived last. ``samples``: how many
    of their letters were compared with the paper, by protection. ``reading``: what is still to be read, of any day.
    """

    day: date | None
    seen: int
    confirmed: int
    waiting: int
    quarantined: int
    duplicates: int
    lost: tuple[str, ...] = ()
    files: tuple[FileAccount, ...] = ()
    samples: tuple[Sample, ...] = ()
    reading: Forecast = Forecast(files=0)

    @property
    def differing(self) -> int:
        """How many letters do not agree with their paper."""
        return sum(len(sample.defects) for sample in self.samples)

    @property
    def uncompared(self) -> int:
        """How many letters of the sample nobody has compared yet."""
        return sum(len(sample.open) for sample in self.samples)

    @property
    def differences(self) -> tuple[FileAccount, ...]:
        """The files that did not simply arrive, and those of which somebody sorted pages out."""
        return tuple(file for file in self.files if file.verdict is not Verdict.ARRIVED or file.sorted_out)
