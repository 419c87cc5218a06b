"""Searching on the server (CMIS 1.1, 2.1.14): in full text where it offers that, else in names and properties."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_desktop.backend.cmis import queries, wire
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Repository
from clerk_desktop.model.errors import AbilityMissing
from clerk_desktop.model.remote import RemoteFind
from clerk_desktop.model.searching import WantedWord

NO_QUERIES = ("", "none")
WITHOUT_FULL_TEXT = "metadataonly"
FULL_TEXT_ONLY = "fulltextonly"


class Searching:
    """Asks one query for cases and one or two for documents."""

    def __init__(self, repository: Repository, mapping: Mapping) -> None:
        self._repository = repository
        self._mapping = mapping

    def find(self, wanted: Sequence[WantedWord], limit: int) -> tuple[RemoteFind, ...]:
        """Return up to ``limit`` cases and as many documents. Raises ``AbilityMissing``."""
        ability = self._repository.capabilities.query or ""
        if ability in NO_QUERIES:
            raise AbilityMissing
        case, document, types = self._mapping.case, self._mapping.document, self._mapping.types
        statements = []
        if ability != FULL_TEXT_ONLY:
            places = (case.case_number, case.subject), (document.title, document.subject, document.sender)
            statements.append((case.object_key, self._statement(types.case, case.object_key, places[0], wanted)))
            statements.append(
                (document.object_key, self._statement(types.document, document.object_key, places[1], wanted))
            )
        if ability != WITHOUT_FULL_TEXT:  # some servers look only into contents then, others into properties too
            text = self._text_statement(types.document, document.object_key, wanted)
            statements.append((document.object_key, text))
        found = (each for key, statement in statements for each in self._found(statement, key, limit))
        return tuple(dict.fromkeys(found))

    def _statement(self, type_id: str, key: str, places: tuple[str, ...], wanted: Sequence[WantedWord]) -> str:
        """Look into properties; where ours stand in a note that no query sees, into names."""
        columns, table = self._asked(type_id, key)
        known = (Property.NAME,) if self._mapping.notes else tuple(place for place in places if place)
        return queries.with_words_in(columns, table, known or (Property.NAME,), wanted)

    def _text_statement(self, type_id: str, key: str, wanted: Sequence[WantedWord]) -> str:
        return queries.with_words(*self._asked(type_id, key), wanted)

    def _asked(self, type_id: str, key: str) -> tuple[tuple[str, ...], str]:
        """Return the columns to ask for and the table that objects of a type of ours are in."""
        mapping, types = self._mapping, self._mapping.types
        series = (Property.VERSION_SERIES_ID,) if type_id == types.document else ()
        if mapping.notes:
            table = mapping.notes.document if type_id == types.document else mapping.notes.folder
            return (Property.OBJECT_ID, *series), table
        return (Property.OBJECT_ID, *series, key), types.table(type_id)

    def _found(self, statement: str, key: str, limit: int) -> tuple[RemoteFind, ...]:
        return tuple(
            RemoteFind(
                server_ids=tuple(
                    found
                    for column in (Property.VERSION_SERIES_ID, Property.OBJECT_ID)
                    if (found := wire.text(row, column))
                ),
                object_key=wire.text(row, key),
            )
            for row in self._repository.query(statement, limit)
        )
