"""Objects as they are stored: one frozen value per row of the table ``object``.

They are structs of msgspec: lists make a thousand of them, and a frozen dataclass takes four times as long.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from clerk_desktop.backend.cmis.names import BaseType
from clerk_desktop.server.repository.database import SqlValue
from clerk_desktop.server.rights import Zone
from clerk_desktop.server.types.definitions import Values


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What an object's content is. ``length`` in bytes, ``sha256`` in lower-case hex."""

    id: str
    length: int
    media_type: str
    file_name: str
    sha256: str


class StoredObject(msgspec.Struct, frozen=True, kw_only=True):
    """One object, or one version of a document. Times are milliseconds since 1970-01-01 UTC.

    ``n`` is the row (0: not stored yet), ``listed`` whether it stands for its version series in its folder, ``zone``
    follows from the path. ``properties`` holds what is set of the properties outside the standard.
    """

    n: int = 0
    id: str
    base: BaseType
    type: str
    parent: int | None
    zone: Zone
    listed: bool = True
    name: str
    description: str | None = None
    created_by: str
    created_at: int
    modified_by: str
    modified_at: int
    token: int = 1
    series: str | None = None
    latest: bool = True
    major: bool = False
    latest_major: bool = False
    working_copy: bool = False
    label: str | None = None
    comment: str | None = None
    checked_out_by: str | None = None
    checked_out_id: str | None = None
    content: Content | None = None
    source: str | None = None
    target: str | None = None
    secondary: tuple[str, ...] = ()
    properties: Mapping[str, Values]

    @property
    def is_folder(self) -> bool:
        """Whether the object is a folder."""
        return self.base is BaseType.FOLDER

    @property
    def is_document(self) -> bool:
        """Whether the object is a document."""
        return self.base is BaseType.DOCUMENT

    @property
    def is_root(self) -> bool:
        """Whether the object is the root folder."""
        return self.is_folder and self.parent is None


_PLAIN = tuple(
    name
    for name in StoredObject.__struct_fields__
    if name not in {"n", "base", "zone", "content", "secondary", "properties"}
)
_BASES = {base.value: base for base in BaseType}
COLUMNS = (
    *_PLAIN,
    "base",
    "zone",
    "content",
    "content_length",
    "content_type",
    "content_name",
    "content_hash",
    "secondary",
    "properties",
)
"""The columns that ``to_columns`` gives values for, in its order."""


def from_row(row: sqlite3.Row) -> StoredObject:
    """Return the object of a row that has all columns of the table."""
    return from_rows([row])[0]


def from_rows(rows: Sequence[sqlite3.Row]) -> list[StoredObject]:
    """Return the objects of rows that have all columns of the table."""
    if not rows:
        return []
    # one dict each, since a row itself looks for each name among all of them, and lists have a thousand rows
    names = rows[0].keys()
    return [_from_values(dict(zip(names, row, strict=True))) for row in rows]


def _from_values(values: Mapping[str, Any]) -> StoredObject:
    return StoredObject(
        n=values["n"],
        id=values["id"],
        base=_BASES[values["base"]],
        type=values["type"],
        parent=values["parent"],
        zone=values["zone"],
        listed=bool(values["listed"]),
        name=values["name"],
        description=values["description"],
        created_by=values["created_by"],
        created_at=values["created_at"],
        modified_by=values["modified_by"],
        modified_at=values["modified_at"],
        token=values["token"],
        series=values["series"],
        latest=bool(values["latest"]),
        major=bool(values["major"]),
        latest_major=bool(values["latest_major"]),
        working_copy=bool(values["working_copy"]),
        label=values["label"],
        comment=values["comment"],
        checked_out_by=values["checked_out_by"],
        checked_out_id=values["checked_out_id"],
        content=None if values["content"] is None else _content(values),
        source=values["source"],
        target=values["target"],
        secondary=() if values["secondary"] == "[]" else tuple(json.loads(values["secondary"])),
        properties={} if values["properties"] == "{}" else _properties(values["properties"]),
    )


def _content(values: Mapping[str, Any]) -> Content:
    return Content(
        id=values["content"],
        length=values["content_length"],
        media_type=values["content_type"],
        file_name=values["content_name"],
        sha256=values["content_hash"],
    )


def _properties(text: str) -> dict[str, Values]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(text).items()}


def to_columns(stored: StoredObject) -> list[SqlValue]:
    """Return the values of ``COLUMNS`` for an object."""
    plain: list[SqlValue] = [getattr(stored, name) for name in _PLAIN]
    content: list[SqlValue] = [None] * 5
    if stored.content is not None:
        kept = stored.content
        content = [kept.id, kept.length, kept.media_type, kept.file_name, kept.sha256]
    return [
        *plain,
        stored.base.value,
        stored.zone,
        *content,
        json.dumps(stored.secondary),
        json.dumps(stored.properties, ensure_ascii=False, separators=(",", ":")),
    ]
