"""A parsed query as values. What the names in it mean is not known yet; see ``meaning``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A TIMESTAMP literal, in milliseconds since 1970-01-01 UTC."""

    milliseconds: int


Literal: TypeAlias = str | int | float | bool | Moment


class Operator(StrEnum):
    """Comparison operators."""

    EQUAL = "="
    UNEQUAL = "<>"
    LESS = "<"
    GREATER = ">"
    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A property by query name, with the table it is said to be of."""

    table: str | None
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Selected:
    """One member of the SELECT list: a column, ``*`` (name "*"), or SCORE() (``column`` None)."""

    column: Column | None
    alias: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A type by query name, with its alias."""

    name: str
    alias: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Join:
    """A joined table and the two columns that must be equal."""

    table: Table
    left: Column
    right: Column


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """``column operator literal``."""

    column: Column
    operator: Operator
    literal: Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class In:
    """``column [NOT] IN (literals)``, with ``any`` over a multi-valued column."""

    column: Column
    literals: tuple[Literal, ...]
    negated: bool
    any: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EqualAny:
    """``literal = ANY column``."""

    column: Column
    literal: Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Like:
    """``column [NOT] LIKE 'pattern'``; the pattern still has its escapes."""

    column: Column
    pattern: str
    negated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class IsNull:
    """``column IS [NOT] NULL``."""

    column: Column
    negated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Contains:
    """``CONTAINS([table,] 'expression')``."""

    table: str | None
    expression: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Within:
    """``IN_FOLDER`` or, with ``deep``, ``IN_TREE``."""

    table: str | None
    folder_id: str
    deep: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class All:
    """Conditions joined by AND."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Some:
    """Conditions joined by OR."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Not:
    """A negated condition."""

    condition: Condition


Condition: TypeAlias = Comparison | In | EqualAny | Like | IsNull | Contains | Within | All | Some | Not


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """One member of ORDER BY."""

    column: Column
    descending: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A whole query."""

    selected: tuple[Selected, ...]
    table: Table
    joins: tuple[Join, ...]
    where: Condition | None
    order: tuple[Sort, ...]
