"""The inbox: documents not filed yet, with what was proposed for them."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.store.store import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxItem:
    """A document in the inbox and its proposals."""

    document: Document
    suggestions: Suggestions


class Inbox:
    """What waits for a clerk's decision."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def items(self, municipality: str = "") -> tuple[InboxItem, ...]:
        """Return the inbox, oldest receipt first; ``municipality`` is a key, "" for all visible."""
        with self._store.read() as session:
            return tuple(
                InboxItem(
                    document=document,
                    suggestions=session.suggestions.get(document.document_id) or Suggestions(),
                )
                for document in session.documents.inbox(municipality)
            )

    def item(self, document_id: DocumentId) -> InboxItem | None:
        """Return one document of the inbox, None when it is not (or no longer) there."""
        with self._store.read() as session:
            document = session.documents.get(document_id)
            if document is None or document.case_id is not None:
                return None
            return InboxItem(document=document, suggestions=session.suggestions.get(document_id) or Suggestions())
