"""What an empty list shows: what would be here, and a button with which to fill it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.ui.theme import GRID


class EmptyState(QWidget):
    """Stands in the place of ``view`` while that has no rows, and takes over the focus from it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self._act: Callable[[], object] = view.setFocus
        self._label = QLabel()
        self._label.setProperty("muted", True)
        self._label.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(lambda: self._act())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        column.addWidget(self._label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.hide()

    def text(self) -> str:
        """Return what is said."""
        return self._label.text()

    def say(self, text: str, action: str, act: Callable[[], object]) -> None:
        """Say this, and offer to do that."""
        self._label.setText(text)
        self.button.setText(action)
        self.button.setToolTip(action)
        self._act = act

    def stand_in(self, stands: bool) -> None:
        """Show this instead of the view, or the view again; the focus goes along."""
        leaving = self._view if stands else self.button
        moves = leaving.hasFocus()
        self._view.setVisible(not stands)
        self.setVisible(stands)
        if moves:
            self.enter()

    def enter(self) -> None:
        """Give the focus to what is shown."""
        (self._view if self.isHidden() else self.button).setFocus()
