"""The small squares at a chosen mark that resize it. Pure; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clerk_desktop.model.annotation import Box, Mark, MarkKind, Segment, Shape
from clerk_desktop.model.geometry import Point, Rect

RESIZABLE = (MarkKind.SQUARE, MarkKind.STAMP, MarkKind.FREE_TEXT)
SMALLEST = 10.0
"""A box does not get smaller than that, in points: nobody would find it again."""


@dataclass(frozen=True, slots=True)
class Handle:
    """Which side of a box it moves: ``across`` -1 left, 1 right, ``up`` -1 lower, 1 upper, 0 none.

    A line's start is (-1, 0), its end (1, 0).
    """

    across: int
    up: int


START, END = Handle(-1, 0), Handle(1, 0)
SIDES = tuple(Handle(across, up) for up in (1, 0, -1) for across in (-1, 0, 1) if across or up)


def handles(mark: Mark) -> dict[Handle, Point]:
    """Return where a mark's handles are; none for kinds that keep their size."""
    match mark.shape:
        case Box(rect) if mark.kind in RESIZABLE:
            middle = Point((rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2)
            xs, ys = {-1: rect.x0, 0: middle.x, 1: rect.x1}, {-1: rect.y0, 0: middle.y, 1: rect.y1}
            return {handle: Point(xs[handle.across], ys[handle.up]) for handle in SIDES}
        case Segment(start, end):
            return {START: start, END: end}
        case _:
            return {}


def handle_at(mark: Mark, point: Point, reach: float) -> Handle | None:
    """Return the handle at a place, the nearest of those within ``reach`` points."""

    def distance(place: Point) -> float:
        return max(abs(place.x - point.x), abs(place.y - point.y))

    near = {handle: distance(place) for handle, place in handles(mark).items() if distance(place) <= reach}
    return min(near, key=lambda handle: near[handle], default=None)


def resized(shape: Shape, handle: Handle, to: Point) -> Shape:
    """Return the shape with the handle moved to a place; a box keeps its smallest size and is never turned over."""
    match shape:
        case Box(rect):
            x0 = min(to.x, rect.x1 - SMALLEST) if handle.across < 0 else rect.x0
            x1 = max(to.x, rect.x0 + SMALLEST) if handle.across > 0 else rect.x1
            y0 = min(to.y, rect.y1 - SMALLEST) if handle.up < 0 else rect.y0
            y1 = max(to.y, rect.y0 + SMALLEST) if handle.up > 0 else rect.y1
            return Box(Rect(x0, y0, x1, y1))
        case Segment():
            return replace(shape, start=to) if handle == START else replace(shape, end=to)
        case _:
            return shape


def corner_seen(mark: Mark, right: tuple[int, int], down: tuple[int, int]) -> Handle | None:
    """Return the handle that is the lower right one as seen; a line's end. None for kinds that keep their size."""
    if not handles(mark):
        return None
    if isinstance(mark.shape, Segment):
        return END
    return Handle(right[0] + down[0], right[1] + down[1])
