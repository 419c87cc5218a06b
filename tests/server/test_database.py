"""A change happens wholly or not at all, alone or among many that are committed at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.server.faults import Fault
from clerk_desktop.server.repository.database import Database, Transaction

WRITERS, EACH = 8, 40


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(tmp_path / "repository.sqlite")
    yield found
    found.close()


def write(database: Database, number: int, *, fails: bool = False) -> None:
    with database.writing() as transaction:
        transaction.run("INSERT INTO unread(n) VALUES (?)", (number,))
        if fails:
            raise KeyError(number)


def written(database: Database) -> list[int]:
    with database.reading() as transaction:
        return [int(row["n"]) for row in transaction.rows("SELECT n FROM unread ORDER BY n")]


def fill(transaction: Transaction) -> None:
    """Write until the database may not grow any more, and overlook that it is so."""
    pages = transaction.integer("PRAGMA page_count")
    transaction.run(f"PRAGMA max_page_count = {pages + 1}")
    with suppress(sqlite3.OperationalError):
        for number in range(100_000):
            transaction.run("INSERT INTO unread(n) VALUES (?)", (number,))


def grow(database: Database) -> None:
    with database.writing() as transaction:
        transaction.run("PRAGMA max_page_count = 1000000")


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_change_that_sqlite_undid_by_itself_is_told_and_the_next_one_is_kept(
    database: Database, *, goes_on: bool
) -> None:
    with pytest.raises(Fault) as told, database.writing() as transaction:
        fill(transaction)
        if goes_on:
            transaction.run("INSERT INTO unread(n) VALUES (-1)")
    assert told.value.name is CmisException.STORAGE
    grow(database)
    write(database, 7)
    assert written(database) == [7]


def test_a_change_that_fails_leaves_nothing_and_the_next_one_is_kept(database: Database) -> None:
    for number in range(6):
        if number % 2:
            write(database, number)
        else:
            with pytest.raises(KeyError):
                write(database, number, fails=True)
    assert written(database) == [1, 3, 5]


def test_who_fails_among_many_at_once_leaves_nothing_and_takes_nobody_along(database: Database) -> None:
    def some(first: int) -> int:
        failed = 0
        for number in range(first, first + EACH):
            try:
                write(database, number, fails=number % 3 == 0)
            except KeyError:
                failed += 1
        return failed

    everything = range(WRITERS * EACH)
    with ThreadPoolExecutor(WRITERS) as pool:
        failed = sum(pool.map(some, everything[::EACH]))
    kept = [number for number in everything if number % 3]
    assert (written(database), failed) == (kept, len(everything) - len(kept))
