"""Takes a letter out of the inbox whose pages are in other letters now. Waits for these: a page is never nowhere.

It is kept on the server, in a folder of its own. Being gone already is a success. One that somebody filed meanwhile
stays in its case: it is shown again here, and the new letters tell of it, so that a clerk compares them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.errors import ChangedMeanwhile, Missing, ServerBusy
from clerk_desktop.model.outbox import OutboxEntry, SetAsideDocument
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.store.session import Session
from clerk_desktop.sync.absorb import absorb_gone
from clerk_desktop.sync.channel import TRIES_AGAINST_OTHERS, Channel, end
from clerk_desktop.sync.witness import Step

TITLE: Final = "Take a letter out of the inbox whose pages are in other letters"


def send(channel: Channel, entry: OutboxEntry, operation: SetAsideDocument) -> None:
    """Look where it lies, then move it. Raises ``ServerError``."""
    for _ in range(TRIES_AGAINST_OTHERS):
        known = _there(channel, operation)
        if known is None:
            channel.finish(entry.operation_id)
            return
        assert known.document is not None
        if known.document.case_id is not None:
            with channel.store.write() as session:
                _show_again(session, operation)
                end(session, entry.operation_id)
            return
        try:
            channel.backend.set_aside(known.ref, known.document.municipality)
        except ChangedMeanwhile:
            continue
        channel.witness(Step.ANSWERED, operation.document_id)
        with channel.store.write() as session:
            absorb_gone(session, operation.document_id)
            end(session, entry.operation_id)
        channel.witness(Step.STORED, operation.document_id)
        return
    raise ServerBusy


def _there(channel: Channel, operation: SetAsideDocument) -> Baseline | None:
    """Return the newest state of the letter, None when it is not on the server."""
    try:
        if not channel.look(operation.document_id):
            return None
        return channel.baseline(operation.document_id)
    except Missing:
        return None


def _show_again(session: Session, operation: SetAsideDocument) -> None:
    session.rearrangements.remove(operation.document_id)
    for letter in operation.letters:
        if session.documents.get(letter) is not None:
            found = session.suggestions.get(letter) or Suggestions()
            session.suggestions.put(letter, replace(found, looks_like=operation.document_id))
