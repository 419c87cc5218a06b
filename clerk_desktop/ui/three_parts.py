"""A list, a page and what is known of it, side by side; which share each has stays as the person left it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from clerk_desktop.ui.state import WindowState


@dataclass(frozen=True, slots=True)
class Part:
    """``least``: the narrowest width in pixels (0: what the widget itself needs); ``share``: of the first time."""

    widget: QWidget
    least: int
    share: int


class ThreeParts(QSplitter):
    """All parts grow with the window, by their shares. ``name``: for what the window remembers.

    The parts are made in here, ``parent`` first: a widget that gets a parent late looks up its style once more, and so
    does all that it holds.
    """

    def __init__(self, state: WindowState, name: str, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._state = state
        self._key = f"{name}/shares"
        self._shares: list[int] = []
        self.splitterMoved.connect(self._moved)

    def hold(self, parts: tuple[Part, Part, Part]) -> None:
        """Show these parts from left to right."""
        self._shares = _read(self._state.text(self._key)) or [part.share for part in parts]
        for part in parts:
            part.widget.setMinimumWidth(part.least)
            self.addWidget(part.widget)
        self.setChildrenCollapsible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each part its share of the new width."""
        super().resizeEvent(event)
        room = self.width() - self.handleWidth() * (self.count() - 1)
        self.setSizes([round(room * share / sum(self._shares)) for share in self._shares])

    def keep(self) -> None:
        """Remember the shares."""
        self._state.put_text(self._key, " ".join(str(share) for share in self._shares))

    def _moved(self) -> None:
        self._shares = self.sizes()


def _read(text: str) -> list[int]:
    """Return remembered shares, nothing for what cannot be used."""
    shares = [int(word) for word in text.split() if word.isdecimal()]
    return shares if len(shares) == 3 and all(shares) else []
