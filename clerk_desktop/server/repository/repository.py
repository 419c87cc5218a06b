"""The repository of one data folder: opens it, keeps its types, hands out transactions, and fills it quickly.

One process serves a data folder; another may add users meanwhile. Rules of CMIS and rights are left to the callers.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clerk_desktop.backend.cmis.names import BaseType, CmisException
from clerk_desktop.server.faults import Fault
from clerk_desktop.server.repository.contents import Contents
from clerk_desktop.server.repository.database import Database, Transaction
from clerk_desktop.server.repository.objects import Objects
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.repository.schema import index_name, index_statement
from clerk_desktop.server.repository.writing import Writer
from clerk_desktop.server.rights import CASES, COUNTERS, ENTRANCE, INBOX, PROCESSES, TEMPLATES, zone_of
from clerk_desktop.server.types.definitions import TypeDefinition
from clerk_desktop.server.types.reading import type_from_json
from clerk_desktop.server.types.registry import TypeRegistry
from clerk_desktop.server.types.writing import type_to_json

SYSTEM = "system"
"""Who created what was there before any user."""


class Repository:
    """Database, content and types of one data folder. Safe to use from many threads."""

    def __init__(self, folder: Path, types: Iterable[TypeDefinition], *, at: int) -> None:
        """Open or create the repository; ``at`` is now, in milliseconds since 1970-01-01 UTC.

        Raises ``Fault`` (serviceUnavailable) when another process serves this folder.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _FolderLock(folder / "serving.lock")
        self.database = Database(folder / "repository.sqlite")
        self.contents = Contents(folder / "contents")
        self.types = TypeRegistry(types)
        with self.database.writing() as transaction:
            self.types = self.types.with_created(_created_types(transaction))
            if not transaction.integer("SELECT COUNT(*) FROM object"):
                self._insert_folder(transaction, None, "", at)
            _ensure_indexes(transaction, self.types)
        with self.database.reading() as transaction:
            objects = Objects(transaction, None)
            self.contents.forget_orphans(lambda ids: objects.refers_to_content(list(ids)))

    def ensure_folders(self, titles: Iterable[str], *, at: int) -> None:
        """Create the folders of the content model that are missing, for towns of these titles."""
        towns = list(titles)
        paths = [[INBOX], [CASES], [PROCESSES], [PROCESSES, "Statistik"], [TEMPLATES], [TEMPLATES, COUNTERS]]
        paths += [[top, title] for title in towns for top in (INBOX, CASES)]
        paths += [[PROCESSES, "Statistik", title] for title in towns]
        with self.database.writing() as transaction:
            objects = Objects(transaction, None)
            for path in paths:
                folder = objects.root()
                for name in path:
                    found = objects.child(folder, name)
                    folder = found or self._insert_folder(transaction, folder, name, at)

    def keep_types(self, transaction: Transaction, registry: TypeRegistry) -> None:
        """Keep the created types of a registry; it counts for everybody once the transaction is committed."""
        transaction.run("DELETE FROM created_type")
        for position, definition in enumerate(registry.created):
            text = json.dumps(type_to_json(registry, definition, with_properties=True), ensure_ascii=False)
            transaction.run("INSERT INTO created_type VALUES (?, ?, ?)", (position, definition.id, text))
        _ensure_indexes(transaction, registry)

        def use() -> None:
            self.types = registry

        transaction.when_committed(use)

    def close(self) -> None:
        """Close the database and let another process serve the folder. Nobody may be using the repository."""
        self.database.close()
        self._lock.release()

    def _insert_folder(self, transaction: Transaction, parent: StoredObject | None, name: str, at: int) -> StoredObject:
        names = [] if parent is None else [*Objects(transaction, None).names_up(parent), name]
        folder = StoredObject(
            id=uuid.uuid4().hex,
            base=BaseType.FOLDER,
            type=BaseType.FOLDER.value,
            parent=None if parent is None else parent.n,
            zone=zone_of(names) if names else ENTRANCE,
            name=name or "root",
            created_by=SYSTEM,
            created_at=at,
            modified_by=SYSTEM,
            modified_at=at,
            properties={},
        )
        return Writer(transaction, self.contents, at).insert(folder)


def _ensure_indexes(transaction: Transaction, registry: TypeRegistry) -> None:
    for property_id, definition in registry.stored_properties().items():
        if not definition.multiple and definition.queryable:
            _ensure_index(transaction, property_id)


def _ensure_index(transaction: Transaction, property_id: str) -> None:
    """Create the index on a property, also in place of one that an earlier version made otherwise."""
    name = index_name(property_id)
    alike = transaction.row(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND lower(name) = lower(?) AND name <> ?", (name, name)
    )
    if alike is not None:  # SQLite's names know no case, CMIS's do
        name = f"{name} {property_id.encode().hex()}"
    wanted = index_statement(property_id, name)
    found = transaction.row("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", (name,))
    if found is not None and found["sql"] != wanted:
        transaction.run(f'DROP INDEX "{name}"')
    if found is None or found["sql"] != wanted:
        transaction.run(wanted)


def _created_types(transaction: Transaction) -> list[TypeDefinition]:
    rows = transaction.rows("SELECT definition FROM created_type ORDER BY position")
    return [type_from_json(json.loads(row["definition"])) for row in rows]


class _FolderLock:
    """Held while a process serves a folder; the operating system frees it when the process ends, however it ends."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            self._connection.close()
            raise Fault(CmisException.SERVICE_UNAVAILABLE, "Another process serves this data folder.") from None

    def release(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.rollback()
        self._connection.close()


@contextmanager
def users_only(folder: Path) -> Iterator[Database]:
    """Open the database of a data folder for its users, whether or not another process serves it."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(folder / "repository.sqlite")
    try:
        yield database
    finally:
        database.close()
