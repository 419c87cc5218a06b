"""What is still to be sent. An operation and the local change it sends are written in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.errors import FailureKind
from clerk_desktop.model.ids import AnnotationSetId, CaseId, DocumentId, EventId, OperationId


@dataclass(frozen=True, kw_only=True, slots=True)
class DepositDocument:
    """Upload a document to the shared inbox."""

    document_id: DocumentId

    @property
    def touches(self) -> tuple[str, ...]:
        """Ids whose earlier operations must be finished first."""
        return (self.document_id,)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileDocument:
    """Put a document into a case: update its index data, then move it."""

    document_id: DocumentId
    case_id: CaseId
    changes: tuple[DocumentChange, ...] = ()

    @property
    def touches(self) -> tuple[str, ...]:
        """Ids whose earlier operations must be finished first."""
        return (self.document_id, self.case_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateDocument:
    """Change index data of a document."""

    document_id: DocumentId
    changes: tuple[DocumentChange, ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """Ids whose earlier operations must be finished first."""
        return (self.document_id,)


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateCase:
    """Create a case; draws its final number first where it has none."""

    case_id: CaseId

    @property
    def touches(self) -> tuple[str, ...]:
        """Ids whose earlier operations must be finished first."""
        return (self.case_id,)


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateCase:
    """Change fields of a case."""

    case_id: CaseId
    changes: tuple[CaseChange, ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """Ids whose earlier operations must be finished first."""
        return (self.case_id,)


@dataclass(frozen=True, kw_only=True, slots=True)
class AddEvent:
    """Append an event to its case, or beside its document in the inbox."""

    event_id: EventId
    beside: str

    @property
    def touches(self) -> tuple[str, ...]:
        """Ids whose earlier operations must be finished first: the event, and its case or document."""
        return (self.event_id, self.beside)


@dataclass(frozen=True, kw_only=True, slots=True)
class SetAsideDocument:
    """Take a letter out of the inbox whose pages are in ``letters`` now; only once these are surely on the server."""

    document_id: DocumentId
    letters: tuple[DocumentId, ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """Ids whose earlier operations must be finished first: the letter, and those that take its place."""
        return (self.document_id, *self.letters)


@dataclass(frozen=True, kw_only=True, slots=True)
class PutAnnotations:
    """Bring the server's file of my marks on a document up to date."""

    annotation_set_id: AnnotationSetId
    document_id: DocumentId

    @property
    def touches(self) -> tuple[str, ...]:
        """Ids whose earlier operations must be finished first."""
        return (self.annotation_set_id, self.document_id)


Operation = (
    DepositDocument
    | FileDocument
    | UpdateDocument
    | CreateCase
    | UpdateCase
    | AddEvent
    | PutAnnotations
    | SetAsideDocument
)


class OutboxState(Enum):
    """Whether an operation can be sent by itself or waits for somebody."""

    WAITING = "waiting"
    NEEDS_CLERK = "needs-clerk"
    CONFLICT = "conflict"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxEntry:
    """One operation in the outbox. ``error`` names the class of the last failure in ``model.errors``."""

    operation_id: OperationId
    operation: Operation
    state: OutboxState
    created_at: datetime
    attempts: int = 0
    error: str = ""
    failure: FailureKind | None = None
    next_try: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxCount:
    """How many operations go by themselves, and how many wait for somebody."""

    waiting: int
    needs_help: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SentOperation:
    """A line of the sent log: when an operation was finished, and the class of the operation."""

    at: datetime
    operation: str
