"""One request's view of the repository, with the rights of its user: the only door through which objects are reached.

What may not be read is answered exactly like what does not exist (objectNotFound), so that nobody learns of it.
Actions and selectors get objects from here and nowhere else.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from typing import BinaryIO

from clerk_desktop.server.faults import constraint, denied, invalid, not_found
from clerk_desktop.server.repository.changes import ChangeLog
from clerk_desktop.server.repository.contents import Contents, Received
from clerk_desktop.server.repository.database import Transaction
from clerk_desktop.server.repository.objects import Objects
from clerk_desktop.server.repository.repository import Repository
from clerk_desktop.server.repository.rows import Content, StoredObject
from clerk_desktop.server.repository.small_contents import SmallContents
from clerk_desktop.server.repository.writing import Writer
from clerk_desktop.server.rights import Rights, User, rights_of, zone_of
from clerk_desktop.server.types.registry import TypeRegistry

_MAX_DEPTH = 100
"""Folders within folders."""


class Session:
    """What one user sees and may do within one transaction. ``now`` in milliseconds since 1970-01-01 UTC."""

    def __init__(self, repository: Repository, transaction: Transaction, user: User, *, now: int) -> None:
        self.user = user
        self.rights: Rights = rights_of(user)
        self.now = now
        self.objects = Objects(transaction, self.rights.readable)
        self.changes = ChangeLog(transaction, self.rights.readable)
        self.writer = Writer(transaction, repository.contents, now)
        self._everything = Objects(transaction, None)
        self._repository = repository
        self._transaction = transaction
        self._placed: list[str] = []
        self._small = SmallContents(transaction)

    @property
    def types(self) -> TypeRegistry:
        """The types as they are for this request."""
        return self._repository.types

    @property
    def contents(self) -> Contents:
        """The content files."""
        return self._repository.contents

    def find(self, object_id: str) -> StoredObject | None:
        """Return an object that may be read, or None."""
        found = self.objects.by_id(object_id)
        return found if found is not None and self.may_read(found) else None

    def get(self, object_id: str) -> StoredObject:
        """Return an object that may be read. Raises ``Fault`` (objectNotFound)."""
        found = self.find(object_id)
        if found is None:
            raise not_found()
        return found

    def folder(self, object_id: str) -> StoredObject:
        """Return a folder that may be read. Raises ``Fault`` (objectNotFound, invalidArgument)."""
        found = self.get(object_id)
        if not found.is_folder:
            raise invalid("This is not a folder.")
        return found

    def at_path(self, names: Sequence[str]) -> StoredObject:
        """Return the object at a path from the root. Raises ``Fault`` (objectNotFound)."""
        found = self.objects.root()
        for name in names:
            below = self.objects.child(found, name)
            if below is None or not self.may_read(below):
                raise not_found()
            found = below
        return found

    def parent_of(self, stored: StoredObject) -> StoredObject | None:
        """Return the folder an object is filed in; None for the root and unfiled objects."""
        return None if stored.parent is None else self.objects.by_row(stored.parent)

    def may_read(self, stored: StoredObject) -> bool:
        """Whether the user may know of an object."""
        return self.rights.may_read(stored.zone)

    def may_change(self, stored: StoredObject) -> bool:
        """Whether the user may change, move or delete an object.

        The folders that the zones begin with (a town's own folder, the one for counters) belong to the zone above.
        """
        parent = self.parent_of(stored)
        above = stored.zone if parent is None else parent.zone
        return self.rights.may_write(stored.zone) and self.rights.may_write(above)

    def may_fill(self, folder: StoredObject) -> bool:
        """Whether the user may create something in a folder."""
        return self.rights.may_write(folder.zone)

    def require_change(self, stored: StoredObject) -> None:
        """Raise ``Fault`` (permissionDenied) when the user may not change an object."""
        if not self.may_change(stored):
            raise denied()

    def require_fill(self, folder: StoredObject) -> None:
        """Raise ``Fault`` when nothing may be created in a folder by this user, or nothing at all so deep."""
        if not self.may_fill(folder):
            raise denied()
        if len(self.objects.names_up(folder)) >= _MAX_DEPTH:
            raise constraint("Folders must not be nested deeper.")

    def require_admin(self) -> None:
        """Raise ``Fault`` (permissionDenied) for everybody but administrators."""
        if not self.user.is_admin:
            raise denied()

    def require_writable_place(self, folder: StoredObject, name: str) -> None:
        """Raise ``Fault`` when an object of that name in that folder would be out of the user's own reach."""
        if not self.rights.may_write(zone_of([*self.objects.names_up(folder), name])):
            raise denied()

    def is_empty(self, folder: StoredObject) -> bool:
        """Whether a folder has no children, foreign ones included."""
        return self._everything.is_empty(folder)

    def place(self, received: Received) -> Content:
        """Give received content its place; it is removed again by ``abandon``."""
        if received.file is None:
            content_id = self._small.put(received.data)
        else:
            content_id = self.contents.place(received.file)
            self._placed.append(content_id)
        return Content(
            id=content_id,
            length=received.length,
            media_type=received.media_type,
            file_name=received.file_name,
            sha256=received.sha256,
        )

    def open(self, content: Content) -> BinaryIO:
        """Open content for reading; it may be read when the transaction has ended."""
        small = self._small.get(content.id)
        return self.contents.open(content.id) if small is None else io.BytesIO(small)

    def abandon(self) -> None:
        """Remove the content files of a request that failed."""
        for content_id in self._placed:
            self.contents.remove(content_id)

    def keep_types(self, registry: TypeRegistry) -> None:
        """Make these the types of the repository."""
        self._repository.keep_types(self._transaction, registry)

    def type_is_used(self, type_id: str) -> bool:
        """Whether objects of a type exist."""
        return self._everything.type_is_used(type_id)

    @staticmethod
    def new_id() -> str:
        """Return an id that no object ever had."""
        return uuid.uuid4().hex
