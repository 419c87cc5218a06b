"""What the program needs of a document management system, in the program's own types.

Every method may raise the errors of ``model.errors`` below ``ServerError`` and no others. Methods that write are
replayable: when the write had already happened, they return its result ("already there" is a success). Objects are
found again by their object key, never by a query (indexes lag).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

from clerk_desktop.model.account import Template
from clerk_desktop.model.administration import Examination, TypeReport
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.event import Event
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.remote import (
    Capabilities,
    ChangePage,
    RemoteAnnotations,
    RemoteCase,
    RemoteDocument,
    RemoteEvent,
    RemoteFind,
    RemoteObject,
    RemoteRef,
)
from clerk_desktop.model.searching import WantedWord


class Backend(Protocol):
    """A signed-in connection. Used by one thread at a time; ``close`` ends it."""

    def close(self) -> None:
        """Close connections."""

    def capabilities(self) -> Capabilities:
        """Return what the server can do; asks the server once."""

    # reading

    def change_token(self) -> str:
        """Return the token of the newest entry of the change log, to be read before a full listing.

        Raises ``AbilityMissing`` where changes cannot be followed.
        """

    def changes(self, token: str, limit: int) -> ChangePage:
        """Return the changes after ``token``. Raises ``RequestRefused`` when the log no longer reaches back there."""

    def lying_in(self, folder_id: str) -> tuple[RemoteRef, ...]:
        """Return of everything of ours directly in a folder where it is and in which state. Raises ``Missing``."""

    def everything(self) -> Iterator[tuple[RemoteObject, ...]]:
        """Yield all visible cases, documents and events, page by page, each parent before what lies in it."""

    def fetch(self, server_id: str) -> RemoteObject | None:
        """Return one object by its server id; None when it is none of ours. Raises ``Missing``."""

    def content(self, ref: RemoteRef, offset: int = 0) -> AbstractContextManager[Iterator[bytes]]:
        """Open a document's content from byte ``offset`` on, in pieces."""

    def template(self, template: Template) -> bytes | None:
        """Return one of the office's shared files, None when the office has none."""

    def search(self, wanted: tuple[WantedWord, ...], limit: int) -> tuple[RemoteFind, ...]:
        """Return up to ``limit`` cases and as many documents that have all words, as far as the server looks into them:
        full text where it can, else properties. Raises ``AbilityMissing`` on a server that cannot search.
        """

    # writing

    def deposit(self, document: Document, content: Callable[[], BinaryIO]) -> RemoteDocument:
        """Upload a new document into the inbox of its municipality; ``content`` opens it anew for each attempt."""

    def create_case(self, case: Case) -> RemoteCase:
        """Create the folder of a case under its filing plan entry."""

    def next_number(self, counter: str, year: int) -> int:
        """Advance a shared counter by compare-and-swap and return its new value. A retry may leave a gap."""

    def update_case(self, known: RemoteCase, changes: tuple[CaseChange, ...]) -> RemoteCase:
        """Change fields of a case. Raises ``ChangedMeanwhile`` when ``known`` is not the newest state."""

    def update_document(self, known: RemoteDocument, changes: tuple[DocumentChange, ...]) -> RemoteDocument:
        """Change index data of a document. Raises ``ChangedMeanwhile`` when ``known`` is not the newest state."""

    def move(self, ref: RemoteRef, target: RemoteRef) -> RemoteDocument:
        """Move a document into a case (``target``). Already being there is a success."""

    def set_aside(self, ref: RemoteRef, municipality: str) -> None:
        """Move a letter, and the events and marks about it, out of the inbox of its municipality (key) to where letters
        lie whose pages are in others now. It is kept there, and ``fetch`` finds it ``Missing``. Lying there already, or
        being gone, is a success. Raises ``ChangedMeanwhile`` for a letter that is no longer in the inbox.
        """

    def add_event(self, event: Event, folder_id: str) -> RemoteEvent:
        """Append an event to the folder with that server id."""

    def put_annotations(self, file: AnnotationFile, folder_id: str, ref: RemoteRef | None) -> RemoteAnnotations:
        """Write an author's marks beside their document: create the file once, or replace the content of ``ref``.

        Raises ``ChangedMeanwhile`` when ``ref`` is not the newest state, or when there is one although ``ref`` is None.
        """


class Administrator(Protocol):
    """A connection for administration. Used by one thread."""

    def examine(self) -> Examination:
        """Return what the server can do, which strategy meets each need, and what must be added. Changes nothing."""

    def install_types(self) -> tuple[TypeReport, ...]:
        """Create our types where they are absent and the server allows it; return how each stands then."""
