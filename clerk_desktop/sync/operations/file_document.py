"""Puts a document into a case: updates its index data first, then moves it. Each step can be sent again.

Looks at the server before it moves: somebody else may have filed the letter in the meantime. Into the same case is a
success; into another case is a conflict for a clerk, and the letter stays where the other one put it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.errors import Missing
from clerk_desktop.model.outbox import FileDocument, OutboxEntry
from clerk_desktop.sync.channel import Channel
from clerk_desktop.sync.operations.update_document import as_seen, still_needed

TITLE: Final = "File a document into a case"


def send(channel: Channel, entry: OutboxEntry, operation: FileDocument) -> None:
    """Update, then move. Raises ``Missing`` when the case is on no server, and ``ServerError``."""
    document_id = operation.document_id
    channel.baseline(operation.case_id)
    if not channel.look(document_id):
        return

    def update(known: Baseline) -> bool:
        needed = still_needed(known, operation.changes)
        if needed:
            channel.keep(channel.backend.update_document(as_seen(known), needed), document_id)
        return True

    def move(known: Baseline) -> bool:
        assert known.document is not None
        if known.document.case_id == operation.case_id:
            channel.finish(entry.operation_id)
            return True
        target = channel.baseline(operation.case_id).ref
        try:
            moved = channel.backend.move(known.ref, target)
        except Missing:
            if not channel.look(operation.case_id):
                return False
            raise
        if not moved.ref.parent_id:
            moved = replace(moved, ref=replace(moved.ref, parent_id=target.server_id))
        channel.keep(moved, document_id, finish=entry.operation_id)
        return True

    if channel.against_others(document_id, entry, update):
        channel.against_others(document_id, entry, move)
