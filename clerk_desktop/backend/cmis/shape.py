"""How the objects of a repository look to the rest of the adapter, by a DMS mapping. Pure.

The rest of the adapter knows our types, our properties, and ids that stay. Where a server has no types of ours, or ids
that change with every version, the difference is made up here, at the border of ``repository``.
"""

from __future__ import annotations

from clerk_desktop.backend.cmis import wire
from clerk_desktop.backend.cmis.mapping import Address, Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.notes import Notebook
from clerk_desktop.backend.cmis.wire import FormValue, Properties

VERSION_MARK = ";"


class Shape:
    """What is shown and what is sent."""

    def __init__(self, mapping: Mapping) -> None:
        self._by_series = mapping.strategies.address is Address.SERIES
        self.search_all_versions = mapping.strategies.search_all_versions
        self._notebook = Notebook(mapping, mapping.notes) if mapping.notes else None

    def type_id(self, type_id: str) -> str:
        """Return the type id that the server knows."""
        return self._notebook.carrier(type_id) if self._notebook else type_id

    def columns(self, wanted: str) -> str:
        """Return the property filter to send for one of ours; "" is everything."""
        columns = tuple(wanted.split(",")) if wanted else ()
        if columns and self._by_series:
            columns = (*columns, Property.VERSION_SERIES_ID, Property.IS_PRIVATE_WORKING_COPY)
        if columns and self._notebook:
            columns = self._notebook.columns(columns)
        return ",".join(dict.fromkeys(columns))

    def shown(self, properties: Properties) -> Properties:
        """Return an object as the adapter sees it."""
        series = wire.text(properties, Property.VERSION_SERIES_ID) if self._by_series else ""
        if series and properties.get(Property.IS_PRIVATE_WORKING_COPY) is not True:
            properties = {**properties, Property.OBJECT_ID: series}
        return self._notebook.shown(properties) if self._notebook else properties

    def logged_id(self, object_id: str) -> str:
        """Return the id under which the adapter knows what the change log names."""
        return object_id.partition(VERSION_MARK)[0] if self._by_series else object_id

    def created(self, values: Properties) -> Properties:
        """Return the properties to send for a new object."""
        return self._notebook.created(values) if self._notebook else values

    @property
    def changes_need_the_state(self) -> bool:
        """Whether a change of some fields can only be written together with the others."""
        return self._notebook is not None

    def changed(self, current: Properties, values: Properties) -> dict[str, FormValue]:
        """Return the properties to send for a change of ``current``, which is as the server has it."""
        return self._notebook.changed(current, values) if self._notebook else dict(values)
