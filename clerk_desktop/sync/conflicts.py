"""Conflicts as a clerk sees them, and what follows from the clerk's decision. Works on the store only, offline too."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.conflict import CASE_OF_DOCUMENT, Conflict, FieldConflict, Side
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import case_text, document_text
from clerk_desktop.model.errors import FailureKind, NotKnown
from clerk_desktop.model.ids import CaseId, DocumentId, OperationId
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    DepositDocument,
    FileDocument,
    OutboxEntry,
    OutboxState,
    PutAnnotations,
    SetAsideDocument,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.sync.absorb import forget, known_here, put_case
from clerk_desktop.sync.edits import case_edits, document_edits, edited_case, edited_document
from clerk_desktop.sync.lost import keep_in_history, with_author


class Conflicts:
    """Lists and resolves what was changed on both sides."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[Conflict, ...]:
        """Return all conflicts, oldest first."""
        with self._store.read() as session:
            return tuple(
                self._shown(session, entry) for entry in session.outbox.all() if entry.state is OutboxState.CONFLICT
            )

    def resolve(self, operation_id: OperationId, side: Side, now: datetime) -> None:
        """Keep one side; the other stays in the history.

        Raises ``NotKnown`` for no conflict, or to keep mine where ``can_keep_mine`` is False.
        """
        with self._store.write() as session:
            entry = session.outbox.get(operation_id)
            if entry is None or entry.state is not OutboxState.CONFLICT:
                raise NotKnown(what=operation_id)
            object_id, kind = subject(entry)
            keep_in_history(session, kind, object_id, _fields(session, entry), side, now)
            if side is Side.THEIRS:
                _give_up(session, entry)
            elif _gone(session, entry):
                self._make_anew(session, entry, object_id, now)
            else:
                session.outbox.release(operation_id)

    def withdraw(self, operation_id: OperationId) -> None:
        """Give up an own change that the server refuses; the object shows the server's state again.

        Raises ``NotKnown`` for an operation that does not wait for a clerk, or that creates an object: a scanned
        letter is never given up this way.
        """
        with self._store.write() as session:
            entry = session.outbox.get(operation_id)
            if entry is None or entry.state is OutboxState.WAITING:
                raise NotKnown(what=operation_id)
            if isinstance(entry.operation, CreateCase | DepositDocument | SetAsideDocument):
                raise NotKnown(what=operation_id)
            _give_up(session, entry)

    def _shown(self, session: Session, entry: OutboxEntry) -> Conflict:
        object_id, kind = subject(entry)
        gone = _gone(session, entry)
        return Conflict(
            operation_id=entry.operation_id,
            object_id=object_id,
            kind=kind,
            fields=tuple(with_author(session, kind, object_id, each) for each in _fields(session, entry)),
            gone=gone,
            can_keep_mine=not gone or self._can_be_made(session, entry),
        )

    def _can_be_made(self, session: Session, entry: OutboxEntry) -> bool:
        """Whether everything that the server no longer has can be created again from what is here."""
        return all(_on_server(session, touched) or self._is_here(session, touched) for touched in _lasting(entry))

    def _is_here(self, session: Session, object_id: str) -> bool:
        if session.cases.get(CaseId(object_id)) is not None:
            return True
        document = session.documents.get(DocumentId(object_id))
        return document is not None and bool(document.sha256) and self._store.blobs.has(document.sha256)

    def _make_anew(self, session: Session, entry: OutboxEntry, object_id: str, now: datetime) -> None:
        """Create again what is gone, as it is here; operations that wait for it follow behind."""
        if not self._can_be_made(session, entry):
            raise NotKnown(what=object_id)
        missing = [touched for touched in entry.operation.touches if not _on_server(session, touched)]
        waiting = [each for each in session.outbox.all() if not set(missing).isdisjoint(each.operation.touches)]
        for each in waiting:
            session.outbox.discard(each.operation_id)
        for touched in missing:
            if session.cases.get(CaseId(touched)) is not None:
                session.outbox.add(CreateCase(case_id=CaseId(touched)), now)
            elif session.documents.get(DocumentId(touched)) is not None:
                session.outbox.add(DepositDocument(document_id=DocumentId(touched)), now)
        for each in waiting:
            if not isinstance(each.operation, UpdateCase | UpdateDocument | CreateCase | DepositDocument):
                again = session.outbox.add(each.operation, now)
                if each.operation_id != entry.operation_id and _contested(session, each):
                    session.outbox.hold(again, each.error, FailureKind.CONFLICT, OutboxState.CONFLICT)
        for touched in missing:
            _file_again(session, touched, now)


