"""Running numbers that all workstations share: one document per counter and year, advanced by compare-and-swap on its
change token (CMIS 1.1, 2.2.1.3). A number whose answer got lost is a gap, never given out twice.
"""

from __future__ import annotations

import posixpath

from clerk_desktop.backend.cmis import naming, translation, wire
from clerk_desktop.backend.cmis.creating import Creator
from clerk_desktop.backend.cmis.folders import Folders
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.backend.cmis.wire import Properties
from clerk_desktop.model.errors import AbilityMissing, ChangedMeanwhile, NameTaken, ServerBusy

ATTEMPTS = 100


class Counters:
    """The shared counters of an office."""

    def __init__(self, repository: Repository, mapping: Mapping, folders: Folders, creator: Creator) -> None:
        self._repository = repository
        self._mapping = mapping
        self._folders = folders
        self._creator = creator

    def next_number(self, counter: str, year: int) -> int:
        """Return the next number of a counter. Raises ``AbilityMissing`` on a server without change tokens (two
        workstations could draw the same number), ``ServerBusy`` when others are always faster.
        """
        name = naming.object_name(f"{counter}-{year}", self._mapping.names)
        path = posixpath.join(self._mapping.paths.counters, name)
        for _ in range(ATTEMPTS):
            current = self._repository.object_if_there(Place(path=path))
            number = self._begun(counter, year, name) if current is None else self._advanced(current)
            if number is not None:
                return number
        raise ServerBusy

    def _advanced(self, current: Properties) -> int | None:
        token = wire.text(current, Property.CHANGE_TOKEN)
        if not token:
            raise AbilityMissing
        value_id = self._mapping.counter.value
        number = wire.number(current, value_id) + 1
        try:
            self._repository.update(translation.object_id(current), token, {value_id: number})
        except ChangedMeanwhile:
            return None
        return number

    def _begun(self, counter: str, year: int, name: str) -> int | None:
        ids, type_id = self._mapping.counter, self._mapping.types.counter
        values: dict[str, wire.FormValue] = {
            Property.OBJECT_TYPE_ID.value: type_id,
            Property.NAME.value: name,
            ids.key: counter,
            ids.year: year,
            ids.value: 1,
        }
        folder = self._folders.ensured(self._mapping.paths.counters)
        try:
            self._repository.create_document(folder.folder_id, values, self._creator.state_of(type_id), None)
        except NameTaken:
            return None
        return 1
