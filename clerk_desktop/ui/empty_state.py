"""What an empty list shows: what would be here, and a button with which to fill it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.theme import GRID

PICTURE = QSize(40, 40)
WIDEST = 420


class EmptyState(QWidget):
    """Stands in the place of ``view`` while that has no rows, and takes over the focus from it.

    ``symbol`` is that of the place: drawn large and quiet above the words. What stands here is made when it first
    stands in: most lists never are empty, and a window that starts shows none that is.
    """

    def __init__(self, view: QWidget, symbol: Icon) -> None:
        super().__init__()
        self._view = view
        self._symbol = symbol
        self._text = self._action = ""
        self._act: Callable[[], object] = view.setFocus
        self._page: _Page | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.hide()

    def text(self) -> str:
        """Return what is said."""
        return self._text

    def say(self, text: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Say this, and offer to do that, where there is something to do."""
        self._text, self._action = text, action
        self._act = act if act is not None else self._view.setFocus
        if self._page is not None:
            self._page.say(text, action)

    def stand_in(self, stands: bool) -> None:
        """Show this instead of the view, or the view again; the focus goes along."""
        leaving = self._view if stands else self._page.button if self._page is not None else None
        moves = leaving is not None and leaving.hasFocus()
        if stands and self._page is None:
            self._page = self._made()
        self._view.setVisible(not stands)
        self.setVisible(stands)
        if moves:
            self.enter()

    def enter(self) -> None:
        """Give the focus to what is shown."""
        (self._view if self._page is None or self.isHidden() else self._page.button).setFocus()

    def _made(self) -> _Page:
        page = _Page(self._symbol, lambda: self._act())
        page.say(self._text, self._action)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        return page


class _Page(QWidget):
    """The symbol, the words below it, and the button."""

    def __init__(self, symbol: Icon, act: Callable[[], object]) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(icon(symbol).pixmap(PICTURE, QIcon.Mode.Disabled))
        self._label = QLabel()
        self._label.setProperty("muted", True)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setMaximumWidth(WIDEST)
        self.button = QPushButton()
        self.button.clicked.connect(lambda: act())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 3)
        column.addStretch(2)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        words = QHBoxLayout()  # an alignment would take the height for its width from the label
        words.addStretch(1)
        words.addWidget(self._label, 100)
        words.addStretch(1)
        column.addLayout(words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, text: str, action: str) -> None:
        """Say this; the button is there where it has a name."""
        self._label.setText(text)
        self.button.setText(action)
        self.button.setToolTip(action)
        self.button.setVisible(bool(action))
