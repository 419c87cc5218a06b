"""Where pages lie in the view, and the way between a place on a page and a place in the view. Pure; no Qt.

View coordinates: logical pixels, origin in the upper left corner of the whole stack of pages, y downwards.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import PageSize

GAP = 12.0
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0)
"""Zoom steps; 1 shows a point as 4/3 of a logical pixel, the paper's own size at 96 dpi."""
PAPER_SIZE = 96 / 72
MOST_PIXELS = 25_000_000
"""A page is not drawn finer than that (A4: 500 dpi); closer up it is enlarged."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in the view."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


class PageLayout:
    """Pages one below the other, centred. ``scale``: logical pixels a point; ``rotation``: of the view, clockwise."""

    def __init__(self, sizes: Sequence[PageSize], scale: float, rotation: int) -> None:
        self.scale = scale
        self.rotation = rotation % 360
        self._sizes = sizes
        shown = [self._shown(size) for size in sizes]
        self.width = max((width for width, _ in shown), default=0.0) * scale
        frames, y = [], 0.0
        for width, height in shown:
            frames.append(Frame((self.width - width * scale) / 2, y, width * scale, height * scale))
            y += height * scale + GAP
        self.frames = tuple(frames)
        self.height = max(0.0, y - GAP)
        self._tops = [frame.y for frame in self.frames]
        self._bottoms = [frame.bottom for frame in self.frames]

    def visible(self, top: float, bottom: float) -> range:
        """Return the indexes (from 0) of the pages that show between two heights."""
        return range(bisect_right(self._bottoms, top), bisect_left(self._tops, bottom))

    def nearest(self, y: float) -> int:
        """Return the index of the page at a height, or of the next one below."""
        return min(bisect_left(self._bottoms, y), max(0, len(self.frames) - 1))

    def turn(self, index: int) -> int:
        """Return how far a page is turned clockwise in the view: its own rotation and the view's."""
        return (self._sizes[index].rotation + self.rotation) % 360

    def to_view(self, index: int, point: Point) -> tuple[float, float]:
        """Return where a place on a page lies in the view."""
        size, frame = self._sizes[index], self.frames[index]
        match self.turn(index):
            case 90:
                x, y = point.y, point.x
            case 180:
                x, y = size.width - point.x, point.y
            case 270:
                x, y = size.height - point.y, size.width - point.x
            case _:
                x, y = point.x, size.height - point.y
        return frame.x + x * self.scale, frame.y + y * self.scale

    def to_page(self, index: int, x: float, y: float) -> Point:
        """Return the place on a page that shows at a place in the view; may lie beside the page."""
        size, frame = self._sizes[index], self.frames[index]
        across, down = (x - frame.x) / self.scale, (y - frame.y) / self.scale
        match self.turn(index):
            case 90:
                return Point(down, across)
            case 180:
                return Point(size.width - across, down)
            case 270:
                return Point(size.width - down, size.height - across)
            case _:
                return Point(across, size.height - down)

    def rect_in_view(self, index: int, rect: Rect) -> Frame:
        """Return where a rectangle on a page lies in the view."""
        (ax, ay), (bx, by) = (
            self.to_view(index, Point(rect.x0, rect.y0)),
            self.to_view(index, Point(rect.x1, rect.y1)),
        )
        return Frame(min(ax, bx), min(ay, by), abs(bx - ax), abs(by - ay))

    def at(self, x: float, y: float) -> int | None:
        """Return the index of the page under a place in the view."""
        index = self.nearest(y)
        if index >= len(self.frames):
            return None
        frame = self.frames[index]
        inside = frame.x <= x <= frame.x + frame.width and frame.y <= y <= frame.bottom
        return index if inside else None

    def _shown(self, size: PageSize) -> tuple[float, float]:
        sideways = (size.rotation + self.rotation) % 180 == 90
        return (size.height, size.width) if sideways else (size.width, size.height)


def fitting_scale(
    sizes: Sequence[PageSize], rotation: int, width: float, height: float | None, index: int = 0
) -> float:
    """Return the scale at which all pages fit the width; with ``height`` the page at ``index`` fits it as well."""
    plain = PageLayout(sizes, 1.0, rotation)
    if not plain.frames:
        return PAPER_SIZE
    scale = width / max(plain.width, 1.0)
    if height is not None:
        scale = min(scale, height / max(plain.frames[index].height, 1.0))
    return min(max(scale, STEPS[0] * PAPER_SIZE / 2), STEPS[-1] * PAPER_SIZE)


def drawn_scale(layout: PageLayout, index: int, ratio: float) -> float:
    """Return the pixels a point at which a page is drawn, on a screen of ``ratio`` pixels a logical pixel.

    Rounded, so that widths that differ by nothing visible need no new picture.
    """
    frame = layout.frames[index]
    pixels = frame.width * frame.height * ratio * ratio
    most = min(1.0, math.sqrt(MOST_PIXELS / max(pixels, 1.0)))
    return float(f"{layout.scale * ratio * most:.4g}")


def stepped(scale: float, direction: int) -> float:
    """Return the next zoom step above (1) or below (-1) a scale."""
    zoom = scale / PAPER_SIZE
    if direction > 0:
        return next((step for step in STEPS if step > zoom * 1.001), STEPS[-1]) * PAPER_SIZE
    return next((step for step in reversed(STEPS) if step < zoom * 0.999), STEPS[0]) * PAPER_SIZE
