"""The dispositions of a case, newest first, and the way to a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.disposition import DISPOSITIONS
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.case.history import History
from clerk_desktop.ui.theme import GRID

KEYS = "Ctrl+Shift+V"


class DispositionsTab(QWidget):
    """``wanted`` comes when a person wants to order something."""

    wanted = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        _ = texts.gettext
        self.new = QPushButton(_("New disposition …"))
        self.new.setToolTip(_("Order what is to happen with this case (Ctrl+Shift+V)"))
        self.new.clicked.connect(lambda: self.wanted.emit())
        self.listing = History(
            texts, DISPOSITIONS, _("Dispositions"), _("No disposition yet. What is ordered in this case appears here.")
        )
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, 0)
        bar.addWidget(self.new)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.listing, 1)
