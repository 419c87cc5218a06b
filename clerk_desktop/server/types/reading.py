"""Type definitions from JSON (5.2.4 of CMIS 1.1): the shipped files and what ``createType`` sends."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import TypeVar

from clerk_desktop.backend.cmis.names import BaseType
from clerk_desktop.server.faults import invalid
from clerk_desktop.server.types.definitions import (
    Cardinality,
    Choice,
    ContentAllowed,
    Kind,
    Mutability,
    PropertyDefinition,
    TypeDefinition,
    Updatability,
    Value,
)

_NAME = re.compile(r"[^\s,\"'\\.()\x00-\x1f]{1,200}")
_DEEPEST = 20
"""Choices within choices."""
_LARGEST = 2**63
_Member = TypeVar("_Member", Kind, Cardinality, Updatability, ContentAllowed)


def read_types(folder: Traversable) -> tuple[TypeDefinition, ...]:
    """Return the types of all JSON files of a folder, parents before children.

    Raises ``Fault`` (invalidArgument) when a file is no type definition or a parent is missing.
    """
    waiting = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".json"):
            definition = type_from_json(json.loads(file.read_text(encoding="utf-8")))
            waiting[definition.id] = definition
    return tuple(_parents_first(waiting))


def _parents_first(waiting: dict[str, TypeDefinition]) -> Iterator[TypeDefinition]:
    known: set[str] = set(BaseType)
    while waiting:
        ready = [definition for definition in waiting.values() if definition.parent in known]
        if not ready:
            raise invalid(f"Parent types are missing for {', '.join(sorted(waiting))}.")
        for definition in ready:
            known.add(definition.id)
            del waiting[definition.id]
            yield definition


def type_from_json(source: object) -> TypeDefinition:
    """Return the type that a JSON object describes. Raises ``Fault`` (invalidArgument)."""
    fields = _Fields(source, "type")
    type_id = fields.name("id")
    base = fields.text("baseId")
    if base not in set(BaseType):
        raise invalid(f"Type {type_id}: unknown base type.")
    mutability = _Fields(fields.get("typeMutability") or {}, "typeMutability")
    definitions = fields.get("propertyDefinitions") or {}
    if not isinstance(definitions, Mapping):
        raise invalid("propertyDefinitions is not an object.")
    properties = [_property_from_json(item) for item in definitions.values() if not _is_inherited(item)]
    secondary = base == BaseType.SECONDARY
    return TypeDefinition(
        id=type_id,
        query_name=fields.name("queryName", type_id),
        base=base,
        parent=fields.text("parentId"),
        local_name=fields.text("localName", type_id),
        local_namespace=fields.text("localNamespace", "clerk"),
        display_name=fields.text("displayName", type_id),
        description=fields.text("description", type_id),
        creatable=fields.flag("creatable", default=True) and not secondary,
        fileable=fields.flag("fileable", default=True) and base not in {BaseType.SECONDARY, BaseType.RELATIONSHIP},
        queryable=fields.flag("queryable", default=True),
        fulltext_indexed=fields.flag("fulltextIndexed", default=True),
        included_in_supertype_query=fields.flag("includedInSupertypeQuery", default=True),
        mutability=Mutability(
            create=mutability.flag("create", default=True),
            update=mutability.flag("update", default=False),
            delete=mutability.flag("delete", default=False),
        ),
        versionable=fields.flag("versionable", default=False) and base == BaseType.DOCUMENT,
        content_allowed=fields.member("contentStreamAllowed", ContentAllowed.ALLOWED),
        allowed_sources=fields.texts("allowedSourceTypes"),
        allowed_targets=fields.texts("allowedTargetTypes"),
        properties={definition.id: definition for definition in properties},
    )


def _is_inherited(source: object) -> bool:
    return isinstance(source, Mapping) and source.get("inherited") is True


def _property_from_json(source: object) -> PropertyDefinition:
    fields = _Fields(source, "property definition")
    property_id = fields.name("id")
    if property_id.startswith("cmis:"):
        raise invalid(f"{property_id}: names of the standard cannot be defined.")
    kind = fields.member("propertyType", Kind.STRING)
    cardinality = fields.member("cardinality", Cardinality.SINGLE)
    queryable = fields.flag("queryable", default=True)
    return PropertyDefinition(
        id=property_id,
        query_name=fields.name("queryName", property_id),
        kind=kind,
        cardinality=cardinality,
        updatability=fields.member("updatability", Updatability.READ_WRITE),
        local_name=fields.text("localName", property_id),
        local_namespace=fields.text("localNamespace", "clerk"),
        display_name=fields.text("displayName", property_id),
        description=fields.text("description", property_id),
        required=fields.flag("required", default=False),
        queryable=queryable,
        orderable=fields.flag("orderable", default=queryable) and cardinality is Cardinality.SINGLE,
        open_choice=fields.flag("openChoice", default=True),
        choices=tuple(_choice_from_json(item, kind) for item in fields.items("choice")),
        default=tuple(_value(item, kind) for item in fields.items("defaultValue")),
        max_length=fields.integer("maxLength"),
        min_value=fields.number("minValue"),
        max_value=fields.number("maxValue"),
        precision=fields.integer("precision"),
        resolution=fields.text("resolution") or None,
    )


def _choice_from_json(source: object, kind: Kind, depth: int = 1) -> Choice:
    if depth > _DEEPEST:
        raise invalid("The choices are nested too deeply.")
    fields = _Fields(source, "choice")
    return Choice(
        display_name=fields.text("displayName"),
        value=tuple(_value(item, kind) for item in fields.items("value")),
        choices=tuple(_choice_from_json(item, kind, depth + 1) for item in fields.items("choice")),
    )


def _value(source: object, kind: Kind) -> Value:
    fits: dict[Kind, tuple[type, ...]] = {
        Kind.BOOLEAN: (bool,),
        Kind.INTEGER: (int,),
        Kind.DATETIME: (int,),
        Kind.DECIMAL: (int, float),
    }
    expected = fits.get(kind, (str,))
    if not isinstance(source, expected) or (isinstance(source, bool) and kind is not Kind.BOOLEAN):
        raise invalid(f"A default or choice is not of type {kind.value}.")
    assert isinstance(source, str | int | float)
    return _text(source, "a default or choice") if isinstance(source, str) else _bounded(source, "A default or choice")


def _text(source: str, what: str) -> str:
    """Return a text that can be kept: JSON can spell half a surrogate pair, which is none. Raises ``Fault``."""
    try:
        source.encode()
    except UnicodeEncodeError:
        raise invalid(f"There is half a character in {what}.") from None
    return source


_Number = TypeVar("_Number", int, float)


def _bounded(source: _Number, what: str) -> _Number:
    """Return a number of at most 64 bits. Raises ``Fault``."""
    if not (math.isfinite(source) if isinstance(source, float) else -_LARGEST <= source < _LARGEST):
        raise invalid(f"{what} is out of bounds.")
    return source


class _Fields:
    """A JSON object, read field by field with checks."""

    def __init__(self, source: object, what: str) -> None:
        if not isinstance(source, Mapping):
            raise invalid(f"The {what} is not a JSON object.")
        self._source = source

    def get(self, key: str) -> object:
        return self._source.get(key)

    def text(self, key: str, default: str = "") -> str:
        value = self._source.get(key)
        if value is None or value == "":
            return default
        if not isinstance(value, str):
            raise invalid(f"{key} is not a text.")
        return _text(value, key)

    def name(self, key: str, default: str = "") -> str:
        value = self.text(key, default)
        if not _NAME.fullmatch(value):
            raise invalid(f"{key} is missing or has characters that names must not have.")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._source.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise invalid(f"{key} is not true or false.")
        return value

    def integer(self, key: str) -> int | None:
        value = self._source.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise invalid(f"{key} is not an integer.")
        return None if value is None else _bounded(value, key)

    def number(self, key: str) -> float | None:
        value = self._source.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise invalid(f"{key} is not a number.")
        return None if value is None else _bounded(value, key)

    def items(self, key: str) -> list[object]:
        value = self._source.get(key)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.items(key)
        if not all(isinstance(item, str) for item in found):
            raise invalid(f"{key} is not a list of texts.")
        return tuple(_text(str(item), key) for item in found)

    def member(self, key: str, default: _Member) -> _Member:
        try:
            return type(default)(self.text(key, default.value).lower())
        except ValueError:
            raise invalid(f"{key} has no known value.") from None
