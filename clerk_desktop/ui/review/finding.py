"""Finding words on the pages: reads page after page in the background and gathers the places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.reading import PageReading, TextSource, Word
from clerk_desktop.model.searching import spelled_alike
from clerk_desktop.ui.tasks import Tasks, Ticket
from clerk_desktop.usecases.pages import OpenDocument


@dataclass(frozen=True, slots=True)
class Hit:
    """A find: the page's index (from 0) and the rectangles of its words."""

    index: int
    rects: tuple[Rect, ...]


Told = Callable[[int], None]


class PageWords(QObject):
    """The words of one document's pages, read once each; recognised where a page carries none."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._document: OpenDocument | None = None
        self._words: dict[int, tuple[Word, ...]] = {}
        self._tickets: dict[int, Ticket] = {}
        self._waiting: dict[int, list[Told]] = {}
        self._recognising: set[int] = set()

    def show(self, document: OpenDocument | None) -> None:
        """Begin with another document."""
        for ticket in self._tickets.values():
            ticket.cancel()
        for known in (self._tickets, self._waiting, self._recognising, self._words):
            known.clear()
        self._document = document

    def known(self, index: int) -> tuple[Word, ...] | None:
        """Return the words of the page with this index, None while they are not read."""
        return self._words.get(index)

    def is_recognising(self, index: int) -> bool:
        """Whether the words of a page are being recognised, which takes seconds."""
        return index in self._recognising

    def ask(self, index: int, done: Told) -> None:
        """Have a page read and call ``done`` with its index; at once where it is known. A bad page has no words."""
        if index in self._words:
            done(index)
        elif self._document is not None:
            self._waiting.setdefault(index, []).append(done)
            if index not in self._tickets:
                self._follow(index, self._document.read(index + 1), partial(self._read, index))

    def _read(self, index: int, reading: PageReading) -> None:
        if reading.source is TextSource.NONE and not reading.blank and self._document is not None:
            self._recognising.add(index)
            self._follow(index, self._document.recognise(index + 1), partial(self._keep, index))
        else:
            self._keep(index, reading)

    def _follow(self, index: int, future: Future[PageReading], done: Callable[[PageReading], None]) -> None:
        self._tickets[index] = self._tasks.follow(self, future, done, partial(self._without_words, index))

    def _keep(self, index: int, reading: PageReading) -> None:
        self._told(index, reading.words)

    def _without_words(self, index: int, error: Exception) -> None:
        if not isinstance(error, ClerkError):
            raise error
        self._told(index, ())

    def _told(self, index: int, words: tuple[Word, ...]) -> None:
        self._words[index] = words
        self._recognising.discard(index)
        del self._tickets[index]
        for done in self._waiting.pop(index, []):
            done(index)


def find(words: Sequence[Word], index: int, *wanted: str) -> tuple[Hit, ...]:
    """Return where the words of one of the wanted texts follow each other; the first may begin and the last may end
    inside a word. Letter case, accents and the spelling of umlauts do not count.
    """
    texts = [spelled_alike(word.text) for word in words]
    hits = {}
    for text in wanted:
        parts = spelled_alike(text).split()
        for start in range(len(words) - len(parts) + 1) if parts else ():
            if _match(texts[start : start + len(parts)], parts):
                hits[start, len(parts)] = Hit(index, tuple(word.rect for word in words[start : start + len(parts)]))
    return tuple(hits[place] for place in sorted(hits))


def _match(texts: Sequence[str], parts: Sequence[str]) -> bool:
    if len(parts) == 1:
        return parts[0] in texts[0]
    inner = list(zip(texts[1:-1], parts[1:-1], strict=True))
    return texts[0].endswith(parts[0]) and texts[-1].startswith(parts[-1]) and all(a == b for a, b in inner)
