"""Documents out of the store: the content as stored, fetched from the server where it is not here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import FileRefused, NotKnown, NotWritten, RefusalReason, SignedFile
from clerk_desktop.model.exchange import LeftOut
from clerk_desktop.model.ids import DocumentId, short_key
from clerk_desktop.model.jobs import ExportMarks, LookAtFile, Priority
from clerk_desktop.model.reading import ENDINGS
from clerk_desktop.store.store import Store
from clerk_desktop.system.files import disk_full_named, write_whole
from clerk_desktop.usecases.contents import DocumentContents, known_document
from clerk_desktop.usecases.copies import deletable, delete_all, file_name, only_to_read
from clerk_desktop.usecases.marks import Marks


class Export:
    """Writes a plain file, only because somebody asked for it.

    ``opened``: where copies lie that other programs show; emptied when the window begins and ends.
    """

    def __init__(self, store: Store, contents: DocumentContents, marks: Marks, opened: Path) -> None:
        self._opened = opened
        self._store = store
        self._contents = contents
        self._marks = marks

    def known(self, document_id: DocumentId) -> Document:
        """Return what the store knows of a document, whether its content is here or not. Raises ``NotKnown``."""
        with self._store.read() as session:
            return known_document(session, document_id)

    def document(self, document_id: DocumentId, target: Path) -> Document:
        """Write a document's content to ``target``: complete or not at all.

        Raises ``NotKnown``, ``ServerError``, ``DiskFull``, ``NotWritten``.
        """
        document = self._contents.here(document_id)
        unfinished = target.with_name(f".{target.name}.part")
        with _said(target):
            try:
                with self._store.blobs.open(document.sha256) as source, unfinished.open("wb") as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)
                    sink.flush()
                    os.fsync(sink.fileno())
                unfinished.replace(target)
            finally:
                unfinished.unlink(missing_ok=True)
        return document

    def copy_to_open(self, document_id: DocumentId) -> Path:
        """Write a copy that cannot be written to, with an ending its program knows, and return where it lies.

        Raises ``NotKnown`` also for a kind of file that is not taken in: it may be a program; and as ``document``.
        """
        known = self._contents.here(document_id)
        ending = ENDINGS.get(known.mime_type)
        if ending is None:
            raise NotKnown(what=known.mime_type)
        folder = self._opened / short_key(document_id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = folder / file_name(known, ending)
        if target.exists():
            deletable(target)
        self.document(document_id, target)
        only_to_read(target)
        return target

    def forget_copies(self) -> None:
        """Delete the copies that were opened."""
        delete_all(self._opened)

    def with_marks(self, document_id: DocumentId, target: Path, *, flatten: bool = False) -> LeftOut:
        """Write a PDF with everybody's marks as standard annotations, or burnt into its pages: a new file, always.

        Returns which marks are not in it; ``export_words`` tells a person.
        Raises ``NotKnown``, ``ServerError``, ``FileRefused``, ``SignedFile``, ``DiskFull``, ``NotWritten``.
        """
        document = self._contents.here(document_id)
        host = self._contents.host()
        with self._contents.loaded(document) as content:
            look = host.run(LookAtFile(), content, priority=Priority.SCREEN)
            job = ExportMarks(kind=look.kind, xfdf=self._marks.file(document_id), flatten=flatten)
            try:
                marked = host.run(job, content, priority=Priority.SCREEN)
            except FileRefused as refused:
                if refused.reason is RefusalReason.SIGNED:
                    raise SignedFile from refused
                raise
        with _said(target):
            write_whole(target, marked.content)
        return marked.left_out


@contextmanager
def _said(target: Path) -> Iterator[None]:
    """Say what the operating system has against writing there."""
    try:
        with disk_full_named():
            yield
    except OSError as error:
        raise NotWritten(name=target.name, why=error.strerror or type(error).__name__) from error
