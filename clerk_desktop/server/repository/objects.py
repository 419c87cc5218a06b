"""Finding objects: by id, by name, in folders, as versions and along relationships.

Lists take the zones that may be read and leave the rest out; finding by id or name does not, that is decided by the
caller (``session``), who must not tell that a foreign object exists.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from clerk_desktop.server.repository.columns import has_own_index, order_expression
from clerk_desktop.server.repository.database import SqlValue, Transaction
from clerk_desktop.server.repository.rows import StoredObject, from_row, from_rows
from clerk_desktop.server.rights import Zone, name_key


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Which part of a list is wanted, and in which order: pairs of property id and whether descending."""

    limit: int
    skip: int = 0
    order: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """One page of a list and the number of all its members."""

    objects: tuple[StoredObject, ...]
    total: int

    def has_more(self, page: Page) -> bool:
        """Whether there are members after this page."""
        return page.skip + len(self.objects) < self.total


class Objects:
    """Reads objects within one transaction. ``zones`` None means no limit."""

    def __init__(self, transaction: Transaction, zones: Sequence[Zone] | None) -> None:
        self._transaction = transaction
        self._zones = zones

    def by_id(self, object_id: str) -> StoredObject | None:
        """Return the object of an id, in any zone."""
        return self._one("SELECT * FROM object WHERE id = ?", (object_id,))

    def by_row(self, n: int) -> StoredObject:
        """Return the object of a row number, in any zone."""
        found = self._one("SELECT * FROM object WHERE n = ?", (n,))
        assert found is not None
        return found

    def root(self) -> StoredObject:
        """Return the root folder."""
        found = self._one("SELECT * FROM object WHERE n = 1", ())
        assert found is not None, "the repository has no root folder yet"
        return found

    def child(self, folder: StoredObject, name: str) -> StoredObject | None:
        """Return the child of that name, letter case aside, in any zone."""
        return self._one(
            "SELECT * FROM object WHERE parent = ? AND name_key = ? AND listed = 1", (folder.n, name_key(name))
        )

    def names_up(self, stored: StoredObject) -> list[str]:
        """Return the names from below the root down to the object; empty for the root and for unfiled objects."""
        if stored.parent is None:
            return []
        rows = self._transaction.rows(
            "WITH RECURSIVE up(parent, name, depth) AS ("
            " SELECT parent, name, 0 FROM object WHERE n = ?"
            " UNION ALL SELECT o.parent, o.name, depth + 1 FROM object o JOIN up ON o.n = up.parent)"
            " SELECT name FROM up WHERE parent IS NOT NULL ORDER BY depth DESC",
            (stored.parent,),
        )
        return [*(row["name"] for row in rows), stored.name]

    def children(self, folder: StoredObject, page: Page, *, folders_only: bool = False) -> Listing:
        """Return the children of a folder that may be read."""
        only = " AND o.base = 'cmis:folder'" if folders_only else ""
        return self._listing(f"o.parent = ? AND o.listed = 1{only}", (folder.n,), page)

    def is_empty(self, folder: StoredObject) -> bool:
        """Whether a folder has no children at all, readable or not."""
        return self._transaction.row("SELECT 1 FROM object WHERE parent = ? LIMIT 1", (folder.n,)) is None

    def is_within(self, stored: StoredObject, folder: StoredObject) -> bool:
        """Whether a folder is the other one or lies somewhere in it."""
        current = stored
        while current.n != folder.n:
            if current.parent is None:
                return False
            current = self.by_row(current.parent)
        return True

    def versions(self, series: str) -> list[StoredObject]:
        """Return all versions of a series, newest first; a working copy is the newest."""
        return self._many("SELECT * FROM object WHERE series = ? ORDER BY n DESC", (series,))

    def working_copies(self, folder: StoredObject | None, page: Page) -> Listing:
        """Return the working copies, of a folder or of the whole repository, that may be read."""
        if folder is None:
            return self._listing("o.working_copy = 1", (), page)
        return self._listing("o.working_copy = 1 AND o.parent = ?", (folder.n,), page)

    def relationships(
        self, stored: StoredObject, *, source: bool, target: bool, types: Sequence[str], page: Page
    ) -> Listing:
        """Return the relationships of these types in which an object is source or target and that may be read."""
        directions = [name for name, wanted in (("o.source = ?", source), ("o.target = ?", target)) if wanted]
        marks = ", ".join("?" * len(types))
        where = f"({' OR '.join(directions)}) AND o.type IN ({marks})"
        return self._listing(where, (*([stored.id] * len(directions)), *types), page)

    def type_is_used(self, type_id: str) -> bool:
        """Whether any object is of a type or has it attached."""
        return (
            self._transaction.row(
                "SELECT 1 FROM object WHERE type = ?"
                " OR EXISTS (SELECT 1 FROM json_each(secondary) attached WHERE attached.value = ?) LIMIT 1",
                (type_id, type_id),
            )
            is not None
        )

    def refers_to_content(self, content_ids: Sequence[str]) -> set[str]:
        """Return those of the content ids that objects refer to."""
        found: set[str] = set()
        for start in range(0, len(content_ids), 500):
            part = content_ids[start : start + 500]
            marks = ", ".join("?" * len(part))
            rows = self._transaction.rows(f"SELECT content FROM object WHERE content IN ({marks})", part)  # noqa: S608
            found.update(row["content"] for row in rows)
        return found

    def select(self, where: str, parameters: Sequence[SqlValue], page: Page) -> Listing:
        """Return readable objects by a condition that ``searching`` has built."""
        return self._listing(where, parameters, page)

    def _listing(self, where: str, parameters: Sequence[SqlValue], page: Page) -> Listing:
        limited, all_parameters = where, [*parameters]
        if self._zones is not None:
            limited = f"({where}) AND o.zone IN ({', '.join('?' * len(self._zones))})"
            all_parameters.extend(self._zones)
        objects = tuple(from_rows(self._sorted(limited, all_parameters, page)))
        total = page.skip + len(objects)
        if len(objects) == page.limit or (page.skip and not objects):
            total = self._count(limited, all_parameters)
        return Listing(objects=objects, total=total)

    def _sorted(self, where: str, parameters: Sequence[SqlValue], page: Page) -> list[sqlite3.Row]:
        if not page.order or not has_own_index(page.order[0][0]):
            order = _order(page.order) if page.order else "o.name_key, o.n"
            return self._part(where, parameters, order, page.limit, page.skip)
        # those with a value come from its index, the others beside it; NULL is the least of all values
        first, descending = page.order[0]
        value = order_expression(first)
        parts = [(f"{value} IS NOT NULL", page.order), (f"{value} IS NULL", page.order[1:])]
        rows: list[sqlite3.Row] = []
        skip = page.skip
        for condition, keys in parts if descending else reversed(parts):
            limited = f"({where}) AND {condition}"
            found = self._part(limited, parameters, _order(keys), page.limit - len(rows), skip)
            rows += found
            if len(rows) == page.limit:
                break
            skip = 0 if found or not skip else skip - self._count(limited, parameters)
        return rows

    def _part(self, where: str, parameters: Sequence[SqlValue], order: str, limit: int, skip: int) -> list[sqlite3.Row]:
        statement = f"SELECT o.* FROM object o WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        return self._transaction.rows(statement, (*parameters, limit, skip))

    def _count(self, where: str, parameters: Sequence[SqlValue]) -> int:
        return self._transaction.integer(f"SELECT COUNT(*) FROM object o WHERE {where}", parameters)  # noqa: S608

    def _one(self, sql: str, parameters: Sequence[SqlValue]) -> StoredObject | None:
        row = self._transaction.row(sql, parameters)
        return None if row is None else from_row(row)

    def _many(self, sql: str, parameters: Sequence[SqlValue]) -> list[StoredObject]:
        return from_rows(self._transaction.rows(sql, parameters))


def _order(keys: Sequence[tuple[str, bool]]) -> str:
    parts = [f"{order_expression(property_id)} {'DESC' if descending else 'ASC'}" for property_id, descending in keys]
    return ", ".join([*parts, "o.n"])
