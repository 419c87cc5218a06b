"""Lines of a page as people see them, with the place of each word: what all suggestions look at. Pure.

Coordinates here are *reading* coordinates: points, x to the right and y **downwards** from the upper left corner of
the page as it is held for reading; evidence goes back to page space (``model.geometry``).
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import PageReading, PageSize, TextSource, Word
from clerk_desktop.model.suggestion import Evidence, Reason

GAP = 2.5  # a gap of so many heights of the line separates columns


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of a line: its place for reading, and where its text starts in the line's text."""

    word: Word
    place: Rect
    start: int

    @property
    def end(self) -> int:
        """Where its text ends in the line's text."""
        return self.start + len(self.word.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. ``number`` is the one of its words; ``text`` joins them by single blanks."""

    page: int
    number: int
    spots: tuple[Spot, ...]
    text: str
    place: Rect
    recognised: bool = False

    def words_at(self, start: int, end: int) -> tuple[Spot, ...]:
        """Return the words that the span of the text touches."""
        return tuple(spot for spot in self.spots if spot.start < end and spot.end > start)

    def place_of(self, start: int, end: int) -> Rect:
        """Return the place, for reading, of a span of the text."""
        return _around([spot.place for spot in self.words_at(start, end)]) if self.words_at(start, end) else self.place

    def evidence(self, reason: Reason, start: int = 0, end: int | None = None) -> Evidence:
        """Return the proof for a span of the text."""
        spots = self.words_at(start, len(self.text) if end is None else end) or self.spots
        return Evidence(
            reason=reason,
            page=self.page,
            line=self.number,
            text=" ".join(spot.word.text for spot in spots),
            rect=_around([spot.word.rect for spot in spots]),
        )

    def confidence(self, start: int, end: int) -> float:
        """Return how sure the least certain word of a span was read, 0 … 1."""
        return min((spot.word.confidence for spot in self.words_at(start, end)), default=1.0)


def lines_of(page: PageReading) -> tuple[Line, ...]:
    """Return the lines of a page from top to bottom; columns that share a height are lines of their own."""
    grouped: dict[int, list[tuple[Word, Rect]]] = {}
    for word in page.words:
        if word.text.strip():
            grouped.setdefault(word.line, []).append((word, _for_reading(word.rect, page.size, page.turned)))
    lines = []
    for number, words in grouped.items():
        for column in _columns(words):
            lines.append(_line(page, number, column))
    return tuple(sorted(lines, key=lambda line: (round(line.place.y0 / 3), line.place.x0)))


def page_width(page: PageReading) -> float:
    """Return the width of a page, in points, as it is held for reading."""
    return page.size.height if (page.size.rotation + page.turned) % 180 else page.size.width


def page_height(page: PageReading) -> float:
    """Return the height of a page, in points, as it is held for reading."""
    return page.size.width if (page.size.rotation + page.turned) % 180 else page.size.height


def _columns(words: Sequence[tuple[Word, Rect]]) -> list[list[tuple[Word, Rect]]]:
    height = statistics.median(max(place.height, 1.0) for _, place in words)
    columns: list[list[tuple[Word, Rect]]] = []
    for word, place in sorted(words, key=lambda pair: pair[1].x0):
        if columns and place.x0 - columns[-1][-1][1].x1 <= GAP * height:
            columns[-1].append((word, place))
        else:
            columns.append([(word, place)])
    return columns


def _line(page: PageReading, number: int, words: Sequence[tuple[Word, Rect]]) -> Line:
    spots = []
    start = 0
    for word, place in words:
        spots.append(Spot(word=word, place=place, start=start))
        start += len(word.text) + 1
    return Line(
        page=page.number,
        number=number,
        spots=tuple(spots),
        text=" ".join(word.text for word, _ in words),
        place=_around([place for _, place in words]),
        recognised=page.source is TextSource.RECOGNISED,
    )


def _around(places: Sequence[Rect]) -> Rect:
    whole = places[0]
    for place in places[1:]:
        whole = whole.joined(place)
    return whole


def _for_reading(rect: Rect, size: PageSize, turned: int) -> Rect:
    """Turn a place from page space into reading coordinates (ISO 32000-1, 8.3.2 and /Rotate in 7.7.3.3)."""
    match (size.rotation + turned) % 360:
        case 90:
            return Rect(rect.y0, rect.x0, rect.y1, rect.x1)
        case 180:
            return Rect(size.width - rect.x1, rect.y0, size.width - rect.x0, rect.y1)
        case 270:
            return Rect(size.height - rect.y1, size.width - rect.x1, size.height - rect.y0, size.width - rect.x0)
        case _:
            return Rect(rect.x0, size.height - rect.y1, rect.x1, size.height - rect.y0)
