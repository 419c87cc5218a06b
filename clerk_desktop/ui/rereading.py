"""Reading what a view shows again and again: one reading at a time, so that an older one never comes behind a newer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from clerk_desktop.ui.tasks import Tasks

Begun = tuple[Callable[[], Any], Callable[[Any], None]]
"""What is done off the GUI thread, and what is done on it with the result."""


class Rereading:
    """``begin`` is called on the GUI thread whenever a reading begins: what is asked for by then belongs to it.

    Asked for once more while one is under way, it begins another behind it.
    """

    def __init__(
        self, owner: QObject, tasks: Tasks, begin: Callable[[], Begun], failed: Callable[[Exception], None]
    ) -> None:
        self._owner = owner
        self._tasks = tasks
        self._begin = begin
        self._say = failed
        self._reading = self._again = False

    def ask(self) -> None:
        """Read, now or behind the reading that is under way."""
        if self._reading:
            self._again = True
            return
        work, done = self._begin()
        self._reading = True
        self._tasks.read(self._owner, work, lambda found: self._end(partial(done, found)), self._failed)

    def _failed(self, error: Exception) -> None:
        self._end(partial(self._say, error))

    def _end(self, tell: Callable[[], None]) -> None:
        self._reading = False
        again, self._again = self._again, False
        try:
            tell()
        finally:
            if again:
                self.ask()
