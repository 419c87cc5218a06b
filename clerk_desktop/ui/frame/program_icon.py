"""The program's own icon: white on the accent colour, so that it is seen on a light and on a dark task bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from clerk_desktop.ui.icons import Icon, draw
from clerk_desktop.ui.theme import LIGHT

SIDES = (16, 22, 24, 32, 48, 64, 128)
CORNER = 0.18
INNER = 0.14
BADGE = 0.55
WHITE = QColor(Qt.GlobalColor.white)


def program_icon(*, needs_help: bool = False) -> QIcon:
    """Return the icon; with a warning sign in its corner where something needs somebody."""
    made = QIcon()
    for side in SIDES:
        made.addPixmap(_picture(side, needs_help=needs_help))
    return made


def _picture(side: int, *, needs_help: bool) -> QPixmap:
    picture = QPixmap(side, side)
    picture.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    whole = QRectF(0, 0, side, side)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(whole, side * CORNER, side * CORNER)
    edge = side * INNER
    draw(painter, whole.adjusted(edge, edge, -edge, -edge), Icon.INBOX, WHITE)
    if needs_help:
        corner = QRectF(side * (1 - BADGE), side * (1 - BADGE), side * BADGE, side * BADGE)
        painter.setBrush(QColor(LIGHT.action_needed))
        painter.drawRoundedRect(corner, side * CORNER, side * CORNER)
        draw(painter, corner.adjusted(1, 1, -1, -1), Icon.ATTENTION, WHITE)
    painter.end()
    return picture
