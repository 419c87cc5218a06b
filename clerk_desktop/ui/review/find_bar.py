"""The bar that finds words in the document: Ctrl+F, Enter and Shift+Enter, Esc."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from operator import attrgetter

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.review.finding import Hit, PageWords, find
from clerk_desktop.ui.review.page_painter import rectangle
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.typing_pause import TypingPause

PAUSE_MILLISECONDS = 200
HIT = QColor(255, 210, 60, 110)
CURRENT = QColor(255, 140, 0, 150)


class FindBar(QFrame):
    """Looks through the pages one after the other and outlines the hits as they come."""

    def __init__(self, view: PageView, words: PageWords, texts: Texts) -> None:
        super().__init__()
        self._view = view
        self._words = words
        self._texts = texts
        self._hits: list[Hit] = []
        self._current = -1
        self._search = 0
        self._looked = 0
        self._first = 0
        self._begun = False
        self._words_apart: tuple[str, ...] = ()
        _ = texts.gettext
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find in the document"))
        self.field.setAccessibleName(_("Find in the document"))
        self.field.setToolTip(_("Enter finds the next place, Shift+Enter the one before"))
        self._count = QLabel()
        self._count.setAccessibleName(_("Number of hits"))
        self._pause = TypingPause(self.field, PAUSE_MILLISECONDS, self.search)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._count)
        for name, text, act in (
            (Icon.LEFT, _("Place before"), lambda: self.walk(-1)),
            (Icon.RIGHT, _("Next place"), lambda: self.walk(1)),
            (Icon.CLOSE, _("Close the search"), self.close_search),
        ):
            button = icon_button(name, text)
            button.clicked.connect(act)
            layout.addWidget(button)
        view.overlays.append(self._paint)
        self.hide()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What was found so far."""
        return tuple(self._hits)

    def offer(self) -> None:
        """Show the bar and take the focus."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def forget(self) -> None:
        """Forget the hits and look no further: another document is shown, or other words are looked for."""
        self._hits, self._current, self._looked = [], -1, 0
        self._begun = False
        self._search += 1
        self._count.clear()

    def close_search(self) -> None:
        """Hide the bar and its hits."""
        self.forget()
        self.hide()
        self._view.viewport().update()
        self._view.setFocus()

    def look_for(self, words: tuple[str, ...], page: int) -> None:
        """Show the bar and mark each of the words, on this page (from 1) first, then on those behind and before it."""
        self.show()
        self.field.setText(" ".join(words))
        self._words_apart = words
        self.search(first=max(0, min(page, self._view.pages) - 1))

    def search(self, *, first: int = 0) -> None:
        """Look for what is typed, from the page with the index ``first`` on."""
        self._pause.stop()
        self.forget()
        self._first, self._begun = first, True
        if self.field.text().strip() and self._view.pages:
            self._look(0, self._search)
        self._view.viewport().update()

    def walk(self, step: int) -> None:
        """Go to the next hit or the one before; in another document than before the words are looked for first."""
        if not self._begun:
            self.search()
        elif self._hits:
            self._current = (self._current + step) % len(self._hits)
            self._show_current()

    def event(self, event: QEvent) -> bool:
        """Keep Esc for the bar: where a case is shown it would lead back to the list."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_search()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self.search()
            else:
                self.walk(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _look(self, looked: int, search: int) -> None:
        """Go on when so many pages were looked at; comes back here when the words of the next one are read."""
        if search != self._search:
            return
        while looked < self._view.pages:
            index = (self._first + looked) % self._view.pages
            words = self._words.known(index)
            if words is None:
                self._words.ask(index, partial(self._go_on, looked, search))
                break
            self._add(find(words, index, *self._wanted()))
            looked += 1
        self._looked = looked
        if self._hits and self._current < 0:
            self._current = 0
            self._show_current()
        self._tell()

    def _go_on(self, looked: int, search: int, _: int) -> None:
        self._look(looked, search)

    def _wanted(self) -> tuple[str, ...]:
        """Return what to look for: the words that were found elsewhere one by one, what is typed here as it stands."""
        text = self.field.text()
        return self._words_apart if text == " ".join(self._words_apart) else (text,)

    def _add(self, hits: tuple[Hit, ...]) -> None:
        """Put hits of one page in their place; the current one stays the same."""
        if hits:
            at = bisect_left(self._hits, hits[0].index, key=attrgetter("index"))
            self._hits[at:at] = hits
            if self._current >= at:
                self._current += len(hits)

    def _tell(self) -> None:
        count, pages = len(self._hits), self._view.pages
        done = self._looked >= pages
        going_on = "" if done else f"  … {self._looked}/{pages}"
        if count:
            self._count.setText(f"{self._current + 1}/{count}{going_on}")
        else:
            self._count.setText(self._texts.gettext("Nothing found") if done else going_on)
        self._view.viewport().update()

    def _show_current(self) -> None:
        hit = self._hits[self._current]
        self._view.bring_into_view(hit.index, hit.rects[0])
        self._tell()

    def _paint(self, painter: QPainter, index: int) -> None:
        first, last = (cut(self._hits, index, key=attrgetter("index")) for cut in (bisect_left, bisect_right))
        for number in range(first, last):
            for rect in self._hits[number].rects:
                place = rectangle(self._view.page_layout.rect_in_view(index, rect))
                painter.fillRect(place.adjusted(-1, -1, 1, 1), CURRENT if number == self._current else HIT)
