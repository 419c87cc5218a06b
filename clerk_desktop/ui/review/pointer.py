"""What the mouse does on a page: from press to release a mark comes into being, is chosen, moved or resized."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from clerk_desktop.model.annotation import (
    Box,
    LineEnding,
    Mark,
    MarkKind,
    Segment,
    Shape,
    Strokes,
    over_words,
    tidy,
)
from clerk_desktop.model.geometry import Point, Rect, around
from clerk_desktop.model.ids import DocumentId, MarkId, new_key
from clerk_desktop.model.mark_names import name_of
from clerk_desktop.model.marking import AddMark, SetCase
from clerk_desktop.model.reading import Word
from clerk_desktop.ui.review.finding import PageWords
from clerk_desktop.ui.review.handles import Handle, corner_seen, handle_at, handles, resized
from clerk_desktop.ui.review.marking import Marking
from clerk_desktop.ui.review.placing import DOWN, RIGHT, Ground
from clerk_desktop.ui.review.stamps import Stamp
from clerk_desktop.ui.review.tools import LOOKS, OVER_TEXT, REPLY, Tool
from clerk_desktop.ui.review.words_at import lines_of, touched_words
from clerk_desktop.ui.workplace import Workplace

NOTE_SIZE = (20.0, 20.0)
STAMP_SIZE = (150.0, 54.0)
TEXT_SIZE = (180.0, 40.0)
INK_WIDTH = 2.0
BAND_HEIGHT = 12.0
SIZES = {
    Tool.NOTE: NOTE_SIZE,
    Tool.STAMP: STAMP_SIZE,
    Tool.FREE_TEXT: TEXT_SIZE,
    Tool.SQUARE: (120.0, 60.0),
    Tool.ARROW: (80.0, 40.0),
}
"""Of marks that are put on the page with a key, in points to the right and down as seen."""
TOO_SMALL = 3.0
NEEDS_TEXT = (MarkKind.NOTE, MarkKind.FREE_TEXT)
"""Kinds of marks that are nothing without their text; the others may bear one."""


@dataclass(slots=True)
class Gesture:
    """One press with its way; ``index`` is the page's (from 0), all places are on that page, ``ground``.

    What comes of it belongs to ``document_id``, whatever is shown by then.
    """

    document_id: DocumentId | None
    index: int
    start: Point
    ground: Ground
    way: list[Point] = field(default_factory=list)
    grabbed: Mark | None = None
    handle: Handle | None = None

    @property
    def end(self) -> Point:
        """Where the pointer is now."""
        return self.way[-1] if self.way else self.start

    @property
    def rect(self) -> Rect:
        """The rectangle from press to pointer."""
        return around((self.start, self.end))

    def altered(self, mark: Mark) -> Shape:
        """The grabbed mark's shape with the pointer where it is now."""
        if self.handle is not None:
            return resized(mark.shape, self.handle, self.end)
        dx, dy = self.end.x - self.start.x, self.end.y - self.start.y
        return self.ground.moved(mark.shape, mark.rect, dx, dy)


