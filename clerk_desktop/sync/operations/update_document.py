"""Sends changed index data of a document."""

from __future__ import annotations

from typing import Final

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.editing import DocumentChange, changed_document, document_text
from clerk_desktop.model.outbox import OutboxEntry, UpdateDocument
from clerk_desktop.model.remote import RemoteDocument
from clerk_desktop.sync.channel import Channel

TITLE: Final = "Send index data of a document"


def send(channel: Channel, entry: OutboxEntry, operation: UpdateDocument) -> None:
    """Send until it was made on the newest state. Raises ``ServerError``."""

    def attempt(known: Baseline) -> bool:
        needed = still_needed(known, operation.changes)
        if not needed:
            channel.finish(entry.operation_id)
            return True
        remote = channel.backend.update_document(as_seen(known), needed)
        channel.keep(remote, operation.document_id, finish=entry.operation_id)
        return True

    channel.against_others(operation.document_id, entry, attempt)


def as_seen(known: Baseline) -> RemoteDocument:
    """Return a document as the server was last seen to have it."""
    assert known.document is not None
    return RemoteDocument(ref=known.ref, document=known.document)


def still_needed(known: Baseline, changes: tuple[DocumentChange, ...]) -> tuple[DocumentChange, ...]:
    """Return the changes that the server does not show yet: none when all was done already."""
    assert known.document is not None
    wanted = changed_document(known.document, changes)
    texts = {change.field: document_text(wanted, change.field) for change in changes}
    return tuple(
        DocumentChange(field=field, text=text)
        for field, text in texts.items()
        if document_text(known.document, field) != text
    )
