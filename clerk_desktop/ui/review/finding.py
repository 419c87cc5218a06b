"""Finding words on the pages: reads page after page in the background and gathers the places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import PageReading, Word
from clerk_desktop.model.searching import folded
from clerk_desktop.ui.tasks import Tasks, Ticket
from clerk_desktop.usecases.pages import OpenDocument


@dataclass(frozen=True, slots=True)
class Hit:
    """A find: the page's index (from 0) and the rectangles of its words."""

    index: int
    rects: tuple[Rect, ...]


class PageWords(QObject):
    """The words of one document's pages, read once each."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._document: OpenDocument | None = None
        self._words: dict[int, tuple[Word, ...]] = {}
        self._tickets: dict[int, Ticket] = {}

    def show(self, document: OpenDocument | None) -> None:
        """Begin with another document."""
        for ticket in self._tickets.values():
            ticket.cancel()
        self._tickets.clear()
        self._words.clear()
        self._document = document

    def known(self, index: int) -> tuple[Word, ...] | None:
        """Return the words of the page with this index, None while they are not read."""
        return self._words.get(index)

    def ask(self, index: int, done: Callable[[int], None]) -> None:
        """Have a page read and call ``done`` with its index; at once where it is known. A bad page has no words."""
        if index in self._words:
            done(index)
        elif self._document is not None and index not in self._tickets:
            future = self._document.read(index + 1)

            def keep(reading: PageReading) -> None:
                self._words[index] = reading.words
                self._tickets.pop(index, None)
                done(index)

            self._tickets[index] = self._tasks.follow(self, future, keep, partial(self._without_words, index, done))

    def _without_words(self, index: int, done: Callable[[int], None], error: Exception) -> None:
        self._words[index] = ()
        self._tickets.pop(index, None)
        done(index)


def find(words: Sequence[Word], index: int, wanted: str) -> tuple[Hit, ...]:
    """Return where the wanted words follow each other; the first may begin and the last may end inside a word.

    Letter case and accents do not count.
    """
    parts = folded(wanted).split()
    if not parts:
        return ()
    texts = [folded(word.text) for word in words]
    hits = []
    for start in range(len(words) - len(parts) + 1):
        if _match(texts[start : start + len(parts)], parts):
            hits.append(Hit(index, tuple(word.rect for word in words[start : start + len(parts)])))
    return tuple(hits)


def _match(texts: Sequence[str], parts: Sequence[str]) -> bool:
    if len(parts) == 1:
        return parts[0] in texts[0]
    inner = list(zip(texts[1:-1], parts[1:-1], strict=True))
    return texts[0].endswith(parts[0]) and texts[-1].startswith(parts[-1]) and all(a == b for a, b in inner)
