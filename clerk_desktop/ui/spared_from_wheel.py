"""Fields that the wheel of the mouse passes by: who scrolls must not change what the pointer happens to lie over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class _PassesBy(QObject):
    """Leaves the wheel to what is around the field."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the wheel away."""
        if event.type() is not QEvent.Type.Wheel:
            return False
        event.ignore()
        return True


def spare_from_wheel(part: QWidget) -> None:
    """Let the wheel change no choice and no number in ``part``; the list of a choice that stands open still scrolls."""
    passes_by = _PassesBy(part)
    for kind in (QComboBox, QAbstractSpinBox):
        for field in part.findChildren(kind):
            field.installEventFilter(passes_by)
