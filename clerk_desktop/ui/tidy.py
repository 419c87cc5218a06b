"""Has Python look for reference cycles while nobody works: a search through everything is a pause one feels."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from clerk_desktop.system import garbage
from clerk_desktop.ui.doings import Doings

QUIET_MILLISECONDS = 2_000
"""So long after a key or a click nobody waits for the next picture."""
LATEST_MILLISECONDS = 60_000
"""So often it is looked whether a search is due: letters that come in leave cycles too, and some people never rest."""


class Tidy(QObject):
    """``quiet``: milliseconds after a person's last doing in ``window``; ``latest``: milliseconds between two looks."""

    def __init__(self, window: QWidget, quiet: int = QUIET_MILLISECONDS, latest: int = LATEST_MILLISECONDS) -> None:
        super().__init__(window)
        self._rest = QTimer(self, singleShot=True, interval=quiet)
        self._rest.timeout.connect(self._rested)
        self._clock = QTimer(self, interval=latest)
        self._clock.timeout.connect(self._looked)
        self._doings = Doings(window, self)
        self._doings.came.connect(self._rest.start)

    def start(self) -> None:
        """Take over from Python, which searches whenever enough came, in the middle of work."""
        garbage.look_when_told()
        self._doings.start()
        self._clock.start()
        self._rest.start()

    def keep(self) -> None:
        """Pass over what is there by now: it stays as long as the window."""
        garbage.look()
        garbage.look_at_new()

    def stop(self) -> None:
        """Search nothing any more."""
        self._doings.stop()
        self._clock.stop()
        self._rest.stop()

    def _rested(self) -> None:
        if garbage.is_due():
            garbage.look()

    def _looked(self) -> None:
        if garbage.is_overdue() or (garbage.is_due() and not self._rest.isActive()):
            garbage.look()
