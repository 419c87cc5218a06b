"""What is proposed for documents."""

from __future__ import annotations

import msgspec

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.store.statements import Statements
from clerk_desktop.system.decoding import decoder


class SuggestionRows:
    """The suggestions of a session, one set per document."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def get(self, document_id: DocumentId) -> Suggestions | None:
        """Return what is proposed for a document, None when nothing was ever worked out."""
        row = self._db.one("SELECT payload FROM suggestions WHERE document_id = ?", (document_id,))
        return None if row is None else decoder(Suggestions).decode(row[0])

    def put(self, document_id: DocumentId, suggestions: Suggestions) -> None:
        """Keep the proposals for a document that is kept in this session or was before."""
        self._db.run(
            "INSERT INTO suggestions (document_id, payload) VALUES (?, ?)"
            " ON CONFLICT (document_id) DO UPDATE SET payload = excluded.payload",
            (document_id, msgspec.json.encode(suggestions)),
        )
        self._db.note(ChangeKind.DOCUMENT, document_id)

    def remove(self, document_id: DocumentId) -> None:
        """Forget the proposals; none is fine."""
        if self._db.run("DELETE FROM suggestions WHERE document_id = ?", (document_id,)):
            self._db.note(ChangeKind.DOCUMENT, document_id)
