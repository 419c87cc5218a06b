"""What the unsent operations want of one object: for each field all values a clerk gave it here, oldest first.

Pure. The values before the last one matter: when the server shows one of them, it is our own earlier edit that arrived
although its reply was lost, and not somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

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
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.outbox import FileDocument, OutboxEntry, OutboxState, UpdateCase, UpdateDocument

F = TypeVar("F", CaseField, DocumentField)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edits(Generic[F]):
    """Unsent values by field, oldest first, none for an untouched field; ``held`` are fields in a conflict."""

    entries: tuple[OutboxEntry, ...]
    values: Mapping[F, tuple[str, ...]]
    held: frozenset[F]

    def latest(self) -> dict[F, str]:
        """Return the value each touched field shall have in the end."""
        return {field: values[-1] for field, values in self.values.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Cases a document shall be filed into, oldest first; ``held``: the last one is in a conflict."""

    wanted: tuple[CaseId, ...]
    held: bool


def case_edits(case: Case, entries: Iterable[OutboxEntry]) -> Edits[CaseField]:
    """Collect the unsent edits of ``case`` from entries that touch it."""
    own = tuple(
        entry
        for entry in entries
        if isinstance(entry.operation, UpdateCase) and entry.operation.case_id == case.case_id
    )
    values: dict[CaseField, tuple[str, ...]] = {}
    held: set[CaseField] = set()
    for entry in own:
        assert isinstance(entry.operation, UpdateCase)
        for change in entry.operation.changes:
            text = case_text(changed_case(case, (change,)), change.field)
            values[change.field] = (*values.get(change.field, ()), text)
            if entry.state is OutboxState.CONFLICT:
                held.add(change.field)
    return Edits(entries=own, values=values, held=frozenset(held))


def document_edits(document: Document, entries: Iterable[OutboxEntry]) -> Edits[DocumentField]:
    """Collect the unsent edits of ``document`` from entries that touch it."""
    own = tuple(
        entry
        for entry in entries
        if isinstance(entry.operation, UpdateDocument | FileDocument)
        and entry.operation.document_id == document.document_id
    )
    values: dict[DocumentField, tuple[str, ...]] = {}
    held: set[DocumentField] = set()
    for entry in own:
        assert isinstance(entry.operation, UpdateDocument | FileDocument)
        for change in entry.operation.changes:
            text = document_text(changed_document(document, (change,)), change.field)
            values[change.field] = (*values.get(change.field, ()), text)
            if entry.state is OutboxState.CONFLICT:
                held.add(change.field)
    return Edits(entries=own, values=values, held=frozenset(held))


def places(edits: Edits[DocumentField]) -> Places:
    """Return where the entries of a document want it to lie."""
    filings = [(entry, entry.operation) for entry in edits.entries if isinstance(entry.operation, FileDocument)]
    return Places(
        wanted=tuple(operation.case_id for _, operation in filings),
        held=any(entry.state is OutboxState.CONFLICT for entry, _ in filings),
    )


def edited_case(case: Case, edits: Edits[CaseField]) -> Case:
    """Return the case as it shall be in the end."""
    return changed_case(case, case_changes(edits.latest()))


def edited_document(document: Document, edits: Edits[DocumentField]) -> Document:
    """Return the document as it shall be in the end, at its place."""
    wanted = places(edits).wanted
    edited = changed_document(document, document_changes(edits.latest()))
    return replace(edited, case_id=wanted[-1]) if wanted else edited


def arrived_case(base: Case, theirs: Case, edits: Edits[CaseField]) -> Case:
    """Return the base with those of our own unsent values that the server shows already."""
    own = {
        field: text
        for field, values in edits.values.items()
        if (text := case_text(theirs, field)) in values and text != case_text(base, field)
    }
    return changed_case(base, case_changes(own))


def arrived_document(base: Document, theirs: Document, edits: Edits[DocumentField]) -> Document:
    """Return the base with those of our own unsent values that the server shows already."""
    own = {
        field: text
        for field, values in edits.values.items()
        if (text := document_text(theirs, field)) in values and text != document_text(base, field)
    }
    base = changed_document(base, document_changes(own))
    return replace(base, case_id=theirs.case_id) if theirs.case_id in places(edits).wanted else base


def case_changes(texts: Mapping[CaseField, str]) -> tuple[CaseChange, ...]:
    """Return changes from texts, in the order of the fields."""
    return tuple(CaseChange(field=field, text=texts[field]) for field in CaseField if field in texts)


def document_changes(texts: Mapping[DocumentField, str]) -> tuple[DocumentChange, ...]:
    """Return changes from texts, in the order of the fields."""
    return tuple(DocumentChange(field=field, text=texts[field]) for field in DocumentField if field in texts)
