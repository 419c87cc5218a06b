"""One window a profile: a second start raises the first and ends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QThread
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from clerk_desktop.model.errors import RoleTaken
from clerk_desktop.system.locks import Lock, Locks, Role

WAIT_MILLISECONDS = 1_000
TRIES, PAUSE_MILLISECONDS = 50, 100
"""Whoever clicks twice starts twice: the first window listens once it is painted."""


def _pause() -> None:
    QThread.msleep(PAUSE_MILLISECONDS)


def _name(home: Path) -> str:
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:24]
    return f"clerk-desktop-{digest}"


def raise_first(home: Path) -> bool:
    """Ask the window that has this profile open to come to the front. False when none answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(home))
    if not socket.waitForConnected(WAIT_MILLISECONDS):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(WAIT_MILLISECONDS)
    socket.disconnectFromServer()
    return True


def raise_or_follow(home: Path, locks: Locks, pause: Callable[[], None] = _pause) -> Lock | None:
    """Bring the window to the front that has this profile open, and return None; its role where it ends meanwhile.

    Raises ``RoleTaken`` where it does neither.
    """
    for _ in range(TRIES):
        if raise_first(home):
            return None
        pause()
        if lock := locks.try_take(Role.WINDOW):
            return lock
    raise RoleTaken


class Doorbell(QObject):
    """Listens for second starts and calls ``ring``; only processes of the same user can reach it."""

    def __init__(self, home: Path, ring: Callable[[], None]) -> None:
        super().__init__()
        self._ring = ring
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(home))  # left over from a window that was killed; the role's lock is ours
        self._server.newConnection.connect(self._answer)
        self._server.listen(_name(home))

    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        self._ring()
