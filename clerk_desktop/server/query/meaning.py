"""What the names of a statement mean: tables are types, columns are properties (2.1.14.2.2 of CMIS 1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clerk_desktop.backend.cmis.names import BaseType, Property
from clerk_desktop.server.faults import invalid
from clerk_desktop.server.query.statement import Column, Statement, Table
from clerk_desktop.server.types.definitions import PropertyDefinition, TypeDefinition
from clerk_desktop.server.types.registry import TypeRegistry


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A table of the query: its name in it, its type, its properties by query name in lower case."""

    name: str
    type: TypeDefinition
    properties: Mapping[str, PropertyDefinition]


class Scope:
    """The tables of one statement. Raises ``Fault`` (invalidArgument) for unknown names."""

    def __init__(self, types: TypeRegistry, statement: Statement) -> None:
        self._types = types
        self._sources: dict[str, Source] = {}
        self.main = self._add(statement.table)
        self.attached: list[Source] = []
        for join in statement.joins:
            source = self._add(join.table)
            if source.type.base != BaseType.SECONDARY:
                raise invalid("Only secondary types can be joined.")
            self.attached.append(source)
            ends = {(end.table or "").casefold() for end in (join.left, join.right)}
            ids = {end.name.casefold() for end in (join.left, join.right)}
            if ids != {Property.OBJECT_ID.value.casefold()} or ends - self._sources.keys() or len(ends) != 2:
                raise invalid("A secondary type is joined by cmis:objectId.")
        if self.main.type.base == BaseType.SECONDARY:
            self.attached.append(self.main)
        self._aliases = {
            (item.alias or "").casefold(): item.column for item in statement.selected if item.alias is not None
        }

    def _add(self, table: Table) -> Source:
        definition = self._types.by_query_name(table.name)
        if definition is None or not definition.queryable:
            raise invalid("There is no such table: " + table.name[:100])
        found = dict(self._types.own_and_inherited(definition.id))
        if definition.base == BaseType.SECONDARY:
            found = {**self._types.own_and_inherited(BaseType.ITEM), **found}
        name = (table.alias or table.name).casefold()
        if name in self._sources:
            raise invalid("Two tables have the same name.")
        source = Source(
            name=name, type=definition, properties={item.query_name.casefold(): item for item in found.values()}
        )
        self._sources[name] = source
        return source

    @property
    def sources(self) -> tuple[Source, ...]:
        """All tables, the one after FROM first."""
        return tuple(self._sources.values())

    def require_table(self, name: str | None) -> None:
        """Raise ``Fault`` (invalidArgument) when a qualifier is no table of the statement."""
        if name is not None and name.casefold() not in self._sources:
            raise invalid("There is no such table: " + name[:100])

    def source(self, name: str) -> Source:
        """Return a table by its name in the statement. Raises ``Fault`` (invalidArgument)."""
        self.require_table(name)
        return self._sources[name.casefold()]

    def property(self, column: Column) -> PropertyDefinition:
        """Return the property of a column, which may be an alias of the SELECT list."""
        aliased = self._aliases.get(column.name.casefold()) if column.table is None else None
        if aliased is not None and aliased.name != "*":
            column = aliased
        sources = self.sources if column.table is None else (self.source(column.table),)
        for source in sources:
            definition = source.properties.get(column.name.casefold())
            if definition is not None:
                return definition
        raise invalid("There is no such column: " + column.name[:100])

    def is_score(self, column: Column) -> bool:
        """Whether a column of ORDER BY is the alias of SCORE()."""
        key = column.name.casefold()
        return column.table is None and key in self._aliases and self._aliases[key] is None