def subject(entry: OutboxEntry) -> tuple[str, ChangeKind]:
    """Return what an operation changes."""
    match entry.operation:
        case UpdateCase(case_id=case_id) | CreateCase(case_id=case_id):
            return case_id, ChangeKind.CASE
        case AddEvent(event_id=event_id):
            return event_id, ChangeKind.EVENT
        case PutAnnotations(annotation_set_id=annotation_set_id):
            return annotation_set_id, ChangeKind.ANNOTATIONS
        case (
            UpdateDocument(document_id=document_id)
            | FileDocument(document_id=document_id)
            | DepositDocument(document_id=document_id)
            | SetAsideDocument(document_id=document_id)
        ):
            return document_id, ChangeKind.DOCUMENT


def _on_server(session: Session, object_id: str) -> bool:
    known = session.baselines.get(object_id)
    return known is not None and bool(known.ref.server_id)


def _gone(session: Session, entry: OutboxEntry) -> bool:
    """Whether the object, or the case it is to go into, is no longer on the server."""
    return any(not _on_server(session, touched) for touched in _lasting(entry))


def _contested(session: Session, entry: OutboxEntry) -> bool:
    """Whether a filing has a conflict of its own, to be decided by itself: the document is there, as others left it."""
    operation = entry.operation
    held = entry.state is OutboxState.CONFLICT
    return held and isinstance(operation, FileDocument) and _on_server(session, operation.document_id)


def _lasting(entry: OutboxEntry) -> tuple[str, ...]:
    """Return what an operation needs on the server; the event or the marks that it brings are not."""
    match entry.operation:
        case AddEvent(event_id=new) | PutAnnotations(annotation_set_id=new):
            return tuple(touched for touched in entry.operation.touches if touched != new)
        case _:
            return tuple(entry.operation.touches)


def _fields(session: Session, entry: OutboxEntry) -> tuple[FieldConflict, ...]:
    operation = entry.operation
    if isinstance(operation, UpdateCase):
        baseline = session.baselines.get(operation.case_id)
        theirs = baseline.case if baseline else None
        return tuple(
            FieldConflict(
                field=change.field.value, mine=change.text, theirs=case_text(theirs, change.field) if theirs else ""
            )
            for change in operation.changes
        )
    if not isinstance(operation, UpdateDocument | FileDocument):
        return ()
    baseline = session.baselines.get(operation.document_id)
    there = baseline.document if baseline else None
    fields = tuple(
        FieldConflict(
            field=change.field.value, mine=change.text, theirs=document_text(there, change.field) if there else ""
        )
        for change in operation.changes
    )
    if isinstance(operation, FileDocument):
        place = (there.case_id if there else None) or ""
        return (*fields, FieldConflict(field=CASE_OF_DOCUMENT, mine=operation.case_id, theirs=place))
    return fields


def _give_up(session: Session, entry: OutboxEntry) -> None:
    session.outbox.discard(entry.operation_id)
    if isinstance(entry.operation, PutAnnotations):
        session.annotations.give_up(entry.operation.annotation_set_id)
    for touched in entry.operation.touches:
        restore(session, touched)


def restore(session: Session, object_id: str) -> None:
    """Make a row what the server has with the remaining unsent edits; remove it when nothing holds it any more."""
    baseline = session.baselines.get(object_id)
    entries = session.outbox.touching(object_id)
    if baseline is None:
        if not entries:
            _forget_whatever(session, object_id)
        return
    if baseline.case is not None:
        row = session.cases.get(CaseId(object_id))
        case = edited_case(baseline.case, case_edits(baseline.case, entries))
        put_case(session, replace(case, pinned=row.pinned if row else False), row)
    elif baseline.document is not None:
        known = session.documents.get(DocumentId(object_id))
        edited = edited_document(baseline.document, document_edits(baseline.document, entries))
        session.documents.put(known_here(known, edited))


def _forget_whatever(session: Session, object_id: str) -> None:
    for kind in (ChangeKind.CASE, ChangeKind.DOCUMENT, ChangeKind.EVENT):
        forget(session, kind, object_id)


def _file_again(session: Session, object_id: str, now: datetime) -> None:
    """Let a document that is made anew in the inbox go where it lies here."""
    document: Document | None = session.documents.get(DocumentId(object_id))
    if document is None or document.case_id is None:
        return
    filings = (each.operation for each in session.outbox.touching(object_id))
    if not any(isinstance(operation, FileDocument) for operation in filings):
        session.outbox.add(FileDocument(document_id=document.document_id, case_id=document.case_id), now)
