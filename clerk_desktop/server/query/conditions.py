"""Conditions of a query as SQL over the table ``object`` (row ``o``). Every literal becomes a parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import assert_never

from clerk_desktop.backend.cmis.names import BaseType, Property
from clerk_desktop.server.faults import invalid
from clerk_desktop.server.query.fulltext import to_fts
from clerk_desktop.server.query.meaning import Scope
from clerk_desktop.server.query.statement import (
    All,
    Column,
    Comparison,
    Condition,
    Contains,
    EqualAny,
    In,
    IsNull,
    Like,
    Literal,
    Moment,
    Not,
    Operator,
    Some,
    Within,
)
from clerk_desktop.server.repository.columns import list_expression, order_expression, value_expression
from clerk_desktop.server.repository.database import SqlValue
from clerk_desktop.server.rights import name_key
from clerk_desktop.server.types.definitions import Kind, PropertyDefinition

_ORDERED = {Kind.INTEGER, Kind.DECIMAL, Kind.DATETIME, Kind.STRING}
_TREE = (
    "WITH RECURSIVE below(n) AS ("
    "SELECT n FROM object WHERE id = ? AND base = 'cmis:folder'"
    " UNION ALL SELECT f.n FROM object f JOIN below ON f.parent = below.n"
    " WHERE f.base = 'cmis:folder' AND f.listed = 1)"
)


class Conditions:
    """Translates the WHERE of one statement.

    ``may_read_folder`` tells whether the user may know a folder: what lies in a foreign one is not found by its id.
    """

    def __init__(self, scope: Scope, may_read_folder: Callable[[str], bool]) -> None:
        self._scope = scope
        self._may_read_folder = may_read_folder
        self._parameters: list[SqlValue] = []
        self.full_text: str | None = None
        """The FTS5 expression of CONTAINS, once it was met."""

    @property
    def parameters(self) -> Sequence[SqlValue]:
        """The values for the question marks, in order."""
        return self._parameters

    def sql(self, condition: Condition, *, top: bool = True) -> str:
        """Return a condition in SQL. ``top``: whether only ANDs are around it, which CONTAINS needs."""
        match condition:
            case All(conditions=parts):
                return "(" + " AND ".join(self.sql(part, top=top) for part in parts) + ")"
            case Some(conditions=parts):
                return "(" + " OR ".join(self.sql(part, top=False) for part in parts) + ")"
            case Not(condition=inner):
                return f"(NOT {self.sql(inner, top=False)})"
            case Comparison():
                return self._comparison(condition)
            case In():
                return self._in(condition)
            case EqualAny(column=column, literal=literal):
                return self._any(column, [literal], negated=False)
            case Like():
                return self._like(condition)
            case IsNull():
                return self._is_null(condition)
            case Contains():
                return self._contains(condition, top=top)
            case Within():
                return self._within(condition)
            case _:
                assert_never(condition)

    def _queryable(self, column: Column, *, multiple: bool) -> PropertyDefinition:
        definition = self._scope.property(column)
        if not definition.queryable:
            raise invalid("This column cannot be queried: " + column.name[:100])
        if definition.multiple != multiple:
            raise invalid("Multi-valued columns need ANY, others must not have it: " + column.name[:100])
        return definition

    def _comparison(self, condition: Comparison) -> str:
        definition = self._queryable(condition.column, multiple=False)
        equality = condition.operator in {Operator.EQUAL, Operator.UNEQUAL}
        if not equality and definition.kind not in _ORDERED:
            raise invalid("This column can only be compared for equality: " + condition.column.name[:100])
        value = _fitting(definition, condition.literal)
        served = ""
        if definition.id == Property.NAME and condition.operator is Operator.EQUAL:
            served = f"{order_expression(definition.id)} = ? AND "
            self._parameters.append(name_key(str(value)))
        self._parameters.append(value)
        return f"({served}{value_expression(definition.id)} {condition.operator.value} ?)"

    def _in(self, condition: In) -> str:
        if condition.any:
            return self._any(condition.column, condition.literals, negated=condition.negated)
        definition = self._queryable(condition.column, multiple=False)
        self._parameters.extend(_fitting(definition, literal) for literal in condition.literals)
        marks = ", ".join("?" * len(condition.literals))
        return f"({value_expression(definition.id)} {'NOT ' if condition.negated else ''}IN ({marks}))"

    def _any(self, column: Column, literals: Sequence[Literal], *, negated: bool) -> str:
        definition = self._queryable(column, multiple=True)
        self._parameters.extend(_fitting(definition, literal) for literal in literals)
        marks = ", ".join("?" * len(literals))
        source = f"json_each({list_expression(definition.id)})"
        return f"EXISTS (SELECT 1 FROM {source} item WHERE item.value {'NOT ' if negated else ''}IN ({marks}))"  # noqa: S608

    def _like(self, condition: Like) -> str:
        definition = self._queryable(condition.column, multiple=False)
        if definition.kind not in {Kind.STRING, Kind.URI, Kind.HTML, Kind.ID}:
            raise invalid("LIKE needs a column with text: " + condition.column.name[:100])
        served = ""
        beginning = _beginning(condition.pattern)
        if definition.id == Property.NAME and beginning and not condition.negated:
            key = order_expression(definition.id)
            served = f"{key} >= ? AND {key} < ? AND "
            self._parameters.extend((beginning, beginning[:-1] + chr(ord(beginning[-1]) + 1)))
        self._parameters.append(_glob(condition.pattern))
        return f"({served}{value_expression(definition.id)} {'NOT ' if condition.negated else ''}GLOB ?)"

    def _is_null(self, condition: IsNull) -> str:
        definition = self._scope.property(condition.column)
        if not definition.queryable:
            raise invalid("This column cannot be queried: " + condition.column.name[:100])
        negation = "NOT " if condition.negated else ""
        if definition.multiple:
            empty = f"COALESCE(json_array_length({list_expression(definition.id)}), 0) = 0"
            return f"({negation}({empty}))"
        return f"({value_expression(definition.id)} IS {negation}NULL)"

    def _contains(self, condition: Contains, *, top: bool) -> str:
        self._scope.require_table(condition.table)
        if self.full_text is not None or not top:
            raise invalid("CONTAINS can be used once, joined with the rest by AND.")
        wanted, unwanted = to_fts(condition.expression)
        self.full_text = wanted or ""
        parts = []
        for expression, negation in [*([(wanted, "")] if wanted else []), *((item, "NOT ") for item in unwanted)]:
            self._parameters.append(expression)
            parts.append(f"o.n {negation}IN (SELECT rowid FROM words WHERE words MATCH ?)")  # noqa: S608
        return "(" + " AND ".join(parts) + ")"

    def _within(self, condition: Within) -> str:
        self._scope.require_table(condition.table)
        if self._scope.main.type.base == BaseType.RELATIONSHIP:
            raise invalid("Relationships lie in no folder.")
        if not self._may_read_folder(condition.folder_id):
            raise invalid("There is no such folder.")
        self._parameters.append(condition.folder_id)
        if condition.deep:
            return f"(o.parent IN ({_TREE} SELECT n FROM below))"  # noqa: S608
        return "(o.parent = (SELECT n FROM object WHERE id = ?))"


def _fitting(definition: PropertyDefinition, literal: Literal) -> SqlValue:
    """Return a literal as it is stored. Raises ``Fault`` (invalidArgument) when it is of another type."""
    match definition.kind, literal:
        case Kind.DATETIME, Moment(milliseconds=value):
            return value
        case Kind.BOOLEAN, bool():
            return int(literal)
        case ((Kind.INTEGER | Kind.DECIMAL), bool()):
            pass
        case ((Kind.INTEGER | Kind.DECIMAL), int()):
            if abs(literal) < 2**63:
                return literal
        case ((Kind.INTEGER | Kind.DECIMAL), float()):
            return literal
        case ((Kind.STRING | Kind.ID | Kind.URI | Kind.HTML), str()):
            return literal
    raise invalid(f"A literal does not fit to {definition.id}, which is of type {definition.kind.value}.")


def _beginning(pattern: str) -> str:
    """Return how the keys of all names that fit a LIKE pattern begin, as far as that is certain.

    Its last letter is left out: an accent may follow and make another letter of it.
    """
    match = re.match(r"[\x20-\x7e]*", pattern)
    plain = re.split(r"[%_\\]", match[0] if match else "", maxsplit=1)[0]
    return name_key(plain[:-1])


def _glob(pattern: str) -> str:
    """Return the GLOB pattern of a LIKE pattern: GLOB minds letter case, and an index can serve it."""
    found = []
    for match in re.finditer(r"\\(.)|(.)", pattern, re.DOTALL):
        escaped, plain = match.groups()
        if escaped is not None:
            if escaped not in "%_\\":
                found.append("\\")
            plain, wild = escaped, False
        else:
            wild = plain in "%_"
        if wild:
            found.append("*" if plain == "%" else "?")
        else:
            found.append(f"[{plain}]" if plain in "*?[" else plain)
    return "".join(found)
