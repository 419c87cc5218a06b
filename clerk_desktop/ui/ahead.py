"""Makes what will be wanted before it is: one piece in a turn of the event loop, and none while somebody works."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from clerk_desktop.ui.doings import Doings

AIR_MILLISECONDS = 15
"""Between two pieces: what came meanwhile is done first."""
QUIET_MILLISECONDS = 300
"""So long after a key or a click nothing is made: more keys may follow."""


class Ahead(QObject):
    """Takes the next of ``pieces`` whenever nothing else goes on in ``window``, until there are no more.

    ``quiet``: milliseconds after a person's last doing.
    """

    done = Signal()
    """There is nothing more to make."""

    def __init__(self, window: QWidget, pieces: Iterator[None], quiet: int = QUIET_MILLISECONDS) -> None:
        super().__init__(window)
        self._pieces: Iterator[None] | None = pieces
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._doings = Doings(window, self)
        self._doings.came.connect(lambda: self._timer.start(quiet))

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to make."""
        return self._pieces is None

    def start(self) -> None:
        """Begin, not in this turn."""
        self._doings.start()
        self._timer.start(AIR_MILLISECONDS)

    def stop(self) -> None:
        """Make nothing any more."""
        self._doings.stop()
        self._timer.stop()
        self._pieces = None

    def _go_on(self) -> None:
        if self._pieces is None:
            return
        if next(self._pieces, self) is self:
            self.stop()
            self.done.emit()
        else:
            self._timer.start(AIR_MILLISECONDS)
