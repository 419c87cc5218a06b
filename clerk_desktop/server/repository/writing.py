"""Writing objects: each change with its words for full text, its change-log entry and its zone, in one transaction.

It checks nothing but the uniqueness of names; what is allowed is decided by the callers. Content files that nobody
refers to any more are removed after the commit.
"""

from __future__ import annotations

from msgspec.structs import replace

from clerk_desktop.server.faults import name_taken
from clerk_desktop.server.repository.changes import ChangeKind, log
from clerk_desktop.server.repository.contents import Contents
from clerk_desktop.server.repository.database import DuplicateRow, SqlValue, Transaction
from clerk_desktop.server.repository.objects import Objects
from clerk_desktop.server.repository.rows import COLUMNS, Content, StoredObject, from_row, to_columns
from clerk_desktop.server.repository.small_contents import SmallContents, is_small
from clerk_desktop.server.repository.unread import UnreadTexts, may_have_text
from clerk_desktop.server.rights import RESERVED, name_key, zone_of, zone_of_relationship

_INSERT = f"INSERT INTO object({', '.join((*COLUMNS, 'name_key'))}) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"  # noqa: S608
_UPDATE = f"UPDATE object SET {', '.join(f'{name} = ?' for name in (*COLUMNS, 'name_key'))} WHERE n = ?"  # noqa: S608


