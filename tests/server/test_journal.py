"""A change that cannot be undone because the disk fails blocks no later one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clerk_desktop.server.repository.journal import SqliteJournal
from clerk_desktop.server.repository.together import SharedCommits


class Jamming(sqlite3.Connection):
    """A connection that cannot roll back while it ``jams``."""

    jams = False

    def rollback(self) -> None:
        if self.jams:
            raise sqlite3.OperationalError("disk I/O error")
        super().rollback()


@pytest.mark.parametrize("lasting", [False, True])
def test_a_rollback_that_fails_blocks_no_later_change_and_what_was_not_undone_is_never_kept(
    tmp_path: Path, *, lasting: bool
) -> None:
    opened: list[Jamming] = []

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(tmp_path / "data", isolation_level=None, factory=Jamming)
        opened.append(connection)
        return connection

    journal = SqliteJournal(connect)
    commits = SharedCommits(journal)
    with commits.change():
        journal.connection.execute("CREATE TABLE note(text)")
    with pytest.raises(sqlite3.OperationalError), commits.change():
        journal.connection.execute("INSERT INTO note VALUES ('half')")
        opened[0].jams = True
        raise KeyError
    opened[0].jams = lasting
    with commits.change():
        journal.connection.execute("INSERT INTO note VALUES ('whole')")
    journal.close()
    with closing(sqlite3.connect(tmp_path / "data")) as reader:
        assert reader.execute("SELECT text FROM note").fetchall() == [("whole",)]
