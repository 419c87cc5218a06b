"""Which contents have text that full text does not know yet, and the text once it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_desktop.server.repository.database import Transaction
from clerk_desktop.server.rights import name_key

PDF = "application/pdf"
_TEXTS = frozenset({PDF, "application/xml", "application/json", "application/xhtml+xml"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """One object whose content is to be read. ``media_type`` in lower case and without parameters."""

    n: int
    content: str
    media_type: str


def may_have_text(media_type: str) -> bool:
    """Whether contents of this type are read."""
    bare = _bare(media_type)
    return bare in _TEXTS or bare.startswith("text/")


class UnreadTexts:
    """Reads and writes within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, n: int) -> None:
        """Note that the content of an object is to be read."""
        self._transaction.run("INSERT OR IGNORE INTO unread(n) VALUES (?)", (n,))

    def remove(self, n: int) -> None:
        """Forget that."""
        self._transaction.run("DELETE FROM unread WHERE n = ?", (n,))

    def some(self, limit: int) -> Sequence[Unread]:
        """Return the oldest of those to be read."""
        rows = self._transaction.rows(
            "SELECT o.n, o.content, o.content_type FROM unread u JOIN object o ON o.n = u.n"
            " WHERE o.content IS NOT NULL ORDER BY u.n LIMIT ?",
            (limit,),
        )
        return [Unread(n=row["n"], content=row["content"], media_type=_bare(row["content_type"])) for row in rows]

    def keep(self, unread: Unread, text: str) -> None:
        """Make a content findable by its text, unless the object has another one by now."""
        kept = self._transaction.row("SELECT content FROM object WHERE n = ?", (unread.n,))
        if kept is not None and kept["content"] == unread.content:
            self._transaction.run("UPDATE words SET body = ? WHERE rowid = ?", (name_key(text), unread.n))
            self.remove(unread.n)


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()
