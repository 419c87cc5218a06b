"""Makes what will be wanted before it is: one piece in a turn of the event loop, and none while somebody works."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

AIR_MILLISECONDS = 15
"""Between two pieces: what came meanwhile is done first."""
QUIET_MILLISECONDS = 300
"""So long after a key or a click nothing is made: more keys may follow."""
WORK = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    )
)


class Ahead(QObject):
    """Takes the next of ``pieces`` whenever nothing else goes on in ``window``, until there are no more.

    ``quiet``: milliseconds after a person's last doing.
    """

    def __init__(self, window: QWidget, pieces: Iterator[None], quiet: int = QUIET_MILLISECONDS) -> None:
        super().__init__(window)
        self._pieces: Iterator[None] | None = pieces
        self._quiet = quiet
        self._window = window
        self._handle: QWindow | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to make."""
        return self._pieces is None

    def start(self) -> None:
        """Begin, not in this turn."""
        self._handle = self._window.windowHandle()  # what a person does comes through it, before any widget has it
        if self._handle is not None:
            self._handle.installEventFilter(self)
        self._timer.start(AIR_MILLISECONDS)

    def stop(self) -> None:
        """Make nothing any more."""
        self._timer.stop()
        self._pieces = None
        if self._handle is not None:
            self._handle.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give way to whoever works."""
        if event.type() in WORK and self._pieces is not None:
            self._timer.start(self._quiet)
        return False

    def _go_on(self) -> None:
        if self._pieces is None:
            return
        if next(self._pieces, self) is self:
            self.stop()
        else:
            self._timer.start(AIR_MILLISECONDS)
