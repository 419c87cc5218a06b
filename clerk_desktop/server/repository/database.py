"""Connections and transactions of the repository's database.

Readers see one consistent state and never wait for the writer (WAL); writers come one after the other, and those who
wait for each other are committed at once (``together``). A committed transaction survives the end of the process and of
the machine's power (``synchronous=FULL``): clients settle paper on the strength of an answer. Creating tables and
telling what they mean is left to ``schema`` and the other modules.
"""

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.server.faults import Fault
from clerk_desktop.server.repository import schema
from clerk_desktop.server.repository.journal import SqliteJournal, prove_not_undone
from clerk_desktop.server.repository.log_moving import LogMover
from clerk_desktop.server.repository.together import ChangesLost, SharedCommits

SqlValue: TypeAlias = str | int | float | bytes | None
_BUSY_SECONDS = 30.0
_TOO_LONG = ("Expression tree", "too many SQL variables", "parser stack", "pattern too complex")
"""What SQLite says of queries beyond its limits (sqlite.org/limits.html)."""
_WAL_PAGES = 16_000
"""A write-ahead log of this length (64 MB) is moved to its place by whoever commits, if ``log_moving`` is behind."""


class Transaction:
    """One consistent view on the database, or one change of it that happens wholly or not at all."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._when_committed: list[Callable[[], None]] = []

    def rows(self, sql: str, parameters: Sequence[SqlValue] = ()) -> list[sqlite3.Row]:
        """Return all rows of a SELECT."""
        return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[SqlValue] = ()) -> sqlite3.Row | None:
        """Return the first row of a SELECT, or None."""
        found: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
        return found

    def integer(self, sql: str, parameters: Sequence[SqlValue] = ()) -> int:
        """Return the first column of the first row as an integer, 0 when there is none."""
        found = self.row(sql, parameters)
        return 0 if found is None or found[0] is None else int(found[0])

    def run(self, sql: str, parameters: Sequence[SqlValue] = ()) -> int:
        """Execute a writing statement and return the number of rows it changed."""
        prove_not_undone(self._connection)
        return self._connection.execute(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Sequence[SqlValue] = ()) -> int:
        """Execute an INSERT and return the number of the new row. Raises ``DuplicateRow``."""
        prove_not_undone(self._connection)
        try:
            number = self._connection.execute(sql, parameters).lastrowid
        except sqlite3.IntegrityError as error:
            raise DuplicateRow from error
        assert number is not None
        return number

    def when_committed(self, act: Callable[[], None]) -> None:
        """Remember something to do once the change is durable, such as deleting files nobody needs any more."""
        self._when_committed.append(act)

    def left_to_do(self) -> Sequence[Callable[[], None]]:
        """Return what was remembered, for ``Database`` to do after the commit."""
        return self._when_committed


class DuplicateRow(Exception):
    """An INSERT or UPDATE would have broken a uniqueness rule of a table."""


class Database:
    """The SQLite database of one data folder. Safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._journal = SqliteJournal(self._connect)
        self._commits = SharedCommits(self._journal)
        self._mover = LogMover(self._connect, self._commits)
        self._create()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32768")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
        return connection

    def _create(self) -> None:
        with self.writing() as transaction:
            found = transaction.integer("PRAGMA user_version")
            if found == 0:
                for statement in schema.TABLES.split(";\n"):
                    if statement.strip():
                        transaction.run(statement)
            elif found > schema.VERSION:
                raise Fault(CmisException.STORAGE, f"The data folder was written by a newer version ({found}).")
            else:
                for version in range(found + 1, schema.VERSION + 1):
                    for statement in schema.ADDED[version]:
                        transaction.run(statement)
            transaction.run(f"PRAGMA user_version = {schema.VERSION}")

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Give a consistent view that does not change while it is used."""
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = self._connect()
        try:
            connection.execute("BEGIN")
            with _translated():
                yield Transaction(connection)
        finally:
            connection.rollback()
            self._idle.put(connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Give the one writing transaction; it is committed at the end and rolled back on any exception."""
        with _translated(), self._commits.change() as change:
            transaction = Transaction(self._journal.connection)
            yield transaction
            for act in transaction.left_to_do():
                change.then(act)
            self._mover.changed()

    def optimise(self) -> None:
        """Let SQLite learn how values are distributed, so that it chooses the right indexes."""
        with self._commits.alone():
            self._journal.connection.execute("PRAGMA analysis_limit = 2000")
            self._journal.connection.execute("ANALYZE")

    def close(self) -> None:
        """Close all connections. Nobody may be using them."""
        self._mover.close()
        with self._commits.alone():
            self._journal.close()
        while not self._idle.empty():
            self._idle.get_nowait().close()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn SQLite's errors that have a meaning for callers into faults."""
    try:
        yield
    except ChangesLost as error:
        raise Fault(CmisException.STORAGE, "The server's disk is full or failing.") from error
    except sqlite3.OperationalError as error:
        text = str(error)
        if "disk is full" in text or "disk I/O" in text:
            raise Fault(CmisException.STORAGE, "The server's disk is full or failing.") from error
        if "locked" in text or "busy" in text:
            raise Fault(CmisException.SERVICE_UNAVAILABLE, "The repository is busy. Try again.") from error
        if any(sign in text for sign in _TOO_LONG):
            raise Fault(CmisException.INVALID_ARGUMENT, "The query is too long.") from error
        raise
