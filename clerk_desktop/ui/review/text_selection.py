"""Text on the pages: chosen with the mouse (drag, double click) or whole by key, copied with the usual keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
)

from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import Word
from clerk_desktop.ui.review.finding import PageWords
from clerk_desktop.ui.review.page_painter import rectangle
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.words_at import between, beyond, lines_of, middle, onward, up_to, word_at
from clerk_desktop.ui.shortcuts import ITSELF, on_keys
from clerk_desktop.ui.workplace import Workplace

CHOSEN = QColor(11, 92, 173, 80)
SHIFT = Qt.KeyboardModifier.ShiftModifier
STEPS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}
"""Words and lines that a key adds to what is chosen."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the page with this index (from 0)."""

    index: int
    point: Point


class TextSelection:
    """The chosen words, from one place to another, over as many pages as lie between; their text is the view's
    description for those who do not see it.
    """

    def __init__(self, workplace: Workplace, view: PageView, words: PageWords) -> None:
        self._workplace = workplace
        self._view = view
        self._page_words = words
        self._ends: tuple[Place, Place] | None = None
        self._whole = False
        self._asked: set[int] = set()
        self._copying = False
        view.overlays.append(self._paint)
        on_keys(view, QKeySequence(QKeySequence.StandardKey.Copy), self.copy, ITSELF)
        on_keys(view, QKeySequence(QKeySequence.StandardKey.SelectAll), self.choose_page, ITSELF)

    @property
    def pages(self) -> dict[int, Sequence[Word]]:
        """The chosen words by the index (from 0) of their page, as far as they are read; no page without any."""
        return {index: words for index in self._range() if (words := self._words_on(index))}

    @property
    def text(self) -> str:
        """The chosen text, a line for each line on the pages."""
        lines: dict[tuple[int, int], list[str]] = {}
        for index, words in self.pages.items():
            for word in words:
                lines.setdefault((index, word.line), []).append(word.text)
        return "\n".join(" ".join(line) for line in lines.values())

    def begin(self, index: int, point: Point) -> None:
        """Begin at a place on the page with this index (from 0)."""
        self.clear()
        self._ends = Place(index, point), Place(index, point)

    def go_on(self, index: int, point: Point) -> None:
        """Choose as far as here, on this page or another; the words come when they are read."""
        if self._ends is not None:
            self._ends = self._ends[0], Place(index, point)
            self._ask()

    def end(self) -> None:
        """The mouse button is up: say what is chosen. A click alone chooses nothing."""
        if self._ends is not None and self._ends[0] == self._ends[1]:
            self.clear()
        self._tell()

    def choose_word(self, index: int, point: Point) -> None:
        """Choose the word at a place."""
        self.begin(index, point)
        self._page_words.ask(index, lambda _: self._take_word(index, point))

    def choose_page(self) -> None:
        """Choose all words of the page that is read."""
        if self._view.page:
            self.begin(self._view.page - 1, Point(0, 0))
            self._whole = True
            self._ask()

    def key(self, event: QKeyEvent) -> bool:
        """Shift and an arrow key choose one word or line more or less, from the first word of the page on."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != SHIFT or not self._view.page:
            return False
        index = self._ends[1].index if self._ends is not None else self._view.page - 1
        self._page_words.ask(index, lambda at: self._extend(at, *step))
        return True

    def clear(self) -> bool:
        """Choose nothing; tells whether anything was chosen."""
        was = self._ends is not None
        self._ends, self._whole, self._copying = None, False, False
        self._asked.clear()
        self._tell()
        return was

    def copy(self) -> None:
        """Put the chosen text into the clipboard; where its words are still being read, as soon as they are."""
        if self._ends is None:
            return
        if any(self._page_words.known(index) is None for index in self._range()):
            self._copying = True
            _ = self._workplace.texts.gettext
            self._workplace.say(_("The words of this page are still being read; they are copied when they are there."))
        elif self.text:
            QGuiApplication.clipboard().setText(self.text)
            told = self._workplace.texts.gettext("Copied: {text}").format(text=self.text)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, told))

    def _range(self) -> range:
        if self._ends is None:
            return range(0)
        first, last = sorted(end.index for end in self._ends)
        return range(first, last + 1)

    def _words_on(self, index: int) -> Sequence[Word]:
        known = self._page_words.known(index) or ()
        if self._ends is None or index not in self._range():
            return ()
        first, last = sorted(self._ends, key=lambda end: end.index)
        if self._whole or first.index < index < last.index:
            return known
        if first.index == last.index:
            return between(known, self._ends[0].point, self._ends[1].point)
        return onward(known, first.point) if index == first.index else up_to(known, last.point)

    def _extend(self, index: int, words: int, lines: int) -> None:
        known = self._page_words.known(index) or ()
        if self._ends is None:
            if known:
                self.begin(index, middle(known[0].rect))
                self._tell()
            return
        start, end = self._ends
        if index != end.index:
            return  # another place was chosen while the words were read
        place = middle(beyond(known, end.point, words, lines).rect) if known else end.point
        if place == end.point:
            self._cross(index, 1 if words + lines > 0 else -1)
        else:
            self._whole = False
            self._reach(start, Place(index, place))

    def _cross(self, index: int, step: int) -> None:
        """Go on with the first word of the next page, or the last of the one before; pages without words are passed."""
        after = index + step
        if not 0 <= after < self._view.pages:
            return

        def read(at: int) -> None:
            known = self._page_words.known(at) or ()
            if self._ends is None or self._ends[1].index != index:
                return
            if known:
                word = known[0] if step > 0 else known[-1]
                self._reach(self._ends[0], Place(at, middle(word.rect)))
            else:
                self._cross_from(at, step, index)

        self._page_words.ask(after, read)

    def _cross_from(self, empty: int, step: int, index: int) -> None:
        if self._ends is not None and self._ends[1].index == index:
            self._ends = self._ends[0], Place(empty, self._ends[1].point)
            self._cross(empty, step)

    def _reach(self, start: Place, end: Place) -> None:
        self._ends = start, end
        self._ask()
        self._view.bring_into_view(end.index, Rect(end.point.x, end.point.y, end.point.x, end.point.y))
        self._tell()

    def _ask(self) -> None:
        for index in self._range():
            if index not in self._asked:
                self._asked.add(index)
                self._page_words.ask(index, self._read)

    def _read(self, index: int) -> None:
        if index in self._range():
            self._settle_whole(index)
            self._tell()
            if self._copying and all(self._page_words.known(each) is not None for each in self._range()):
                self._copying = False
                self.copy()

    def _settle_whole(self, index: int) -> None:
        """Let a whole page end at its first and last word, so that keys can go on from there."""
        known = self._page_words.known(index)
        if self._whole and known:
            self._whole = False
            self._ends = Place(index, middle(known[0].rect)), Place(index, middle(known[-1].rect))

    def _take_word(self, index: int, point: Point) -> None:
        word = word_at(self._page_words.known(index) or (), point)
        if word is None or list(self._range()) != [index]:
            self.clear()
        else:
            self._ends = Place(index, Point(word.rect.x0, point.y)), Place(index, Point(word.rect.x1, point.y))
            self._tell()

    def _tell(self) -> None:
        text = self.text
        if text != self._view.accessibleDescription():
            self._view.setAccessibleDescription(text)
            event = QAccessibleEvent(self._view, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)
        self._view.viewport().update()

    def _paint(self, painter: QPainter, index: int) -> None:
        for line in lines_of(self._words_on(index)):
            painter.fillRect(rectangle(self._view.page_layout.rect_in_view(index, line)), CHOSEN)


class TextHand:
    """The hand where nobody marks: it chooses text."""

    def __init__(self, selection: TextSelection, view: PageView, words: PageWords) -> None:
        self._selection = selection
        self._view = view
        self._words = words

    def begin(self, index: int, point: Point) -> None:
        """Begin to choose."""
        self._selection.begin(index, point)

    def go_on(self, point: Point, over: tuple[int, Point]) -> None:
        """Choose as far as here."""
        self._selection.go_on(*over)
        self._view.viewport().update()

    def spans_pages(self) -> bool:
        """Text goes on over the edges of pages."""
        return True

    def end(self) -> None:
        """Leave it chosen."""
        self._selection.end()

    def again(self, index: int, point: Point) -> None:
        """Choose the word."""
        self._selection.choose_word(index, point)

    def hover(self, index: int, point: Point) -> None:
        """Show where there is text."""
        self._view.viewport().setCursor(text_cursor(self._words, index, point))

    def key(self, event: QKeyEvent) -> bool:
        """Esc chooses nothing, Shift and arrow keys more or less."""
        escape = event.key() == Qt.Key.Key_Escape
        return self._selection.clear() if escape else self._selection.key(event)

    def needs_escape(self) -> bool:
        """Esc ends the choice first."""
        return bool(self._selection.pages)


def text_cursor(words: PageWords, index: int, point: Point) -> Qt.CursorShape:
    """Return the shape of the pointer over a page: a beam over its words, as far as they are read."""
    over = word_at(words.known(index) or (), point)
    return Qt.CursorShape.ArrowCursor if over is None else Qt.CursorShape.IBeamCursor
