"""Our fields as a note in one text property: for servers on which no types can be added.

The note is JSON, so that a person with another program can read it, and one property, so that it changes as a whole
under the object's own change token. What stands in it is checked field by field: anybody may have edited it. Pure.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias

import msgspec

from clerk_desktop.backend.cmis import wire
from clerk_desktop.backend.cmis.mapping import Mapping, Notes
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.wire import FormValue, Properties
from clerk_desktop.model.errors import Missing

STANDARD = "cmis:"
FORMAT = "clerk-desktop"
VERSION = 1
TYPE = "type"
LISTS = frozenset({"participants"})
NUMBERS = frozenset(
    {
        "due_on",
        "resubmit_on",
        "step_since",
        "opened_on",
        "closed_on",
        "letter_date",
        "received_on",
        "page_count",
        "at",
        "target_date",
        "year",
        "value",
    }
)
"""Fields that are numbers on the wire: counts, days and times."""

Note: TypeAlias = dict[str, Any]


class Notebook:
    """Writes and reads the notes of one mapping."""

    def __init__(self, mapping: Mapping, notes: Notes) -> None:
        self._property = notes.property
        types = mapping.types
        documents = (types.document, types.event, types.counter, types.annotation_set)
        self._carriers = {types.case: notes.folder, **dict.fromkeys(documents, notes.document)}
        self._kinds = _kinds(mapping)

    def carrier(self, type_id: str) -> str:
        """Return the type that objects of one of our types have on the server; other types are their own."""
        return self._carriers.get(type_id, type_id)

    def columns(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Return what to ask the server for to learn the ids in ``wanted``."""
        return (*(column for column in wanted if column.startswith(STANDARD)), self._property)

    def shown(self, properties: Properties) -> Properties:
        """Return an object as if its fields were properties. One without a note is what the server says."""
        note = self._read(properties)
        if note is None:
            return properties
        plain = {key: value for key, value in properties.items() if key != self._property}
        fields = {key: value for key, value in note.items() if self._fits(key, value)}
        return {**plain, **fields, Property.OBJECT_TYPE_ID: note[TYPE]}

    def created(self, values: Properties) -> dict[str, FormValue]:
        """Return the properties of a new object, its note among them."""
        type_id = values[Property.OBJECT_TYPE_ID]
        if type_id not in self._carriers:
            return dict(values)
        own = {**values, Property.OBJECT_TYPE_ID: self._carriers[type_id]}
        return self._written({FORMAT: VERSION, TYPE: type_id}, own)

    def changed(self, current: Properties, values: Properties) -> dict[str, FormValue]:
        """Return the properties to send to change ``values``. Raises ``Missing`` when the object bears no note."""
        note = self._read(current)
        if note is None:
            raise Missing
        return self._written(note, values)

    def _written(self, note: Note, values: Properties) -> dict[str, FormValue]:
        plain: dict[str, FormValue] = {}
        for key, value in values.items():
            if key.startswith(STANDARD):
                plain[str(key)] = value
            elif value is None or value in ("", ()):
                note.pop(key, None)
            else:
                note[key] = _as_json(value)
        plain[self._property] = msgspec.json.encode(note).decode()
        return plain

    def _read(self, properties: Properties) -> Note | None:
        text = properties.get(self._property)
        if not isinstance(text, str) or not text.startswith("{"):
            return None
        try:
            note = msgspec.json.decode(text)
        except (msgspec.MsgspecError, RecursionError):
            return None
        if not isinstance(note, dict) or FORMAT not in note:
            return None
        type_id = note.get(TYPE)
        return note if isinstance(type_id, str) and type_id in self._carriers else None

    def _fits(self, key: str, value: object) -> bool:
        kind = self._kinds.get(key)
        if kind is list:
            return isinstance(value, list) and all(isinstance(part, str) for part in value)
        return kind is not None and isinstance(value, kind) and not isinstance(value, bool)


def _as_json(value: FormValue) -> object:
    match value:
        case bool():
            return value
        case datetime() | date():
            return int(wire.form_text(value))
        case tuple():
            return list(value)
        case _:
            return value


def _kinds(mapping: Mapping) -> dict[str, type]:
    found: dict[str, type] = {}
    for part in (mapping.case, mapping.document, mapping.event, mapping.annotations, mapping.counter):
        for name in part.__dataclass_fields__:
            kind = list if name in LISTS else int if name in NUMBERS else str
            found[getattr(part, name)] = kind
    found.pop("", None)
    return found
