"""Groups of changes as transactions of SQLite, each change after the first as a savepoint in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress


class SqliteJournal:
    """Implements ``together.Journal`` on one ``connection``; ``connect`` opens one like it.

    A connection that cannot even undo what failed is given up for a fresh one, which finds nothing of it.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._is_first = True
        self.connection = connect()

    def begin(self) -> None:
        """Begin a transaction. Raises ``sqlite3.Error``."""
        if self.connection.in_transaction:
            self._start_anew()
        self.connection.execute("BEGIN IMMEDIATE")
        self._is_first = True

    def begin_change(self) -> None:
        """Begin a change of it."""
        if not self._is_first:
            self.connection.execute("SAVEPOINT change")

    def end_change(self) -> None:
        """Make the change a part of it."""
        prove_not_undone(self.connection)
        if not self._is_first:
            self.connection.execute("RELEASE change")
        self._is_first = False

    def undo_change(self) -> bool:
        """Undo the change; returns whether the changes before it are left."""
        if self._is_first:
            self.connection.rollback()
            return False
        try:
            self.connection.execute("ROLLBACK TO change")
            self.connection.execute("RELEASE change")
        except sqlite3.Error:
            # SQLite has rolled back everything by itself
            self.connection.rollback()
            return False
        return True

    def commit(self) -> None:
        """Make the transaction durable."""
        self.connection.execute("COMMIT")

    def roll_back(self) -> None:
        """Undo the transaction."""
        self.connection.rollback()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _start_anew(self) -> None:
        try:
            self.connection.rollback()
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                self.connection.close()
            self.connection = self._connect()


def prove_not_undone(connection: sqlite3.Connection) -> None:
    """Raise when SQLite has rolled back by itself, as on a full disk: what follows would be kept without what was."""
    if not connection.in_transaction:
        raise sqlite3.OperationalError("disk I/O error: the change was undone before its end")