class Writer:
    """Writes within one transaction. ``at`` is the time of the change in milliseconds since 1970-01-01 UTC."""

    def __init__(self, transaction: Transaction, contents: Contents, at: int) -> None:
        self._transaction = transaction
        self._contents = contents
        self._at = at
        self._objects = Objects(transaction, None)
        self.left_unread = False
        """Whether contents were written that full text does not know yet."""

    def insert(self, stored: StoredObject) -> StoredObject:
        """Store a new object and return it with its row number. Raises ``Fault`` (nameConstraintViolation)."""
        self._refuse_taken_name(stored)
        try:
            n = self._transaction.insert(_INSERT, (*to_columns(stored), name_key(stored.name)))
        except DuplicateRow:
            raise name_taken() from None
        self._transaction.run("INSERT INTO words(rowid, text) VALUES (?, ?)", (n, _words(stored)))
        self._mark_unread(stored.content, n)
        log(self._transaction, stored, ChangeKind.CREATED, self._at)
        return replace(stored, n=n)

    def update(self, before: StoredObject, after: StoredObject, *, told: bool = True) -> StoredObject:
        """Store a changed object with a new change token; ``told`` False leaves token and change log as they are."""
        refiled = (before.name, before.parent) != (after.name, after.parent)
        if refiled and after.parent is not None:
            after = replace(after, zone=zone_of(self._objects.names_up(after)))
        if refiled or before.listed != after.listed:
            self._refuse_taken_name(after)
        after = self._store(before, after, told=told)
        if refiled and after.is_folder:
            self._rezone_below(after)
        if before.content is not None and before.content != after.content:
            self._release(before.content.id)
        return after

    def _store(self, before: StoredObject, after: StoredObject, *, told: bool) -> StoredObject:
        if told:
            after = replace(after, token=before.token + 1)
        self._transaction.run(_UPDATE, (*to_columns(after), name_key(after.name), after.n))
        text = _words(after)
        if text != _words(before):
            self._transaction.run("UPDATE words SET text = ? WHERE rowid = ?", (text, after.n))
        if before.content != after.content:
            self._reread(after)
        if before.zone != after.zone:
            log(self._transaction, before, ChangeKind.DELETED, self._at, left=before.zone)
            self._rezone_relationships(after)
        if told:
            log(self._transaction, after, ChangeKind.UPDATED, self._at)
        return after

    def _reread(self, stored: StoredObject) -> None:
        self._transaction.run("UPDATE words SET body = NULL WHERE rowid = ?", (stored.n,))
        UnreadTexts(self._transaction).remove(stored.n)
        self._mark_unread(stored.content, stored.n)

    def _mark_unread(self, content: Content | None, n: int) -> None:
        if content is not None and may_have_text(content.media_type):
            UnreadTexts(self._transaction).add(n)
            self.left_unread = True

    def delete(self, stored: StoredObject) -> None:
        """Remove one object; a folder must be empty. Relationships to it are removed too."""
        for row in self._transaction.rows(
            "SELECT * FROM object WHERE source = ? OR target = ?", (stored.id, stored.id)
        ):
            self.delete(from_row(row))
        self._transaction.run("DELETE FROM object WHERE n = ?", (stored.n,))
        self._transaction.run("DELETE FROM words WHERE rowid = ?", (stored.n,))
        UnreadTexts(self._transaction).remove(stored.n)
        log(self._transaction, stored, ChangeKind.DELETED, self._at)
        if stored.content is not None:
            self._release(stored.content.id)

    def move(self, stored: StoredObject, folder: StoredObject, *, by: str) -> StoredObject:
        """File an object, all its versions included, in another folder."""
        for version in self._objects.versions(stored.series) if stored.series else []:
            if version.n != stored.n:
                self.update(version, replace(version, parent=folder.n), told=False)
        return self.update(stored, replace(stored, parent=folder.n, modified_by=by, modified_at=self._at))

    def mark_checked_out(self, series: str, by: str | None, working_copy: str | None) -> None:
        """Note on all versions of a series who checked it out, or that nobody has any more."""
        self._transaction.run(
            "UPDATE object SET checked_out_by = ?, checked_out_id = ? WHERE series = ?", (by, working_copy, series)
        )
        for version in self._objects.versions(series):
            if version.latest:
                log(self._transaction, version, ChangeKind.UPDATED, self._at)

    def _rezone_below(self, folder: StoredObject) -> None:
        """Give everything below a moved or renamed folder its new zone, and tell the readers of both zones."""
        names = self._objects.names_up(folder)
        for row in self._transaction.rows("SELECT * FROM object WHERE parent = ?", (folder.n,)):
            child = from_row(row)
            zone = zone_of([*names, child.name])
            if zone != child.zone:
                after = self._store(child, replace(child, zone=zone), told=True)
                if after.is_folder:
                    self._rezone_below(after)

    def _rezone_relationships(self, end: StoredObject) -> None:
        """Relationships lie where both of their ends can be read."""
        for row in self._transaction.rows("SELECT * FROM object WHERE source = ? OR target = ?", (end.id, end.id)):
            relationship = from_row(row)
            ends = [self._objects.by_id(object_id or "") for object_id in (relationship.source, relationship.target)]
            zone = zone_of_relationship(*(RESERVED if found is None else found.zone for found in ends))
            if zone != relationship.zone:
                self._store(relationship, replace(relationship, zone=zone), told=False)

    def _refuse_taken_name(self, stored: StoredObject) -> None:
        if stored.parent is None or not stored.listed:
            return
        taken = self._transaction.row(
            "SELECT n FROM object WHERE parent = ? AND name_key = ? AND listed = 1 AND n <> ?",
            (stored.parent, name_key(stored.name), stored.n),
        )
        if taken is not None:
            raise name_taken()

    def _release(self, content_id: str) -> None:
        if self._objects.refers_to_content([content_id]):
            return
        if is_small(content_id):
            SmallContents(self._transaction).remove(content_id)
        else:
            self._transaction.when_committed(lambda: self._contents.remove(content_id))


def _words(stored: StoredObject) -> str:
    found = [stored.name, stored.description or ""]
    if stored.content is not None:
        found.append(stored.content.file_name)
    for value in stored.properties.values():
        values: tuple[SqlValue, ...] = value if isinstance(value, tuple) else (value,)
        found.extend(item for item in values if isinstance(item, str))
    return name_key("\n".join(found))