class Pointer:
    """Turns gestures into edits of ``marking``.

    ``ask_text`` gets the name of the mark and its text so far and returns None when the person gave up; ``ask_stamp``
    gets the document and what is to be done with the stamp that was chosen.
    """

    def __init__(
        self,
        workplace: Workplace,
        marking: Marking,
        words: PageWords,
        ask_text: Callable[[str, str], str | None],
        ask_stamp: Callable[[DocumentId | None, Callable[[Stamp], None]], None],
    ) -> None:
        self._workplace = workplace
        self._marking = marking
        self._words = words
        self._ask_text = ask_text
        self._ask_stamp = ask_stamp
        self.tool = Tool.SELECT
        self.gesture: Gesture | None = None

    def press(self, index: int, point: Point, ground: Ground) -> bool:
        """Begin; False where there is nothing to be done with the tool that chooses."""
        self.gesture = Gesture(self._marking.document_id, index, point, ground)
        if self.tool is Tool.SELECT:
            mark, handle = self.under(index, point, ground.reach)
            self._marking.choose(mark.mark_id if mark is not None else None)
            if mark is not None and self._marking.is_changeable(mark):
                self.gesture.grabbed, self.gesture.handle = mark, handle
            return mark is not None
        if self.tool in OVER_TEXT:
            self._words.ask(index, lambda _: None)
        return True

    def move(self, point: Point) -> None:
        """Go on."""
        if self.gesture is not None:
            self.gesture.way.append(point)

    def release(self) -> None:
        """End: make the mark, or leave the grabbed one where it is now."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return
        if self.tool is Tool.SELECT:
            if gesture.grabbed is not None and gesture.way:
                after = replace(gesture.grabbed, shape=gesture.altered(gesture.grabbed))
                self._marking.alter(gesture.grabbed, after, gesture.document_id)
        elif self.tool in OVER_TEXT and self._must_wait(gesture):
            self._mark_band(gesture, self.tool)
        elif self.tool in OVER_TEXT:
            tool = self.tool
            self._words.ask(gesture.index, lambda _: self._mark_text(gesture, tool))
        else:
            self._mark(gesture)

    def mark_words(self, pages: Mapping[int, Sequence[Word]], tool: Tool, ground: Callable[[int], Ground]) -> None:
        """Mark words that were chosen before, by the index of their page; one step, a mark a page."""
        document_id, marks = self._marking.document_id, []
        for index, words in pages.items():
            text = " ".join(word.text for word in words)
            gesture = Gesture(document_id, index, Point(words[0].rect.x0, words[0].rect.y0), ground(index))
            marks.append(self._new(gesture, over_words(lines_of(words)), tool, subject=text))
        if marks:
            self._marking.add(marks[0], document_id, *(AddMark(mark=mark) for mark in marks[1:]))

    def put(self, index: int, point: Point, ground: Ground) -> bool:
        """Make a mark of the tool's usual size at a place; False for tools that draw a way."""
        if self.tool not in SIZES:
            return False
        self.press(index, point, ground)
        self.move(ground.seen(point, *SIZES[self.tool]))
        self.release()
        return True

    def edit_chosen(self) -> None:
        """Ask for another text of the chosen mark, if it is mine; a stamp and what is only kept are never reworded."""
        mark, document_id = self._marking.chosen_mark, self._marking.document_id
        if mark is None or not self._marking.is_mine(mark):
            return
        _ = self._workplace.texts.gettext
        if mark.kind is MarkKind.STAMP:  # the day of receipt is never overwritten
            self._workplace.say(_("A stamp keeps its words. Move it, or delete it (Del) and set another one."))
            return
        if not self._marking.is_changeable(mark):
            self._workplace.say(_("Another program made this mark, and it stays as it is. Reply to it, or delete it."))
            return
        text = self._ask_text(REPLY if mark.in_reply_to else name_of(mark), mark.text)
        if text == "" and mark.kind in NEEDS_TEXT:
            self._workplace.say(_("This mark needs words: its text stays as it was. Del deletes the mark."))
        elif text is not None:
            before = self._marking.mark(mark.mark_id) or mark  # it may have been moved elsewhere meanwhile
            self._marking.alter(before, replace(before, text=text), document_id)

    def push_chosen(self, right: float, down: float, ground: Ground, *, resize: bool) -> bool:
        """Move the chosen mark of mine by points as seen, or its lower right corner; False where there is none."""
        mark = self._marking.chosen_mark
        if mark is None or not self._marking.is_changeable(mark):
            return False
        corner = corner_seen(mark, RIGHT[ground.turn], DOWN[ground.turn])
        if not resize:
            step = ground.seen(Point(0, 0), right, down)
            after = replace(mark, shape=ground.moved(mark.shape, mark.rect, step.x, step.y))
            self._marking.alter(mark, after, self._marking.document_id)
        elif corner is not None:
            to = ground.seen(handles(mark)[corner], right, down)
            after = replace(mark, shape=resized(mark.shape, corner, to))
            self._marking.alter(mark, after, self._marking.document_id)
        return True

    @property
    def preview(self) -> Mark | None:
        """The mark as it will be if the button is released now."""
        gesture = self.gesture
        if gesture is None or not gesture.way:
            return None
        if gesture.grabbed is not None:
            return replace(gesture.grabbed, shape=gesture.altered(gesture.grabbed))
        shape = self._shape(gesture)
        if shape is None or self.tool in (Tool.NOTE, Tool.STAMP, Tool.SELECT):
            return None
        return self._new(gesture, shape, self.tool)

    def under(self, index: int, point: Point, reach: float) -> tuple[Mark | None, Handle | None]:
        """Return the mark under a place, and its handle there: first the chosen one's, else the smallest mark, so that
        what lies on a large one can be reached.
        """
        chosen = self._marking.chosen_mark
        if chosen is not None and chosen.page == index + 1 and self._marking.is_changeable(chosen):
            handle = handle_at(chosen, point, reach)
            if handle is not None:
                return chosen, handle
        found = [mark for mark in self._marking.on_page(index + 1) if _holds(mark, point, reach)]
        return min(found, key=lambda mark: mark.rect.width * mark.rect.height, default=None), None

    def _must_wait(self, gesture: Gesture) -> bool:
        """Whether the words under a band are not there yet."""
        unread = self._words.known(gesture.index) is None and _band(gesture) is not None
        return unread or self._words.is_recognising(gesture.index)

    def _mark_band(self, gesture: Gesture, tool: Tool) -> None:
        """Draw a free band now, which stays whatever is shown next, and let it snap to the words when they are read.

        To recognise them takes seconds.
        """
        shape = _band(gesture)
        if shape is None:
            return
        band = self._new(gesture, shape, tool)
        self._marking.add(band, gesture.document_id)

        def snap(_: int) -> None:
            words = self._touched(gesture)
            mark = self._marking.mark(band.mark_id)
            if words and mark is not None and mark.rect == tidy(band).rect:
                subject = " ".join(word.text for word in words)
                after = replace(mark, shape=over_words(lines_of(words)), subject=subject)
                self._marking.alter(mark, after, gesture.document_id)

        self._words.ask(gesture.index, snap)

    def _mark_text(self, gesture: Gesture, tool: Tool) -> None:
        words = self._touched(gesture)
        shape = over_words(lines_of(words)) if words else _band(gesture)
        if shape is not None:
            text = " ".join(word.text for word in words)
            self._marking.add(self._new(gesture, shape, tool, subject=text), gesture.document_id)

    def _touched(self, gesture: Gesture) -> tuple[Word, ...]:
        return touched_words(self._words.known(gesture.index) or (), gesture.start, gesture.end)

    def _mark(self, gesture: Gesture) -> None:
        tool, text, look = self.tool, "", LOOKS[self.tool]
        if look.kind is not None and look.kind in NEEDS_TEXT:
            typed = self._ask_text(look.text, "")
            if typed == "":
                self._workplace.say(self._workplace.texts.gettext("Nothing was written, so no mark was made."))
            if not typed:
                return
            text = typed
        shape = self._shape(gesture)
        if shape is None:
            return
        if tool is Tool.STAMP:
            self._ask_stamp(gesture.document_id, lambda stamp: self._put(gesture, shape, tool, stamp))
        else:
            self._put(gesture, shape, tool, Stamp(text))

    def _put(self, gesture: Gesture, shape: Shape, tool: Tool, stamp: Stamp) -> None:
        """Put a mark on the page; the person may hold another tool or look at another document by now."""
        also: tuple[SetCase, ...] = (stamp.closing,) if stamp.closing is not None else ()
        mark = self._new(gesture, shape, tool, text=stamp.text)
        self._marking.add(mark, gesture.document_id, *also)
        if gesture.document_id == self._marking.document_id:
            self._marking.choose(mark.mark_id)

    def _shape(self, gesture: Gesture) -> Shape | None:
        start, rect, ground = gesture.start, gesture.rect, gesture.ground
        long_enough = max(rect.width, rect.height) > TOO_SMALL
        match self.tool:
            case Tool.HIGHLIGHT | Tool.UNDERLINE | Tool.STRIKEOUT:
                words = self._touched(gesture)
                return over_words(lines_of(words)) if words else _band(gesture)
            case Tool.NOTE:
                return Box(ground.placed(start, NOTE_SIZE))
            case Tool.STAMP:
                return Box(ground.placed(start, STAMP_SIZE))
            case Tool.FREE_TEXT:
                drawn = min(rect.width, rect.height) >= TOO_SMALL * 4
                return Box(rect if drawn else ground.placed(start, TEXT_SIZE))
            case Tool.INK:
                return Strokes(((gesture.start, *gesture.way),))
            case Tool.SQUARE:
                return Box(rect) if long_enough else None
            case Tool.ARROW:
                return Segment(start, gesture.end, LineEnding.NONE, LineEnding.OPEN_ARROW) if long_enough else None
            case _:
                return None

    def _new(self, gesture: Gesture, shape: Shape, tool: Tool, *, text: str = "", subject: str = "") -> Mark:
        look, now = LOOKS[tool], self._workplace.desk.clock.now()
        return Mark(
            mark_id=MarkId(new_key()),
            kind=look.kind or MarkKind.OTHER,
            page=gesture.index + 1,
            shape=shape,
            author=self._marking.author,
            created=now,
            modified=now,
            text=text,
            subject=subject,
            colour=look.colour,
            line_width=1.0 if tool is Tool.FREE_TEXT else INK_WIDTH,
            font_size=11.0,
            rotation=0 if tool in OVER_TEXT else gesture.ground.turn,
            icon=text.split("\n")[0] if tool is Tool.STAMP else "",
            origin=gesture.ground.origin,
        )


def _band(gesture: Gesture) -> Shape | None:
    """Return a band along the way of the pointer, where there are no words to hold on to."""
    rect, upright = gesture.rect, gesture.ground.turn % 180 == 0
    long, thick = (rect.width, rect.height) if upright else (rect.height, rect.width)
    if long <= TOO_SMALL:
        return None
    spare = max(0.0, BAND_HEIGHT - thick) / 2
    dx, dy = (0.0, spare) if upright else (spare, 0.0)
    return over_words([Rect(rect.x0 - dx, rect.y0 - dy, rect.x1 + dx, rect.y1 + dy)])


def _holds(mark: Mark, point: Point, reach: float) -> bool:
    rect = mark.rect
    near_x = rect.x0 - reach <= point.x <= rect.x1 + reach
    return near_x and rect.y0 - reach <= point.y <= rect.y1 + reach
