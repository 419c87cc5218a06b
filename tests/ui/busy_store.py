"""A store that can be busy, and that knows who waits for it."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from clerk_desktop.model.changes import Change
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store

PACKAGE = "clerk_desktop"


class BusyStore(Store):
    """While ``hold`` holds, threads that ask wait. ``asked`` tells where the window's own thread asked: it never may.

    The change feed is left out: the window looks at it four times a second, and nothing keeps it waiting (WAL).
    """

    asked: list[str]
    _free: threading.Event
    _feed: threading.local

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep everybody waiting who asks."""
        free = self._free = threading.Event()
        try:
            yield
        finally:
            free.set()

    @contextmanager
    def read(self) -> Iterator[Session]:
        self._wait()
        with super().read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        self._wait()
        with super().write() as session:
            yield session

    def last(self) -> int:
        with super().read() as session:
            return session.changes.last()

    def after(self, seq: int, limit: int) -> tuple[Change, ...]:
        with super().read() as session:
            return session.changes.after(seq, limit)

    def watch(self) -> None:
        """Note from now on what the window's thread asks."""
        self.asked = []

    def _wait(self) -> None:
        if threading.current_thread() is threading.main_thread():
            if hasattr(self, "asked"):
                ours = [frame for frame in traceback.extract_stack() if f"/{PACKAGE}/ui/" in frame.filename]
                self.asked.append(" < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(ours)))
        elif hasattr(self, "_free"):
            self._free.wait()
