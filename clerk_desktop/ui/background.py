"""The window's background threads: intake, exchange, reading. They drive use cases and hold no logic."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk_desktop.usecases.background import Background


class BackgroundThreads:
    """Start once, stop once; ``stop`` waits until a round that is under way has ended."""

    def __init__(self, background: Background) -> None:
        self._stop = threading.Event()
        self._threads = (
            threading.Thread(target=background.run_intake, args=(self._stop,), name="clerk-intake"),
            threading.Thread(target=background.run_sync, args=(self._stop,), name="clerk-sync"),
            threading.Thread(target=background.run_reading, args=(self._stop,), name="clerk-texts"),
        )

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End them."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
