"""A store on a disk that can be full, slow or broken."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from clerk_desktop.model.errors import DiskFull, StoreDamaged
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store


class FullStore(Store):
    """While ``full``, nothing can be written; while ``broken``, nothing is read in the background.

    The next reading in the background waits for ``slow``.
    """

    full = broken = False
    slow: threading.Event | None = None

    @contextmanager
    def write(self) -> Iterator[Session]:
        if self.full:
            raise DiskFull
        with super().write() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        if threading.current_thread() is not threading.main_thread():
            slow, self.slow = self.slow, None
            if slow is not None:
                slow.wait()
            if self.broken:
                raise StoreDamaged(what="page")
        with super().read() as session:
            yield session
