"""What the mouse does on a page: from press to release a mark comes into being, is chosen, or is moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from clerk_desktop.model.annotation import (
    Box,
    LineEnding,
    Mark,
    MarkKind,
    Segment,
    Shape,
    Strokes,
    moved,
    over_words,
)
from clerk_desktop.model.geometry import PAGE_CORNER, Point, Rect, around
from clerk_desktop.model.ids import MarkId, new_key
from clerk_desktop.model.reading import Word
from clerk_desktop.ui.review.finding import PageWords
from clerk_desktop.ui.review.marking import Marking
from clerk_desktop.ui.review.tools import LOOKS, OVER_TEXT, Tool
from clerk_desktop.ui.workplace import Workplace

NOTE_SIZE = 20.0
STAMP_SIZE = (150.0, 54.0)
TEXT_SIZE = (180.0, 40.0)
INK_WIDTH = 2.0
BAND_HEIGHT = 12.0
TOO_SMALL = 3.0
REACH = 4.0


@dataclass(slots=True)
class Gesture:
    """One press with its way; ``index`` is the page's (from 0), all places are on that page."""

    index: int
    start: Point
    way: list[Point] = field(default_factory=list)
    grabbed: Mark | None = None

    @property
    def end(self) -> Point:
        """Where the pointer is now."""
        return self.way[-1] if self.way else self.start

    @property
    def rect(self) -> Rect:
        """The rectangle from press to pointer."""
        return around((self.start, self.end))


