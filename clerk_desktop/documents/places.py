"""From pixels of a displayed page back to places on the page."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import PageSize


@dataclass(frozen=True, kw_only=True, slots=True)
class Placing:
    """A page shown as ``width`` x ``height`` pixels after a clockwise turn of ``turn`` degrees (0, 90, 180, 270)."""

    size: PageSize
    turn: int
    width: int
    height: int

    def rect(self, left: float, top: float, right: float, bottom: float) -> Rect:
        """Return the page's rectangle (points, unrotated, origin lower left) of pixels counted from the upper left."""
        (ax, ay), (bx, by) = self._point(left, top), self._point(right, bottom)
        return Rect(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        page_width, page_height = self.size.width, self.size.height
        sideways = self.turn in (90, 270)
        right = x * (page_height if sideways else page_width) / self.width
        down = y * (page_width if sideways else page_height) / self.height
        match self.turn:
            case 90:
                return down, right
            case 180:
                return page_width - right, down
            case 270:
                return page_width - down, page_height - right
            case _:
                return right, page_height - down
