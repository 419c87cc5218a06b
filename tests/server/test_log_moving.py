"""The write-ahead log is moved beside the writers: nothing is lost, and it does not grow for ever."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clerk_desktop.server.repository.log_moving import LogMover
from clerk_desktop.server.repository.together import SharedCommits
from tests.workers.processes import wait_until


@dataclass
class Notebook:
    """A journal that is a database with a write-ahead log, and nothing else."""

    connection: sqlite3.Connection

    def begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def begin_change(self) -> None:
        self.connection.execute("SAVEPOINT change")

    def end_change(self) -> None:
        self.connection.execute("RELEASE change")

    def undo_change(self) -> bool:
        return False

    def commit(self) -> None:
        self.connection.execute("COMMIT")

    def roll_back(self) -> None:
        self.connection.rollback()


@dataclass
class Desk:
    """A database file, one connection that writes, and the mover of its log."""

    file: Path
    writer: sqlite3.Connection
    commits: SharedCommits
    mover: LogMover

    def note(self, text: str) -> None:
        with self.commits.change():
            self.writer.execute("INSERT INTO note VALUES (?)", (text,))
            self.mover.changed()

    def log_bytes(self) -> int:
        return self.file.with_name(self.file.name + "-wal").stat().st_size

    def without_log(self) -> list[str]:
        """Return what the database file holds by itself."""
        alone = self.file.with_name("alone.sqlite")
        shutil.copy(self.file, alone)
        connection = sqlite3.connect(alone)
        try:
            return [text for (text,) in connection.execute("SELECT text FROM note ORDER BY rowid")]
        finally:
            connection.close()


@contextmanager
def opened_desk(file: Path, pages: int) -> Iterator[Desk]:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        return connection

    writer = connect()
    writer.execute("CREATE TABLE note (text TEXT)")
    commits = SharedCommits(Notebook(writer))
    mover = LogMover(connect, commits, pages=pages)
    try:
        yield Desk(file, writer, commits, mover)
    finally:
        mover.close()
        writer.close()


def test_the_file_holds_what_the_log_held(tmp_path: Path) -> None:
    with opened_desk(tmp_path / "notes.sqlite", pages=1000) as desk:
        desk.note("Laterne")
        desk.mover.run_once()
        assert desk.without_log() == ["Laterne"]


def test_a_long_log_is_begun_anew(tmp_path: Path) -> None:
    with opened_desk(tmp_path / "notes.sqlite", pages=1) as desk:
        desk.note("x" * 100_000)
        desk.mover.run_once()
        longest = desk.log_bytes()
        for number in range(20):
            desk.note(str(number))
        assert desk.log_bytes() == longest


def test_a_writer_who_has_the_turn_is_waited_for(tmp_path: Path) -> None:
    with opened_desk(tmp_path / "notes.sqlite", pages=1) as desk:
        desk.note("first")
        moving = threading.Thread(target=desk.mover.run_once)
        with desk.commits.change():
            moving.start()
            desk.writer.execute("INSERT INTO note VALUES ('second')")
        moving.join(100)
        assert not moving.is_alive()
        assert desk.without_log() == ["first", "second"]


def test_many_changes_set_it_going_by_itself(tmp_path: Path) -> None:
    with opened_desk(tmp_path / "notes.sqlite", pages=1000) as desk:
        desk.writer.execute("PRAGMA synchronous = OFF")
        before = desk.file.stat().st_size
        for number in range(200):
            desk.note(str(number))
        wait_until(lambda: desk.file.stat().st_size > before)


def test_a_file_that_is_no_database_ends_no_thread(tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite"
    file.write_bytes(b"no database" * 1000)
    commits = SharedCommits(Notebook(sqlite3.connect(":memory:")))
    LogMover(lambda: sqlite3.connect(file), commits).run_once()
    assert file.read_bytes() == b"no database" * 1000
