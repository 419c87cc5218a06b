"""All types of a repository and what follows from their inheritance. A registry never changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clerk_desktop.backend.cmis.names import BaseType
from clerk_desktop.server.faults import invalid, not_found
from clerk_desktop.server.types.base import BASE_TYPES
from clerk_desktop.server.types.definitions import PropertyDefinition, TypeDefinition


class TypeRegistry:
    """Finds types by id or query name, with inherited properties and sub types.

    ``lasting`` types come with the program, ``created`` ones were made by ``createType``. A parent stands before its
    children. Raises ``Fault`` (invalidArgument) when a type does not fit to its parent.
    """

    def __init__(self, lasting: Iterable[TypeDefinition], created: Iterable[TypeDefinition] = ()) -> None:
        self._lasting = tuple(lasting)
        self._created = tuple(created)
        self._types: dict[str, TypeDefinition] = {}
        self._children: dict[str, list[str]] = {}
        self._properties: dict[str, dict[str, PropertyDefinition]] = {}
        self._by_query_name: dict[str, TypeDefinition] = {}
        for definition in (*BASE_TYPES, *self._lasting, *self._created):
            self._add(definition)

    def _add(self, definition: TypeDefinition) -> None:
        inherited: Mapping[str, PropertyDefinition] = {}
        if definition.parent is not None:
            parent = self._types.get(definition.parent)
            if parent is None or parent.base != definition.base:
                raise invalid(f"Type {definition.id}: the parent type is unknown or of another base type.")
            inherited = self._properties[parent.id]
            self._children.setdefault(parent.id, []).append(definition.id)
        if definition.id in self._types or definition.query_name.casefold() in self._by_query_name:
            raise invalid(f"There is already a type {definition.id}.")
        clash = inherited.keys() & definition.properties.keys()
        if clash:
            raise invalid(f"Type {definition.id}: property {min(clash)} is inherited already.")
        self._types[definition.id] = definition
        self._by_query_name[definition.query_name.casefold()] = definition
        self._properties[definition.id] = {**inherited, **definition.properties}

    @property
    def created(self) -> tuple[TypeDefinition, ...]:
        """The types made by ``createType``."""
        return self._created

    def with_created(self, created: Iterable[TypeDefinition]) -> TypeRegistry:
        """Return a registry with the same lasting types and these created ones."""
        return TypeRegistry(self._lasting, created)

    def find(self, type_id: str) -> TypeDefinition | None:
        """Return the type of this id, or None."""
        return self._types.get(type_id)

    def get(self, type_id: str) -> TypeDefinition:
        """Return the type of this id; raises ``Fault`` (objectNotFound)."""
        definition = self._types.get(type_id)
        if definition is None:
            raise not_found("There is no such type.")
        return definition

    def by_query_name(self, query_name: str) -> TypeDefinition | None:
        """Return the type of this query name, letter case aside (2.1.14.2.2), or None."""
        return self._by_query_name.get(query_name.casefold())

    def base_types(self) -> list[TypeDefinition]:
        """Return the types without a parent."""
        return [definition for definition in self._types.values() if definition.parent is None]

    def children(self, type_id: str) -> list[TypeDefinition]:
        """Return the direct sub types."""
        return [self._types[child] for child in self._children.get(type_id, ())]

    def with_descendants(self, type_id: str) -> list[TypeDefinition]:
        """Return the type and all below it."""
        found = [self._types[type_id]]
        for child in self._children.get(type_id, ()):
            found.extend(self.with_descendants(child))
        return found

    def own_and_inherited(self, type_id: str) -> Mapping[str, PropertyDefinition]:
        """Return all properties of a type by id, inherited ones first."""
        return self._properties[type_id]

    def is_inherited(self, type_id: str, property_id: str) -> bool:
        """Whether a property of the type comes from a parent type."""
        return property_id not in self._types[type_id].properties

    def properties_of(self, type_id: str, secondary: Iterable[str]) -> dict[str, PropertyDefinition]:
        """Return the properties of objects of a type with these secondary types attached, by id."""
        found = dict(self._properties[type_id])
        for secondary_id in secondary:
            if secondary_id in self._properties:
                found.update(self._properties[secondary_id])
        return found

    def stored_properties(self) -> dict[str, PropertyDefinition]:
        """Return every property, of any type, that is not one of the standard's own, by id."""
        return {
            property_id: definition
            for type_id, type_definition in self._types.items()
            if type_id not in set(BaseType)
            for property_id, definition in type_definition.properties.items()
        }
