"""Places on a page.

Coordinate space everywhere: PDF user space of the page before its ``/Rotate`` is applied, in points (1/72 inch),
origin in the lower left corner of the crop box, y upwards (ISO 32000-1, 8.3.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A place in points."""

    x: float
    y: float


PAGE_CORNER = Point(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle in points, ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    def joined(self, other: Rect) -> Rect:
        """Return the smallest rectangle around both."""
        return Rect(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Upper left, upper right, lower left, lower right."""
        return (Point(self.x0, self.y1), Point(self.x1, self.y1), Point(self.x0, self.y0), Point(self.x1, self.y0))


@dataclass(frozen=True, slots=True)
class Quad:
    """Four corners of a stretch of text, named in the direction the text is read."""

    upper_left: Point
    upper_right: Point
    lower_left: Point
    lower_right: Point

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """The corners in the order viewers expect: upper left, upper right, lower left, lower right."""
        return (self.upper_left, self.upper_right, self.lower_left, self.lower_right)


def around(points: Iterable[Point], margin: float = 0.0) -> Rect:
    """Return the smallest rectangle around the points, wider by ``margin`` on each side. Needs one point at least."""
    known = tuple(points)
    return Rect(
        min(point.x for point in known) - margin,
        min(point.y for point in known) - margin,
        max(point.x for point in known) + margin,
        max(point.y for point in known) + margin,
    )
