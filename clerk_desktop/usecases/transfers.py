"""Everything that moves between paper, workstation and server, and what needs help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo

from clerk_desktop.intake.claim import first_of
from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.model.conflict import Conflict, Side
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import NotKnown
from clerk_desktop.model.ids import CaseId, DocumentId, FileId, OperationId
from clerk_desktop.model.ledger import HELD, FilePart, FileState, Reconciliation, ScannedFile
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.outbox import AddEvent, OutboxEntry, OutboxState
from clerk_desktop.model.sheet import SheetsMissing
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.sync.conflicts import Conflicts
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.locks import Role
from clerk_desktop.usecases.office import office_settings
from clerk_desktop.usecases.visual_checks import is_to_compare


@dataclass(frozen=True, kw_only=True, slots=True)
class PartTransfer:
    """One document of a scanned file; ``case_number`` is "" while it lies in the inbox."""

    part: FilePart
    document: Document | None
    case_number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileTransfer:
    """A scanned file and its documents. ``sheets_missing``: separator sheets that were expected in it and not read.
    ``first``: the letter that a duplicate was taken in as before, where it is known. ``to_compare``: its letters that
    chance chose to be compared with their paper, and that nobody compared yet.
    """

    file: ScannedFile
    parts: tuple[PartTransfer, ...]
    sheets_missing: tuple[SheetsMissing, ...] = ()
    first: DocumentId | None = None
    to_compare: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What an operation is about: a document, or a case. ``text``: its title, or its number and subject."""

    text: str
    document_id: DocumentId | None = None
    case_id: CaseId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """All scanned files and everything still in the outbox. ``about``: what the operations concern, where known."""

    files: tuple[FileTransfer, ...]
    outbox: tuple[OutboxEntry, ...]
    about: Mapping[OperationId, About] = field(default_factory=dict)


