"""The text of content that is here, page by page, and finding words in it. Goes when the content goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clerk_desktop.model.searching import WantedWord, words_of
from clerk_desktop.store.statements import Statements


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPage:
    """A page (from 1) that has all words, of the content with this hash."""

    sha256: str
    page: int
    text: str


class TextRows:
    """The texts of a session, by the SHA-256 of the content they were read from."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def put(self, sha256: str, pages: Iterable[tuple[int, str]], *, complete: bool) -> None:
        """Keep the text of pages (numbers from 1); ``complete`` when these were the last that were missing."""
        for page, text in pages:
            known = self._db.one("SELECT place FROM page_texts WHERE sha256 = ? AND page = ?", (sha256, page))
            if known is not None:
                self._forget_page(int(known[0]))
            (place,) = self._db.run_returning(
                "INSERT INTO page_texts (sha256, page, text) VALUES (?, ?, ?) RETURNING place", (sha256, page, text)
            )
            self._db.run("INSERT INTO page_words (rowid, words) VALUES (?, ?)", (place, " ".join(words_of(text))))
        if complete:
            self._db.run("INSERT OR IGNORE INTO read_contents (sha256) VALUES (?)", (sha256,))

    def forget(self, sha256: str) -> None:
        """Forget all text of a content; none is fine."""
        for (place,) in self._db.all("SELECT place FROM page_texts WHERE sha256 = ?", (sha256,)):
            self._forget_page(place)
        self._db.run("DELETE FROM read_contents WHERE sha256 = ?", (sha256,))

    def unread(self) -> frozenset[str]:
        """Return the hashes of documents' content whose text is not, or not wholly, known."""
        rows = self._db.all(
            "SELECT sha256 FROM documents NOT INDEXED WHERE sha256 <> '' EXCEPT SELECT sha256 FROM read_contents"
        )
        return frozenset(sha256 for (sha256,) in rows)

    def kept(self) -> frozenset[str]:
        """Return the hashes of all content that some text is kept of."""
        rows = self._db.all("SELECT sha256 FROM page_texts UNION SELECT sha256 FROM read_contents")
        return frozenset(sha256 for (sha256,) in rows)

    def pages(self, sha256: str) -> int:
        """Return how many pages are read."""
        row = self._db.one("SELECT count(*) FROM page_texts WHERE sha256 = ?", (sha256,))
        return int(row[0]) if row else 0

    def of_content(self, sha256: str) -> dict[int, str]:
        """Return the text of the pages that are read, by number."""
        return dict(self._db.all("SELECT page, text FROM page_texts WHERE sha256 = ?", (sha256,)))

    def find(self, wanted: Sequence[WantedWord], limit: int) -> tuple[FoundPage, ...]:
        """Return pages that have all words, exactly or by their beginning where that was asked for; newest first."""
        if not wanted:
            return ()
        expression = " AND ".join(_phrase(word) for word in wanted)
        rows = self._db.all(
            "SELECT sha256, page, text FROM page_texts WHERE place IN"
            " (SELECT rowid FROM page_words WHERE page_words MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY place DESC",
            (expression, limit),
        )
        return tuple(FoundPage(sha256=sha256, page=page, text=text) for sha256, page, text in rows)

    def problems(self) -> tuple[str, ...]:
        """Return where texts and their index differ, nothing when all is well."""
        told = {place: " ".join(words_of(text)) for place, text in self._db.all("SELECT place, text FROM page_texts")}
        indexed: dict[int, str] = dict(self._db.all("SELECT rowid, words FROM page_words"))
        return tuple(f"page {place}" for place in sorted({*told, *indexed}) if told.get(place) != indexed.get(place))

    def _forget_page(self, place: int) -> None:
        self._db.run("DELETE FROM page_words WHERE rowid = ?", (place,))
        self._db.run("DELETE FROM page_texts WHERE place = ?", (place,))


def _phrase(word: WantedWord) -> str:
    return '"' + " ".join(word.parts) + '"' + (" *" if word.open_end else "")
