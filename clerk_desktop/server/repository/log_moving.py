"""Moves the write-ahead log to its place in the database file beside the writers, so that no upload waits for it.

Copying some thousand pages takes a tenth of a second and two flushes; SQLite by itself lets the one who happens to
commit wait for that. What was committed is safe before and after: the log is read again after a fall of the machine.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing

from clerk_desktop.server.repository.together import SharedCommits

_LOG = logging.getLogger(__name__)
_CHANGES = 200
"""After so many changes the log is moved."""
_PAGES = 8000
"""A log of so many pages (32 MB) is begun anew, for which writers wait for the last few pages to be moved."""


class LogMover:
    """Owns a thread from the first ``_CHANGES`` changes on. ``connect`` opens a connection of its own.

    ``pages``: how long the log may become before writers wait for it to be moved whole.
    """

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], commits: SharedCommits, *, pages: int = _PAGES
    ) -> None:
        self._connect = connect
        self._commits = commits
        self._pages = pages
        self._changes = 0
        self._due = threading.Event()
        self._ended = False
        self._thread: threading.Thread | None = None

    def changed(self) -> None:
        """Count one change. Called by one thread at a time."""
        self._changes += 1
        if self._changes < _CHANGES or self._ended:
            return
        self._changes = 0
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="cmis-log")
            self._thread.start()
        self._due.set()

    def close(self) -> None:
        """End the thread. Nobody may be writing."""
        self._ended = True
        self._due.set()
        if self._thread is not None:
            self._thread.join()

    def run_once(self) -> None:
        """Move what is in the log now."""
        try:
            with closing(self._connect()) as connection:
                _, length, _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                if length >= self._pages:
                    # only a log that was moved whole is written from its beginning again
                    with self._commits.alone():
                        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error as error:
            # the disk is full, for one: the log stays, longer, and nothing is lost
            name = getattr(error, "sqlite_errorname", type(error).__name__)
            _LOG.warning("the log was not moved", extra={"action": "move log", "error": name})

    def _run(self) -> None:
        while True:
            self._due.wait()
            self._due.clear()
            if self._ended:
                return
            self.run_once()
