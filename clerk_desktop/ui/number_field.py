"""Fields for numbers, whose text begins where that of the fields around them does."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from clerk_desktop.ui.theme import GRID


def stand_in_line(field: QAbstractSpinBox) -> None:
    """Set the number off from the frame as other texts are; the padding of the style does not reach it."""
    for inner in field.findChildren(QLineEdit):
        inner.setTextMargins(GRID * 2, 0, 0, 0)
