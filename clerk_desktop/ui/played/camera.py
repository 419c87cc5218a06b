"""Takes pictures of a window as a person sees it, with what stands open over it, in the light and the dark look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from clerk_desktop.ui.application import wear
from clerk_desktop.ui.heartbeat import Heartbeat
from clerk_desktop.ui.played.person import NothingHappenedError, let_pass, press
from clerk_desktop.ui.theme import Scheme

SCHEMES = (Scheme.LIGHT, Scheme.DARK)
LOOK_MILLISECONDS = 20
SETTLE_MILLISECONDS = 250
MOST_LOOKS = 250


class Camera:
    """``look``: language and size, for the files' names. ``heart`` does not beat while a picture is taken."""

    def __init__(self, window: QWidget, out: Path, look: tuple[str, str], heart: Heartbeat) -> None:
        self._window = window
        self._out = out
        self._language, self._size = look
        self._heart = heart
        self.pictures: list[str] = []

    def take(self, name: str) -> None:
        """Take ``{name}-{language}-{scheme}-{size}.png`` for each scheme; ends in the light one."""
        program = QApplication.instance()
        assert isinstance(program, QApplication)
        self._heart.stop()  # dressing anew and taking a picture are no work of the window
        held = program.focusWidget()
        for scheme in (*SCHEMES[1:], SCHEMES[0]):
            wear(program, scheme)
            if held is not None:
                held.setFocus()  # buttons of a dialog are made anew with the style, and let the focus go
            let_pass(SETTLE_MILLISECONDS)
            target = f"{name}-{self._language}-{scheme.value}-{self._size}.png"
            self._grab().save(str(self._out / target))
            self.pictures.append(target)
        self._heart.start()

    def take_open(self, act: Callable[[], object], inside: str | Callable[[QWidget], None]) -> None:
        """Take what ``act`` opens, a dialog or a menu, and close it by Esc; ``inside`` is its name, or does the rest.

        Raises ``NothingHappenedError`` when nothing opens.
        """
        seen: list[QWidget] = []
        loop, looking = QEventLoop(), QTimer()
        looking.setInterval(LOOK_MILLISECONDS)
        looks = iter(range(MOST_LOOKS))

        def look() -> None:
            found = self._open
            if found is None:
                if next(looks, None) is None:
                    looking.stop()
                    loop.quit()
                return
            looking.stop()
            seen.append(found)
            let_pass(SETTLE_MILLISECONDS)
            if isinstance(inside, str):
                self.take(inside)
            else:
                inside(found)
            press(found, Qt.Key.Key_Escape)
            loop.quit()

        looking.timeout.connect(look)
        looking.start()
        act()  # a menu comes back from it only when it is closed
        if looking.isActive() or not seen:
            loop.exec()
        if not seen:
            raise NothingHappenedError(inside if isinstance(inside, str) else "a dialog")
        self._window.activateWindow()
        let_pass(SETTLE_MILLISECONDS)

    @property
    def _open(self) -> QWidget | None:
        found = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
        return found if found is not self._window else None

    def _grab(self) -> QPixmap:
        picture = self._window.grab()
        painter = QPainter(picture)
        for other in QApplication.topLevelWidgets():
            if other is not self._window and other.isVisible():
                place = QRect(self._window.mapFromGlobal(other.pos()), other.size())
                if isinstance(other, QDialog):
                    place.moveCenter(self._window.rect().center())  # as window managers do
                painter.drawPixmap(place, other.grab())
                painter.setPen(other.palette().color(QPalette.ColorRole.Mid))
                painter.drawRect(place)
        painter.end()
        return picture
