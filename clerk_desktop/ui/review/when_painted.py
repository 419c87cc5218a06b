"""Tells when what is on screen was painted as it should be, so that nothing else keeps it waiting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal


class WhenPainted(QObject):
    """``stands`` comes once for each ``expect``, in an event behind the painting in which all was there."""

    stands = Signal()

    def __init__(self, is_sharp: Callable[[], bool]) -> None:
        super().__init__()
        self._is_sharp = is_sharp
        self._expected = False
        self._behind = QTimer(self, singleShot=True, interval=0)
        self._behind.timeout.connect(self.stands)

    def expect(self, *, anything: bool) -> None:
        """Wait for what is wanted on the screen now, if that is ``anything``; it may stand there already."""
        self._expected = anything
        self.look()

    def look(self) -> None:
        """Hear that something was painted."""
        if self._expected and self._is_sharp():
            self._expected = False
            self._behind.start()
