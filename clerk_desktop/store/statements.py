"""How repositories talk to SQLite inside one session, and how they tell the change feed what they wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import apsw

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.store.rows import Cell

Row = tuple[Any, ...]


def called(column: str, name: str = "?1") -> str:
    """Return the condition that a column has this name, by its index of the ends of names: see schema 14, which has the
    same expression.
    """
    return f"{_end(column)} = {_end(name)} AND {column} = {name}"


def _end(column: str) -> str:
    return f"iif(length({column}) > 48, {column}, substr({column}, -12))"


class Statements:
    """Runs SQL on one connection until the session ends."""

    def __init__(self, connection: apsw.Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable
        self._ended = False
        self._noted: dict[tuple[str, str], None] = {}

    def one(self, sql: str, cells: Sequence[Cell] = ()) -> Row | None:
        """Return the first row, None when there is none."""
        self._must_be_open()
        cursor = self._connection.execute(sql, cells)
        row = cursor.fetchone()
        cursor.close()
        return row

    def all(self, sql: str, cells: Sequence[Cell] = ()) -> list[Row]:
        """Return all rows."""
        self._must_be_open()
        return self._connection.execute(sql, cells).fetchall()

    def run(self, sql: str, cells: Sequence[Cell] = ()) -> int:
        """Write; returns how many rows were touched."""
        self._must_be_writable()
        self._connection.execute(sql, cells)
        return self._connection.changes()

    def run_returning(self, sql: str, cells: Sequence[Cell] = ()) -> Row:
        """Write one row; returns what its RETURNING clause tells."""
        self._must_be_writable()
        row = self._connection.execute(sql, cells).fetchone()
        if row is None:
            raise RuntimeError("the statement returned nothing")
        return tuple(row)

    def run_many(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Write once per row."""
        self._must_be_writable()
        self._connection.executemany(sql, rows)

    def new_row(self) -> int:
        """Return the key that the last insert was given."""
        return self._connection.last_insert_rowid()

    def changes_so_far(self) -> int:
        """Return how many rows the connection has written, those of virtual tables included."""
        return self._connection.total_changes()

    def note(self, kind: ChangeKind, object_id: str) -> None:
        """Say that something changed; it stands in the feed when the transaction is committed, once per object."""
        self._must_be_writable()
        self._noted[(kind.value, object_id)] = None

    def append_notes(self) -> None:
        """Write what was noted into the feed; the last thing before the commit."""
        if self._noted:
            self.run_many("INSERT INTO changes (kind, object_id) VALUES (?, ?)", self._noted)

    def end(self) -> None:
        """Refuse everything from now on."""
        self._ended = True

    def _must_be_open(self) -> None:
        if self._ended:
            raise RuntimeError("a session is only valid inside its with block")

    def _must_be_writable(self) -> None:
        self._must_be_open()
        if not self._writable:
            raise RuntimeError("a reading session cannot write")
