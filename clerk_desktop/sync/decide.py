"""What to do with an object that exists up to three times: as last seen on the server, here, and there now.

Pure: no store, no network. Compares only what a clerk can change (``model.editing``), for documents also the case they
lie in; everything else in an object is the server's to tell.
"""

from __future__ import annotations

from collections.abc import Iterable
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

T = TypeVar("T")


class Decision(Enum):
    """What has to happen to an object."""

    NOTHING = "nothing"
    SEND_MINE = "send-mine"
    TAKE_THEIRS = "take-theirs"
    MERGE = "merge"
    CONFLICT = "conflict"
    REMOVE_HERE = "remove-here"
    DELETE_THERE = "delete-there"
    ASK_GONE_THERE = "ask-gone-there"
    ASK_GONE_HERE = "ask-gone-here"
    FORGET = "forget"


class Verdict(Enum):
    """What has to happen to one field."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    CLASH = "clash"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseMerge:
    """A case after the merge; in a clash it shows mine, theirs stays in the baseline."""

    decision: Decision
    case: Case
    clashes: frozenset[CaseField]


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentMerge:
    """A document after the merge; in a clash it shows mine, theirs stays in the baseline.

    ``place_clash``: both sides filed it, into different cases.
    """

    decision: Decision
    document: Document
    clashes: frozenset[DocumentField]
    place_clash: bool


def field_verdict(base: T | None, mine: T, theirs: T, *, base_known: bool = True) -> Verdict:
    """Compare one field three ways; without a known base two different values always clash."""
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


def decide_case(base: Case | None, mine: Case | None, theirs: Case | None) -> Decision:
    """Decide about a case; None where it does not exist."""
    if mine is not None and theirs is not None:
        return of_verdicts(case_verdicts(base, mine, theirs).values())
    one = mine or theirs
    changed = bool(base and one and any(case_text(base, field) != case_text(one, field) for field in CaseField))
    return _one_sided(base=base is not None, mine=mine is not None, theirs=theirs is not None, changed=changed)


def decide_document(base: Document | None, mine: Document | None, theirs: Document | None) -> Decision:
    """Decide about a document; None where it does not exist."""
    if mine is not None and theirs is not None:
        return of_verdicts([*document_verdicts(base, mine, theirs).values(), place_verdict(base, mine, theirs)])
    one = mine or theirs
    changed = bool(
        base
        and one
        and (
            base.case_id != one.case_id
            or any(document_text(base, field) != document_text(one, field) for field in DocumentField)
        )
    )
    return _one_sided(base=base is not None, mine=mine is not None, theirs=theirs is not None, changed=changed)


def of_verdicts(verdicts: Iterable[Verdict]) -> Decision:
    """Decide about an object that exists on both sides."""
    found = set(verdicts)
    if Verdict.CLASH in found:
        return Decision.CONFLICT
    if {Verdict.MINE, Verdict.THEIRS} <= found:
        return Decision.MERGE
    if Verdict.MINE in found:
        return Decision.SEND_MINE
    return Decision.TAKE_THEIRS if Verdict.THEIRS in found else Decision.NOTHING


def _one_sided(*, base: bool, mine: bool, theirs: bool, changed: bool) -> Decision:
    match base, mine, theirs:
        case False, True, False:
            return Decision.SEND_MINE
        case False, False, True:
            return Decision.TAKE_THEIRS
        case True, True, False:
            return Decision.ASK_GONE_THERE if changed else Decision.REMOVE_HERE
        case True, False, True:
            return Decision.ASK_GONE_HERE if changed else Decision.DELETE_THERE
        case True, False, False:
            return Decision.FORGET
        case _:
            return Decision.NOTHING


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
    return CaseMerge(decision=of_verdicts(verdicts.values()), case=merged, clashes=clashes)


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
        decision=of_verdicts([*verdicts.values(), place]),
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
