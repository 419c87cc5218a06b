"""The JSON and the forms of the Browser Binding (CMIS 1.1, 5.2) as plain values, without input or output.

Every function takes the bytes of an answer or one property map. Both property forms are read: succinct (5.2.11) and
full. Unknown keys are ignored; a wrong type, truncated text, huge numbers and endless nesting are ``BadAnswer``.
What the properties mean to us is left to ``translation``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

import msgspec

from clerk_desktop.model.errors import BadAnswer
from clerk_desktop.system.decoding import decoder

Properties: TypeAlias = Mapping[str, Any]
"""Property id (in query results: query name) to value, as JSON has it."""
FormValue: TypeAlias = str | int | bool | datetime | date | tuple[str, ...] | None

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
MILLISECOND = timedelta(milliseconds=1)
DAYS_KEPT = 1000
DAY_MS = 24 * 3600 * 1000
INTEGER_LIMIT = 2**63
LARGE = 1 << 20
PER_VALUE = 10
"""A body beyond ``LARGE`` bytes has at least so many for each of its values; real ones have more than twenty."""
T = TypeVar("T")


class _Property(msgspec.Struct):
    value: Any = None


class _Event(msgspec.Struct, rename="camel"):
    change_type: str | None = None
    change_time: Any = None


class WireObject(msgspec.Struct):
    """An object; ``properties`` are read through ``properties_of``."""

    succinct: dict[str, Any] | None = msgspec.field(name="succinctProperties", default=None)
    full: dict[str, _Property] | None = msgspec.field(name="properties", default=None)
    event: _Event | None = msgspec.field(name="changeEventInfo", default=None)


class _Holder(msgspec.Struct):
    object: WireObject


class _Children(msgspec.Struct, rename="camel"):
    objects: list[_Holder]
    has_more_items: bool | None = None


class _Objects(msgspec.Struct, rename="camel"):
    objects: list[WireObject]
    has_more_items: bool | None = None
    change_log_token: str | int | None = None


class _Rows(msgspec.Struct, rename="camel"):
    results: list[WireObject]
    has_more_items: bool | None = None


class TreeEntry(msgspec.Struct):
    """An object of a ``descendants`` answer with what lies in it."""

    object: _Holder
    children: list[TreeEntry] | None = None

    @property
    def properties(self) -> Properties:
        """The properties of the object itself."""
        return properties_of(self.object.object)


class PropertyDefinition(msgspec.Struct, rename="camel"):
    """What of a property's definition matters here (2.1.3.3)."""

    id: str
    updatability: str | None = None
    max_length: int | None = None


class TypeMutability(msgspec.Struct):
    """Whether a type may have new types below it (2.1.10.1)."""

    create: bool | None = None


class TypeDefinition(msgspec.Struct, rename="camel"):
    """What of a type's definition matters here."""

    id: str
    versionable: bool | None = None
    type_mutability: TypeMutability | None = None
    property_definitions: dict[str, PropertyDefinition] | None = None

    @property
    def properties(self) -> dict[str, PropertyDefinition]:
        """The properties by id, none where the server is silent."""
        return self.property_definitions or {}


class CreatablePropertyTypes(msgspec.Struct, rename="camel"):
    """Which property types a new type may have."""

    can_create: list[str] | None = None


class WireCapabilities(msgspec.Struct):
    """Optional abilities (2.2.2.2); None where the server is silent."""

    changes: str | None = msgspec.field(name="capabilityChanges", default=None)
    descendants: bool | None = msgspec.field(name="capabilityGetDescendants", default=None)
    query: str | None = msgspec.field(name="capabilityQuery", default=None)
    order_by: str | None = msgspec.field(name="capabilityOrderBy", default=None)
    acl: str | None = msgspec.field(name="capabilityACL", default=None)
    content_updates: str | None = msgspec.field(name="capabilityContentStreamUpdatability", default=None)
    creatable_property_types: CreatablePropertyTypes | None = msgspec.field(
        name="capabilityCreatablePropertyTypes", default=None
    )


class RepositoryInfo(msgspec.Struct, rename="camel"):
    """A repository as the service document has it (2.2.2.2, 5.2.5.1)."""

    repository_id: str
    root_folder_url: str
    repository_url: str
    cmis_version_supported: str
    repository_name: str | None = None
    vendor_name: str | None = None
    product_name: str | None = None
    product_version: str | None = None
    latest_change_log_token: str | int | None = None
    capabilities: WireCapabilities | None = None

    @property
    def product(self) -> str:
        """Vendor, name and version of the product, as far as told."""
        told = self.vendor_name or ""
        for part in (self.product_name, self.product_version):  # some names hold the maker's or the version already
            if part and part not in told:
                told = part if told and told in part else f"{told} {part}".strip()
        return told


class Page(msgspec.Struct, frozen=True):
    """Objects of one answer. ``more``: the server has more, None where not told; ``told_at``: its clock then, None
    where not told.
    """

    objects: tuple[Properties, ...]
    more: bool | None
    told_at: datetime | None = None


class LogEntry(msgspec.Struct, frozen=True):
    """One line of the change log. ``at`` in milliseconds since 1970, UTC."""

    object_id: str
    change_type: str
    at: int


class LogPage(msgspec.Struct, frozen=True):
    """A page of the change log; ``token`` is of its last entry, "" where not told."""

    entries: tuple[LogEntry, ...]
    token: str
    more: bool


@contextmanager
def _strict() -> Iterator[None]:
    try:
        yield
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BadAnswer from error


def _decoded(kind: type[T], body: bytes | msgspec.Raw) -> T:
    with _strict():
        return decoder(kind).decode(body)


