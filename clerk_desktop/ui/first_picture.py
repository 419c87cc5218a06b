"""When the window first stands there with what its place shows: only then does anything else begin."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from clerk_desktop.ui.places import PlaceView

LATEST_MILLISECONDS = 2_000
"""A store that hardly answers keeps nothing else waiting longer."""


class FirstPicture(QObject):
    """``painted`` comes once, when the window is on the screen with what its place reads first."""

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._expected = self._told = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # never within what fills a list: it would be half drawn
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MILLISECONDS)
        for timer in (self._soon, self._latest):
            timer.timeout.connect(self._paint)

    def expect(self, view: PlaceView | None) -> None:
        """Begin to wait, once; the window is being shown. ``view``: the place in it."""
        if self._expected:
            return
        self._expected = True
        if view is not None and not view.is_filled:
            view.filled.connect(self._soon.start)
            self._latest.start()
        else:
            self._soon.start()

    def _paint(self) -> None:
        if not self._told:
            self._told = True
            self._window.repaint()
            self.painted.emit()