class Pointer:
    """Turns gestures into edits of ``marking``. ``ask_text`` and ``ask_stamp`` return "" when the person gave up."""

    def __init__(
        self,
        workplace: Workplace,
        marking: Marking,
        words: PageWords,
        ask_text: Callable[[str], str],
        ask_stamp: Callable[[], str],
    ) -> None:
        self._workplace = workplace
        self._marking = marking
        self._words = words
        self._ask_text = ask_text
        self._ask_stamp = ask_stamp
        self.tool = Tool.SELECT
        self.gesture: Gesture | None = None

    def press(self, index: int, point: Point) -> None:
        """Begin."""
        self.gesture = Gesture(index, point)
        if self.tool is Tool.SELECT:
            mark = self._at(index, point)
            self._marking.choose(mark.mark_id if mark is not None else None)
            if mark is not None and self._marking.is_mine(mark):
                self.gesture.grabbed = mark
        elif self.tool in OVER_TEXT:
            self._words.ask(index, lambda _: None)

    def move(self, point: Point) -> None:
        """Go on."""
        if self.gesture is not None:
            self.gesture.way.append(point)

    def release(self, turn: int, origin: Point) -> None:
        """End: make the mark. ``turn``: how the page is turned in the view; ``origin``: of its crop box."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return
        if self.tool is Tool.SELECT:
            self._move(gesture)
        elif self.tool in OVER_TEXT and not self._words.is_recognising(gesture.index):
            tool = self.tool
            self._words.ask(gesture.index, lambda _: self._mark_text(gesture, tool, origin))
        elif self.tool in OVER_TEXT:
            self._mark_text(gesture, self.tool, origin)  # a free band now is worth more than words in five seconds
        else:
            self._mark(gesture, turn, origin)

    def edit_chosen(self) -> None:
        """Ask for another text of the chosen mark, if it is mine."""
        mark = self._marking.chosen_mark
        if mark is not None and self._marking.is_mine(mark):
            text = self._ask_text(mark.text)
            if text:
                self._marking.alter(mark, replace(mark, text=text))

    @property
    def preview(self) -> Mark | None:
        """The mark as it will be if the button is released now."""
        gesture = self.gesture
        if gesture is None or not gesture.way:
            return None
        if gesture.grabbed is not None:
            return replace(gesture.grabbed, shape=self._shifted(gesture, gesture.grabbed))
        shape = self._shape(gesture)
        if shape is None or self.tool in (Tool.NOTE, Tool.STAMP, Tool.SELECT):
            return None
        return self._new(gesture.index, shape, self.tool)

    def _move(self, gesture: Gesture) -> None:
        mark = gesture.grabbed
        if mark is not None and gesture.way:
            self._marking.alter(mark, replace(mark, shape=self._shifted(gesture, mark)))

    def _shifted(self, gesture: Gesture, mark: Mark) -> Shape:
        return moved(mark.shape, gesture.end.x - gesture.start.x, gesture.end.y - gesture.start.y)

    def _mark_text(self, gesture: Gesture, tool: Tool, origin: Point) -> None:
        words = self._touched(gesture)
        shape = over_words(lines_of(words)) if words else _band(gesture)
        if shape is not None:
            text = " ".join(word.text for word in words)
            self._marking.add(self._new(gesture.index, shape, tool, origin=origin, subject=text))

    def _touched(self, gesture: Gesture) -> tuple[Word, ...]:
        return touched_words(self._words.known(gesture.index) or (), gesture.start, gesture.end)

    def _mark(self, gesture: Gesture, turn: int, origin: Point) -> None:
        text = ""
        if self.tool in (Tool.NOTE, Tool.FREE_TEXT):
            text = self._ask_text("")
            if not text:
                return
        elif self.tool is Tool.STAMP:
            text = self._ask_stamp()
            if not text:
                return
        shape = self._shape(gesture)
        if shape is not None:
            mark = self._new(gesture.index, shape, self.tool, text=text, turn=turn, origin=origin)
            self._marking.add(mark)
            self._marking.choose(mark.mark_id)

    def _shape(self, gesture: Gesture) -> Shape | None:
        start, rect = gesture.start, gesture.rect
        match self.tool:
            case Tool.HIGHLIGHT | Tool.UNDERLINE | Tool.STRIKEOUT:
                words = self._touched(gesture)
                return over_words(lines_of(words)) if words else _band(gesture)
            case Tool.NOTE:
                return Box(Rect(start.x, start.y - NOTE_SIZE, start.x + NOTE_SIZE, start.y))
            case Tool.STAMP:
                return Box(Rect(start.x, start.y - STAMP_SIZE[1], start.x + STAMP_SIZE[0], start.y))
            case Tool.FREE_TEXT:
                if rect.width < TOO_SMALL * 4:
                    return Box(Rect(start.x, start.y - TEXT_SIZE[1], start.x + TEXT_SIZE[0], start.y))
                return Box(rect)
            case Tool.INK:
                return Strokes(((gesture.start, *gesture.way),))
            case Tool.SQUARE:
                return Box(rect) if max(rect.width, rect.height) > TOO_SMALL else None
            case Tool.ARROW:
                long_enough = max(rect.width, rect.height) > TOO_SMALL
                return Segment(start, gesture.end, LineEnding.NONE, LineEnding.OPEN_ARROW) if long_enough else None
            case _:
                return None

    def _new(
        self,
        index: int,
        shape: Shape,
        tool: Tool,
        *,
        text: str = "",
        subject: str = "",
        turn: int = 0,
        origin: Point = PAGE_CORNER,
    ) -> Mark:
        look, now = LOOKS[tool], self._workplace.desk.clock.now()
        return Mark(
            mark_id=MarkId(new_key()),
            kind=look.kind or MarkKind.OTHER,
            page=index + 1,
            shape=shape,
            author=self._marking.author,
            created=now,
            modified=now,
            text=text,
            subject=subject,
            colour=look.colour,
            line_width=1.0 if tool is Tool.FREE_TEXT else INK_WIDTH,
            font_size=11.0,
            rotation=turn,
            icon=text.split("\n")[0] if tool is Tool.STAMP else "",
            origin=origin,
        )

    def _at(self, index: int, point: Point) -> Mark | None:
        """Return the mark under a place: the smallest, so that what lies on a large one can be reached."""
        under = [mark for mark in self._marking.on_page(index + 1) if _holds(mark, point)]
        return min(under, key=lambda mark: mark.rect.width * mark.rect.height, default=None)


def _band(gesture: Gesture) -> Shape | None:
    """Return a band along the way of the pointer, where there are no words to hold on to."""
    rect = gesture.rect
    if rect.width <= TOO_SMALL:
        return None
    middle, half = (rect.y0 + rect.y1) / 2, max(rect.height, BAND_HEIGHT) / 2
    return over_words([Rect(rect.x0, middle - half, rect.x1, middle + half)])


def touched_words(words: tuple[Word, ...], start: Point, end: Point) -> tuple[Word, ...]:
    """Return the words from the one at ``start`` to the one at ``end`` in reading order; none where neither is near."""
    first, last = (_nearest(words, point) for point in (start, end))
    if first is None or last is None:
        return ()
    low, high = sorted((first, last))
    return words[low : high + 1]


def lines_of(words: tuple[Word, ...]) -> list[Rect]:
    """Return one rectangle a line of words."""
    lines: dict[int, Rect] = {}
    for word in words:
        known = lines.get(word.line)
        lines[word.line] = word.rect if known is None else known.joined(word.rect)
    return list(lines.values())


def _nearest(words: tuple[Word, ...], point: Point) -> int | None:
    def distance(word: Word) -> float:
        dx = max(word.rect.x0 - point.x, 0.0, point.x - word.rect.x1)
        dy = max(word.rect.y0 - point.y, 0.0, point.y - word.rect.y1)
        return dx + 3 * dy

    best = min(range(len(words)), key=lambda index: distance(words[index]), default=None)
    return best if best is not None and distance(words[best]) < REACH * 10 else None


def _holds(mark: Mark, point: Point) -> bool:
    rect = mark.rect
    near_x = rect.x0 - REACH <= point.x <= rect.x1 + REACH
    return near_x and rect.y0 - REACH <= point.y <= rect.y1 + REACH
