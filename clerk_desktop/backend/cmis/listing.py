"""Listing everything that is visible, in as few requests as the server allows.

A query would need one request per type, but cannot tell where a document lies; ``descendants`` of each filing plan
entry tells both. Where a server has no such service, or an entry holds more than one answer may bring, the folders
are listed one by one. What changes while the listing runs is in the change log after the token read before it.

A thread asks ahead; what a tree says is read by who takes it in.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from clerk_desktop.backend.ahead import Ahead
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

PAGE, LARGEST_PAGE = 4000, 8000
"""A page has so many objects, and more where the next answer is at hand already."""
ROOM = 8 * 1024 * 1024
"""Bytes of answers that are kept ready."""
OBJECT = 1024
"""Bytes that an object is taken for."""
DEPTH = 50
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What one object of a folder was: what is taken in of it, and the id of a folder to look into, else ""."""

    objects: tuple[RemoteObject, ...] = ()
    folder_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answer:
    """What came of one answer, ``size`` in bytes; objects of a tree are read when they are asked for."""

    objects: Iterable[RemoteObject]
    size: int


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
        found: list[RemoteObject] = []
        with Ahead(self._answers(set()), ROOM, lambda answer: answer.size) as answers:
            for answer in answers:
                for remote in answer.objects:
                    found.append(remote)
                    if len(found) == LARGEST_PAGE:
                        yield _emptied(found)
                if len(found) >= PAGE and not answers.at_hand():
                    yield _emptied(found)
        if found:
            yield _emptied(found)

    def lying_in(self, folder_id: str) -> tuple[RemoteRef, ...]:
        """Return of everything of ours directly in a folder where it is and in which state. Raises ``Missing``."""
        pages = self._repository.children(Place(object_id=folder_id), ",".join(translation.REFERENCE))
        return tuple(
            translation.reference(properties, folder_id)
            for page in pages
            for properties in page
            if translation.kind_of(properties, self._mapping) is not Kind.FOREIGN
        )

    def _answers(self, walked: set[str]) -> Iterator[_Answer]:
        """Walk each folder once, whatever the server says about what lies in it; ``walked`` are their ids."""
        for municipality, folder in self._towns(self._mapping.paths.cases):
            for taken in self._lying_in(folder.folder_id, municipality):
                yield _told(taken)
                for each in taken:
                    if each.folder_id:
                        yield from self._below(each.folder_id, municipality, walked)
        for municipality, folder in self._towns(self._mapping.paths.inbox):
            for taken in self._lying_in(folder.folder_id, municipality):
                yield _told(taken)

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

    def _below(self, folder_id: str, municipality: str, walked: set[str]) -> Iterator[_Answer]:
        waiting = [folder_id]
        while waiting:
            current = waiting.pop()
            if current in walked:
                continue
            walked.add(current)
            tree = self._tree(current)
            if tree is not None:
                yield _Answer(objects=self._grown(tree, current, municipality), size=tree.size)
                continue
            for taken in self._lying_in(current, municipality):
                yield _told(taken)
                waiting += [each.folder_id for each in taken if each.folder_id]

    def _tree(self, folder_id: str) -> Tree | None:
        """Return what lies below a folder, None where the folders must be listed one by one."""
        if self._strategy is not Strategy.DESCENDANTS:
            return None
        try:
            return self._repository.descendants(folder_id, self._filter)
        except Missing:
            return Tree()  # deleted since its parent was listed

    def _grown(self, tree: Tree, folder_id: str, municipality: str) -> Iterator[RemoteObject]:
        for entry in tree.entries:
            yield from self._entry(tree, entry, folder_id, municipality)

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

    def _lying_in(self, folder_id: str, municipality: str) -> Iterator[list[Taken]]:
        """Give what lies directly in a folder, page by page."""
        try:
            for page in self._repository.children(Place(object_id=folder_id), self._filter):
                yield [self._taken(properties, folder_id, municipality) for properties in page]
        except Missing:
            return  # deleted since its parent was listed

    def _taken(self, properties: Properties, parent_id: str, municipality: str) -> Taken:
        """Read one object. One that somebody damaged keeps no other from being listed but those in it: without their
        case they would seem to belong to none.
        """
        try:
            taken = self._read(properties, parent_id, municipality)
            folder_id = translation.object_id(properties) if _is_folder(properties) else ""
            if taken is Kind.ANNOTATIONS:
                taken = self._annotations.read(properties, parent_id)
        except BadAnswer:
            log.warning("one object cannot be read", extra={"action": "list"})
            return Taken()
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


def _told(taken: Sequence[Taken]) -> _Answer:
    objects = [remote for each in taken for remote in each.objects]
    return _Answer(objects=objects, size=OBJECT * len(objects))


def _emptied(found: list[RemoteObject]) -> tuple[RemoteObject, ...]:
    """Return what was found and keep none of it."""
    page = tuple(found)
    found.clear()
    return page


def _is_folder(properties: Properties) -> bool:
    return wire.text(properties, Property.BASE_TYPE_ID) == BaseType.FOLDER
