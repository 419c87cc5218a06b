"""Letting content go that is here, and the plain copies: what may, all of it at signing out, and to make room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.usecases.copies import delete_all

if TYPE_CHECKING:
    from clerk_desktop.model.pin import Keeping
    from clerk_desktop.sync.retention import Retention


class LettingGo:
    """``rule`` tells what the settings say now, ``opened`` is where the plain copies are."""

    def __init__(self, store: Store, rule: Callable[[], Keeping], opened: Path, clock: Clock) -> None:
        self._store = store
        self._rule = rule
        self._opened = opened
        self._clock = clock

    def what_may(self) -> None:
        """Remove what was let go, and what is old or too much."""
        self._retention().run_once(self._clock.now())

    def go(self) -> None:
        """Remove that, and the plain copies. Raises ``DiskFull``: then the copies are gone all the same."""
        delete_all(self._opened)
        self.what_may()

    def make_room(self) -> None:
        """Remove the plain copies and all that the server has, also where the disk has no room to note it."""
        delete_all(self._opened)
        self._retention().let_all_go(self._clock.now())

    def _retention(self) -> Retention:
        from clerk_desktop.sync.retention import Retention

        return Retention(self._store, self._rule)
