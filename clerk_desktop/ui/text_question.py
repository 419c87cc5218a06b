"""A question that is answered with words: a line, or as many as it takes."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.theme import GRID

WIDTH = GRID * 110
LINES_HIGH = GRID * 30
DONE_KEYS = ("Ctrl+Return", "Ctrl+Enter")


class TextQuestion(QDialog):
    """``lines``: Enter begins a new line there, and Ctrl+Enter is done."""

    def __init__(
        self, texts: Texts, title: str, question: str, before: str, parent: QWidget | None, *, lines: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.field: QLineEdit | QPlainTextEdit
        if lines:
            self.field = QPlainTextEdit(before)
            self.field.setTabChangesFocus(True)
            self.field.setMinimumHeight(LINES_HIGH)
            self.field.moveCursor(QTextCursor.MoveOperation.End)  # a text is gone on with, a number is typed over
        else:
            self.field = QLineEdit(before)
            self.field.selectAll()
        self.field.setAccessibleName(question)
        self.field.setToolTip(question)
        asked = QLabel(question)
        asked.setWordWrap(True)
        asked.setBuddy(self.field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        if lines:
            buttons.button(QDialogButtonBox.StandardButton.Ok).setToolTip(texts.gettext("Done (Ctrl+Enter)"))
            for keys in DONE_KEYS:
                QShortcut(QKeySequence(keys), self, self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 4)
        layout.setSpacing(GRID * 2)
        layout.addWidget(asked)
        layout.addWidget(self.field)
        layout.addSpacing(GRID)
        layout.addWidget(buttons)
        self.field.setFocus()

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.text() if isinstance(self.field, QLineEdit) else self.field.toPlainText()


def ask_line(texts: Texts, title: str, question: str, parent: QWidget | None, before: str = "") -> str | None:
    """Ask for one line; None when the person gave up."""
    dialog = TextQuestion(texts, title, question, before, parent, lines=False)
    return dialog.text.strip() if dialog.exec() else None


def ask_text(texts: Texts, title: str, question: str, parent: QWidget | None, before: str = "") -> str | None:
    """Ask for a text of any length; None when the person gave up."""
    dialog = TextQuestion(texts, title, question, before, parent, lines=True)
    return dialog.text.strip() if dialog.exec() else None
