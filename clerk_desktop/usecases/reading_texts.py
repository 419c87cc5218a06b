"""Reads the text of content that is on this computer, so that words in it are found. Only what is here anyway."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from typing import TypeVar

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ClerkError, FileError, WorkersClosed
from clerk_desktop.model.jobs import Job, LookAtFile, Priority, ReadPage
from clerk_desktop.model.reading import FileLook, PageReading
from clerk_desktop.store.store import Store
from clerk_desktop.usecases.contents import DocumentContents
from clerk_desktop.workers.host import LoadedContent

LOOK_SECONDS = 60.0
READ_SECONDS = 120.0
BEAT_SECONDS = 0.2
PAGES_AT_ONCE = 10
Stopped = Callable[[], bool]
Result = TypeVar("Result")
log = logging.getLogger(__name__)


class TextReader:
    """Reads one content after the other, behind everything else that the workers have to do. Used by one thread."""

    def __init__(self, store: Store, contents: DocumentContents) -> None:
        self._store = store
        self._contents = contents
        self._put_off: set[str] = set()

    def run_once(self, stopped: Stopped = lambda: False) -> bool:
        """Read the text of the content that was used last of those not read yet; return whether there was one.

        Between two pages ``stopped`` is asked whether to go on; what is read by then stays.
        """
        document = self._next()
        if document is None or stopped():
            return False
        try:
            with self._contents.loaded(document) as content:
                self._read(document, content, stopped)
        except FileError as error:
            log.info("no text: %s", type(error).__name__, extra={"action": "search.text"})
            self._keep(document.sha256, [], complete=True)
        except WorkersClosed:
            return False
        except ClerkError as error:
            log.info("put off: %s", type(error).__name__, extra={"action": "search.text"})
            self._put_off.add(document.sha256)  # until the next start: nothing is wrong with the file
        return True

    def _next(self) -> Document | None:
        with self._store.read() as session:
            unread = session.texts.unread() - self._put_off
        held = self._store.blobs.held(sorted(unread)) if unread else ()
        if not held:
            return None
        newest = max(held, key=lambda each: (each.used_at, each.sha256))
        with self._store.read() as session:
            return next(iter(session.documents.by_sha256(newest.sha256)), None)

    def _read(self, document: Document, content: LoadedContent, stopped: Stopped) -> None:
        look: FileLook = self._done(LookAtFile(), content, LOOK_SECONDS, stopped)
        with self._store.read() as session:
            done = session.texts.pages(document.sha256)
        read: list[tuple[int, str]] = []
        for number in range(done + 1, len(look.pages) + 1):
            if stopped():
                self._keep(document.sha256, read, complete=False)
                return
            job = ReadPage(kind=look.kind, number=number, symbologies=())
            reading: PageReading = self._done(job, content, READ_SECONDS, stopped)
            read.append((number, "\n".join(reading.lines)))
            if len(read) == PAGES_AT_ONCE:
                self._keep(document.sha256, read, complete=False)
                read = []
        self._keep(document.sha256, read, complete=True)

    def _keep(self, sha256: str, pages: list[tuple[int, str]], *, complete: bool) -> None:
        """Keep text, unless its content or its last document went meanwhile."""
        with self._store.write() as session:
            if self._store.blobs.has(sha256) and session.documents.by_sha256(sha256):
                session.texts.put(sha256, pages, complete=complete)

    def _done(self, job: Job[Result], content: LoadedContent, seconds: float, stopped: Stopped) -> Result:
        future: Future[Result] = self._contents.host().submit(
            job, content, priority=Priority.RECOGNITION, timeout=seconds
        )
        while True:
            try:
                return future.result(timeout=BEAT_SECONDS)
            except NotYet:
                if stopped():
                    future.cancel()
                    raise WorkersClosed from None
