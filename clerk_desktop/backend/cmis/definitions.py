"""Our types under the names a mapping gives them, from the definitions that ship with the program.

Pure but for reading.

The definitions (``resources/cmis-types``) use each property in all types that have it. Many servers want an id in one
type only; a mapping for such a server names each property anew, and these names are put in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from clerk_desktop.backend.cmis.mapping import Mapping

OWN = "clerk:"
FILES = {
    "case": "case",
    "document": "document",
    "event": "event",
    "annotation_set": "annotationSet",
    "counter": "counter",
}
"""Field of ``mapping.Types`` to the file of the definition."""
SECTIONS = {
    "case": "case",
    "document": "document",
    "event": "event",
    "annotation_set": "annotations",
    "counter": "counter",
}
"""Field of ``mapping.Types`` to the section of the mapping that names the type's properties."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """One of our types as ``createType`` wants it (CMIS 1.1, 5.2.8): id, id of its base type, JSON object."""

    type_id: str
    parent_id: str
    json: dict[str, Any]

    @property
    def property_ids(self) -> tuple[str, ...]:
        """The ids of its own properties."""
        return tuple(self.json["propertyDefinitions"])

    @property
    def property_types(self) -> frozenset[str]:
        """The property types it uses."""
        return frozenset(each["propertyType"] for each in self.json["propertyDefinitions"].values())


def definitions(directory: Traversable, mapping: Mapping) -> tuple[Definition, ...]:
    """Return the types that a mapping names, none where they are kept as notes."""
    if mapping.notes:
        return ()
    return tuple(_named(directory, mapping))


def _named(directory: Traversable, mapping: Mapping) -> Iterator[Definition]:
    for kind, file in FILES.items():
        type_id: str = getattr(mapping.types, kind)
        if not type_id:
            continue
        shipped = msgspec.json.decode((directory / f"{file}.json").read_bytes())
        names = _property_names(getattr(mapping, SECTIONS[kind]))
        own = {
            names[key]: _property(names[key], value)
            for key, value in shipped["propertyDefinitions"].items()
            if key in names
        }
        query_name = mapping.types.table(type_id)
        yield Definition(
            type_id=type_id,
            parent_id=shipped["parentId"],
            json={**shipped, "id": type_id, "queryName": query_name, "propertyDefinitions": own},
        )


def _property_names(section: object) -> dict[str, str]:
    """Return the ids in the shipped definitions with those that a section gives its fields."""
    fields: tuple[str, ...] = tuple(getattr(section, "__dataclass_fields__", ()))
    found = {shipped_id(name): str(getattr(section, name)) for name in fields}
    return {key: value for key, value in found.items() if value.startswith(OWN)}


def shipped_id(field: str) -> str:
    """Return the id that a field has in the definitions that ship with the program."""
    first, *more = field.split("_")
    return OWN + first + "".join(part.capitalize() for part in more)


def _property(property_id: str, shipped: dict[str, Any]) -> dict[str, Any]:
    local = property_id.removeprefix(OWN)
    return {**deepcopy(shipped), "id": property_id, "queryName": property_id, "localName": local}
