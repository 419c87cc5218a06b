"""Content of a few pages: it lies in the database, where one flush to disk keeps object and content together.

As a file each would cost three flushes (the file, its folder, the database), most of what a small upload takes.
"""

from __future__ import annotations

from clerk_desktop.server.repository.database import Transaction

_MARK = "s"
"""Ids of content in the database begin with this; those of content files are hexadecimal."""


class SmallContents:
    """Reads and writes small content within one transaction. Ids are never used again."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, data: bytes) -> str:
        """Keep content and return its id."""
        number = self._transaction.insert("INSERT INTO small_content(data) VALUES (?)", (data,))
        return f"{_MARK}{number}"

    def get(self, content_id: str) -> bytes | None:
        """Return content; None when it is no small one."""
        if not is_small(content_id):
            return None
        found = self._transaction.row("SELECT data FROM small_content WHERE n = ?", (_number(content_id),))
        return None if found is None else bytes(found["data"])

    def remove(self, content_id: str) -> None:
        """Remove content."""
        self._transaction.run("DELETE FROM small_content WHERE n = ?", (_number(content_id),))


def is_small(content_id: str) -> bool:
    """Whether the content of an id lies in the database."""
    return content_id.startswith(_MARK)


def _number(content_id: str) -> int:
    return int(content_id.removeprefix(_MARK))
