"""Text on a page: chosen with the mouse (drag, double click) or whole by key, copied with the usual keys."""

from __future__ import annotations

from collections.abc import Sequence

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

from clerk_desktop.model.geometry import Point
from clerk_desktop.model.reading import Word
from clerk_desktop.ui.review.finding import PageWords
from clerk_desktop.ui.review.page_painter import rectangle
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.words_at import between, beyond, lines_of, middle, word_at
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


class TextSelection:
    """The chosen words, all on one page; their text is the view's description for those who do not see it."""

    def __init__(self, workplace: Workplace, view: PageView, words: PageWords) -> None:
        self._workplace = workplace
        self._view = view
        self._page_words = words
        self._index = -1
        self._ends: tuple[Point, Point] | None = None
        self._copying = False
        view.overlays.append(self._paint)
        on_keys(view, QKeySequence(QKeySequence.StandardKey.Copy), self.copy, ITSELF)
        on_keys(view, QKeySequence(QKeySequence.StandardKey.SelectAll), self.choose_page, ITSELF)

    @property
    def index(self) -> int:
        """The index (from 0) of the page whose words are chosen; -1 for none."""
        return self._index

    @property
    def words(self) -> Sequence[Word]:
        """The chosen words, as far as they are read."""
        known = self._page_words.known(self._index) or ()
        return known if self._ends is None else between(known, *self._ends)

    @property
    def text(self) -> str:
        """The chosen text, a line for each line on the page."""
        lines: dict[int, list[str]] = {}
        for word in self.words:
            lines.setdefault(word.line, []).append(word.text)
        return "\n".join(" ".join(line) for line in lines.values())

    def begin(self, index: int, point: Point) -> None:
        """Begin at a place on the page with this index (from 0)."""
        self.clear()
        self._index, self._ends = index, (point, point)

    def go_on(self, point: Point) -> None:
        """Choose as far as here; the words come when they are read."""
        if self._ends is not None:
            if self._ends[0] == self._ends[1]:
                self._ask()
            self._ends = self._ends[0], point

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
            self.clear()
            self._index = self._view.page - 1
            self._ask()

    def key(self, event: QKeyEvent) -> bool:
        """Shift and an arrow key choose one word or line more or less, from the first word of the page on."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != SHIFT or not self._view.page:
            return False
        index = self._index if self._index >= 0 else self._view.page - 1
        self._page_words.ask(index, lambda at: self._extend(at, *step))
        return True

    def _extend(self, index: int, words: int, lines: int) -> None:
        known = self._page_words.known(index) or ()
        if not known:
            return
        if index != self._index or self._ends is None:
            self.begin(index, middle(known[0].rect))
        else:
            self._ends = self._ends[0], middle(beyond(known, self._ends[1], words, lines).rect)
        self._tell()

    def clear(self) -> bool:
        """Choose nothing; tells whether anything was chosen."""
        was = self._index >= 0
        self._index, self._ends, self._copying = -1, None, False
        self._tell()
        return was

    def copy(self) -> None:
        """Put the chosen text into the clipboard; where its words are still being read, as soon as they are."""
        if self._index < 0:
            return
        if self._page_words.known(self._index) is None:
            self._copying = True
            _ = self._workplace.texts.gettext
            self._workplace.say(_("The words of this page are still being read; they are copied when they are there."))
        elif self.text:
            QGuiApplication.clipboard().setText(self.text)
            told = self._workplace.texts.gettext("Copied: {text}").format(text=self.text)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, told))

    def _ask(self) -> None:
        self._page_words.ask(self._index, self._read)

    def _read(self, index: int) -> None:
        if index == self._index:
            self._tell()
            if self._copying:
                self._copying = False
                self.copy()

    def _take_word(self, index: int, point: Point) -> None:
        word = word_at(self._page_words.known(index) or (), point)
        if word is None or index != self._index:
            self.clear()
        else:
            self._ends = Point(word.rect.x0, point.y), Point(word.rect.x1, point.y)
            self._tell()

    def _tell(self) -> None:
        text = self.text
        if text != self._view.accessibleDescription():
            self._view.setAccessibleDescription(text)
            event = QAccessibleEvent(self._view, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)
        self._view.viewport().update()

    def _paint(self, painter: QPainter, index: int) -> None:
        if index == self._index:
            for line in lines_of(self.words):
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

    def go_on(self, point: Point) -> None:
        """Choose as far as here."""
        self._selection.go_on(point)
        self._view.viewport().update()

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
        return bool(self._selection.words)


def text_cursor(words: PageWords, index: int, point: Point) -> Qt.CursorShape:
    """Return the shape of the pointer over a page: a beam over its words, as far as they are read."""
    over = word_at(words.known(index) or (), point)
    return Qt.CursorShape.ArrowCursor if over is None else Qt.CursorShape.IBeamCursor
