"""Paints pages: their pictures, why one cannot be shown, and the outline of a place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from clerk_desktop.ui.review.layout import Frame

REFUSAL = QColor("#7a1f19")
OUTLINE = QColor("#0b5cad")
RING = 2.0
AROUND = 3.0, 2.0
"""So far beside and above a place its outline lies, in pixels: words beside and lines above are to be read as well."""
HALO = QColor(255, 255, 255, 170)


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


def paint_focus(painter: QPainter, view: QRectF, colour: QColor) -> None:
    """Draw the ring around the pages that shows that keys go to them."""
    painter.setPen(QPen(colour, RING))
    painter.drawRect(view.adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2))


def paint_outline(painter: QPainter, frame: QRectF) -> None:
    """Outline a place on a page, to be seen on any ground."""
    beside, above = AROUND
    place = frame.adjusted(-beside, -above, beside, above)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(HALO, 3.5))
    painter.drawRoundedRect(place, 3, 3)
    painter.setPen(QPen(OUTLINE, 1.75))
    painter.drawRoundedRect(place, 3, 3)
