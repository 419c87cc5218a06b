"""What a person does in the program, told before any widget has it: who makes or tidies something gives way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

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


class Doings(QObject):
    """In ``window``, which is shown by ``start``, and in whichever other window has the keys, until ``stop``.

    All on the GUI thread.
    """

    came = Signal()
    """A key, a click, a movement."""

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._handle: QWindow | None = None
        self._front: QWindow | None = None  # a dialog, perhaps gone by now

    def start(self) -> None:
        """Begin to tell."""
        self._handle = self._window.windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)
            _application().focusWindowChanged.connect(self._came_to_front)
            self._came_to_front(QGuiApplication.focusWindow())

    def stop(self) -> None:
        """Tell nothing any more."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.removeEventFilter(self)
            _application().focusWindowChanged.disconnect(self._came_to_front)
            self._came_to_front(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell it and let it go on."""
        if event.type() in WORK:
            self.came.emit()
        return False

    def _came_to_front(self, front: QWindow | None) -> None:
        before, self._front = self._front, front if front != self._handle else None
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if self._front is not None:
            self._front.installEventFilter(self)


def _application() -> QGuiApplication:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication), "a window is shown"
    return application
