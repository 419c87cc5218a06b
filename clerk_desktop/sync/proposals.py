"""What the intake of another station proposed for a letter becomes this station's proposal too."""

from __future__ import annotations

import msgspec

from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.rearranging import Rearrangement
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.store.session import Session
from clerk_desktop.system.decoding import decoder


def adopt_all(session: Session, document_id: DocumentId) -> None:
    """Take over what was proposed for a document before it was known here."""
    if session.events.has_of_document(document_id):
        for event in session.events.of_document(document_id):
            adopt(session, event)


def adopt(session: Session, event: Event) -> None:
    """Take over the proposals that an event brings, where there are none yet for its document; and which letters gave
    way to others.
    """
    document_id = event.document_id
    if event.kind is EventKind.PAGES:
        done = rearrangement_of(event)
        if done is not None:
            session.rearrangements.put(done)
        return
    if event.kind is not EventKind.SUGGESTIONS or document_id is None:
        return
    if session.suggestions.get(document_id) is not None or session.documents.get(document_id) is None:
        return
    try:
        proposed = decoder(Suggestions).decode(event.text)
    except msgspec.MsgspecError:
        return
    session.suggestions.put(document_id, proposed)


def rearrangement_of(event: Event) -> Rearrangement | None:
    """Return which letters an event says gave way to which, None for words that are not known here."""
    try:
        return decoder(Rearrangement).decode(event.text)
    except msgspec.MsgspecError:
        return None
