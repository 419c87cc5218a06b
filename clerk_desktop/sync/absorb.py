"""Takes a state of the server into the store: baseline, the row that clerks see, and what is still to be sent.

The one place where both sides meet, used for everything that comes from the server: pages of a pull, answers to what
was pushed, what was fetched after somebody else was faster. Always inside the caller's transaction, never near the
network. The row becomes the server's state with our unsent edits on it. The operation whose answer is taken in must
still stand in the outbox, so that its values are known as ours; it is finished afterwards.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import FailureKind, Missing, NumberTaken
from clerk_desktop.model.ids import AnnotationSetId, CaseId, DocumentId, EventId, short_key
from clerk_desktop.model.outbox import OutboxState
from clerk_desktop.model.remote import RemoteAnnotations, RemoteCase, RemoteDocument, RemoteEvent, RemoteObject
from clerk_desktop.store.session import Session
from clerk_desktop.sync.decide import Gone, merge_case, merge_document, when_gone
from clerk_desktop.sync.edits import (
    arrived_case,
    arrived_document,
    case_edits,
    document_edits,
    edited_case,
    edited_document,
)
from clerk_desktop.sync.proposals import adopt, adopt_all
from clerk_desktop.sync.regroup import regroup_case, regroup_document


def absorb(session: Session, remote: RemoteObject, now: datetime) -> bool:
    """Take any object's state in; return whether anything was new."""
    match remote:
        case RemoteCase():
            return absorb_case(session, remote, now)
        case RemoteDocument():
            return absorb_document(session, remote, now)
        case RemoteEvent():
            return absorb_event(session, remote)
        case RemoteAnnotations():
            return absorb_annotations(session, remote)


def absorb_case(session: Session, remote: RemoteCase, now: datetime) -> bool:
    """Take a case's state in; return whether anything was new."""
    theirs = remote.case
    before = session.baselines.get(theirs.case_id)
    row = session.cases.get(theirs.case_id)
    baseline = Baseline(object_id=theirs.case_id, kind=ChangeKind.CASE, ref=remote.ref, case=theirs)
    entries = session.outbox.touching(theirs.case_id)
    if baseline == before and row is not None and not entries:
        return False
    session.baselines.put(baseline)
    if before is None and row is None and not entries:
        put_case(session, theirs, None)
        return True
    edits = case_edits(theirs, entries)
    base = arrived_case(before.case, theirs, edits) if before and before.case else None
    mine = replace(edited_case(base or theirs, edits), pinned=row.pinned if row else False)
    merge = merge_case(base, mine, theirs)
    put_case(session, merge.case, row)
    regroup_case(session, theirs, edits, merge.clashes, now, base)
    return True


def absorb_document(session: Session, remote: RemoteDocument, now: datetime) -> bool:
    """Take a document's state in, at the place where its folder tells it lies; return whether anything was new."""
    before = session.baselines.get(remote.document.document_id)
    if before is not None and not remote.ref.parent_id:
        remote = replace(remote, ref=replace(remote.ref, parent_id=before.ref.parent_id))
    theirs = placed(session, remote)
    row = session.documents.get(theirs.document_id)
    baseline = Baseline(object_id=theirs.document_id, kind=ChangeKind.DOCUMENT, ref=remote.ref, document=theirs)
    entries = session.outbox.touching(theirs.document_id)
    if baseline == before and row is not None and not entries:
        return False
    session.baselines.put(baseline)
    if before is None and row is None and not entries:
        session.documents.put(theirs)
        adopt_all(session, theirs.document_id)
        return True
    edits = document_edits(theirs, entries)
    base = arrived_document(before.document, theirs, edits) if before and before.document else None
    mine = edited_document(known_here(row, base or theirs), edits)
    merge = merge_document(base, mine, theirs)
    settled = _with_new_content(merge.document, before.document if before else None, theirs)
    if settled != row:
        session.documents.put(settled)
    if row is not None and settled.sha256 != row.sha256:
        session.contents.let_go(row.sha256)
    if row is None:
        adopt_all(session, theirs.document_id)
    regroup_document(session, theirs, edits, merge.clashes, merge.place_clash, now, base)
    return True


def placed(session: Session, remote: RemoteDocument) -> Document:
    """Return a document at the place where its folder tells it lies."""
    document, case_id = measured(remote), case_at(session, remote.ref.parent_id)
    return document if document.case_id == case_id else replace(document, case_id=case_id)


def measured(remote: RemoteDocument) -> Document:
    """Return a document with the length of its content."""
    document = remote.document
    length = document.length or remote.content_length
    return document if document.length == length else replace(document, length=length)


