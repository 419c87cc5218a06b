"""Brings the server's file of an author's marks up to date, merged with what the author marked at another station."""

from __future__ import annotations

from typing import Final

from clerk_desktop.model.errors import ChangedMeanwhile, Missing, NameTaken, ServerBusy
from clerk_desktop.model.outbox import OutboxEntry, PutAnnotations
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.store.annotations import StoredAnnotations
from clerk_desktop.sync.annotations import as_file, together
from clerk_desktop.sync.channel import TRIES_AGAINST_OTHERS, Channel, end_annotations
from clerk_desktop.sync.operations.add_event import folder_beside

TITLE: Final = "Send marks"


def send(channel: Channel, entry: OutboxEntry, operation: PutAnnotations) -> None:
    """Send until it was made on the newest state. Raises ``Missing`` for a document on no server, ``ServerError``,
    ``MarksRefused`` when the server's own file cannot be read.
    """
    for _ in range(TRIES_AGAINST_OTHERS):
        with channel.store.read() as session:
            stored = session.annotations.get(operation.annotation_set_id)
        if stored is None or stored.local is None:
            with channel.store.write() as session:
                end_annotations(session, entry.operation_id, channel.now)
            return
        try:
            _put(channel, entry, operation, stored, stored.local)
            return
        except (ChangedMeanwhile, Missing, NameTaken):
            _look_again(channel, operation)
        if not channel.waits_still(entry.operation_id):
            return  # the letter is gone: a clerk decides
    raise ServerBusy


def _put(
    channel: Channel, entry: OutboxEntry, operation: PutAnnotations, stored: StoredAnnotations, local: bytes
) -> None:
    file = as_file(channel.marks, together(channel.marks, stored))
    folder_id = folder_beside(channel, channel.baseline(operation.document_id))
    remote = channel.backend.put_annotations(file, folder_id, _known(channel, operation))
    channel.keep_annotations(remote, local, finish=entry.operation_id)


def _known(channel: Channel, operation: PutAnnotations) -> RemoteRef | None:
    with channel.store.read() as session:
        known = session.baselines.get(operation.annotation_set_id)
    return known.ref if known is not None and known.ref.server_id else None


def _look_again(channel: Channel, operation: PutAnnotations) -> None:
    """Take in what changed: the set, made newer by its author elsewhere, and the place of its document.

    Raises ``Missing`` for a document that is known to be on no server; its marks may still lie there.
    """
    if _known(channel, operation) is not None:
        channel.look(operation.annotation_set_id)
    channel.look(operation.document_id)
