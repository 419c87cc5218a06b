"""Reads what can be read of a damaged database, and makes a whole one of it where nothing is missing.

Works on a copy, so that the damaged files stay as they were found. Every page proves itself, so what is read is right:
a page that was changed is not read at all. Indexes are not needed for reading, and are made anew, also those of words.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import apsw
import msgspec

from clerk_desktop.model.account import Account
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import AnnotationSetId, DocumentId
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.outbox import OutboxEntry
from clerk_desktop.model.salvage import Salvaged
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.migrate import Migration, migrate, schema_version
from clerk_desktop.store.outbox import COLUMNS, entry_of
from clerk_desktop.store.rows import RowShape
from clerk_desktop.store.wal import mend
from clerk_desktop.system.files import disk_full_named

T = TypeVar("T")
UNREADABLE = (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.SQLError)
# What searching needs is made anew from the rest, as when its schema came (0006_search.sql).
SEARCHED = re.compile(
    r"((case|document|page)_words(_\w+)?|case_keys|search_words|search_waiting|page_texts|read_contents)"
)
TO_BE_SEARCHED = """
    INSERT INTO search_waiting SELECT 'case', rowid FROM cases;
    INSERT INTO search_waiting SELECT 'document', rowid FROM documents;
"""
SEARCH_SCHEMA = 6
MARKS = "annotation_set_id, document_id, author, local"


class Salvage:
    """A copy of the damaged database in ``scratch``. Raises ``DiskFull``."""

    def __init__(self, file: DatabaseFile, scratch: Path) -> None:
        self._file = file
        self._new = scratch / "new.db"
        copy = scratch / file.path.name
        with disk_full_named():
            for path in _found(file):
                if not path.name.endswith("-shm"):
                    shutil.copyfile(path, scratch / path.name)
            mend(copy.with_name(file.log_path.name))
        self._connection = file.connect_bare(copy)
        self._incomplete: set[str] = set()

    def close(self) -> None:
        """End reading."""
        self._connection.close()

    def rebuilt(self, steps: tuple[Migration, ...]) -> Path | None:
        """Return a whole database with everything in it, None where a table could not be read to its end."""
        try:
            version = schema_version(self._connection)
            tables = [
                str(name)
                for (name,) in self._connection.execute(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name = 'sqlite_sequence', name"
                )
            ]
        except UNREADABLE:
            return None
        if not 0 < version <= len(steps):
            return None
        with closing(self._file.connect_bare(self._new)) as made:
            migrate(made, self._file, steps[:version])
            made.pragma("foreign_keys", False)
            with made, _without_triggers(made):
                if not all(self._copied(table, made) for table in tables if not SEARCHED.fullmatch(table)):
                    return None
                if version >= SEARCH_SCHEMA:
                    made.execute(TO_BE_SEARCHED)
            made.pragma("user_version", version)
            whole = made.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return self._new if whole else None

    def read(self) -> Salvaged:
        """Return the unsent work and what it speaks of, as far as it can be read."""
        outbox = self._rows("outbox", COLUMNS)
        marks = self._rows("annotation_sets", MARKS)
        found = Salvaged(
            outbox=tuple(entry for row in outbox if (entry := _understood(row)) is not None),
            cases=self._values("cases", Case),
            documents=self._values("documents", Document),
            events=self._values("events", Event),
            marks=tuple(
                AnnotationFile(
                    annotation_set_id=AnnotationSetId(set_id),
                    document_id=DocumentId(document),
                    author=author,
                    content=local,
                )
                for set_id, document, author, local in marks
                if local is not None
            ),
            folders=self._values("folders", ScanFolder),
            account=next(iter(self._values("account", Account)), None),
            secrets=dict(self._rows("secrets", "name, secret", key="name")),
        )
        spoken_of = {"outbox", "annotation_sets", "cases", "documents", "events"}
        return replace(found, complete=not spoken_of & self._incomplete)

    def _copied(self, table: str, made: apsw.Connection) -> bool:
        try:
            columns = [str(row[1]) for row in self._connection.execute(f"PRAGMA table_info({table})")]
            rows = self._connection.execute(f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED")  # noqa: S608
            places = ", ".join("?" * len(columns))
            made.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
            made.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608
        except UNREADABLE:
            return False
        return True

    def _values(self, table: str, kind: type[T]) -> tuple[T, ...]:
        form = RowShape(kind)
        return tuple(form.value(row) for row in self._rows(table, form.names))

    def _rows(self, table: str, columns: str, *, key: str = "rowid") -> list[tuple[Any, ...]]:
        """Return the rows from the front up to the first page that is damaged, and those from the end."""
        found: dict[Any, tuple[Any, ...]] = {}
        for order in ("ASC", "DESC"):
            sql = f"SELECT {key}, {columns} FROM {table} NOT INDEXED ORDER BY {key} {order}"  # noqa: S608 - ours
            try:
                for number, *row in self._connection.execute(sql):
                    found[number] = tuple(row)
            except UNREADABLE:
                self._incomplete.add(table)
            else:
                break
        return [found[number] for number in sorted(found)]


@contextmanager
def salvage(file: DatabaseFile) -> Iterator[Salvage]:
    """Open a damaged database for reading. Raises ``DiskFull``."""
    scratch = file.folder / ".salvage"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    try:
        with closing(Salvage(file, scratch)) as opened:
            yield opened
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _without_triggers(connection: apsw.Connection) -> Iterator[None]:
    """Let rows go that a table keeps for ever: those that its making put in come again with all others."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.execute(str(sql))


def _found(file: DatabaseFile) -> tuple[Path, ...]:
    """Return the files as the damage was found: SQLite throws a log away once it has read what it could of it."""
    damage = file.damage()
    if damage is not None and damage.log_only:
        return DatabaseFile(file.folder / damage.kept, file.keys).files()
    return file.files()


def _understood(row: tuple[Any, ...]) -> OutboxEntry | None:
    """Return the operation of a row, None for one that another version of the program wrote."""
    try:
        return entry_of(row)
    except (KeyError, ValueError, msgspec.MsgspecError):
        return None
