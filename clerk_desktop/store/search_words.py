"""The different words in the index, and which of them a typed word may mean: itself, a longer one, a misspelled one.

Misspelled words are looked for among those that share the beginning or the end: of a word with one mistake at least
one half is whole, of a longer one with two mistakes mostly a third. So a few hundred words are compared, not all.
"""

from __future__ import annotations

from collections.abc import Iterable

from clerk_desktop.store.statements import Statements

SHORTEST_KEPT = 3
SHORTEST_ENDING = 4
SHORTEST_MISSPELLED = 4
TWO_MISTAKES_FROM = 8
MOST_LONGER = 48
MOST_MISSPELLED = 24
MOST_COMPARED = 20_000
BEHIND = "\U0010ffff"
LONGER = "SELECT word FROM search_words WHERE word >= ? AND word < ? LIMIT ?"
COMPOUNDS = "SELECT word FROM search_words WHERE backward >= ? AND backward < ? LIMIT ?"
INDEXES = ("case_words", "document_words")


class WordRows:
    """The words of a session's index; only words that are kept by themselves (letters, three at least)."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._seen: set[str] = set()

    def add(self, words: Iterable[str]) -> None:
        """Keep words that are in the index now."""
        unseen = set(words) - self._seen
        self._seen |= unseen
        if new := [word for word in unseen if is_kept(word)]:
            self._db.run_many(
                "INSERT OR IGNORE INTO search_words (word, backward, length) VALUES (?, ?, ?)",
                ((word, word[::-1], len(word)) for word in sorted(new)),
            )

    def drop(self, words: Iterable[str]) -> None:
        """Forget those of these words that stand nowhere in the index any more."""
        for word in sorted({word for word in words if is_kept(word)}):
            if not any(self._stands_in(table, word) for table in INDEXES):
                self._db.run("DELETE FROM search_words WHERE word = ?", (word,))
                self._seen.discard(word)

    def longer(self, word: str) -> tuple[str, ...] | None:
        """Return the words that begin or, from four letters on, end with this one; None when there are too many."""
        rows = self._db.all(LONGER, (word, word + BEHIND, MOST_LONGER + 1))
        if len(rows) > MOST_LONGER:
            return None
        if len(word) >= SHORTEST_ENDING:
            end = word[::-1]
            rows += self._db.all(COMPOUNDS, (end, end + BEHIND, MOST_LONGER))
        return tuple(dict.fromkeys(found for (found,) in rows))

    def misspelled(self, word: str) -> tuple[str, ...]:
        """Return the words that this one may have been meant for, nearest first; none for short ones."""
        if len(word) < SHORTEST_MISSPELLED:
            return ()
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        mistakes = 2 if len(word) >= TWO_MISTAKES_FROM else 1
        share = max(1, len(word) // (mistakes + 1) - 1)  # two letters that changed places may lie on the border
        near = {
            other
            for length in range(len(word) - mistakes, len(word) + mistakes + 1)
            for column, start in (("word", word[:share]), ("backward", word[::-1][:share]))
            for other in self._of_length(column, start, length)
        }
        ranked = process.extract(word, sorted(near), scorer=OSA.distance, score_cutoff=mistakes, limit=MOST_MISSPELLED)
        return tuple(other for other, _, _ in ranked)

    def stands(self, word: str) -> bool:
        """Tell whether exactly this word is there."""
        return self._db.one("SELECT 1 FROM search_words WHERE word = ?", (word,)) is not None

    def all(self) -> frozenset[str]:
        """Return all words, for checking."""
        return frozenset(word for (word,) in self._db.all("SELECT word FROM search_words"))

    def _stands_in(self, table: str, word: str) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1"  # noqa: S608 - our names
        return self._db.one(sql, (f'"{word}"',)) is not None

    def _of_length(self, column: str, start: str, length: int) -> list[str]:
        sql = f"SELECT word FROM search_words WHERE length = ? AND {column} >= ? AND {column} < ? LIMIT ?"  # noqa: S608
        return [word for (word,) in self._db.all(sql, (length, start, start + BEHIND, MOST_COMPARED))]


def is_kept(word: str) -> bool:
    """Tell whether a word is kept by itself; numbers and very short words are not."""
    return len(word) >= SHORTEST_KEPT and (word.isalpha() or not any(sign.isdigit() for sign in word))
