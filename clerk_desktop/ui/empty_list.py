"""Words that a list without rows shows on its own ground, where it stays in its place and keeps the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView

from clerk_desktop.ui.theme import GRID


def say_empty(view: QAbstractItemView, text: str) -> None:
    """Draw the words at the top of the view, broken into lines; to be called while it is painted."""
    painter = QPainter(view.viewport())
    painter.setPen(view.palette().color(QPalette.ColorRole.PlaceholderText))
    place = view.viewport().rect().adjusted(GRID * 3, GRID * 4, -GRID * 3, -GRID * 3)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(place, int(flags) | int(Qt.TextFlag.TextWordWrap), text)
    painter.end()
