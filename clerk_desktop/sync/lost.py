"""What a decided conflict leaves behind: the version that was not kept stays readable in the history.

And who changed the other side, as far as the history tells it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.conflict import CASE_OF_DOCUMENT, FieldConflict, Side
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, new_key
from clerk_desktop.model.outbox import AddEvent
from clerk_desktop.store.session import Session

ARROW = " → "


def keep_in_history(
    session: Session, kind: ChangeKind, object_id: str, fields: tuple[FieldConflict, ...], side: Side, now: datetime
) -> None:
    """Write down, line by line, what was not kept and what was; where nothing holds a history any more, nothing.

    What was given up of a letter that is gone stands in the history of its case, with what the letter was called.
    """
    place = _place(session, kind, object_id)
    lines = [_line(session, each, side) for each in fields]
    if place is None and kind is ChangeKind.DOCUMENT and side is Side.THEIRS:
        place, lines = _case_of_gone(session, DocumentId(object_id), lines)
    if place is None or not fields:
        return
    case_id, document_id = place
    account = session.account.get()
    event = Event(
        event_id=EventId(new_key()),
        kind=EventKind.DECIDED,
        actor=account.user if account else "",
        at=now,
        text="\n".join(lines),
        case_id=case_id,
        document_id=document_id,
    )
    session.events.put(event)
    session.outbox.add(AddEvent(event_id=event.event_id, beside=case_id or document_id or ""), now)


def with_author(session: Session, kind: ChangeKind, object_id: str, field: FieldConflict) -> FieldConflict:
    """Add who made the server's version and when, from the newest event that tells it; else when the server says.

    And the numbers of the cases where both sides filed a document.
    """
    if field.field == CASE_OF_DOCUMENT:
        numbers = [_number(session, text) for text in (field.mine, field.theirs)]
        field = replace(field, mine_number=numbers[0], theirs_number=numbers[1])
    place = _place(session, kind, object_id)
    case_id = place[0] if place is not None else None
    baseline = session.baselines.get(object_id)
    at = baseline.ref.modified_at if baseline is not None else None
    events = session.events.of_case(case_id) if case_id is not None else ()
    for event in reversed(events):
        if _tells(event, kind, object_id, field):
            return replace(field, by=event.actor, at=event.at)
    return replace(field, at=at)


def _tells(event: Event, kind: ChangeKind, object_id: str, field: FieldConflict) -> bool:
    if kind is ChangeKind.DOCUMENT:
        return field.field == CASE_OF_DOCUMENT and event.kind is EventKind.FILED and event.document_id == object_id
    wanted = f"{ARROW}{field.theirs}"
    return event.kind is EventKind.CHANGED and any(
        line.startswith(f"{field.field}: ") and line.endswith(wanted) for line in event.text.splitlines()
    )


def _place(session: Session, kind: ChangeKind, object_id: str) -> tuple[CaseId | None, DocumentId | None] | None:
    """Return case and document whose history an object has, None where the server has no place for it."""
    if kind is ChangeKind.CASE:
        return (CaseId(object_id), None) if _on_server(session, object_id) else None
    document = session.documents.get(DocumentId(object_id)) if kind is ChangeKind.DOCUMENT else None
    if document is None or not _on_server(session, object_id):
        return None
    known = session.baselines.get(object_id)
    there = known.document.case_id if known is not None and known.document is not None else None
    if there is not None and not _on_server(session, there):
        return None
    return there, document.document_id


def _case_of_gone(
    session: Session, document_id: DocumentId, lines: list[str]
) -> tuple[tuple[CaseId, None] | None, list[str]]:
    document = session.documents.get(document_id)
    if document is None or document.case_id is None or not _on_server(session, document.case_id):
        return None, lines
    return (document.case_id, None), [document.subject or document.title, *lines]


def _line(session: Session, each: FieldConflict, side: Side) -> str:
    mine, theirs = each.mine, each.theirs
    if each.field == CASE_OF_DOCUMENT:
        mine, theirs = (_number(session, text) for text in (mine, theirs))
    lost, kept = (theirs, mine) if side is Side.MINE else (mine, theirs)
    return f"{each.field}: {lost}{ARROW}{kept}"


def _number(session: Session, case_id: str) -> str:
    case = session.cases.get(CaseId(case_id)) if case_id else None
    return case.case_number if case is not None else case_id


def _on_server(session: Session, object_id: str) -> bool:
    known = session.baselines.get(object_id)
    return known is not None and bool(known.ref.server_id)
