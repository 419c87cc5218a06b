"""Which way text runs on a displayed page. pdfplumber reads upright text; the rest is turned upright for it.

Characters are pdfplumber's own records: places as displayed, y downwards, and the text matrix, y upwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from clerk_desktop.model.geometry import Rect

Char = dict[str, Any]


class Direction(Enum):
    """Where the next character of a line stands."""

    RIGHT = "right"
    DOWN = "down"
    LEFT = "left"
    UP = "up"


def by_direction(chars: Iterable[Char]) -> dict[Direction, list[Char]]:
    """Part characters by direction, upright text first."""
    parted: dict[Direction, list[Char]] = {Direction.RIGHT: []}
    for char in chars:
        parted.setdefault(_direction(char), []).append(char)
    return parted


def _direction(char: Char) -> Direction:
    across, up, _, top = char["matrix"][:4]
    if abs(across) >= abs(up):
        return Direction.LEFT if across < 0 and top < 0 else Direction.RIGHT
    return Direction.UP if up > 0 else Direction.DOWN


def upright(chars: list[Char], direction: Direction, width: float, height: float) -> list[Char]:
    """Return the characters as if the page of this width and height were turned so that they stand upright."""
    if direction is Direction.RIGHT:
        return chars
    turned = []
    for char in chars:
        box = _turned(Rect(char["x0"], char["top"], char["x1"], char["bottom"]), direction, width, height)
        moved = {"x0": box.x0, "x1": box.x1, "top": box.y0, "bottom": box.y1, "doctop": box.y0, "upright": True}
        turned.append({**char, **moved, "size": box.height})
    return turned


def as_displayed(box: Rect, direction: Direction, width: float, height: float) -> Rect:
    """Turn a box of upright text back to where it is displayed."""
    match direction:
        case Direction.DOWN:
            return Rect(width - box.y1, box.x0, width - box.y0, box.x1)
        case Direction.UP:
            return Rect(box.y0, height - box.x1, box.y1, height - box.x0)
        case _:
            return _turned(box, direction, width, height)


def _turned(box: Rect, direction: Direction, width: float, height: float) -> Rect:
    match direction:
        case Direction.DOWN:
            return Rect(box.y0, width - box.x1, box.y1, width - box.x0)
        case Direction.UP:
            return Rect(height - box.y1, box.x0, height - box.y0, box.x1)
        case Direction.LEFT:
            return Rect(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
        case _:
            return box
