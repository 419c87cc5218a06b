"""What happened in cases and to documents."""

from __future__ import annotations

import json
from collections.abc import Iterable

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.event import Event
from clerk_desktop.model.ids import CaseId, DocumentId, EventId
from clerk_desktop.store.rows import shape
from clerk_desktop.store.statements import Statements

WITH_EVENTS = """
    SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM events WHERE document_id = value) ORDER BY key
"""


class EventRows:
    """The events of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._shape = shape(Event)

    def get(self, event_id: EventId) -> Event | None:
        """Return an event by our id."""
        found = self._where("event_id = ?", event_id)
        return found[0] if found else None

    def put(self, event: Event) -> None:
        """Keep an event; the same event again changes nothing but where it lies."""
        self._db.run(self._shape.upsert("events"), self._shape.cells(event))
        self._db.note(ChangeKind.EVENT, event.event_id)

    def remove(self, event_id: EventId) -> None:
        """Forget an event that the server no longer has; one that is not there is fine."""
        if self._db.run("DELETE FROM events WHERE event_id = ?", (event_id,)):
            self._db.note(ChangeKind.EVENT, event_id)

    def of_case(self, case_id: CaseId) -> tuple[Event, ...]:
        """Return the events of a case, oldest first."""
        return self._where("case_id = ? ORDER BY at, event_id", case_id)

    def of_document(self, document_id: DocumentId) -> tuple[Event, ...]:
        """Return the events of a document, oldest first."""
        return self._where("document_id = ? ORDER BY at, event_id", document_id)

    def has_of_document(self, document_id: DocumentId) -> bool:
        """Whether anything is known to have happened to a document."""
        return self._db.one("SELECT 1 FROM events WHERE document_id = ? LIMIT 1", (document_id,)) is not None

    def with_events(self, documents: Iterable[DocumentId]) -> tuple[DocumentId, ...]:
        """Return those of these documents that anything is known to have happened to."""
        rows = self._db.all(WITH_EVENTS, (json.dumps(list(documents)),))
        return tuple(DocumentId(document_id) for (document_id,) in rows)

    def _where(self, condition: str, cell: str) -> tuple[Event, ...]:
        rows = self._db.all(f"SELECT {self._shape.names} FROM events WHERE {condition}", (cell,))  # noqa: S608
        return tuple(map(self._shape.value, rows))
