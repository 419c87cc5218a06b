"""A document and its content on this computer: fetched from the server where only that has it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import NotKnown
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.store.blob_format import CHUNK
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.workers.host import LoadedContent, WorkerHost


class DocumentContents:
    """``fetch`` gets a content that is not here and raises ``ServerError`` where it cannot."""

    def __init__(self, store: Store, fetch: Callable[[DocumentId], object], host: Callable[[], WorkerHost]) -> None:
        self._store = store
        self._fetch = fetch
        self.host = host

    def here(self, document_id: DocumentId) -> Document:
        """Return a document whose content is in the store by now. Raises ``NotKnown``, ``ServerError``."""
        document = self._known(document_id)
        if not document.sha256 or not self._store.blobs.has(document.sha256):
            self._fetch(document_id)
            document = self._known(document_id)
        self._store.blobs.used(document.sha256)
        return document

    def at_hand(self, document_id: DocumentId) -> Document | None:
        """Return a document whose content is in the store, None where only the server has it. Raises ``NotKnown``."""
        document = self._known(document_id)
        return document if document.sha256 and self._store.blobs.has(document.sha256) else None

    def loaded(self, document: Document) -> AbstractContextManager[LoadedContent]:
        """Give the content to the workers for as long as the context lasts, each part when it is needed.

        Raises ``NotKnown``, ``ContentDamaged``, which may also come from a job.
        """
        return self.host().lend(self._store.blobs.open(document.sha256, CHUNK))

    def _known(self, document_id: DocumentId) -> Document:
        with self._store.read() as session:
            return known_document(session, document_id)


def known_document(session: Session, document_id: DocumentId) -> Document:
    """Return a document. Raises ``NotKnown``."""
    document = session.documents.get(document_id)
    if document is None:
        raise NotKnown(what=document_id)
    return document
