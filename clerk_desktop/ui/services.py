"""What the window begins behind its first picture: the bell for second starts, the tray, the work in the background."""

from __future__ import annotations

from collections import deque
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
        self._waiting: deque[Callable[[], object]] = deque()
        # no QTimer.singleShot: what that begins while events are handled is handled with them, in the same turn
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._next)

    def begin(self) -> None:
        """Begin."""
        session = self._session
        self._waiting.append(self._listen)
        self._waiting.append(lambda: session.welcome(self._try_out))
        if session.may_show:  # notices tell of letters and cases
            self._waiting.append(session.stay_in_tray)
        self._waiting.append(session.work_in_background)
        self._waiting.append(session.make_ready)
        self._turn.start()

    def end(self) -> None:
        """Let go of the bell, and begin nothing any more."""
        bell, self._bell = self._bell, None
        for gone in (self, bell):
            if gone is not None:
                gone.deleteLater()
                QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)  # its name is free then

    def _next(self) -> None:
        begin = self._waiting.popleft()
        if self._waiting:
            self._turn.start()  # before: an error of one keeps none of the others from beginning
        begin()

    def _listen(self) -> None:
        from clerk_desktop.ui.frame.forward import come_forward
        from clerk_desktop.ui.single import Doorbell

        self._bell = Doorbell(self._home, lambda: come_forward(self._session.window))
