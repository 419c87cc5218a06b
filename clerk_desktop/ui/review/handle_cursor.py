"""The shape of the pointer over a handle: the way it will move, as the page is seen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from clerk_desktop.model.annotation import Mark, Segment
from clerk_desktop.ui.review.handles import Handle
from clerk_desktop.ui.review.placing import DOWN, RIGHT


def handle_cursor(mark: Mark, handle: Handle, turn: int) -> Qt.CursorShape:
    """Return the shape for a handle of a mark on a page that is turned clockwise by ``turn`` in the view."""
    if isinstance(mark.shape, Segment):
        return Qt.CursorShape.CrossCursor
    (rx, ry), (dx, dy) = RIGHT[turn], DOWN[turn]
    right, down = handle.across * rx + handle.up * ry, handle.across * dx + handle.up * dy
    if not down:
        return Qt.CursorShape.SizeHorCursor
    if not right:
        return Qt.CursorShape.SizeVerCursor
    return Qt.CursorShape.SizeFDiagCursor if right == down else Qt.CursorShape.SizeBDiagCursor
