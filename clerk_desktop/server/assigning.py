"""Giving an object the properties that were sent: which may be written when, and what they must be (2.1.3.3.2).

The rules of one value are in ``values``; who may write at all is decided by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum, auto

from msgspec.structs import replace

from clerk_desktop.backend.cmis.names import BaseType, CmisException, Property
from clerk_desktop.server.controls import SentProperty
from clerk_desktop.server.faults import Fault, constraint, invalid
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.types.definitions import PropertyDefinition, Updatability, Values
from clerk_desktop.server.types.registry import TypeRegistry
from clerk_desktop.server.values import defaults, typed_values

MAX_NAME = 255
"""Characters of a name."""
_NEVER_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/]")


class Phase(Enum):
    """When properties are written."""

    CREATE = auto()
    UPDATE = auto()
    WORKING_COPY = auto()


_ALLOWED = {
    Phase.CREATE: {Updatability.READ_WRITE, Updatability.ON_CREATE, Updatability.WHEN_CHECKED_OUT},
    Phase.UPDATE: {Updatability.READ_WRITE},
    Phase.WORKING_COPY: {Updatability.READ_WRITE, Updatability.WHEN_CHECKED_OUT},
}


def checked_name(name: object) -> str:
    """Return a name that objects may have. Raises ``Fault`` (nameConstraintViolation)."""
    text = name if isinstance(name, str) else ""
    if not text.strip() or text in {".", ".."} or len(text) > MAX_NAME:
        raise Fault(CmisException.NAME_CONSTRAINT_VIOLATION, "A name is 1 to 255 characters long and not a dot.")
    if _NEVER_IN_NAMES.search(text):
        raise Fault(CmisException.NAME_CONSTRAINT_VIOLATION, "A name has no slash and no control characters.")
    return text


def assign(types: TypeRegistry, stored: StoredObject, sent: Iterable[SentProperty], phase: Phase) -> StoredObject:
    """Return the object with the sent properties.

    Raises ``Fault`` (constraint, invalidArgument, nameConstraintViolation).
    """
    wanted = {item.id: item for item in sent}
    secondary = _secondary(types, stored, wanted.get(Property.SECONDARY_OBJECT_TYPE_IDS))
    definitions = types.properties_of(stored.type, secondary)
    given = {key: _typed(definitions, item, phase, stored) for key, item in wanted.items()}
    if phase is Phase.CREATE:
        given = {**defaults(definitions), **given}
    properties = {key: value for key, value in stored.properties.items() if key in definitions}
    for key, value in given.items():
        if key.startswith("cmis:"):
            continue
        properties.pop(key, None)
        if value is not None:
            properties[key] = value
    for key, definition in definitions.items():
        missing = definition.required and not key.startswith("cmis:") and key not in properties
        if missing and (phase is Phase.CREATE or key in given):
            raise constraint(f"{key} is required.")
    changed = replace(stored, secondary=secondary, properties=properties)
    if Property.NAME in given:
        changed = replace(changed, name=checked_name(given[Property.NAME]))
    if Property.DESCRIPTION in given:
        description = given[Property.DESCRIPTION]
        changed = replace(changed, description=description if isinstance(description, str) else None)
    return changed


def _typed(
    definitions: Mapping[str, PropertyDefinition], sent: SentProperty, phase: Phase, stored: StoredObject
) -> Values:
    definition = definitions.get(sent.id)
    if definition is None:
        raise constraint("The type has no such property: " + sent.id[:100])
    if sent.id == Property.OBJECT_TYPE_ID:
        if sent.values != (stored.type,):
            raise constraint("The type of an object cannot be changed.")
        return stored.type
    if definition.updatability not in _ALLOWED[phase]:
        raise constraint(f"{sent.id} cannot be written now.")
    return typed_values(definition, sent)


def _secondary(types: TypeRegistry, stored: StoredObject, sent: SentProperty | None) -> tuple[str, ...]:
    if sent is None:
        return stored.secondary
    wanted = tuple(dict.fromkeys(value for value in sent.values or () if value))
    for type_id in wanted:
        definition = types.find(type_id)
        if definition is None or definition.base != BaseType.SECONDARY or definition.parent is None:
            raise constraint("This is no secondary type: " + type_id[:100])
    return wanted


def sent_type(sent: Iterable[SentProperty]) -> str:
    """Return the type id among sent properties. Raises ``Fault`` (invalidArgument)."""
    for item in sent:
        if item.id == Property.OBJECT_TYPE_ID and item.values and len(item.values) == 1:
            return item.values[0]
    raise invalid("cmis:objectTypeId is missing.")


def sent_id(sent: Iterable[SentProperty], property_id: Property) -> str:
    """Return a required id among sent properties. Raises ``Fault`` (invalidArgument)."""
    for item in sent:
        if item.id == property_id and item.values and len(item.values) == 1 and item.values[0]:
            return item.values[0]
    raise invalid(f"{property_id.value} is missing.")
