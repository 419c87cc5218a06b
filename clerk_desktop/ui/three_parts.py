"""A list, a page and what is known of it, side by side; how wide each is stays as the person left it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from clerk_desktop.ui.state import WindowState


@dataclass(frozen=True, slots=True)
class Part:
    """Widths in pixels: the narrowest (0: what the widget itself needs), and that of the first time."""

    widget: QWidget
    least: int
    first: int


class ThreeParts(QSplitter):
    """The middle part takes what a wider window gives. ``name``: for what the window remembers."""

    def __init__(self, state: WindowState, name: str, parts: tuple[Part, Part, Part]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._state = state
        self._name = name
        for part in parts:
            part.widget.setMinimumWidth(part.least)
            self.addWidget(part.widget)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        if not state.restore_layout(name, self):
            self.setSizes([part.first for part in parts])

    def keep(self) -> None:
        """Remember the widths."""
        self._state.keep_layout(self._name, self)
