"""Listing everything that is visible, in as few requests as the server allows.

A query would need one request per type, but cannot tell where a document lies; ``descendants`` of each filing plan
entry tells both. Where a server has no such service, or an entry holds more than one answer may bring, the folders
are listed one by one. What changes while the listing runs is in the change log after the token read before it.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from clerk_desktop.backend.cmis import naming, translation, wire
from clerk_desktop.backend.cmis.annotations import Annotations
from clerk_desktop.backend.cmis.folders import Folder, Folders
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import BaseType, Property
from clerk_desktop.backend.cmis.repository import Place, Repository, Tree
from clerk_desktop.backend.cmis.translation import Kind
from clerk_desktop.backend.cmis.wire import Properties
from clerk_desktop.model.errors import BadAnswer, Missing
from clerk_desktop.model.remote import RemoteObject, RemoteRef, Strategy

PAGE = 4000
DEPTH = 50
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What one object of a folder was: what is taken in of it, and the id of a folder to look into, else ""."""

    objects: tuple[RemoteObject, ...] = ()
    folder_id: str = ""


class Listing:
    """Walks the folders of all visible municipalities."""

    def __init__(
        self,
        repository: Repository,
        mapping: Mapping,
        folders: Folders,
        strategy: Strategy,
        annotations: Annotations,
    ) -> None:
        self._repository = repository
        self._mapping = mapping
        self._folders = folders
        self._strategy = strategy
        self._annotations = annotations
        self._filter = translation.property_filter(mapping)

    def everything(self) -> Iterator[tuple[RemoteObject, ...]]:
        """Yield all cases, documents and events in pages, each parent before what lies in it."""
        objects = self._objects(set())
        while page := tuple(islice(objects, PAGE)):
            yield page

    def lying_in(self, folder_id: str) -> tuple[RemoteRef, ...]:
        """Return of everything of ours directly in a folder where it is and in which state. Raises ``Missing``."""
        pages = self._repository.children(Place(object_id=folder_id), ",".join(translation.REFERENCE))
        return tuple(
            translation.reference(properties, folder_id)
            for page in pages
            for properties in page
            if translation.kind_of(properties, self._mapping) is not Kind.FOREIGN
        )

    def _objects(self, walked: set[str]) -> Iterator[RemoteObject]:
        """Walk each folder once, whatever the server says about what lies in it; ``walked`` are their ids."""
        for municipality, folder in self._towns(self._mapping.paths.cases):
            for properties in self._children(folder.folder_id):
                taken = self._taken(properties, folder.folder_id, municipality)
                yield from taken.objects
                if taken.folder_id:
                    yield from self._below(taken.folder_id, municipality, walked)
        for municipality, folder in self._towns(self._mapping.paths.inbox):
            for properties in self._children(folder.folder_id):
                yield from self._taken(properties, folder.folder_id, municipality).objects

    def _towns(self, pattern: str) -> Iterator[tuple[str, Folder]]:
        """Yield key and folder of each municipality that may be seen."""
        if "{municipality}" not in pattern:
            single = self._folders.found(pattern)
            if single is not None:
                yield "", single
            return
        above = self._folders.found(posixpath.dirname(pattern))
        if above is not None:
            for name, folder in self._folders.subfolders(above):
                yield naming.municipality_key(name), folder

    def _below(self, folder_id: str, municipality: str, walked: set[str]) -> Iterator[RemoteObject]:
        waiting = [folder_id]
        while waiting:
            current = waiting.pop()
            if current in walked:
                continue
            walked.add(current)
            tree = self._tree(current)
            if tree is not None:
                for entry in tree.entries:
                    yield from self._entry(tree, entry, current, municipality)
                continue
            for properties in self._children(current):
                taken = self._taken(properties, current, municipality)
                yield from taken.objects
                if taken.folder_id:
                    waiting.append(taken.folder_id)

    def _tree(self, folder_id: str) -> Tree | None:
        """Return what lies below a folder, None where the folders must be listed one by one."""
        if self._strategy is not Strategy.DESCENDANTS:
            return None
        try:
            return self._repository.descendants(folder_id, self._filter)
        except Missing:
            return Tree()  # deleted since its parent was listed

    def _entry(
        self, tree: Tree, entry: wire.TreeEntry, parent_id: str, municipality: str, depth: int = 0
    ) -> Iterator[RemoteObject]:
        if depth > DEPTH:
            raise BadAnswer(what="depth")
        properties = self._repository.entry(entry, tree)
        taken = self._taken(properties, parent_id, municipality)
        yield from taken.objects
        if taken.folder_id:
            for child in entry.children or ():
                yield from self._entry(tree, child, taken.folder_id, municipality, depth + 1)

    def _children(self, folder_id: str) -> Iterator[Properties]:
        try:
            for page in self._repository.children(Place(object_id=folder_id), self._filter):
                yield from page
        except Missing:
            return  # deleted since its parent was listed

    def _taken(self, properties: Properties, parent_id: str, municipality: str) -> Taken:
        """Read one object. One that somebody damaged keeps no other from being listed but those in it: without their
        case they would seem to belong to none.
        """
        try:
            taken = self._read(properties, parent_id, municipality)
            folder_id = translation.object_id(properties) if _is_folder(properties) else ""
        except BadAnswer:
            log.warning("one object cannot be read", extra={"action": "list"})
            return Taken()
        if taken is Kind.ANNOTATIONS:
            return Taken(objects=(self._annotations.read(properties, parent_id),), folder_id=folder_id)
        return Taken(objects=() if taken is None else (taken,), folder_id=folder_id)

    def _read(
        self, properties: Properties, parent_id: str, municipality: str
    ) -> RemoteObject | Literal[Kind.ANNOTATIONS] | None:
        """Return an object of ours, None for any other; of marks, whose content is to be asked for, the kind."""
        match translation.kind_of(properties, self._mapping):
            case Kind.CASE:
                return translation.to_case(properties, self._mapping, parent_id)
            case Kind.DOCUMENT:
                return translation.to_document(properties, self._mapping, parent_id, municipality)
            case Kind.EVENT:
                return translation.to_event(properties, self._mapping, parent_id)
            case Kind.ANNOTATIONS:
                return Kind.ANNOTATIONS
            case Kind.FOREIGN:
                return None


def _is_folder(properties: Properties) -> bool:
    return wire.text(properties, Property.BASE_TYPE_ID) == BaseType.FOLDER
