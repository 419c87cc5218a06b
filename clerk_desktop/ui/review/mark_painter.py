"""Draws marks in the view as the export draws them on paper: same places, same strokes (``documents.appearance``)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from clerk_desktop.model.annotation import Box, Colour, Mark, MarkKind, Segment, Strokes, TextArea
from clerk_desktop.model.geometry import Point, Quad, Rect
from clerk_desktop.ui.review.handles import handles
from clerk_desktop.ui.review.layout import PageLayout
from clerk_desktop.ui.review.page_painter import rectangle

BLACK = Colour(0, 0, 0)
NOTE = Colour(255, 224, 64)
CHOSEN = QColor("#0b5cad")
HANDLE = 8.0
HEIGHTS = {MarkKind.UNDERLINE: 0.06, MarkKind.STRIKEOUT: 0.45}


def paint_chosen(painter: QPainter, layout: PageLayout, index: int, mark: Mark, *, mine: bool) -> None:
    """Draw the frame of the chosen mark, and where it is mine the handles that resize it."""
    painter.save()
    grips = handles(mark).values() if mine else ()
    if not grips:
        painter.setPen(QPen(CHOSEN, 1.5, Qt.PenStyle.DashLine))
        painter.drawRect(view_rect(layout, index, mark.rect).adjusted(-3, -3, 3, 3))
    elif isinstance(mark.shape, Box):
        painter.setPen(QPen(CHOSEN, 1))
        painter.drawRect(view_rect(layout, index, mark.rect))
    painter.setPen(QPen(CHOSEN, 1.5))
    painter.setBrush(QColor(Qt.GlobalColor.white))
    for place in grips:
        middle = view_point(layout, index, place)
        painter.drawRect(QRectF(middle.x() - HANDLE / 2, middle.y() - HANDLE / 2, HANDLE, HANDLE))
    painter.restore()


def paint_mark(painter: QPainter, layout: PageLayout, index: int, mark: Mark) -> None:
    """Draw a mark on the page with this index (from 0), in view coordinates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(mark.opacity)
    match mark.kind, mark.shape:
        case MarkKind.HIGHLIGHT, TextArea(quads):
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            for quad in quads:
                painter.fillPath(_path(layout, index, quad), colour(mark.colour or NOTE))
        case MarkKind.UNDERLINE | MarkKind.STRIKEOUT, TextArea(quads):
            for quad in quads:
                _across(painter, layout, index, quad, mark)
        case MarkKind.INK, Strokes(lines):
            for line in lines:
                paint_stretch(painter, layout, index, mark, line)
        case MarkKind.LINE, Segment():
            _arrow(painter, layout, index, mark, mark.shape)
        case _, Box(rect):
            _box(painter, layout, index, mark, rect)
        case _:
            pass
    painter.restore()


def paint_stretch(painter: QPainter, layout: PageLayout, index: int, mark: Mark, line: Iterable[Point]) -> None:
    """Draw a line of ink, or some of its points that follow each other."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(mark, layout))
    painter.drawPolyline(_polygon(layout, index, line))


def view_rect(layout: PageLayout, index: int, rect: Rect) -> QRectF:
    """Return a rectangle of the page in view coordinates."""
    return rectangle(layout.rect_in_view(index, rect))


def view_point(layout: PageLayout, index: int, point: Point) -> QPointF:
    """Return a place of the page in view coordinates."""
    return QPointF(*layout.to_view(index, point))


def colour(value: Colour) -> QColor:
    """Return a mark's colour as Qt knows it."""
    return QColor(value.red, value.green, value.blue)


def _polygon(layout: PageLayout, index: int, points: Iterable[Point]) -> QPolygonF:
    placed = [view_point(layout, index, point) for point in points]
    if len(placed) == 1:
        placed.append(placed[0] + QPointF(0.1, 0))
    return QPolygonF(placed)


def _path(layout: PageLayout, index: int, quad: Quad) -> QPainterPath:
    path = QPainterPath()
    corners = (quad.upper_left, quad.upper_right, quad.lower_right, quad.lower_left)
    path.addPolygon(_polygon(layout, index, corners))
    path.closeSubpath()
    return path