def _checked(body: bytes) -> bytes:
    """Return a body that is worth reading: a large one of nothing but brackets would take many times its size."""
    if len(body) > LARGE and sum(map(body.count, b"[{,")) > len(body) // PER_VALUE:
        raise BadAnswer(what="density")
    return body


def properties_of(wire: WireObject) -> Properties:
    """Return the properties of an object, whichever form they came in."""
    if wire.succinct is not None:
        return wire.succinct
    if wire.full is not None:
        return {key: item.value for key, item in wire.full.items()}
    raise BadAnswer(what="properties")


def read_object(body: bytes) -> Properties:
    """Read one object (selectors ``object`` and ``parent``, most actions)."""
    return properties_of(_decoded(WireObject, _checked(body)))


def read_parents(body: bytes) -> tuple[Properties, ...]:
    """Read the answer of selector ``parents`` (5.2.11: a bare array)."""
    return tuple(properties_of(holder.object) for holder in _decoded(list[_Holder], _checked(body)))


def read_children(body: bytes) -> Page:
    """Read the answer of selector ``children``."""
    page = _decoded(_Children, _checked(body))
    return Page(tuple(properties_of(holder.object) for holder in page.objects), page.has_more_items)


def read_rows(body: bytes) -> Page:
    """Read the answer of a query; the keys are query names."""
    page = _decoded(_Rows, _checked(body))
    return Page(tuple(properties_of(row) for row in page.results), page.has_more_items)


def read_tree(body: bytes) -> Iterator[TreeEntry]:
    """Read the answer of selector ``descendants``, one entry of the topmost level after the other."""
    for raw in _decoded(list[msgspec.Raw], _checked(body)):
        yield _decoded(TreeEntry, raw)


def read_changes(body: bytes) -> LogPage:
    """Read the answer of selector ``contentChanges``. OpenCMIS puts every value into a list here."""
    page = _decoded(_Objects, _checked(body))
    entries = []
    for wire in page.objects:
        if wire.event is None:
            raise BadAnswer(what="changeEventInfo")
        at = number({"at": wire.event.change_time}, "at")
        entries.append(LogEntry(text(properties_of(wire), "cmis:objectId"), wire.event.change_type or "", at))
    token = "" if page.change_log_token is None else str(page.change_log_token)
    return LogPage(tuple(entries), token, bool(page.has_more_items))


def read_type(body: bytes) -> TypeDefinition:
    """Read the answer of selector ``typeDefinition``."""
    return _decoded(TypeDefinition, _checked(body))


def read_repositories(body: bytes) -> tuple[RepositoryInfo, ...]:
    """Read the service document, or the answer of selector ``repositoryInfo``."""
    return tuple(_decoded(dict[str, RepositoryInfo], _checked(body)).values())


def text(properties: Properties, key: str) -> str:
    """Return a string property, "" when not set."""
    value = properties.get(key)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if value == []:
        return ""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    raise BadAnswer(what=key)


def texts(properties: Properties, key: str) -> tuple[str, ...]:
    """Return a multi-valued string property; a single value counts as one."""
    value = properties.get(key)
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise BadAnswer(what=key)


def number(properties: Properties, key: str) -> int:
    """Return an integer property (64 bits), 0 when not set."""
    value = properties.get(key)
    if type(value) is int and -INTEGER_LIMIT <= value < INTEGER_LIMIT:  # nearly always
        return value
    if isinstance(value, list) and len(value) <= 1:
        value = value[0] if value else None
    if value is None:
        return 0
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and -INTEGER_LIMIT <= value < INTEGER_LIMIT:
        return value
    raise BadAnswer(what=key)


def moment(properties: Properties, key: str) -> datetime | None:
    """Return a datetime property (milliseconds since 1970, UTC), aware, None when not set."""
    if properties.get(key) is None:
        return None
    try:
        return EPOCH + number(properties, key) * MILLISECOND
    except OverflowError as error:
        raise BadAnswer(what=key) from error


def day(properties: Properties, key: str) -> date | None:
    """Return the day of a datetime property, in UTC, None when not set."""
    if properties.get(key) is None:
        return None
    try:
        return _day_of(number(properties, key))
    except (OverflowError, ValueError) as error:
        raise BadAnswer(what=key) from error


@lru_cache(DAYS_KEPT)
def _day_of(milliseconds: int) -> date:
    return date.fromordinal(EPOCH_DAY + milliseconds // DAY_MS)


def form_text(value: str | int | datetime | date) -> str:
    """Return a value as a form has it (5.4.3): datetimes in milliseconds since 1970, days as midnight UTC."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return str((value - EPOCH) // MILLISECOND)
        case date():
            return str((value.toordinal() - EPOCH_DAY) * DAY_MS)
        case _:
            return str(value)


def form_properties(properties: Mapping[str, FormValue]) -> list[tuple[str, str]]:
    """Return properties as form fields (5.4.3.3): counted from 0, no gaps; one without a value becomes "not set"."""
    fields: list[tuple[str, str]] = []
    for index, (key, value) in enumerate(properties.items()):
        fields.append((f"propertyId[{index}]", key))
        if isinstance(value, tuple):
            fields.extend((f"propertyValue[{index}][{place}]", part) for place, part in enumerate(value))
        elif value is not None and value != "":
            fields.append((f"propertyValue[{index}]", form_text(value)))
    return fields


def holds(properties: Properties, key: str, value: FormValue) -> bool:
    """Return whether a property has this value already."""
    match value:
        case None | "" | ():
            return properties.get(key) in (None, "", [])
        case tuple():
            return texts(properties, key) == value
        case str():
            return text(properties, key) == value
        case bool():
            return properties.get(key) is value
        case _:
            return properties.get(key) is not None and number(properties, key) == int(form_text(value))
