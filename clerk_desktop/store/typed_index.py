"""What was typed for letters of the inbox and is not filed yet. Goes with the letter, and when it is filed."""

from __future__ import annotations

import msgspec

from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.typed_index import TypedIndex
from clerk_desktop.store.documents import IN_INBOX
from clerk_desktop.store.statements import Statements
from clerk_desktop.system.decoding import decoder


class TypedIndexRows:
    """What a session knows of it. Nobody is told of changes: only the window that writes it shows it."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def all(self) -> dict[DocumentId, TypedIndex]:
        """Return what was typed, by letter."""
        rows = self._db.all("SELECT document_id, payload FROM typed_index")
        return {DocumentId(document_id): decoder(TypedIndex).decode(payload) for document_id, payload in rows}

    def count(self) -> int:
        """Return for how many letters that wait in the inbox something was typed."""
        row = self._db.one(f"SELECT count(*) FROM typed_index JOIN documents USING (document_id) WHERE {IN_INBOX}")  # noqa: S608 - ours
        return int(row[0]) if row else 0

    def put(self, document_id: DocumentId, typed: TypedIndex) -> None:
        """Keep it for a letter that waits in the inbox; nothing typed, or a letter that is gone or filed, is fine."""
        self._db.run("DELETE FROM typed_index WHERE document_id = ?", (document_id,))
        if typed:
            self._db.run(
                "INSERT INTO typed_index"
                " SELECT document_id, ? FROM documents WHERE document_id = ? AND case_id IS NULL",
                (msgspec.json.encode(typed), document_id),
            )

    def hand_on(self, document_id: DocumentId, made: DocumentId) -> None:
        """Keep the same for a letter that was ``made`` of this one's pages; nothing typed is fine."""
        self._db.run(
            "INSERT OR REPLACE INTO typed_index SELECT ?, payload FROM typed_index WHERE document_id = ?",
            (made, document_id),
        )
