"""Documents out of the store: the content as stored, fetched from the server where it is not here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import NotKnown
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.store.store import Store

FetchContent = Callable[[DocumentId], None]


class Export:
    """Writes a plain file, only because somebody asked for it."""

    def __init__(self, store: Store, fetch: FetchContent) -> None:
        self._store = store
        self._fetch = fetch

    def document(self, document_id: DocumentId, target: Path) -> Document:
        """Write a document's content to ``target``: complete or not at all. Raises ``NotKnown``, ``ServerError``."""
        with self._store.read() as session:
            document = session.documents.get(document_id)
        if document is None:
            raise NotKnown(what=document_id)
        if not self._store.blobs.has(document.sha256):
            self._fetch(document_id)
        unfinished = target.with_name(f".{target.name}.part")
        try:
            with self._store.blobs.open(document.sha256) as source, unfinished.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
                sink.flush()
                os.fsync(sink.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        return document
