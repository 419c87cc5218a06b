"""Creating an object at most once, however often it is asked for.

A create whose answer got lost may have happened. It is therefore never repeated blindly: each create looks first
whether the object is there already, also when it seems to be the first attempt (after a crash nobody knows).

Where it may be: where it was created, or - when the answer was lost long ago - wherever a clerk on another
workstation has put it since. The first can be looked up by its name, which begins with the short object key, or in a
listing of the folder. The second only the server's search knows. So by mapping:

* ``QUERY``: the server's search is never behind its data; one query by object key answers for both places.
* ``PATH``: the search may be behind. The name decides, then the listing (somebody may have renamed it). A find by
  the search counts as well, because whatever is found is read again by id and must bear our key; not finding proves
  nothing. What remains: an object that was created, moved away and asked for again faster than the index follows.

A name taken by another object is no find: the second name, with the whole key in it, is used then.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from clerk_desktop.backend.cmis import queries, translation, wire
from clerk_desktop.backend.cmis.folders import Folder
from clerk_desktop.backend.cmis.mapping import Lookup, Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository, VersioningState
from clerk_desktop.backend.cmis.wire import Properties
from clerk_desktop.model.errors import AbilityMissing, NameTaken, RequestRefused
from clerk_desktop.model.ids import short_key

CANDIDATES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """An object that shall be there once: its type, our key of it, and its names in order of preference."""

    type_id: str
    key_property: str
    key: str
    names: tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """An object that is there. ``new``: it lies where it was just created."""

    properties: Properties
    new: bool


class Creator:
    """Creates objects once."""

    def __init__(self, repository: Repository, mapping: Mapping) -> None:
        self._repository = repository
        self._mapping = mapping

    def once(self, wanted: Wanted, folder: Folder, create: Callable[[str], Properties]) -> Outcome:
        """Return the object, created in ``folder`` by ``create`` (which gets the name) if it is nowhere yet."""
        found = self.find(wanted, folder)
        if found is not None:
            return Outcome(properties=found, new=False)
        for name in wanted.names:
            try:
                return Outcome(properties=create(name), new=True)
            except NameTaken:
                found = self._at(folder, name, wanted)
                if found is not None:
                    return Outcome(properties=found, new=False)
        raise NameTaken

    def find(self, wanted: Wanted, folder: Folder) -> Properties | None:
        """Return the object if it is there already."""
        if self._mapping.strategies.lookup is Lookup.QUERY:
            return self.searched(wanted)
        for name in wanted.names:
            found = self._at(folder, name, wanted)
            if found is not None:
                return found
        found = self._listed(folder, wanted)
        if found is not None:
            return found
        try:
            return self.searched(wanted)
        except (AbilityMissing, RequestRefused):
            return None

    def searched(self, wanted: Wanted) -> Properties | None:
        """Return the object if the server's search knows it, in its present state."""
        for row in self._repository.query(self._statement(wanted), CANDIDATES):
            found = self._repository.object_if_there(Place(object_id=translation.object_id(row)))
            if found is not None and _is(found, wanted) and found.get(Property.IS_LATEST_VERSION) is not False:
                return found
        return None

    def state_of(self, type_id: str) -> VersioningState:
        """Return the versioning state that new documents of a type must be created with (2.1.13.5.1)."""
        versionable = self._repository.type_definition(type_id).versionable
        return VersioningState.MAJOR if versionable else VersioningState.NONE

    def _statement(self, wanted: Wanted) -> str:
        notes = self._mapping.notes
        if notes:  # the key stands where no query sees it; names begin with it, save those of cases, which never move
            return queries.with_name_beginning((Property.OBJECT_ID,), notes.document, short_key(wanted.key))
        table = self._mapping.types.table(wanted.type_id)
        return queries.with_value((Property.OBJECT_ID,), table, wanted.key_property, wanted.key)

    def _at(self, folder: Folder, name: str, wanted: Wanted) -> Properties | None:
        path = folder.path
        if not path:
            path = wire.text(self._repository.object(Place(object_id=folder.folder_id)), Property.PATH)
        found = self._repository.object_if_there(Place(path=posixpath.join(path, name)))
        return found if found is not None and _is(found, wanted) else None

    def _listed(self, folder: Folder, wanted: Wanted) -> Properties | None:
        columns = f"{Property.OBJECT_ID},{Property.IS_PRIVATE_WORKING_COPY},{wanted.key_property}"
        for page in self._repository.children(Place(object_id=folder.folder_id), columns):
            for properties in page:
                if _is(properties, wanted):
                    return self._repository.object_if_there(Place(object_id=translation.object_id(properties)))
        return None


def _is(properties: Properties, wanted: Wanted) -> bool:
    mine = wire.text(properties, wanted.key_property) == wanted.key
    return mine and not translation.is_working_copy(properties)
