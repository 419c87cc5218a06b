"""Filling a repository quickly, from the side of the program: sample data, benchmarks.

Rights do not count here and rules of types are not checked; rows, words, zones and change log are written as always.
One transaction per some thousand objects, and content is kept once for all documents with the same bytes; a content is
held in memory, so this is not the way for large ones.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from clerk_desktop.backend.cmis.names import BaseType, Property
from clerk_desktop.server.faults import not_found
from clerk_desktop.server.repository.contents import Contents
from clerk_desktop.server.repository.database import Transaction
from clerk_desktop.server.repository.objects import Objects
from clerk_desktop.server.repository.repository import Repository
from clerk_desktop.server.repository.rows import Content, StoredObject
from clerk_desktop.server.repository.small_contents import SmallContents
from clerk_desktop.server.repository.writing import Writer
from clerk_desktop.server.rights import zone_of
from clerk_desktop.server.types.definitions import Values
from clerk_desktop.server.types.registry import TypeRegistry

_BATCH = 5000
"""Objects per transaction."""


@contextmanager
def import_session(repository: Repository, *, at: int, by: str = "system") -> Iterator[Seed]:
    """Give a ``Seed`` whose objects are created ``at`` (milliseconds since 1970-01-01 UTC) by the user ``by``.

    Batches are kept as they fill; the last one when the block ends without an exception.
    """
    seed = Seed(repository, at=at, by=by)
    try:
        yield seed
        seed.keep()
    finally:
        seed.give_up()
    repository.contents.force_all()
    repository.database.optimise()


class Seed:
    """Creates folders and documents by path. Paths are names joined by ``/``, without the root."""

    def __init__(self, repository: Repository, *, at: int, by: str) -> None:
        self._repository = repository
        self._at = at
        self._by = by
        self._folders: dict[str, StoredObject] = {}
        self._contents: dict[str, str] = {}
        self._open: _Batch | None = None

    def folder(self, path: str, type_id: str = BaseType.FOLDER, properties: Mapping[str, Values] | None = None) -> str:
        """Create a folder and return its id; one that exists is left as it is. Its parents must exist.

        Raises ``Fault`` (objectNotFound) for an unknown type or parent.
        """
        known = self._find(path)
        if known is not None:
            return known.id
        parent_path, _, name = path.strip("/").rpartition("/")
        stored = self._stored(parent_path, name, BaseType.FOLDER, type_id, properties or {})
        stored = self._batch().writer.insert(stored)
        self._folders[path.strip("/")] = stored
        return stored.id

    def document(
        self,
        parent_path: str,
        type_id: str,
        name: str,
        properties: Mapping[str, Values],
        content: Iterable[bytes] | None = None,
        media_type: str = "application/pdf",
    ) -> str:
        """Create a document, in version 1.0 if its type has versions, and return its id.

        Raises ``Fault``: objectNotFound for an unknown type or folder, nameConstraintViolation for a taken name.
        """
        versionable = self._types.get(type_id).versionable
        stored = self._stored(
            parent_path,
            name,
            BaseType.DOCUMENT,
            type_id,
            properties,
            content=None if content is None else self._content(content, media_type, name),
            label="1.0" if versionable else None,
        )
        return self._batch().writer.insert(stored).id

    def keep(self) -> None:
        """Commit what was created so far."""
        if self._open is not None:
            self._open.commit()
            self._open = None

    def give_up(self) -> None:
        """Drop what was not committed."""
        if self._open is not None:
            self._open.roll_back()
            self._open = None

    @property
    def _types(self) -> TypeRegistry:
        return self._repository.types

    def _batch(self) -> _Batch:
        if self._open is not None and self._open.count >= _BATCH:
            self.keep()
        if self._open is None:
            self._open = _Batch(self._repository, self._at)
        self._open.count += 1
        return self._open

    def _find(self, path: str) -> StoredObject | None:
        key = path.strip("/")
        if key not in self._folders:
            objects = self._batch().objects
            found: StoredObject | None = objects.root()
            for name in key.split("/") if key else []:
                found = objects.child(found, name) if found is not None else None
            if found is None:
                return None
            self._folders[key] = found
        return self._folders[key]

    def _stored(
        self,
        parent_path: str,
        name: str,
        base: BaseType,
        type_id: str,
        properties: Mapping[str, Values],
        *,
        content: Content | None = None,
        label: str | None = None,
    ) -> StoredObject:
        parent = self._find(parent_path)
        if parent is None:
            raise not_found(f"There is no folder {parent_path}.")
        document = base is BaseType.DOCUMENT
        description = properties.get(Property.DESCRIPTION)
        return StoredObject(
            id=uuid.uuid4().hex,
            base=base,
            type=self._types.get(type_id).id,
            parent=parent.n,
            zone=zone_of([*(part for part in parent_path.split("/") if part), name]),
            name=name,
            description=description if isinstance(description, str) else None,
            created_by=self._by,
            created_at=self._at,
            modified_by=self._by,
            modified_at=self._at,
            series=uuid.uuid4().hex if document else None,
            major=document,
            latest_major=document,
            label=label,
            content=content,
            properties={
                key: value for key, value in properties.items() if value is not None and not key.startswith("cmis:")
            },
        )

    def _content(self, chunks: Iterable[bytes], media_type: str, name: str) -> Content:
        contents: Contents = self._repository.contents
        whole = b"".join(chunks)
        sha256 = hashlib.sha256(whole).hexdigest()
        if sha256 not in self._contents:
            with contents.receive(durable=False) as receiver:
                receiver.write(whole)
                received = receiver.finish(media_type, name)
            if received.file is None:
                self._contents[sha256] = self._batch().small.put(received.data)
            else:
                self._contents[sha256] = contents.place(received.file, durable=False)
        return Content(
            id=self._contents[sha256], length=len(whole), media_type=media_type, file_name=name, sha256=sha256
        )


class _Batch:
    """One writing transaction that stays open over many calls."""

    def __init__(self, repository: Repository, at: int) -> None:
        self._context = repository.database.writing()
        self._transaction: Transaction = self._context.__enter__()
        self.objects = Objects(self._transaction, None)
        self.writer = Writer(self._transaction, repository.contents, at)
        self.small = SmallContents(self._transaction)
        self.count = 0

    def commit(self) -> None:
        self._context.__exit__(None, None, None)

    def roll_back(self) -> None:
        reason = _GivenUp()
        try:
            self._context.__exit__(_GivenUp, reason, None)
        except _GivenUp:
            return


class _GivenUp(Exception):
    """A batch was not finished."""
