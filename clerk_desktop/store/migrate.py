"""Brings a database to the newest schema: numbered SQL files, each in a transaction, a backup before the first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import apsw

from clerk_desktop.model.errors import StoreTooNew
from clerk_desktop.store.database import DatabaseFile

SCHEMA = Path(__file__).parent / "schema"
NUMBERED = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: from schema ``number - 1`` to ``number``."""

    number: int
    sql: str


def migrations() -> tuple[Migration, ...]:
    """Return the steps that this program knows, in order, without gaps."""
    found = []
    for place in SCHEMA.iterdir():
        if match := NUMBERED.fullmatch(place.name):
            found.append(Migration(int(match[1]), place.read_text(encoding="utf-8")))
    found.sort(key=lambda step: step.number)
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise ValueError("the schema files are not numbered 1, 2, 3 …")
    return tuple(found)


def schema_version(connection: apsw.Connection) -> int:
    """Return the schema number of a database, 0 for an empty one."""
    return int(connection.pragma("user_version"))


def migrate(connection: apsw.Connection, file: DatabaseFile, steps: tuple[Migration, ...]) -> int:
    """Bring the database to the last step; returns how many steps were taken.

    All steps are one transaction: a crash leaves the old schema. Raises ``StoreTooNew`` when a newer program wrote
    the database; nothing is changed then.
    """
    newest = len(steps)
    if schema_version(connection) == newest:
        return 0
    # a step may rebuild a table that others point to (https://sqlite.org/lang_altertable.html, section 7)
    connection.pragma("foreign_keys", False)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        version = schema_version(connection)  # another process may have been faster
        if version > newest:
            raise StoreTooNew
        if 0 < version < newest:
            file.backup(f"backup-{version:04}.db")
        for step in steps[version:]:
            connection.execute(step.sql)
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise ValueError("a migration broke a reference")
        connection.pragma("user_version", newest)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.pragma("foreign_keys", True)
    return newest - version
