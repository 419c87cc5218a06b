"""The line above everything: narrowing the rail, the town, the field for everything, the sync pill."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.theme import GRID


class Header(QFrame):
    """``toggled``: somebody wants the rail narrow, or wide again."""

    toggled = Signal()

    def __init__(self, texts: Texts, field: QWidget, *signs: QWidget) -> None:
        super().__init__()
        self._texts = texts
        self._town = QLabel()
        self._town.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("header")
        menu = icon_button(Icon.MENU, texts.gettext("Narrow or widen the list of places"))
        menu.setAutoRaise(True)
        menu.clicked.connect(lambda: self.toggled.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 2, GRID * 2, GRID * 3, GRID * 2)
        row.setSpacing(GRID * 3)
        row.addWidget(menu)
        row.addWidget(self._town)
        row.addStretch(1)
        field.setMinimumWidth(360)
        row.addWidget(field, 3)
        row.addStretch(1)
        for sign in signs:
            row.addWidget(sign)

    def show_town(self, town: str) -> None:
        """Tell whose cases these are; "" where that is not known."""
        text = self._texts.gettext("Municipality: {town}").format(town=town) if town else ""
        self._town.setText(text)
