"""Roles that one process of a user holds at a time, as locks of the operating system.

A lock ends with its process, however that ends. The lock files are empty: they tell nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from types import TracebackType

from clerk_desktop.model.errors import RoleTaken
from clerk_desktop.system.files import disk_full_named

WAIT_STEP_SECONDS = 0.05

if sys.platform == "win32":
    import msvcrt

    def lock_now(descriptor: int) -> bool:
        """Take an exclusive lock on an open file, or tell that another holder has it. Ends when the file is closed."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def lock_now(descriptor: int) -> bool:
        """Take an exclusive lock on an open file, or tell that another holder has it. Ends when the file is closed."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class Role(Enum):
    """What only one process of a user does at a time. ``SETUP`` is held while a profile's key is made,
    ``SIGN_IN`` while a token is renewed, ``NEXT_TO_WRITE`` while it waits until another one has written to the store.
    """

    WINDOW = "window"
    INTAKE = "intake"
    SYNC = "sync"
    SETUP = "setup"
    SIGN_IN = "sign-in"
    NEXT_TO_WRITE = "next-to-write"


class Lock:
    """A held role. Ends with ``release``, at the end of the ``with`` block, or with the process."""

    def __init__(self, role: Role, descriptor: int) -> None:
        self.role = role
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give the role up; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


class Locks:
    """The roles of one profile; ``folder`` is ``Profile.locks``.

    ``monotonic`` counts seconds and ``wait`` lets some pass.
    """

    def __init__(
        self,
        folder: Path,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folder = folder
        self._monotonic = monotonic
        self._wait = wait

    def try_take(self, role: Role) -> Lock | None:
        """Return the role, or None while somebody else holds it (in this process or another)."""
        with disk_full_named():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._folder / f"{role.value}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        if lock_now(descriptor):
            return Lock(role, descriptor)
        os.close(descriptor)
        return None

    def take(self, role: Role, timeout_seconds: float) -> Lock:
        """Return the role, waiting for its holder. Raises ``RoleTaken`` when the time is over."""
        end = self._monotonic() + timeout_seconds
        while (lock := self.try_take(role)) is None:
            if self._monotonic() >= end:
                raise RoleTaken
            self._wait(WAIT_STEP_SECONDS)
        return lock

    def is_taken(self, role: Role) -> bool:
        """Tell whether somebody holds the role right now."""
        lock = self.try_take(role)
        if lock is None:
            return True
        lock.release()
        return False