class Transfers:
    """Shows and helps what is on its way. ``zone``: of the days in the account."""

    def __init__(self, store: Store, clock: Clock, zone: tzinfo) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone

    def overview(self) -> Overview:
        """Return files, newest last, and the outbox in order."""
        with self._store.read() as session:
            files = []
            for file in session.ledger.in_state(*FileState):
                files.append(self._with_parts(session, file))
            return Overview(files=tuple(files), outbox=session.outbox.all())

    def recent(self, limit: int) -> Overview:
        """Return what moves, newest first, and at most so many files and operations: enough to look at."""
        office = office_settings(self._store)
        with self._store.read() as session:
            files = tuple(self._with_parts(session, file, office) for file in session.ledger.newest(limit))
            outbox = session.outbox.newest(limit)
            told = {entry.operation_id: _about(session, entry) for entry in outbox}
            about = {operation_id: one for operation_id, one in told.items() if one is not None}
            return Overview(files=files, outbox=outbox, about=about)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what was changed on both sides, oldest first."""
        return Conflicts(self._store).all()

    def about(self, operation_id: OperationId) -> About | None:
        """Return what an unsent operation concerns, None where nothing here tells it."""
        with self._store.read() as session:
            entry = session.outbox.get(operation_id)
            return _about(session, entry) if entry is not None else None

    def resolve(self, operation_id: OperationId, side: Side) -> None:
        """Keep one side of a conflict. Raises ``NotKnown``."""
        Conflicts(self._store).resolve(operation_id, side, self._clock.now())

    def withdraw(self, operation_id: OperationId) -> None:
        """Give up an own change that the server refuses. Raises ``NotKnown`` for one that creates something."""
        Conflicts(self._store).withdraw(operation_id)

    def quarantine(self) -> tuple[ScannedFile, ...]:
        """Return what was not taken in and not given up: quarantined files and duplicates."""
        with self._store.read() as session:
            return session.ledger.held()

    def twin(self, file_id: FileId) -> DocumentId | None:
        """Return the letter that a duplicate was taken in as before, None where it is not known (any more)."""
        with self._store.read() as session:
            file = session.ledger.get(file_id)
            return _first_document(session, file) if file is not None else None

    def first_of(self, file: ScannedFile) -> FileTransfer | None:
        """Return the file with the same content that came first, with its documents; None where there is none."""
        with self._store.read() as session:
            first = session.ledger.get(file.duplicate_of) if file.duplicate_of is not None else None
            return self._with_parts(session, first) if first is not None else None

    def retry_file(self, file_id: FileId) -> ScannedFile:
        """Take a held file up again: quarantined from the start, a duplicate as its own letter. Raises ``NotKnown``."""
        with self._store.write() as session:
            file = session.ledger.get(file_id)
            if file is None or file.state not in HELD:
                raise NotKnown(what=file_id)
            again = FileState.CLAIMED if file.state is FileState.DUPLICATE or file.source_sha256 else FileState.SEEN
            return session.ledger.move(file_id, again, refusal=None, discarded_at=None)

    def discard_file(self, file_id: FileId) -> ScannedFile:
        """Give a held file up; it stays in the ledger and its original stays where it is. Raises ``NotKnown``."""
        with self._store.write() as session:
            file = session.ledger.get(file_id)
            if file is None or file.state not in HELD:
                raise NotKnown(what=file_id)
            now = self._clock.now()
            for page in session.ledger.batch(file_id):
                session.ledger.update(page.file_id, discarded_at=now)
            return session.ledger.update(file_id, discarded_at=now)

    def send_now(self) -> None:
        """Let whoever exchanges with the server do so at once, also what was to be tried later."""
        with self._store.write() as session:
            session.rounds.ask(Role.SYNC)

    def release(self, operation_id: OperationId) -> None:
        """Try an operation that was held again at once. Raises ``NotKnown``, also for one that turned out to be a
        conflict meanwhile: sent again, it would overwrite what nobody here has seen.
        """
        with self._store.write() as session:
            entry = session.outbox.get(operation_id)
            if entry is None or entry.state is OutboxState.CONFLICT:
                raise NotKnown(what=operation_id)
            session.outbox.release(operation_id)
            session.rounds.ask(Role.SYNC)

    def reconciliation(self, day: date | None) -> Reconciliation:
        """Return the account of one day of receipt, or of all days."""
        return reconcile(self._store, day, self._zone)

    def _with_parts(self, session: Session, file: ScannedFile, office: OfficeSettings | None = None) -> FileTransfer:
        parts, to_compare = [], []
        for part in session.ledger.parts(file.file_id):
            document = session.documents.get(part.document_id)
            case = session.cases.get(document.case_id) if document and document.case_id else None
            parts.append(PartTransfer(part=part, document=document, case_number=case.case_number if case else ""))
            if document is not None and office is not None and is_to_compare(session, document, office):
                to_compare.append(document.document_id)
        first = _first_document(session, file) if file.state is FileState.DUPLICATE else None
        missing = _sheets_missing(session, parts)
        return FileTransfer(
            file=file, parts=tuple(parts), sheets_missing=missing, first=first, to_compare=tuple(to_compare)
        )


def _first_document(session: Session, file: ScannedFile) -> DocumentId | None:
    first = first_of(session, file.duplicate_of) if file.duplicate_of is not None else None
    parts = session.ledger.parts(first.file_id) if first is not None else ()
    return parts[0].document_id if parts else None


def _sheets_missing(session: Session, parts: Sequence[PartTransfer]) -> tuple[SheetsMissing, ...]:
    found = session.suggestions.get(parts[0].part.document_id) if parts else None
    return found.sheets_missing if found is not None else ()


def _about(session: Session, entry: OutboxEntry) -> About | None:
    """Return what somebody calls the first thing that an operation touches and that is known here."""
    touched = list(entry.operation.touches)
    if isinstance(entry.operation, AddEvent):
        event = session.events.get(entry.operation.event_id)
        touched = [each for each in (event.document_id, event.case_id) if each] if event is not None else touched
    for object_id in touched:
        document = session.documents.get(DocumentId(object_id))
        if document is not None:
            return About(text=document.subject or document.title, document_id=document.document_id)
        case = session.cases.get(CaseId(object_id))
        if case is not None:
            return About(text=f"{case.case_number} {case.subject}", case_id=case.case_id)
    return None
