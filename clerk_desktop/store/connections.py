"""One database connection per thread, opened at its first use; ends those of threads that are gone."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable

import apsw


class Connections:
    """The connections of a store. ``connect`` opens one."""

    def __init__(self, connect: Callable[[], apsw.Connection]) -> None:
        self._connect = connect
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._open: list[tuple[weakref.ref[threading.Thread], apsw.Connection]] = []

    def mine(self) -> apsw.Connection:
        """Return the calling thread's connection."""
        known: apsw.Connection | None = getattr(self._mine, "connection", None)
        if known is not None:
            return known
        connection = self._connect()
        with self._lock:
            self._close_orphans()
            self._open.append((weakref.ref(threading.current_thread()), connection))
        self._mine.connection = connection
        return connection

    def close_all(self) -> None:
        """Close every connection; nobody may be using one."""
        with self._lock:
            for _, connection in self._open:
                connection.close()
            self._open.clear()
            self._mine = threading.local()

    def _close_orphans(self) -> None:
        kept = []
        for owner, connection in self._open:
            thread = owner()
            if thread is None or not thread.is_alive():
                connection.close()
            else:
                kept.append((owner, connection))
        self._open = kept
