"""A store on a disk that can be full."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clerk_desktop.model.errors import DiskFull
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store


class FullStore(Store):
    """While ``full``, nothing can be written."""

    full = False

    @contextmanager
    def write(self) -> Iterator[Session]:
        if self.full:
            raise DiskFull
        with super().write() as session:
            yield session
