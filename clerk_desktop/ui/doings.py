"""What a person does in a window, told before any widget has it: who makes or tidies something beside it gives way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

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
    """Between ``start`` and ``stop``, both on the GUI thread; ``window`` is shown by then."""

    came = Signal()
    """A key, a click, a movement."""

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._handle: QWindow | None = None

    def start(self) -> None:
        """Begin to tell."""
        self._handle = self._window.windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)

    def stop(self) -> None:
        """Tell nothing any more."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell it and let it go on."""
        if event.type() in WORK:
            self.came.emit()
        return False
