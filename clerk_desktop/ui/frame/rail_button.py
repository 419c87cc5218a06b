"""A button of the rail: the place's name at the left, what lies there as a number at the right edge."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolButton

from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.theme import GRID

SIDE, AIR = 18, 6
SMALL = 0.75
MANY = 100
"""From here on the corner of an icon is too small for the number."""


class RailButton(QToolButton):
    """Checkable; ``count`` is shown in the corner of the icon where there is no room for texts."""

    def __init__(self, text: str, symbol: Icon) -> None:
        super().__init__()
        self.count = 0
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setIcon(icon(symbol))
        self.setIconSize(QSize(SIDE + AIR, SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(GRID * 8)
        self.setText(text)
        self.setAccessibleName(text)

    def show_count(self, count: int) -> None:
        """Show a number, none for 0."""
        self.count = count
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the number over the button, in the colour that its state asks for."""
        super().paintEvent(event)
        if not self.count:
            return
        painter = QPainter(self)
        chosen, here = self.isChecked(), self.isEnabled()
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
        group = QPalette.ColorGroup.Active if here else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, role))
        font = QFont(self.font())
        narrow = self.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        if narrow:
            font.setPointSizeF(font.pointSizeF() * SMALL)
        painter.setFont(font)
        edge, height = (2, Qt.AlignmentFlag.AlignTop) if narrow else (GRID * 3, Qt.AlignmentFlag.AlignVCenter)
        text = f"{self.count:n}" if not narrow or self.count < MANY else f"{MANY - 1}+"
        painter.drawText(QRect(0, 0, self.width() - edge, self.height()), Qt.AlignmentFlag.AlignRight | height, text)
        painter.end()
