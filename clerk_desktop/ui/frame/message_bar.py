"""The quiet bar: what happened, what was kept, what to do; with an action, never in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.style import restyle
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Message, Tone

NEWS_MILLISECONDS = 6_000
SIGNS = {Tone.NEWS: "", Tone.DONE: "✓ ", Tone.HELP: "▲ "}


class MessageBar(QFrame):
    """Shows the newest message until it is closed or replaced; a screen reader is told."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("messages")
        self._message = Message(text="")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # it names subjects and files as others wrote them
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = QPushButton()
        self.action.clicked.connect(self._act)
        close = icon_button(Icon.CLOSE, texts.gettext("Close the message"))
        close.setIcon(icon(Icon.CLOSE, on_selection=True))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID, GRID * 2, GRID)
        layout.setSpacing(GRID * 2)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.action)
        layout.addWidget(close)
        self.hide()

    def say(self, message: Message) -> None:
        """Show a message; news that asks for nothing goes by itself."""
        self.show_message(message)
        if message.tone is not Tone.HELP and message.action is None:
            QTimer.singleShot(NEWS_MILLISECONDS, self, lambda: self._forget(message))

    def _forget(self, message: Message) -> None:
        if self.text == message.text:
            self.hide()

    def show_message(self, message: Message) -> None:
        """Show a message in place of the one before."""
        self._message = message
        self._text.setText(SIGNS[message.tone] + message.text)
        restyle(self, "help", message.tone is Tone.HELP)
        self.action.setVisible(message.action is not None)
        if message.action is not None:
            self.action.setText(message.action[0])
        self.show()
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # brings hundreds of roles along

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message.text))

    @property
    def text(self) -> str:
        """What is shown, "" for nothing."""
        return "" if self.isHidden() else self._message.text

    def _act(self) -> None:
        self.hide()
        if self._message.action is not None:
            self._message.action[1]()
