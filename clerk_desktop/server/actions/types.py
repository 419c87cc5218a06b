"""Actions on types (2.2.2.6 ff. of CMIS 1.1). Administrators only; the shipped types stay as they are."""

from __future__ import annotations

import json
from dataclasses import replace

from clerk_desktop.server.answers import Answer
from clerk_desktop.server.faults import constraint, invalid
from clerk_desktop.server.requests import Request
from clerk_desktop.server.types.definitions import Mutability, TypeDefinition
from clerk_desktop.server.types.reading import type_from_json
from clerk_desktop.server.types.writing import type_to_json

_FREE = Mutability(create=True, update=True, delete=True)


def create_type(request: Request) -> Answer:
    """``createType``: a new sub type."""
    request.session.require_admin()
    definition = _sent(request)
    types = request.session.types
    if definition.parent is None or not types.get(definition.parent).mutability.create:
        raise constraint("The parent type is missing or has no sub types.")
    if types.find(definition.id) is not None:
        raise constraint("There is already a type of this id.")
    return _kept(request, [*types.created, definition], definition, status=201)


def update_type(request: Request) -> Answer:
    """``updateType``: other texts and more properties for a type that was created here."""
    request.session.require_admin()
    definition = _sent(request)
    types = request.session.types
    before = types.get(definition.id)
    if before not in types.created:
        raise constraint("This type cannot be changed.")
    fixed = (before.parent, before.base, before.query_name, before.versionable)
    if fixed != (definition.parent, definition.base, definition.query_name, definition.versionable):
        raise constraint("Parent, base type, query name and versioning of a type cannot be changed.")
    for property_id, item in before.properties.items():
        new = definition.properties.get(property_id)
        if new is None or (new.kind, new.cardinality) != (item.kind, item.cardinality):
            raise constraint("Properties of a type can be added, not removed or turned into others.")
    if any(item.required for key, item in definition.properties.items() if key not in before.properties):
        raise constraint("Added properties must not be required.")
    created = [definition if item.id == definition.id else item for item in types.created]
    return _kept(request, created, definition, status=200)


def delete_type(request: Request) -> Answer:
    """``deleteType``: a type that was created here and that nothing uses."""
    request.session.require_admin()
    types = request.session.types
    definition = types.get(request.controls.required("typeId"))
    if definition not in types.created:
        raise constraint("This type cannot be deleted.")
    if types.children(definition.id) or request.session.type_is_used(definition.id):
        raise constraint("The type is in use.")
    request.session.keep_types(types.with_created([item for item in types.created if item.id != definition.id]))
    return Answer(empty=True)


def _sent(request: Request) -> TypeDefinition:
    try:
        source = json.loads(request.controls.required("type"))
    except (ValueError, RecursionError):
        raise invalid("The type is not JSON.") from None
    return replace(type_from_json(source), mutability=_FREE)


def _kept(request: Request, created: list[TypeDefinition], definition: TypeDefinition, *, status: int) -> Answer:
    registry = request.session.types.with_created(created)
    request.session.keep_types(registry)
    return Answer(status=status, body=type_to_json(registry, definition, with_properties=True))
