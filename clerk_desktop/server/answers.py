"""The JSON shapes of the Browser Binding (5.2 of CMIS 1.1) and what is sent around them. No decisions, no storage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, cast

import msgspec

from clerk_desktop.server.repository.changes import Change
from clerk_desktop.server.repository.objects import Listing, Page
from clerk_desktop.server.types.definitions import Kind, PropertyDefinition, Values
from clerk_desktop.server.types.writing import Json

_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentAnswer:
    """Bytes to be sent: ``stream`` from ``start`` for ``length`` bytes of ``total``; a part of it if ``partial``."""

    stream: BinaryIO
    media_type: str
    file_name: str
    sha256: str
    start: int
    length: int
    total: int
    partial: bool
    attachment: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a selector or an action answers: JSON, content, or nothing. ``created`` is the id of a new object."""

    status: int = 200
    body: Json = None
    empty: bool = False
    content: ContentAnswer | None = None
    created: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def encoded(body: Json) -> bytes:
    """Return JSON as bytes."""
    try:
        return _ENCODER.encode(body)
    except (UnicodeEncodeError, OverflowError):
        # half a surrogate pair or a number beyond 64 bits: rare, so the slower way may know of them alone
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def plain_value(value: Values) -> Json:
    """Return a property's value as JSON."""
    return list(value) if isinstance(value, tuple) else value


def succinct_properties(values: Mapping[str, Values]) -> Json:
    """Return properties as a plain map (5.2.11.4); tuples become arrays when they are written."""
    return cast("Json", values)


def full_properties(values: Mapping[str, Values], definitions: Mapping[str, PropertyDefinition]) -> dict[str, Json]:
    """Return properties with what their definitions say; ``values`` and ``definitions`` by the same keys."""
    found: dict[str, Json] = {}
    for key, value in values.items():
        definition = definitions.get(key)
        if definition is not None:
            found[key] = {
                "id": definition.id,
                "localName": definition.local_name,
                "displayName": definition.display_name,
                "queryName": definition.query_name,
                "type": definition.kind.value,
                "cardinality": definition.cardinality.value,
                "value": plain_value(value),
            }
    return found


def object_list(members: Iterable[Json], listing: Listing, page: Page) -> dict[str, Json]:
    """Return a page of objects."""
    return {"objects": list(members), "hasMoreItems": listing.has_more(page), "numItems": listing.total}


def change_event(change: Change, *, succinct: bool) -> Json:
    """Return an event of the change log: which object, what happened, when; and what is known without reading it."""
    known = {"cmis:objectId": change.object_id, "cmis:baseTypeId": change.base, "cmis:objectTypeId": change.type}
    if change.series is not None:
        known["cmis:versionSeriesId"] = change.series
    event: dict[str, Json] = {"changeEventInfo": {"changeType": change.kind.value, "changeTime": change.at}}
    if succinct:
        event["succinctProperties"] = dict(known)
    else:
        event["properties"] = {
            key: {
                "id": key,
                "localName": key.removeprefix("cmis:"),
                "displayName": key,
                "queryName": key,
                "type": Kind.ID.value,
                "cardinality": "single",
                "value": value,
            }
            for key, value in known.items()
        }
    return event
