"""A line for texts that may be longer than it: pointing at it shows the whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent, Qt
from PySide6.QtWidgets import QLineEdit, QToolTip

PADDING = 24
"""Pixels of a line that no text stands in: its frame and what the style keeps free."""


class WholeLine(QLineEdit):
    """Its hint begins with the text, where that does not fit."""

    @property
    def is_cut(self) -> bool:
        """Whether some of the text is out of sight."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width() - PADDING

    def event(self, event: QEvent) -> bool:
        """Show the hint."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self.is_cut:
            whole = Qt.convertFromPlainText(self.text(), Qt.WhiteSpaceMode.WhiteSpaceNormal)
            QToolTip.showText(event.globalPos(), whole + _as_html(self.toolTip()), self)
            return True
        return super().event(event)


def _as_html(text: str) -> str:
    return text if Qt.mightBeRichText(text) else Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal)
