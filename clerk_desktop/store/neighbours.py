"""Other processes that write the same store: who has to wait for one says so, and who writes sees that somebody waits.

SQLite itself only lets them look now and then whether the store is free.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import apsw

from clerk_desktop.model.errors import DiskFull
from clerk_desktop.store.database import BUSY_MILLISECONDS
from clerk_desktop.system.locks import Lock, Locks, Role

LOOK_SECONDS = 0.002


class Neighbours:
    """The processes beside this one. ``locks`` are those of the profile; ``monotonic`` counts seconds and ``wait`` lets
    some pass.
    """

    def __init__(
        self,
        locks: Locks,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._locks = locks
        self._monotonic = monotonic
        self._wait = wait

    def are_waiting(self) -> bool:
        """Tell whether one of them, or more, waits until who writes now is done."""
        with suppress(DiskFull, OSError):
            return self._locks.is_taken(Role.NEXT_TO_WRITE)
        return False

    def begin(self, connection: apsw.Connection) -> None:
        """Begin a transaction that writes as soon as none of them is in one.

        Raises ``apsw.BusyError`` when that was not to be had in ``BUSY_MILLISECONDS``.
        """
        if _begun(connection):
            return
        end = self._monotonic() + BUSY_MILLISECONDS / 1000
        said: Lock | None = None
        try:
            while self._monotonic() < end:
                said = said or self._say()
                self._wait(LOOK_SECONDS)
                if _begun(connection):
                    return
        finally:
            if said is not None:
                said.release()
        raise apsw.BusyError

    def _say(self) -> Lock | None:
        """Say that somebody waits; None where another one does that already, or where it cannot be said: then it is
        found out by looking alone.
        """
        with suppress(DiskFull, OSError):
            return self._locks.try_take(Role.NEXT_TO_WRITE)
        return None


def _begun(connection: apsw.Connection) -> bool:
    connection.set_busy_timeout(0)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except apsw.BusyError:
        return False
    finally:
        connection.set_busy_timeout(BUSY_MILLISECONDS)
    return True
