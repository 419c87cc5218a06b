"""The right side of the inbox: what to look at in the letter, above its form or what can be done with a held file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.theme import GRID


class InboxSide(QWidget):
    """``form`` and ``held``: one of them is shown."""

    def __init__(self, texts: Texts, form: QWidget, held: QWidget) -> None:
        super().__init__()
        self._form, self._held = form, held
        self.notices = QLabel()
        self.notices.setAccessibleName(texts.gettext("What to look at"))
        self.notices.setTextFormat(Qt.TextFormat.PlainText)  # it names files as their senders did
        self.notices.setWordWrap(True)
        self.notices.setProperty("tone", "help")
        self.notices.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notices.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(form)
        self._stack.addWidget(held)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        self.say(())

    def show_form(self) -> None:
        """Show the form."""
        self._stack.setCurrentWidget(self._form)

    def show_held(self) -> None:
        """Show what can be done with a held file."""
        self._stack.setCurrentWidget(self._held)
        self.say(())

    def say(self, notices: Sequence[str]) -> None:
        """Show these sentences, nothing where there are none."""
        self.notices.setText("\n".join(f"▲ {notice}" for notice in notices))
        self.notices.setVisible(bool(notices))
