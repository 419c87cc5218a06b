"""The keys that walk through a list below a field, and take what is chosen there."""

from __future__ import annotations

from PySide6.QtCore import Qt

WALK = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
ACCEPT = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
