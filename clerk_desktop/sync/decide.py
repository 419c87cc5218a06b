"""What becomes of an object that exists up to three times: as last seen on the server, here, and there now.

Pure: no store, no network. Compares only what a clerk can change (``model.editing``), for documents also the case they
lie in; everything else in an object is the server's to tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

from clerk_desktop.model.case import Case, CaseField
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import (
    CaseChange,
    DocumentChange,
    case_text,
    changed_case,
    changed_document,
    document_text,
)
from clerk_desktop.model.ids import OperationId
from clerk_desktop.model.outbox import CreateCase, DepositDocument, OutboxEntry, OutboxState, SetAsideDocument

T = TypeVar("T")


class Verdict(Enum):
    """What has to happen to one field."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    CLASH = "clash"


class Gone(Enum):
    """What has to happen here to an object that is gone from the server."""

    COMES_YET = "comes-yet"
    FORGET = "forget"
    ASK = "ask"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parting:
    """What follows when an object is gone. ``needless``: operations that were to take it away, ``asked``: those that
    a clerk decides about now.
    """

    gone: Gone
    needless: tuple[OperationId, ...] = ()
    asked: tuple[OperationId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseMerge:
    """A case after the merge; in a clash it shows mine, theirs stays in the baseline."""

    case: Case
    clashes: frozenset[CaseField]


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentMerge:
    """A document after the merge; in a clash it shows mine, theirs stays in the baseline.

    ``place_clash``: both sides filed it, into different cases.
    """

    document: Document
    clashes: frozenset[DocumentField]
    place_clash: bool


def field_verdict(base: T | None, mine: T, theirs: T, *, base_known: bool = True) -> Verdict:
    """Compare one field three ways; without a known base two different values always clash.

    A value that others put back to the base looks untouched: an edit of ours that arrived before, unknown to us since
    its reply was lost, is then made once more.
    """
    if mine == theirs:
        return Verdict.SAME
    if base_known and base == theirs:
        return Verdict.MINE
    if base_known and base == mine:
        return Verdict.THEIRS
    return Verdict.CLASH


def case_verdicts(base: Case | None, mine: Case, theirs: Case) -> dict[CaseField, Verdict]:
    """Compare all fields of a case three ways."""
    return {
        field: field_verdict(
            case_text(base, field) if base else None,
            case_text(mine, field),
            case_text(theirs, field),
            base_known=base is not None,
        )
        for field in CaseField
    }


def document_verdicts(base: Document | None, mine: Document, theirs: Document) -> dict[DocumentField, Verdict]:
    """Compare all index fields of a document three ways."""
    return {
        field: field_verdict(
            document_text(base, field) if base else None,
            document_text(mine, field),
            document_text(theirs, field),
            base_known=base is not None,
        )
        for field in DocumentField
    }


def place_verdict(base: Document | None, mine: Document, theirs: Document) -> Verdict:
    """Compare three ways in which case a document lies; a document moved elsewhere on the server is followed."""
    return field_verdict(base.case_id if base else None, mine.case_id, theirs.case_id, base_known=base is not None)


def when_gone(object_id: str, unsent: Sequence[OutboxEntry]) -> Parting:
    """Decide about an object that the server had and no longer has, or no longer shows. ``unsent``: what touches it.

    Nobody's work goes with it: what a clerk still wanted of it waits for the clerk, and the object stays as long.
    """
    if any(isinstance(entry.operation, DepositDocument | CreateCase) for entry in unsent):
        return Parting(gone=Gone.COMES_YET)
    asides = [entry.operation for entry in unsent if isinstance(entry.operation, SetAsideDocument)]
    needless = {operation for operation in asides if operation.document_id == object_id}
    wanted = [entry for entry in unsent if not isinstance(entry.operation, SetAsideDocument)]
    return Parting(
        gone=Gone.ASK if wanted else Gone.FORGET,
        needless=tuple(entry.operation_id for entry in unsent if entry.operation in needless),
        asked=tuple(entry.operation_id for entry in wanted if entry.state is OutboxState.WAITING),
    )


def merge_case(base: Case | None, mine: Case, theirs: Case) -> CaseMerge:
    """Merge a case field by field; what is only known here (pinned) stays."""
    verdicts = case_verdicts(base, mine, theirs)
    kept = tuple(
        CaseChange(field=field, text=case_text(mine, field))
        for field, verdict in verdicts.items()
        if verdict in (Verdict.MINE, Verdict.CLASH)
    )
    merged = changed_case(replace(theirs, pinned=mine.pinned), kept)
    clashes = frozenset(field for field, verdict in verdicts.items() if verdict is Verdict.CLASH)
    return CaseMerge(case=merged, clashes=clashes)


def merge_document(base: Document | None, mine: Document, theirs: Document) -> DocumentMerge:
    """Merge a document field by field. What a server does not tell (a hash, a day of receipt) stays as known here."""
    verdicts = document_verdicts(base, mine, theirs)
    place = place_verdict(base, mine, theirs)
    kept = tuple(
        DocumentChange(field=field, text=document_text(mine, field))
        for field, verdict in verdicts.items()
        if verdict in (Verdict.MINE, Verdict.CLASH)
    )
    merged = changed_document(_completed(theirs, mine), kept)
    merged = replace(merged, case_id=mine.case_id if place in (Verdict.MINE, Verdict.CLASH) else theirs.case_id)
    return DocumentMerge(
        document=merged,
        clashes=frozenset(field for field, verdict in verdicts.items() if verdict is Verdict.CLASH),
        place_clash=place is Verdict.CLASH,
    )


def _completed(theirs: Document, mine: Document) -> Document:
    return replace(
        theirs,
        received_on=mine.received_on or theirs.received_on,
        page_count=theirs.page_count or mine.page_count,
        source_sha256=theirs.source_sha256 or mine.source_sha256,
        sha256=theirs.sha256 or mine.sha256,
        source_key=theirs.source_key or mine.source_key,
        length=theirs.length or mine.length,
    )