def _pen(mark: Mark, layout: PageLayout) -> QPen:
    width = max(mark.line_width * layout.scale, 0.8)
    pen = QPen(colour(mark.colour or BLACK), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _across(painter: QPainter, layout: PageLayout, index: int, quad: Quad, mark: Mark) -> None:
    part = HEIGHTS[mark.kind]
    ends = []
    for lower, upper in ((quad.lower_left, quad.upper_left), (quad.lower_right, quad.upper_right)):
        along = Point(lower.x + (upper.x - lower.x) * part, lower.y + (upper.y - lower.y) * part)
        ends.append(view_point(layout, index, along))
    tall = math.dist((quad.lower_left.x, quad.lower_left.y), (quad.upper_left.x, quad.upper_left.y))
    painter.setPen(QPen(colour(mark.colour or BLACK), max(0.6, tall / 14) * layout.scale))
    painter.drawLine(*ends)


def _arrow(painter: QPainter, layout: PageLayout, index: int, mark: Mark, segment: Segment) -> None:
    start, end = (view_point(layout, index, point) for point in (segment.start, segment.end))
    painter.setPen(_pen(mark, layout))
    painter.drawLine(start, end)
    for tip, tail, ending in ((end, start, segment.end_ending), (start, end, segment.start_ending)):
        if not ending.is_arrow:
            continue  # kept in the file, and drawn as none, as the export does
        line = QLineF(tip, tail)
        for turn in (155, -155) if ending.is_reversed else (25, -25):
            wing = QLineF(line)
            wing.setLength(max(8.0, mark.line_width * 5 * layout.scale))
            wing.setAngle(line.angle() + turn)
            painter.drawLine(wing)


def _box(painter: QPainter, layout: PageLayout, index: int, mark: Mark, rect: Rect) -> None:
    place = view_rect(layout, index, rect)
    match mark.kind:
        case MarkKind.NOTE:
            painter.setPen(QPen(QColor("#6b5a00"), 1))
            painter.setBrush(colour(mark.colour or NOTE))
            painter.drawRoundedRect(place, 2, 2)
            step = place.height() / 4
            for row in (1, 2, 3):
                y = place.top() + row * step
                painter.drawLine(QPointF(place.left() + 3, y), QPointF(place.right() - 3, y))
        case MarkKind.FREE_TEXT:
            place = _upright(painter, layout, index, mark, place)
            if mark.colour is not None:
                painter.fillRect(place, colour(mark.colour))
            painter.setPen(QPen(colour(mark.text_colour), max(mark.line_width * layout.scale, 0.8)))
            painter.drawRect(place)
            painter.setFont(_font(mark.font_size, layout))
            how = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(place.adjusted(3, 3, -3, -3), int(how), mark.text)
        case MarkKind.STAMP:
            place = _upright(painter, layout, index, mark, place)
            painter.setPen(QPen(colour(mark.colour or BLACK), max(1.0, 1.5 * layout.scale)))
            painter.setBrush(QColor(255, 255, 255, 150))
            painter.drawRoundedRect(place, 4, 4)
            lines = [line for line in (mark.text or mark.icon).split("\n") if line.strip()]
            width, height = place.width() / layout.scale, place.height() / layout.scale
            longest = max((len(line) for line in lines), default=1)
            font = _font(min(height / max(1, len(lines)) / 1.6, width / longest * 1.5), layout)
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))
        case MarkKind.SQUARE:
            painter.setPen(_pen(mark, layout))
            painter.setBrush(colour(mark.interior) if mark.interior is not None else Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
        case _:
            painter.setPen(QPen(colour(mark.colour or BLACK), 1, Qt.PenStyle.DotLine))
            painter.drawRect(place)


def _upright(painter: QPainter, layout: PageLayout, index: int, mark: Mark, place: QRectF) -> QRectF:
    """Turn the painter so that text stands as it was written, and return the place in that frame."""
    turn = (layout.turn(index) - mark.rotation) % 360
    if not turn:
        return place
    painter.translate(place.center())
    painter.rotate(turn)
    width, height = (place.height(), place.width()) if turn % 180 else (place.width(), place.height())
    return QRectF(-width / 2, -height / 2, width, height)


def _font(points: float, layout: PageLayout) -> QFont:
    font = QFont("Liberation Sans")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(max(1, round(points * layout.scale)))
    return font
