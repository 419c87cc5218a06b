"""Documents out of the store: the content as stored, fetched from the server where it is not here."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.jobs import ExportMarks, InspectFile, Priority
from clerk_desktop.store.store import Store
from clerk_desktop.system.files import write_whole
from clerk_desktop.usecases.contents import DocumentContents
from clerk_desktop.usecases.marks import Marks


class Export:
    """Writes a plain file, only because somebody asked for it."""

    def __init__(self, store: Store, contents: DocumentContents, marks: Marks) -> None:
        self._store = store
        self._contents = contents
        self._marks = marks

    def document(self, document_id: DocumentId, target: Path) -> Document:
        """Write a document's content to ``target``: complete or not at all. Raises ``NotKnown``, ``ServerError``."""
        document = self._contents.here(document_id)
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

    def with_marks(self, document_id: DocumentId, target: Path, *, flatten: bool = False) -> Document:
        """Write a PDF with everybody's marks as standard annotations, or burnt into its pages: a new file, always.

        Raises ``NotKnown``, ``ServerError``, ``FileRefused``, ``SignedFile``.
        """
        document = self._contents.here(document_id)
        host = self._contents.host()
        with self._contents.loaded(document) as content:
            facts = host.run(InspectFile(), content, priority=Priority.SCREEN)
            job = ExportMarks(kind=facts.kind, xfdf=self._marks.file(document_id), flatten=flatten)
            write_whole(target, host.run(job, content, priority=Priority.SCREEN))
        return document
