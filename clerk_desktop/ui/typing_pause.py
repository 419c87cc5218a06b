"""Waits until somebody has stopped typing: what is looked for would else be looked for anew at every key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit


class TypingPause(QTimer):
    """Calls ``act`` so many milliseconds after the last key in ``line``; active while it waits."""

    def __init__(self, line: QLineEdit, milliseconds: int, act: Callable[[], None]) -> None:
        super().__init__(line)
        self.setSingleShot(True)
        self.setInterval(milliseconds)
        self.timeout.connect(act)
        line.textEdited.connect(lambda: self.start())
