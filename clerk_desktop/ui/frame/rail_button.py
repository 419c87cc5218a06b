"""A button of the rail: the place's name at the left, what lies there as a number at the right edge."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolButton

from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.theme import GRID

SIDE = 18


class RailButton(QToolButton):
    """Checkable; ``count`` is shown where there is room for texts, and always told to a screen reader."""

    def __init__(self, text: str, symbol: Icon) -> None:
        super().__init__()
        self.count = 0
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setIcon(icon(symbol))
        self.setIconSize(QSize(SIDE, SIDE))
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
        if not self.count or self.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
            return
        painter = QPainter(self)
        chosen, here = self.isChecked(), self.isEnabled()
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
        group = QPalette.ColorGroup.Active if here else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, role))
        painter.setFont(self.font())
        place = QRect(0, 0, self.width() - GRID * 3, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{self.count:n}")
        painter.end()
