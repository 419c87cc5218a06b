"""Takes fields that clash out of their operations and holds them together as one conflict per object.

So a conflict never blocks other work: what does not clash stays ready to be sent, and later edits of a field that is
in conflict join the conflict instead of overwriting the other side. A conflict whose field meanwhile has the same
value on both sides ends by itself. Edits that in the end leave a field as it was before them (``taken_back``) are no
longer sent where somebody else has changed it: each of them would overwrite what nobody here has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Generic

from clerk_desktop.model.case import Case, CaseField
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import case_text, document_text
from clerk_desktop.model.errors import ChangedMeanwhile, FailureKind
from clerk_desktop.model.ids import CaseId, OperationId
from clerk_desktop.model.outbox import FileDocument, Operation, OutboxEntry, OutboxState, UpdateCase, UpdateDocument
from clerk_desktop.store.session import Session
from clerk_desktop.sync.edits import Edits, F, case_changes, document_changes, places


@dataclass(frozen=True, kw_only=True, slots=True)
class _Parted(Generic[F]):
    """Texts that are to be sent, and that clash; ``taken_back``: others leave a field as it was before our edits."""

    clean: dict[F, str]
    conflict: dict[F, str]
    taken_back: bool


def regroup_case(
    session: Session,
    theirs: Case,
    edits: Edits[CaseField],
    clashes: frozenset[CaseField],
    now: datetime,
    base: Case | None = None,
) -> None:
    """Hold the clashing fields of a case; ``theirs`` is the server's state, ``base`` that before our edits."""
    parted = _parted(edits, partial(case_text, theirs), partial(case_text, base) if base else None, clashes)
    clean, conflict = parted.clean, parted.conflict
    if not conflict and not edits.held and not parted.taken_back:
        return
    settled = not parted.taken_back and conflict.keys() == edits.held
    if settled and _alone(edits.entries, _touching(edits.entries, conflict.keys())):
        return
    _replace(
        session,
        edits.entries,
        clean=UpdateCase(case_id=theirs.case_id, changes=case_changes(clean)) if clean else None,
        conflict=UpdateCase(case_id=theirs.case_id, changes=case_changes(conflict)) if conflict else None,
        now=now,
    )


def regroup_document(
    session: Session,
    theirs: Document,
    edits: Edits[DocumentField],
    clashes: frozenset[DocumentField],
    place_clash: bool,
    now: datetime,
    base: Document | None = None,
) -> None:
    """Hold the clashing fields of a document, and its case where both sides filed it; ``theirs`` has its place."""
    parted = _parted(edits, partial(document_text, theirs), partial(document_text, base) if base else None, clashes)
    clean, conflict = parted.clean, parted.conflict
    filed = places(edits)
    target = filed.wanted[-1] if filed.wanted and filed.wanted[-1] != theirs.case_id else None
    put_back = target is not None and base is not None and base.case_id == target and not filed.held
    if put_back:
        target = None
    contested = target if place_clash or filed.held else None
    undone = parted.taken_back or put_back
    if not conflict and not contested and not edits.held and not filed.held and not undone:
        return
    if not undone and conflict.keys() == edits.held and (contested is not None) == filed.held:
        involved = _touching(edits.entries, conflict.keys())
        if contested is not None:
            involved |= {e.operation_id for e in edits.entries if isinstance(e.operation, FileDocument)}
        if _alone(edits.entries, involved):
            return
    _replace(
        session,
        edits.entries,
        clean=_document_operation(theirs, clean, target if contested is None else None),
        conflict=_document_operation(theirs, conflict, contested),
        now=now,
    )


def _parted(
    edits: Edits[F], theirs: Callable[[F], str], base: Callable[[F], str] | None, clashes: frozenset[F]
) -> _Parted[F]:
    clean, conflict, taken_back = {}, {}, False
    for field, text in edits.latest().items():
        if theirs(field) == text:
            continue
        if field in edits.held:
            conflict[field] = text
        elif base is not None and base(field) == text:
            taken_back = True
        elif field in clashes:
            conflict[field] = text
        else:
            clean[field] = text
    return _Parted(clean=clean, conflict=conflict, taken_back=taken_back)


def _document_operation(theirs: Document, texts: dict[DocumentField, str], target: CaseId | None) -> Operation | None:
    changes = document_changes(texts)
    if target is not None:
        return FileDocument(document_id=theirs.document_id, case_id=target, changes=changes)
    return UpdateDocument(document_id=theirs.document_id, changes=changes) if changes else None


def _touching(entries: tuple[OutboxEntry, ...], fields: Collection[CaseField | DocumentField]) -> set[OperationId]:
    return {
        entry.operation_id
        for entry in entries
        if isinstance(entry.operation, UpdateCase | UpdateDocument | FileDocument)
        and any(change.field in fields for change in entry.operation.changes)
    }


def _alone(entries: tuple[OutboxEntry, ...], involved: set[OperationId]) -> bool:
    """Whether exactly one operation is involved, and held already."""
    held = {entry.operation_id for entry in entries if entry.state is OutboxState.CONFLICT}
    return len(involved) == 1 and involved == held


def _replace(
    session: Session,
    entries: tuple[OutboxEntry, ...],
    *,
    clean: Operation | None,
    conflict: Operation | None,
    now: datetime,
) -> None:
    for entry in entries:
        session.outbox.discard(entry.operation_id)
    if clean is not None:
        session.outbox.add(clean, now)
    if conflict is not None:
        held = session.outbox.add(conflict, now)
        session.outbox.hold(held, ChangedMeanwhile.__name__, FailureKind.CONFLICT, OutboxState.CONFLICT)
