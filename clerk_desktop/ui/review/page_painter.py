"""Paints pages: their pictures, why one cannot be shown, and the outline of a place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from clerk_desktop.ui.review.layout import Frame

REFUSAL = QColor("#7a1f19")
OUTLINE = QColor("#0b5cad")


def rectangle(frame: Frame) -> QRectF:
    """Return a frame as Qt knows it."""
    return QRectF(frame.x, frame.y, frame.width, frame.height)


def paint_picture(painter: QPainter, frame: QRectF, image: QImage, offset: QPoint, ratio: float) -> None:
    """Paint pixel on pixel where the picture has the frame's size: that is sharp, and quick.

    ``offset``: where view coordinates begin in the viewport; ``ratio``: pixels a logical pixel.
    """
    spare = image.width() - frame.width() * ratio, image.height() - frame.height() * ratio
    if max(map(abs, spare)) < 2:
        x, y = ((at + by) * ratio for at, by in ((frame.x(), offset.x()), (frame.y(), offset.y())))
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(round(x) / ratio - offset.x(), round(y) / ratio - offset.y()), image)
    else:
        painter.drawImage(frame, image, QRectF(image.rect()))


def paint_refusal(painter: QPainter, frame: QRectF, text: str) -> None:
    """Write on a page why it cannot be shown."""
    painter.setPen(REFUSAL)
    inner = frame.adjusted(24, 24, -24, -24)
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def paint_outline(painter: QPainter, frame: QRectF) -> None:
    """Outline a place on a page, to be seen on any ground."""
    place = frame.adjusted(-4, -3, 4, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("#ffffff"), 5))
    painter.drawRoundedRect(place, 3, 3)
    painter.setPen(QPen(OUTLINE, 2.5))
    painter.drawRoundedRect(place, 3, 3)
