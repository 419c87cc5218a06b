"""Frozen dataclasses as rows of real columns: one column per field, of the same name.

Leaves SQL to the repositories. Times become microseconds since 1970, days ISO 8601 text, Enums their value,
tuples JSON; everything else is stored as it is.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Generic, NewType, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Cell: TypeAlias = str | int | float | bytes | None
START = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Return an aware time as whole microseconds since 1970, UTC. Raises ``ValueError`` for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return (at - START) // MICROSECOND


def from_micros(cell: int) -> datetime:
    """Return the aware time, UTC, of microseconds since 1970."""
    return START + cell * MICROSECOND


class RowShape(Generic[T]):
    """How a dataclass lies in a table."""

    def __init__(self, kind: type[T]) -> None:
        hints = get_type_hints(kind)
        self.kind = kind
        self.columns = tuple(field.name for field in fields(kind))  # type: ignore[arg-type]  # T is a dataclass
        self.names = ", ".join(self.columns)
        """The columns as they stand in a SELECT."""
        self._cells = attrgetter(*self.columns)
        encoders = [_encoder(hints[name]) for name in self.columns]
        self._to = tuple((place, to) for place, to in enumerate(encoders) if to is not _same)
        self._from = tuple(_decoder(hints[name]) for name in self.columns)

    def cells(self, value: T) -> tuple[Cell, ...]:
        """Return a value's cells in the order of ``columns``."""
        cells: list[Any] = list(self._cells(value))
        for place, to in self._to:
            cells[place] = to(cells[place])
        return tuple(cells)

    def value(self, row: Sequence[Any]) -> T:
        """Return the value of a row that was selected by ``names``."""
        made = {name: back(cell) for name, back, cell in zip(self.columns, self._from, row, strict=True)}
        return self.kind(**made)

    def insert(self, table: str, extra: tuple[str, ...] = ()) -> str:
        """Return the SQL that writes one row that is not there yet."""
        return _insert(table, (*self.columns, *extra))

    def by_key(self, table: str) -> str:
        """Return the SQL that reads one row by its key, the first field."""
        return f"SELECT {self.names} FROM {table} WHERE {self.columns[0]} = ?"  # noqa: S608 - ours

    def upsert(self, table: str, extra: tuple[str, ...] = (), *, key: str = "") -> str:
        """Return the SQL that writes one row, new or not; the first field is the key unless told otherwise."""
        return _upsert(table, (*self.columns, *extra), key or self.columns[0])


@cache
def shape(kind: type[T]) -> RowShape[T]:
    """Return the shape of a dataclass; worked out once."""
    return RowShape(kind)


@cache
def _upsert(table: str, columns: tuple[str, ...], key: str) -> str:
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != key)
    return f"{_insert(table, columns)} ON CONFLICT ({key}) DO UPDATE SET {changes}"


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - ours


def _same(value: Cell) -> Cell:
    return value


def _encoder(hint: object) -> Callable[[Any], Cell]:
    plain, optional = _plain(hint)
    convert = _encode_plain(plain)
    if not optional or convert is _same:
        return convert
    return lambda value: None if value is None else convert(value)


def _encode_plain(plain: object) -> Callable[[Any], Cell]:
    if get_origin(plain) is tuple:
        return _json
    if plain is datetime:
        return micros
    if plain is date:
        return date.isoformat
    if plain is bool:
        return int
    if isinstance(plain, type) and issubclass(plain, Enum):
        return attrgetter("_value_")  # "value" is worked out anew each time
    if plain in (str, int, float, bytes):
        return _same
    raise TypeError(f"no column for {plain!r}")


def _decoder(hint: object) -> Callable[[Any], Any]:
    plain, optional = _plain(hint)
    convert = _decode_plain(plain)
    return (lambda cell: None if cell is None else convert(cell)) if optional else convert


def _decode_plain(plain: object) -> Callable[[Any], Any]:
    if get_origin(plain) is tuple:
        return _texts if get_args(plain) == (str, ...) else _json_decoder(plain)
    if plain is datetime:
        return from_micros
    if plain is date:
        return date.fromisoformat
    if plain is bool or (isinstance(plain, type) and issubclass(plain, Enum)):
        return plain
    return _same


def _json(value: tuple[Any, ...]) -> str:
    import msgspec  # here and below: a list of cases is read without it

    return msgspec.json.encode(value).decode()


def _texts(cell: str) -> tuple[str, ...]:
    return tuple(json.loads(cell))


def _json_decoder(plain: object) -> Callable[[Any], Any]:
    from clerk_desktop.system.decoding import decoder

    return decoder(cast("type[Any]", plain)).decode


def _plain(hint: object) -> tuple[object, bool]:
    """Return the type below ``NewType`` and ``| None``, and whether it may be None."""
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        rest = [part for part in get_args(hint) if part is not type(None)]
        if len(rest) != 1:
            raise TypeError(f"no column for {hint!r}")
        hint, optional = rest[0], True
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    return hint, optional
