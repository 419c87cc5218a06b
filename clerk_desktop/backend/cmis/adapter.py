"""The port to a document management system, on CMIS 1.1. Says which part does what; does nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO

from clerk_desktop.backend.cmis.annotations import Annotations
from clerk_desktop.backend.cmis.cases import Cases
from clerk_desktop.backend.cmis.contents import ContentWriter
from clerk_desktop.backend.cmis.counters import Counters
from clerk_desktop.backend.cmis.creating import Creator
from clerk_desktop.backend.cmis.deposits import Deposits
from clerk_desktop.backend.cmis.editing import Editing
from clerk_desktop.backend.cmis.folders import Folders
from clerk_desktop.backend.cmis.listing import Listing
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.reading import Reading
from clerk_desktop.backend.cmis.repository import Repository
from clerk_desktop.backend.cmis.searching import Searching
from clerk_desktop.backend.cmis.tracking import Tracking
from clerk_desktop.backend.cmis.windows import Windows
from clerk_desktop.model.account import Template
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
    Strategy,
)
from clerk_desktop.model.searching import WantedWord


class CmisBackend:
    """A signed-in connection to one repository (``backend.port.Backend``). Used by one thread at a time."""

    def __init__(self, repository: Repository, mapping: Mapping, capabilities: Capabilities, user: str) -> None:
        """``capabilities`` hold the strategies that are followed; ``user`` is who is signed in."""
        self._repository = repository
        self._capabilities = capabilities
        folders = Folders(repository, mapping)
        creator = Creator(repository, mapping)
        contents = ContentWriter(repository, capabilities.content, user)
        self._annotations = Annotations(repository, mapping, folders, creator, contents)
        self._reading = Reading(repository, mapping, folders, self._annotations)
        self._listing = Listing(repository, mapping, folders, capabilities.listing, self._annotations)
        windows = capabilities.tracking is Strategy.MODIFIED_SINCE
        self._tracking: Tracking | Windows = (
            Windows(repository, mapping) if windows else Tracking(repository, capabilities.tracking)
        )
        self._searching = Searching(repository, mapping)
        self._deposits = Deposits(repository, mapping, folders, creator, contents, capabilities.verification)
        self._cases = Cases(repository, mapping, folders, creator, self._reading)
        self._counters = Counters(repository, mapping, folders, creator, capabilities.numbers)
        self._editing = Editing(repository, mapping, folders, capabilities.precondition)

    def close(self) -> None:
        """Close connections."""
        self._repository.close()

    def capabilities(self) -> Capabilities:
        """Return what the server can do, as it said when the connection was made."""
        return self._capabilities

    def change_token(self) -> str:
        """Return the token of the newest entry of the change log, or of the newest time of a change."""
        return self._tracking.change_token()

    def changes(self, token: str, limit: int) -> ChangePage:
        """Return the changes after ``token``, at most ``limit``."""
        return self._tracking.changes(token, limit)

    def lying_in(self, folder_id: str) -> tuple[RemoteRef, ...]:
        """Return of everything of ours directly in a folder where it is and in which state."""
        return self._listing.lying_in(folder_id)

    def everything(self) -> Iterator[tuple[RemoteObject, ...]]:
        """Yield all visible cases, documents and events, page by page."""
        return self._listing.everything()

    def fetch(self, server_id: str) -> RemoteObject | None:
        """Return one object by its server id; None when it is none of ours."""
        return self._reading.fetch(server_id)

    def content(self, ref: RemoteRef, offset: int = 0) -> AbstractContextManager[Iterator[bytes]]:
        """Open a document's content from byte ``offset`` on, in pieces."""
        return self._reading.content(ref, offset)

    def template(self, template: Template) -> bytes | None:
        """Return one of the office's shared files, None when the office has none."""
        return self._reading.template(template)

    def search(self, wanted: tuple[WantedWord, ...], limit: int) -> tuple[RemoteFind, ...]:
        """Return cases and documents that have all words."""
        return self._searching.find(wanted, limit)

    def deposit(self, document: Document, content: Callable[[], BinaryIO]) -> RemoteDocument:
        """Upload a document into the inbox of its municipality and verify it."""
        return self._deposits.deposit(document, content)

    def create_case(self, case: Case) -> RemoteCase:
        """Create the folder of a case under its filing plan entry."""
        return self._cases.create(case)

    def next_number(self, counter: str, year: int) -> int:
        """Advance a shared counter and return its new value."""
        return self._counters.next_number(counter, year)

    def update_case(self, known: RemoteCase, changes: tuple[CaseChange, ...]) -> RemoteCase:
        """Change fields of a case."""
        return self._editing.update_case(known, changes)

    def update_document(self, known: RemoteDocument, changes: tuple[DocumentChange, ...]) -> RemoteDocument:
        """Change index data of a document."""
        return self._editing.update_document(known, changes)

    def move(self, ref: RemoteRef, target: RemoteRef) -> RemoteDocument:
        """Move a document, and the events and marks about it, into a case."""
        return self._editing.move(ref, target)

    def set_aside(self, ref: RemoteRef, municipality: str) -> None:
        """Move a letter out of the inbox to where letters lie whose pages are in others now."""
        self._editing.set_aside(ref, municipality)

    def add_event(self, event: Event, folder_id: str) -> RemoteEvent:
        """Append an event to the folder with that server id."""
        return self._cases.add_event(event, folder_id)

    def put_annotations(self, file: AnnotationFile, folder_id: str, ref: RemoteRef | None) -> RemoteAnnotations:
        """Write an author's marks beside their document."""
        return self._annotations.put(file, folder_id, ref)
