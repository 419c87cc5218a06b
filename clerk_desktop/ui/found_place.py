"""What a search leads to."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.ids import DocumentId


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPlace:
    """Where words were found: a document and its page (from 1; 0: any page may have them)."""

    document_id: DocumentId
    page: int
    words: tuple[str, ...]
