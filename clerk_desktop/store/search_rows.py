"""The index of one kind of row: a number and words by the row's place, and finding rows by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from clerk_desktop.model.searching import WantedWord
from clerk_desktop.store.search_words import WordRows
from clerk_desktop.store.statements import Statements

FoundRow: TypeAlias = tuple[int, str, str]
"""Where a row lies, and number and words that the index has of it."""
Entry: TypeAlias = tuple[str, str]
"""Number and words of a row, spelled alike, one blank between two."""

MERGED = 2
"""So many changes a merge makes at least when it does anything (https://sqlite.org/fts5.html, 6.9)."""


class RowIndex:
    """The index ``table`` (``case_words`` or ``document_words``) of a session."""

    def __init__(self, statements: Statements, table: str, kind: str, words: WordRows) -> None:
        self._db = statements
        self._table = table
        self._kind = kind
        self._words = words
        self._newest = (
            f"SELECT rowid, number, words FROM {table}"  # noqa: S608 - our names
            f" WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
        )
        self._none_waits: bool | None = None

    def put(self, place: int, entry: Entry) -> Entry | None:
        """Index a row anew and return what it said before; nothing is written where it says the same."""
        before = self.entry(place)
        if before != entry:
            if before is None:
                self._db.run(
                    f"INSERT INTO {self._table} (rowid, number, words) VALUES (?, ?, ?)",  # noqa: S608 - our names
                    (place, *entry),
                )
            else:
                self._db.run(
                    f"UPDATE {self._table} SET number = ?, words = ? WHERE rowid = ?",  # noqa: S608 - our names
                    (*entry, place),
                )
                self._words.drop(_all_words(before) - _all_words(entry))
            self._words.add(_all_words(entry))
        self._arrived(place)
        return before

    def remove(self, place: int) -> Entry | None:
        """Forget a row and the words that stood only there; return what it said."""
        before = self.entry(place)
        if before is not None:
            self._db.run(f"DELETE FROM {self._table} WHERE rowid = ?", (place,))  # noqa: S608 - our names
            self._words.drop(_all_words(before))
        self._arrived(place)
        return before

    def find(self, wanted: Sequence[WantedWord], limit: int, *, misspelled: bool) -> Sequence[FoundRow]:
        """Return rows that have all words, the newest first; with ``misspelled`` also words that are nearly alike."""
        expressions = [self._expression(word, misspelled=misspelled) for word in wanted]
        if not expressions or not all(expressions):
            return ()
        return self._db.all(self._newest, (" AND ".join(expressions), limit))

    def entries(self) -> dict[int, Entry]:
        """Return what is indexed, for checking."""
        rows = self._db.all(f"SELECT rowid, number, words FROM {self._table}")  # noqa: S608 - our names
        return {place: (number, words) for place, number, words in rows}

    def entry(self, place: int) -> Entry | None:
        """Return what the index has of a row, None when it has nothing."""
        sql = f"SELECT number, words FROM {self._table} WHERE rowid = ?"  # noqa: S608 - our names
        row = self._db.one(sql, (place,))
        return None if row is None else (str(row[0]), str(row[1]))

    def tidy(self, pages: int) -> bool:
        """Merge up to so many pages of the index, from the beginning when negative; tell whether any were."""
        before = self._db.changes_so_far()
        self._db.run(f"INSERT INTO {self._table} ({self._table}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608
        return self._db.changes_so_far() - before >= MERGED

    def more_wait(self) -> None:
        """Note that rows were put on the list of those that wait."""
        self._none_waits = False

    def _arrived(self, place: int) -> None:
        """Take a row off the list of those that came without an index; mostly there are none."""
        if self._none_waits is None:
            self._none_waits = self._db.one("SELECT 1 FROM search_waiting LIMIT 1") is None
        if not self._none_waits:
            self._db.run("DELETE FROM search_waiting WHERE kind = ? AND place = ?", (self._kind, place))

    def _expression(self, word: WantedWord, *, misspelled: bool) -> str:
        if len(word.parts) > 1 or word.is_number:
            return _phrase(word.parts, open_end=word.open_end or len(word.parts) > 1)
        longer = self._words.longer(word.parts[0])
        if longer is None:
            return _phrase(word.parts, open_end=True)
        meant = dict.fromkeys(longer)
        if not meant and not misspelled:
            return _phrase(word.parts, open_end=True)
        if misspelled:
            meant |= dict.fromkeys(self._words.misspelled(word.parts[0]))
        return _any(meant)


def _all_words(entry: Entry) -> set[str]:
    return {*entry[0].split(), *entry[1].split()}


def _phrase(parts: Sequence[str], *, open_end: bool) -> str:
    return '"' + " ".join(parts) + '"' + (" *" if open_end else "")


def _any(words: Iterable[str]) -> str:
    quoted = [f'"{word}"' for word in words]
    return "(" + " OR ".join(quoted) + ")" if quoted else ""
