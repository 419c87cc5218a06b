"""Values that describe types and their properties (CMIS 1.1, 2.1.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool
"""One property value. Datetimes are milliseconds since 1970-01-01 UTC."""
Values: TypeAlias = Value | tuple[Value, ...] | None
"""What a property holds: one value, several, or nothing (not set)."""


class Kind(StrEnum):
    """Property types (2.1.2.1)."""

    BOOLEAN = "boolean"
    ID = "id"
    INTEGER = "integer"
    DATETIME = "datetime"
    DECIMAL = "decimal"
    HTML = "html"
    STRING = "string"
    URI = "uri"


class Cardinality(StrEnum):
    """One value or several."""

    SINGLE = "single"
    MULTI = "multi"


class Updatability(StrEnum):
    """When a property may be written (2.1.3.3.2)."""

    READ_ONLY = "readonly"
    READ_WRITE = "readwrite"
    WHEN_CHECKED_OUT = "whencheckedout"
    ON_CREATE = "oncreate"


class ContentAllowed(StrEnum):
    """Whether documents of a type have content (2.1.4.3)."""

    NOT_ALLOWED = "notallowed"
    ALLOWED = "allowed"
    REQUIRED = "required"


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One entry of a fixed list of values (2.1.3.3.2)."""

    display_name: str
    value: tuple[Value, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PropertyDefinition:
    """One property of a type (2.1.3.3). ``sortable`` is the standard's ``orderable``."""

    id: str
    query_name: str
    kind: Kind
    cardinality: Cardinality = Cardinality.SINGLE
    updatability: Updatability = Updatability.READ_WRITE
    local_name: str = ""
    local_namespace: str = ""
    display_name: str = ""
    description: str = ""
    required: bool = False
    queryable: bool = True
    orderable: bool = True
    open_choice: bool = True
    choices: tuple[Choice, ...] = ()
    default: tuple[Value, ...] = ()
    max_length: int | None = None
    min_value: float | None = None
    max_value: float | None = None
    precision: int | None = None
    resolution: str | None = None

    @property
    def multiple(self) -> bool:
        """Whether the property holds several values."""
        return self.cardinality is Cardinality.MULTI


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutability:
    """What ``createType``, ``updateType`` and ``deleteType`` may do with a type (2.1.3.2.1)."""

    create: bool = False
    update: bool = False
    delete: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeDefinition:
    """One type (2.1.3.2). ``properties`` are its own ones; inherited ones are found through the registry."""

    id: str
    query_name: str
    base: str
    parent: str | None = None
    local_name: str = ""
    local_namespace: str = ""
    display_name: str = ""
    description: str = ""
    creatable: bool = True
    fileable: bool = True
    queryable: bool = True
    fulltext_indexed: bool = True
    included_in_supertype_query: bool = True
    controllable_policy: bool = False
    controllable_acl: bool = False
    mutability: Mutability = field(default_factory=Mutability)
    versionable: bool = False
    content_allowed: ContentAllowed = ContentAllowed.ALLOWED
    allowed_sources: tuple[str, ...] = ()
    allowed_targets: tuple[str, ...] = ()
    properties: Mapping[str, PropertyDefinition] = field(default_factory=dict)
