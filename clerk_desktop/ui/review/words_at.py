"""Which words a pointer means. Pure; no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import Word

NEAR = 40.0
"""Points beside its text at which a pointer still means a line, or the one above or below a third of that."""


LINE = 12.0
"""Points above the first line or below the last at which a pointer means no word of the page any more."""


def touched_words(words: Sequence[Word], start: Point, end: Point) -> tuple[Word, ...]:
    """Return the words from the one at ``start`` to the one at ``end`` in reading order; none where neither is near."""
    first, last = (_nearest(words, point) for point in (start, end))
    if first is None or last is None:
        return ()
    low, high = sorted((first, last))
    return tuple(words[low : high + 1])


def between(words: Sequence[Word], start: Point, end: Point) -> tuple[Word, ...]:
    """Return the words from the one near ``start`` to the one nearest to ``end``, however far off that is."""
    first, last = _nearest(words, start), _nearest(words, end, math.inf)
    if first is None or last is None:
        return ()
    low, high = sorted((first, last))
    return tuple(words[low : high + 1])


def onward(words: Sequence[Word], place: Point) -> tuple[Word, ...]:
    """Return the words from the one nearest to a place to the end of the page; none from below the last line."""
    at = _nearest(words, place, math.inf)
    below = at is not None and place.y < min(word.rect.y0 for word in words) - LINE
    return () if at is None or below else tuple(words[at:])


def up_to(words: Sequence[Word], place: Point) -> tuple[Word, ...]:
    """Return the words from the top of the page to the one nearest to a place; none from above the first line."""
    at = _nearest(words, place, math.inf)
    above = at is not None and place.y > max(word.rect.y1 for word in words) + LINE
    return () if at is None or above else tuple(words[: at + 1])


def beyond(words: Sequence[Word], place: Point, more: int, lines: int) -> Word:
    """Return the word so many words, or lines, after the one nearest to a place; the last where there are no more."""
    at = _nearest(words, place, math.inf) or 0
    if not lines:
        return words[min(max(at + more, 0), len(words) - 1)]
    here = words[at]
    there = [word for word in words if word.line == here.line + lines] or [words[-1] if lines > 0 else words[0]]
    return min(there, key=lambda word: abs(middle(word.rect).x - middle(here.rect).x))


def middle(rect: Rect) -> Point:
    """Return the middle of a rectangle."""
    return Point((rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2)


def word_at(words: Sequence[Word], point: Point) -> Word | None:
    """Return the word under a place."""
    under = (word for word in words if _holds(word.rect, point))
    return next(under, None)


def lines_of(words: Sequence[Word]) -> list[Rect]:
    """Return one rectangle a line of words."""
    lines: dict[int, Rect] = {}
    for word in words:
        known = lines.get(word.line)
        lines[word.line] = word.rect if known is None else known.joined(word.rect)
    return list(lines.values())


def _nearest(words: Sequence[Word], point: Point, near: float = NEAR) -> int | None:
    def distance(word: Word) -> float:
        dx = max(word.rect.x0 - point.x, 0.0, point.x - word.rect.x1)
        dy = max(word.rect.y0 - point.y, 0.0, point.y - word.rect.y1)
        return dx + 3 * dy

    best = min(range(len(words)), key=lambda index: distance(words[index]), default=None)
    return best if best is not None and distance(words[best]) < near else None


def _holds(rect: Rect, point: Point) -> bool:
    return rect.x0 <= point.x <= rect.x1 and rect.y0 <= point.y <= rect.y1
