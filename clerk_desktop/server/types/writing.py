"""Type definitions to JSON (5.2.4 of CMIS 1.1): for answers and for keeping created types."""

from __future__ import annotations

from typing import TypeAlias

from clerk_desktop.backend.cmis.names import BaseType
from clerk_desktop.server.types.definitions import Choice, Kind, PropertyDefinition, TypeDefinition
from clerk_desktop.server.types.registry import TypeRegistry

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def type_to_json(registry: TypeRegistry, definition: TypeDefinition, *, with_properties: bool) -> dict[str, Json]:
    """Return the JSON object of a type, with all its properties or none."""
    answer: dict[str, Json] = {
        "id": definition.id,
        "localName": definition.local_name,
        "localNamespace": definition.local_namespace,
        "displayName": definition.display_name,
        "queryName": definition.query_name,
        "description": definition.description,
        "baseId": definition.base,
        "creatable": definition.creatable,
        "fileable": definition.fileable,
        "queryable": definition.queryable,
        "fulltextIndexed": definition.fulltext_indexed,
        "includedInSupertypeQuery": definition.included_in_supertype_query,
        "controllablePolicy": definition.controllable_policy,
        "controllableACL": definition.controllable_acl,
        "typeMutability": {
            "create": definition.mutability.create,
            "update": definition.mutability.update,
            "delete": definition.mutability.delete,
        },
    }
    if definition.parent is not None:
        answer["parentId"] = definition.parent
    if definition.base == BaseType.DOCUMENT:
        answer["versionable"] = definition.versionable
        answer["contentStreamAllowed"] = definition.content_allowed.value
    if definition.base == BaseType.RELATIONSHIP:
        answer["allowedSourceTypes"] = list(definition.allowed_sources)
        answer["allowedTargetTypes"] = list(definition.allowed_targets)
    if with_properties:
        answer["propertyDefinitions"] = {
            property_id: _property_to_json(item, inherited=registry.is_inherited(definition.id, property_id))
            for property_id, item in registry.own_and_inherited(definition.id).items()
        }
    return answer


def _property_to_json(definition: PropertyDefinition, *, inherited: bool) -> dict[str, Json]:
    answer: dict[str, Json] = {
        "id": definition.id,
        "localName": definition.local_name,
        "localNamespace": definition.local_namespace,
        "displayName": definition.display_name,
        "queryName": definition.query_name,
        "description": definition.description,
        "propertyType": definition.kind.value,
        "cardinality": definition.cardinality.value,
        "updatability": definition.updatability.value,
        "inherited": inherited,
        "required": definition.required,
        "queryable": definition.queryable,
        "orderable": definition.orderable,
        "openChoice": definition.open_choice,
    }
    if definition.default:
        answer["defaultValue"] = list(definition.default)
    if definition.choices:
        answer["choice"] = [_choice_to_json(choice) for choice in definition.choices]
    limits: dict[str, Json] = {}
    if definition.kind is Kind.STRING:
        limits = {"maxLength": definition.max_length}
    elif definition.kind is Kind.DATETIME:
        limits = {"resolution": definition.resolution}
    elif definition.kind is Kind.INTEGER:
        limits = {"minValue": _whole(definition.min_value), "maxValue": _whole(definition.max_value)}
    elif definition.kind is Kind.DECIMAL:
        limits = {
            "minValue": definition.min_value,
            "maxValue": definition.max_value,
            "precision": definition.precision,
        }
    answer.update({key: value for key, value in limits.items() if value is not None})
    return answer


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _choice_to_json(choice: Choice) -> Json:
    answer: dict[str, Json] = {"displayName": choice.display_name, "value": list(choice.value)}
    if choice.choices:
        answer["choice"] = [_choice_to_json(item) for item in choice.choices]
    return answer
