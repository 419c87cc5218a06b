"""Running numbers that all workstations share. A number whose answer got lost is a gap, never given out twice.

One document per counter and year holds the newest number. Where change tokens can be relied on, it is advanced by
compare-and-swap (CMIS 1.1, 2.2.1.3). Where there are none, or two writes of one moment share one, a number belongs to
whoever creates the document of its name: names are taken once in a folder. The counter then is only where to begin.
"""

from __future__ import annotations

import logging
import posixpath

from clerk_desktop.backend.cmis import naming, translation, wire
from clerk_desktop.backend.cmis.creating import Creator
from clerk_desktop.backend.cmis.folders import Folders
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.backend.cmis.wire import Properties
from clerk_desktop.model.errors import ChangedMeanwhile, NameTaken, ServerBusy, ServerError
from clerk_desktop.model.remote import Strategy

ATTEMPTS = 100
log = logging.getLogger(__name__)


class Counters:
    """The shared counters of an office."""

    def __init__(
        self, repository: Repository, mapping: Mapping, folders: Folders, creator: Creator, way: Strategy
    ) -> None:
        self._repository = repository
        self._mapping = mapping
        self._folders = folders
        self._creator = creator
        self._way = way

    def next_number(self, counter: str, year: int) -> int:
        """Return the next number of a counter. Raises ``ServerBusy`` when others are always faster."""
        if self._way is Strategy.NAMES:
            return self._claimed(counter, year)
        name = naming.object_name(f"{counter}-{year}", self._mapping.names)
        path = posixpath.join(self._mapping.paths.counters, name)
        for _ in range(ATTEMPTS):
            current = self._repository.object_if_there(Place(path=path))
            if current is not None and not wire.text(current, Property.CHANGE_TOKEN):
                return self._claimed(counter, year)
            number = self._begun(counter, year, 1, name) if current is None else self._advanced(current)
            if number is not None:
                return number
        raise ServerBusy

    def _claimed(self, counter: str, year: int) -> int:
        """Take the first number whose name is free."""
        names = self._mapping.names
        name = naming.object_name(f"{counter}-{year}", names)
        path = posixpath.join(self._mapping.paths.counters, name)
        current = self._repository.object_if_there(Place(path=path))
        newest = wire.number(current, self._mapping.counter.value) if current is not None else self._newest(name)
        for number in range(newest + 1, newest + 1 + ATTEMPTS):
            claimed = self._begun(counter, year, number, naming.object_name(f"{name}-{number}", names))
            if claimed is not None:
                self._note(counter, year, number, path)
                return claimed
        raise ServerBusy

    def _newest(self, name: str) -> int:
        """Return the newest number that was taken, for when the counter itself is lost; 0 for none."""
        folder = self._folders.ensured(self._mapping.paths.counters)
        newest = 0
        for page in self._repository.children(Place(object_id=folder.folder_id), Property.NAME):
            for properties in page:
                rest = wire.text(properties, Property.NAME).removeprefix(f"{name}-")
                if rest.isascii() and rest.isdigit():
                    newest = max(newest, int(rest[:9]))
        return newest

    def _note(self, counter: str, year: int, number: int, path: str) -> None:
        """Leave where the next one may begin. Nothing depends on it, so nobody waits for its success."""
        try:
            current = self._repository.object_if_there(Place(path=path))
            if current is None:
                self._begun(counter, year, number, posixpath.basename(path))
            elif wire.number(current, self._mapping.counter.value) < number:
                token = wire.text(current, Property.CHANGE_TOKEN)
                values = {self._mapping.counter.value: number}
                self._repository.update(translation.object_id(current), token, values)
        except ServerError:
            log.info("a counter was not moved on", extra={"action": "number"})

    def _advanced(self, current: Properties) -> int | None:
        token = wire.text(current, Property.CHANGE_TOKEN)
        value_id = self._mapping.counter.value
        number = wire.number(current, value_id) + 1
        try:
            self._repository.update(translation.object_id(current), token, {value_id: number})
        except ChangedMeanwhile:
            return None
        return number

    def _begun(self, counter: str, year: int, number: int, name: str) -> int | None:
        ids, type_id = self._mapping.counter, self._mapping.types.counter
        values: dict[str, wire.FormValue] = {
            Property.OBJECT_TYPE_ID.value: type_id,
            Property.NAME.value: name,
            ids.key: counter,
            ids.year: year,
            ids.value: number,
        }
        folder = self._folders.ensured(self._mapping.paths.counters)
        try:
            self._repository.create_document(folder.folder_id, values, self._creator.state_of(type_id), None)
        except NameTaken:
            return None
        return number
