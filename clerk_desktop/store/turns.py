"""Who writes next among the threads of this process: each in its turn, and who writes sees how many wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from clerk_desktop.model.errors import StoreBusy


class Turns:
    """A lock that is handed over in the order in which it was asked for; a plain one goes to who is quickest."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._line: deque[object] = deque()

    @contextmanager
    def taken(self, seconds: float) -> Iterator[None]:
        """Hold it during the block. Raises ``StoreBusy`` when it was not to be had for so long."""
        mine = object()
        try:
            with self._changed:
                self._line.append(mine)
                if not self._changed.wait_for(lambda: self._line[0] is mine, seconds):
                    raise StoreBusy
            yield
        finally:
            self._leave(mine)

    def _leave(self, mine: object) -> None:
        """Give the place up, wherever in the line it is: who was interrupted while waiting stands in nobody's way."""
        with self._changed:
            if mine in self._line:
                self._line.remove(mine)
                self._changed.notify_all()

    def waiting(self) -> int:
        """Return how many wait for who holds it now."""
        return max(0, len(self._line) - 1)
