"""Appends an event to the folder of its case, or beside its document."""

from __future__ import annotations

from typing import Final

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.errors import Missing
from clerk_desktop.model.outbox import AddEvent, OutboxEntry
from clerk_desktop.sync.channel import Channel

TITLE: Final = "Add a note to the history"


def send(channel: Channel, entry: OutboxEntry, operation: AddEvent) -> None:
    """Append. Raises ``Missing`` when what it belongs to is on no server, and ``ServerError``."""
    with channel.store.read() as session:
        event = session.events.get(operation.event_id)
        done = session.baselines.get(operation.event_id)
    if event is None or done is not None:
        channel.finish(entry.operation_id)
        return
    folder_id = folder_beside(channel, channel.baseline(operation.beside))
    try:
        remote = channel.backend.add_event(event, folder_id)
    except Missing:
        if not channel.look(operation.beside):
            return
        remote = channel.backend.add_event(event, folder_beside(channel, channel.baseline(operation.beside)))
    channel.keep(remote, operation.event_id, finish=entry.operation_id)


def folder_beside(channel: Channel, beside: Baseline) -> str:
    """Return the server's id of the folder that belongs to a case or document. Raises ``Missing``."""
    if beside.kind is ChangeKind.CASE:
        return beside.ref.server_id
    if beside.document is not None and beside.document.case_id is not None:
        return channel.baseline(beside.document.case_id).ref.server_id
    if not beside.ref.parent_id:
        raise Missing
    return beside.ref.parent_id
