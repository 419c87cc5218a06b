"""The line above a list that narrows it to what holds the typed words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from clerk_desktop.system.texts import Texts


class FilterField(QLineEdit):
    """``name`` and ``hint`` are in the user's language."""

    def __init__(self, texts: Texts, name: str, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(texts.gettext("Filter"))
        self.setAccessibleName(name)
        self.setToolTip(hint)
        self.setClearButtonEnabled(True)

    def begin_in(self, view: QWidget) -> None:
        """Let whoever types in a list go on typing here."""
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is typed in the list."""
        if event.type() is QEvent.Type.KeyPress:
            text = getattr(event, "text", lambda: "")()
            if text and text.isprintable() and not text.isspace():
                self.setFocus()
                QApplication.sendEvent(self, event)
                return True
        return False