def join_conflicts(session: Session, object_id: str, now: datetime) -> None:
    """Let edits made since then of a field in conflict wait together with it."""
    known = session.baselines.get(object_id)
    if known is None:
        return
    entries = session.outbox.touching(object_id)
    if known.case is not None:
        regroup_case(session, known.case, case_edits(known.case, entries), frozenset(), now)
    elif known.document is not None:
        edits = document_edits(known.document, entries)
        regroup_document(session, known.document, edits, frozenset(), place_clash=False, now=now)


def absorb_event(session: Session, remote: RemoteEvent) -> bool:
    """Take an event in once, at the case where the server has it: what happened to a document goes with it, for all.

    What another station proposed for a letter becomes our proposal too.
    """
    event = remote.event
    baseline = Baseline(object_id=event.event_id, kind=ChangeKind.EVENT, ref=remote.ref)
    known = session.events.get(event.event_id)
    if known is not None and session.baselines.get(event.event_id) == baseline:
        return False
    session.baselines.put(baseline)
    place = case_at(session, remote.ref.parent_id)
    if known is None:
        event = replace(event, case_id=event.case_id or place)
        session.events.put(event)
    elif place is not None and place != known.case_id:
        session.events.put(replace(known, case_id=place))
    adopt(session, event)
    return True


def absorb_annotations(session: Session, remote: RemoteAnnotations) -> bool:
    """Take an author's marks in; unsent edits of mine stay beside them until they are merged and sent."""
    file = remote.annotations
    baseline = Baseline(object_id=file.annotation_set_id, kind=ChangeKind.ANNOTATIONS, ref=remote.ref)
    known = session.annotations.get(file.annotation_set_id)
    same = known is not None and known.remote == file.content
    if same and session.baselines.get(file.annotation_set_id) == baseline:
        return False
    session.baselines.put(baseline)
    if not same:
        session.annotations.put_remote(file)
    return True


def absorb_gone(session: Session, object_id: str) -> None:
    """Take in that an object is no longer on the server, or no longer visible.

    It is removed here too, unless unsent work touches it: then it stays, and that work waits for a clerk.
    """
    baseline = session.baselines.get(object_id)
    if baseline is None:
        return
    parting = when_gone(object_id, session.outbox.touching(object_id))
    if parting.gone is Gone.COMES_YET:
        return
    session.baselines.remove(object_id)
    for operation_id in parting.needless:
        session.outbox.discard(operation_id)
    for operation_id in parting.asked:
        session.outbox.hold(operation_id, Missing.__name__, FailureKind.CONFLICT, OutboxState.CONFLICT)
    if parting.gone is Gone.FORGET:
        forget(session, baseline.kind, object_id)


def forget(session: Session, kind: ChangeKind, object_id: str) -> None:
    """Remove what this workstation keeps of an object."""
    match kind:
        case ChangeKind.CASE:
            session.pins.remove(CaseId(object_id))
            session.cases.remove(CaseId(object_id))
        case ChangeKind.DOCUMENT:
            known = session.documents.get(DocumentId(object_id))
            session.suggestions.remove(DocumentId(object_id))
            session.documents.remove(DocumentId(object_id))
            if known is not None:
                session.contents.let_go(known.sha256)
                session.contents.let_go(known.source_sha256)
        case ChangeKind.EVENT:
            session.events.remove(EventId(object_id))
        case ChangeKind.ANNOTATIONS:
            session.annotations.gone(AnnotationSetId(object_id))
        case _:
            pass


def case_at(session: Session, parent_id: str) -> CaseId | None:
    """Return the case that is kept as the folder ``parent_id``, None for any other folder."""
    object_id = session.baselines.case_at(parent_id) if parent_id else None
    return CaseId(object_id) if object_id is not None else None


def at(session: Session, server_id: str) -> Baseline | None:
    """Return the baseline of what the server names so, by its newest or its lasting id."""
    if not server_id:
        return None
    return session.baselines.by_server_id(server_id) or session.baselines.by_series_id(server_id)


def known_here(row: Document | None, value: Document) -> Document:
    """Return ``value`` with what only this workstation knows of the content."""
    if row is None:
        return value
    return replace(
        value,
        received_on=row.received_on,
        page_count=row.page_count,
        source_sha256=row.source_sha256,
        sha256=row.sha256,
        source_key=row.source_key,
        length=row.length,
    )


def _with_new_content(merged: Document, before: Document | None, theirs: Document) -> Document:
    """Return the row without the hash of an earlier content, where a server that tells none has another one by now."""
    if before is None or theirs.sha256 or not before.length or before.length == theirs.length:
        return merged
    return replace(merged, sha256="", length=theirs.length)


def put_case(session: Session, case: Case, row: Case | None) -> None:
    """Write the row. Two cases of one number on the server are both shown, the later one with its key behind it."""
    if case == row:
        return
    try:
        session.cases.put(case)
    except NumberTaken:
        session.cases.put(replace(case, case_number=f"{case.case_number} ({short_key(case.case_id)})"))
