"""When the window first stands there with what its place shows: only then does anything else begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from clerk_desktop.ui.places import PlaceView

HELD_MILLISECONDS = 100
"""So long the window waits for what its place reads, to be drawn once and not twice: shorter than a person notices."""
LATEST_MILLISECONDS = 2_000
"""A store that hardly answers keeps nothing else waiting longer."""


class FirstPicture(QWidget):
    """What the parts of a window stand on. ``view`` gives the place in it.

    ``painted`` comes once, when the window is on the screen with what its place reads first.
    """

    painted = Signal()

    def __init__(self, view: Callable[[], PlaceView | None]) -> None:
        super().__init__()
        self._view = view
        self._expected = self._wanted = self._told = self._away = False
        self._held = QTimer(self, singleShot=True, interval=HELD_MILLISECONDS)
        self._held.timeout.connect(self._show)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MILLISECONDS)
        for timer in (self._soon, self._latest):
            timer.timeout.connect(self._tell)

    def come(self) -> None:
        """Show the window when the place in it is filled, and in a moment at the latest."""
        view = self._view()
        if view is None or view.is_filled:
            self._show()
        else:
            self.window().installEventFilter(self)
            view.filled.connect(self._hold_no_longer)
            self._held.start()

    def then(self, act: Callable[[], object]) -> None:
        """Do it once the first picture stands: now, or behind whatever else ``painted`` begins."""
        if self._told:
            act()
        else:
            self.painted.connect(lambda: act())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the window away that is closed before it came."""
        if event.type() is QEvent.Type.Close and watched is self.window():
            self._away = True
            self._held.stop()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to wait, once."""
        super().showEvent(event)
        if self._expected:
            return
        self._expected = True
        self.window().removeEventFilter(self)
        self._held.stop()
        self._latest.start()
        view = self._view()
        if view is None or view.is_filled:
            self._wanted = True
        else:
            view.filled.connect(self._want)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Notice the first picture: what stands here is drawn right after this."""
        super().paintEvent(event)
        if self._wanted and not self._told:
            self._soon.start()

    def _show(self) -> None:
        self.window().show()
        # showing asks for a drawing of each part, which would come behind the first picture and be a second one
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateLater)

    def _hold_no_longer(self) -> None:
        if not self._expected and not self._away:
            self._held.start(0)  # what fills a list is not done yet

    def _want(self) -> None:
        self._wanted = True
        self.update()

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self.painted.emit()
