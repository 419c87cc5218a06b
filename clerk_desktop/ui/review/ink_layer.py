"""The line that a pen is drawing right now, kept as a picture: each move adds its last stretch and no more."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from clerk_desktop.model.annotation import Mark, Strokes
from clerk_desktop.model.geometry import Point
from clerk_desktop.ui.review.layout import PageLayout
from clerk_desktop.ui.review.mark_painter import paint_stretch


class InkLayer:
    """As large as ``port``. The thousandth point of a line costs what its second did."""

    def __init__(self, port: QWidget) -> None:
        self._port = port
        self._picture = QImage()
        self._drawn: tuple[Point, ...] = ()
        self._stand: tuple[object, ...] = ()

    def paint(self, painter: QPainter, layout: PageLayout, index: int, mark: Mark, offset: QPoint) -> None:
        """Paint a line of ink as it is so far; ``offset``: where the painter's origin is in the viewport."""
        if not isinstance(mark.shape, Strokes):
            return
        way = mark.shape.lines[-1]
        stand = layout, index, offset, self._port.size(), self._port.devicePixelRatioF()
        if stand != self._stand or not self._drawn or way[: len(self._drawn)] != self._drawn:
            self._begin(stand)
        fresh = way[max(0, len(self._drawn) - 1) :]
        if len(way) > len(self._drawn):
            pen = QPainter(self._picture)
            pen.translate(offset)
            paint_stretch(pen, layout, index, mark, fresh)
            pen.end()
            self._drawn = way
        painter.drawImage(QPointF(-offset.x(), -offset.y()), self._picture)

    def forget(self) -> None:
        """Let the picture go: the pen is up."""
        self._picture, self._drawn, self._stand = QImage(), (), ()

    def _begin(self, stand: tuple[object, ...]) -> None:
        self._stand, self._drawn = stand, ()
        ratio = self._port.devicePixelRatioF()
        self._picture = QImage(self._port.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
