"""Where a mark comes to lie on its page: right and down as the page is seen, and not beyond its edges. Pure; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.annotation import Shape, moved
from clerk_desktop.model.geometry import PAGE_CORNER, Point, Rect, around

RIGHT = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}
DOWN = {0: (0, -1), 90: (1, 0), 180: (0, 1), 270: (-1, 0)}
"""By the clockwise turn of the page: where right and down in the view point on the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """The page under the pointer: its turn in the view, its sides and corner, and how near is near, in points."""

    turn: int = 0
    width: float = 0.0
    height: float = 0.0
    origin: Point = PAGE_CORNER
    reach: float = 4.0

    def placed(self, start: Point, size: tuple[float, float]) -> Rect:
        """Return a rectangle of ``size`` as seen, its upper left corner at ``start``, or as near as the page allows."""
        far = self.seen(start, *size)
        rect = around((start, far))
        return shifted_inside(rect, self.width, self.height)

    def seen(self, start: Point, right: float, down: float) -> Point:
        """Return the place so many points to the right and down of ``start`` as seen."""
        (rx, ry), (dx, dy) = RIGHT[self.turn], DOWN[self.turn]
        return Point(start.x + rx * right + dx * down, start.y + ry * right + dy * down)

    def moved(self, shape: Shape, rect: Rect, dx: float, dy: float) -> Shape:
        """Return a shape with this rectangle around it, moved on the page; it does not leave the page."""
        wanted = Rect(rect.x0 + dx, rect.y0 + dy, rect.x1 + dx, rect.y1 + dy)
        inside = shifted_inside(wanted, self.width, self.height)
        return moved(shape, inside.x0 - rect.x0, inside.y0 - rect.y0)


def shifted_inside(rect: Rect, width: float, height: float) -> Rect:
    """Return the rectangle, shifted onto a page of this size; its lower left corner stays there if it is too large."""
    dx = max(min(0.0, width - rect.x1), -rect.x0)
    dy = max(min(0.0, height - rect.y1), -rect.y0)
    return Rect(rect.x0 + dx, rect.y0 + dy, rect.x1 + dx, rect.y1 + dy)
