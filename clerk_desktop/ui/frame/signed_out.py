"""What the window shows of a profile whose clerk signed out: nothing but the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.accounts import Holder

WIDTH = 460


class SignedOutPage(QWidget):
    """``sign_in`` asks the person to sign in again."""

    def __init__(self, workplace: Workplace, sign_in: Callable[[], None]) -> None:
        super().__init__()
        self._texts = workplace.texts
        _ = workplace.texts.gettext
        heading = QLabel(_("Signed out"))
        heading.setProperty("title", True)
        self.who = QLabel()
        self.who.setWordWrap(True)
        self.who.setTextFormat(Qt.TextFormat.PlainText)
        self.server = QLabel()
        self.server.setProperty("muted", True)
        self.server.setWordWrap(True)
        self.server.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(_("Sign in …"))
        self.button.setProperty("primary", True)
        self.button.setToolTip(_("Sign in again as the same person"))
        self.button.clicked.connect(lambda: sign_in())
        inner = QWidget()
        inner.setFixedWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setSpacing(GRID * 3)
        column.addWidget(heading)
        column.addWidget(self.who)
        column.addWidget(self.server)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.addWidget(inner, 0, Qt.AlignmentFlag.AlignCenter)
        workplace.tasks.read(self, workplace.desk.accounts.holder, self._show)

    def _show(self, holder: Holder | None) -> None:
        if holder is None:
            return
        text = self._texts.gettext(
            "This profile belongs to {user}. Cases and unsent work are shown again after signing in."
            " Scans go on being taken in."
        )
        self.who.setText(text.format(user=holder.account.user))
        self.server.setText(self._texts.gettext("Server: {address}").format(address=holder.account.url))
