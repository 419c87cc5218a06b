"""What a server can do for us, which strategy meets each need there, and what must be added before clerks can work.

Only looks. What is looked at follows the mapping: another mapping of the same server gives another answer.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress

from clerk_desktop.backend.cmis import installing
from clerk_desktop.backend.cmis.connect import chosen_strategies
from clerk_desktop.backend.cmis.definitions import Definition
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import BaseType, Property
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.model.account import Template
from clerk_desktop.model.administration import Examination, Met, Need, Todo, TodoItem, TypeReport, TypeState
from clerk_desktop.model.errors import Missing
from clerk_desktop.model.remote import Capabilities, Strategy

READ_WRITE = "readwrite"
NOTE_LENGTH = 4000
"""Characters that a note must have room for: a case with all its fields, a letter with its proposals."""
NONE = "none"


class Examiner:
    """Looks at one repository with the eyes of one mapping; ``name`` is the mapping's."""

    def __init__(self, repository: Repository, name: str, mapping: Mapping, wanted: tuple[Definition, ...]) -> None:
        self._repository = repository
        self._name = name
        self._mapping = mapping
        self._wanted = wanted

    def examine(self) -> Examination:
        """Return what there is. Raises ``ServerError`` when the server cannot be asked."""
        types = installing.look(self._repository, self._wanted)
        return Examination(
            product=self._repository.product,
            repository=self._repository.repository_id,
            mapping=self._name,
            told=self._told(),
            needs=self._needs(),
            types=types,
            todo=(*self._about_types(types), *self._about_properties(types), *self._about_the_office()),
        )

    def _told(self) -> dict[str, str]:
        told = self._repository.capabilities
        return {
            "changes": told.changes or NONE,
            "contentUpdates": told.content_updates or NONE,
            "query": told.query or NONE,
            "acl": told.acl or NONE,
            "descendants": "yes" if told.descendants else "no",
        }

    def _needs(self) -> tuple[Met, ...]:
        chosen = chosen_strategies(self._repository, self._mapping, hashes=self._hashes())
        fields = Strategy.NOTES if self._mapping.notes else Strategy.TYPES
        return (
            Met(need=Need.FIELDS, strategy=fields),
            Met(need=Need.FINDING, strategy=Strategy(self._mapping.strategies.lookup.value)),
            *_met(chosen),
        )

    def _hashes(self) -> bool:
        """Whether the server computes hashes of contents; before our type is there, its base type tells."""
        for type_id in (self._mapping.types.document, BaseType.DOCUMENT):
            with suppress(Missing):
                return Property.CONTENT_STREAM_HASH in self._repository.type_definition(type_id).properties
        return False

    def _about_types(self, types: tuple[TypeReport, ...]) -> Iterator[TodoItem]:
        definitions = {definition.type_id: definition for definition in self._wanted}
        for report in types:
            if report.state is TypeState.INCOMPLETE:
                yield TodoItem(todo=Todo.EXTEND_TYPE, what=f"{report.type_id}: {', '.join(report.missing)}")
            elif report.state is TypeState.ABSENT:
                possible = installing.may_create(self._repository, definitions[report.type_id])
                yield TodoItem(todo=Todo.INSTALL_TYPES if possible else Todo.ADD_TYPE, what=report.type_id)

    def _about_properties(self, types: tuple[TypeReport, ...]) -> Iterator[TodoItem]:
        """What the program writes to must be open to writing, and have room for a note."""
        notes = self._mapping.notes
        if notes:
            for type_id in (notes.folder, notes.document):
                there = self._repository.type_definition(type_id).properties.get(notes.property)
                room = there is not None and (there.max_length is None or there.max_length >= NOTE_LENGTH)
                if there is None or there.updatability != READ_WRITE or not room:
                    yield TodoItem(todo=Todo.OPEN_PROPERTY, what=f"{type_id}: {notes.property}")
            return
        type_id, title = self._mapping.types.document, self._mapping.document.title
        if title and any(report.type_id == type_id and report.state.usable for report in types):
            there = self._repository.type_definition(type_id).properties.get(title)
            if there is None or there.updatability != READ_WRITE:
                yield TodoItem(todo=Todo.OPEN_PROPERTY, what=f"{type_id}: {title}")

    def _about_the_office(self) -> Iterator[TodoItem]:
        paths = self._mapping.paths
        tops = [path.partition("/{municipality}")[0] for path in (paths.inbox, paths.cases)]
        for path in (*tops, paths.templates, paths.counters):
            if self._repository.object_if_there(Place(path=path)) is None:
                yield TodoItem(todo=Todo.MAKE_FOLDER, what=path)
        for template in Template:
            path = posixpath.join(paths.templates, template.value)
            if self._repository.object_if_there(Place(path=path)) is None:
                yield TodoItem(todo=Todo.PUT_FILE, what=path)
        if (self._repository.capabilities.acl or NONE) == NONE:
            yield TodoItem(todo=Todo.SET_RIGHTS)


def _met(chosen: Capabilities) -> tuple[Met, ...]:
    return (
        Met(need=Need.FOLLOWING, strategy=chosen.tracking),
        Met(need=Need.LISTING, strategy=chosen.listing),
        Met(need=Need.CHANGING, strategy=chosen.precondition),
        Met(need=Need.CONTENT, strategy=chosen.content),
        Met(need=Need.PROOF, strategy=chosen.verification),
        Met(need=Need.NUMBERS, strategy=chosen.numbers),
    )
