"""What the window begins behind its first picture: the bell for second starts, the tray, the work in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from clerk_desktop.ui.session import WindowSession

if TYPE_CHECKING:
    from clerk_desktop.ui.single import Doorbell


class Services(QObject):
    """Begun one after the other, each in an event of its own, so that keys are heard in between."""

    def __init__(self, session: WindowSession, home: Path, try_out: Callable[[], None] | None) -> None:
        super().__init__()
        self._session = session
        self._home = home
        self._try_out = try_out
        self._bell: Doorbell | None = None

    def begin(self) -> None:
        """Begin."""
        session = self._session
        self._next(self._listen)
        self._next(lambda: session.welcome(self._try_out))
        if session.may_show:  # notices tell of letters and cases
            self._next(session.stay_in_tray)
        self._next(session.work_in_background)
        self._next(session.make_ready)

    def end(self) -> None:
        """Let go of the bell, and begin nothing any more."""
        bell, self._bell = self._bell, None
        for gone in (self, bell):
            if gone is not None:
                gone.deleteLater()
                QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)  # its name is free then

    def _next(self, begin: Callable[[], object]) -> None:
        QTimer.singleShot(0, self, begin)

    def _listen(self) -> None:
        from clerk_desktop.ui.frame.forward import come_forward
        from clerk_desktop.ui.single import Doorbell

        self._bell = Doorbell(self._home, lambda: come_forward(self._session.window))
