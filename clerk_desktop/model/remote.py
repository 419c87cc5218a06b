"""Objects as a server has them: our value, and where and in which state the server keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event
from clerk_desktop.model.exchange import AnnotationFile


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteRef:
    """Where a server keeps an object.

    ``server_id`` may change with every write on some servers: always keep the one of the last answer. ``series_id``
    stays (version series of a document, object id of a folder). ``parent_id`` is the folder it lies in, "" where not
    told. ``change_token`` is the optimistic lock, "" where the server has none; then ``modified_at`` (aware, UTC) is
    compared instead, None where a later state may bear the same time.
    """

    server_id: str
    series_id: str
    parent_id: str = ""
    change_token: str = ""
    modified_at: datetime | None = None

    @property
    def tells_state(self) -> bool:
        """Whether this state can be told from a later one."""
        return bool(self.change_token) or self.modified_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteCase:
    """A case on the server."""

    ref: RemoteRef
    case: Case


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteDocument:
    """A document on the server; ``document.case_id`` is None here: ``ref.parent_id`` tells the case or the inbox.

    ``content_sha256`` is what the server itself computed, "" where it computes none.
    """

    ref: RemoteRef
    document: Document
    content_length: int = 0
    content_sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteEvent:
    """An event on the server."""

    ref: RemoteRef
    event: Event


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteAnnotations:
    """An author's marks on a document, with their content: sets are small, and seeing them is why they are fetched."""

    ref: RemoteRef
    annotations: AnnotationFile


RemoteObject = RemoteCase | RemoteDocument | RemoteEvent | RemoteAnnotations


class RemoteChangeKind(Enum):
    """What the change log tells of an object."""

    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteChange:
    """One line of the server's change log, or an object that was modified lately. ``at`` is aware, UTC.

    ``ref``: the state it is in, without its place, where the server tells that too; None where only a look does.
    """

    server_id: str
    kind: RemoteChangeKind
    at: datetime
    ref: RemoteRef | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePage:
    """A page of the change log, oldest first, without the entry of the token asked with. ``token`` asks for more.

    Where what was modified lately stands for a log, the same objects are told of again and again.
    """

    changes: tuple[RemoteChange, ...]
    token: str
    more: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteFind:
    """What a search on the server found. ``object_key`` is "" where the server does not tell it in queries."""

    server_ids: tuple[str, ...]
    object_key: str = ""


class Strategy(Enum):
    """How a need is met on a server."""

    TYPES = "types"
    NOTES = "notes"
    QUERY = "query"
    PATH = "path"
    CHANGE_LOG = "change-log"
    MODIFIED_SINCE = "modified-since"
    RELISTING = "relisting"
    SERVER_HASH = "server-hash"
    READ_BACK = "read-back"
    CHANGE_TOKEN = "change-token"  # noqa: S105 - no secret, an optimistic lock
    COMPARE_MODIFIED = "compare-modified"
    SET_CONTENT = "set-content"
    CHECK_OUT = "check-out"
    COUNTER = "counter"
    NAMES = "names"
    DESCENDANTS = "descendants"
    CHILD_LISTS = "child-lists"


@dataclass(frozen=True, kw_only=True, slots=True)
class Capabilities:
    """What the connected server can do, and the strategy chosen from it for each need."""

    product: str
    tracking: Strategy
    verification: Strategy
    precondition: Strategy
    listing: Strategy
    content: Strategy = Strategy.SET_CONTENT
    numbers: Strategy = Strategy.COUNTER

    @property
    def chosen(self) -> tuple[Strategy, ...]:
        """The strategies, one per need."""
        return (self.tracking, self.listing, self.precondition, self.content, self.verification, self.numbers)
