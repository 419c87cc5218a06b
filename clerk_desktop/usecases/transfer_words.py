"""What is to be sent, in the clerk's words: as the window and the command line tell it."""

from __future__ import annotations

from typing import assert_never

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.field_names import CASE_FIELDS, DOCUMENT_FIELDS
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    DepositDocument,
    FileDocument,
    Operation,
    OutboxState,
    PutAnnotations,
    SetAsideDocument,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts

UNSENT = {
    OutboxState.WAITING: N_("waits to be sent"),
    OutboxState.NEEDS_CLERK: N_("needs your help"),
    OutboxState.CONFLICT: N_("changed on both sides"),
}


def operation_text(operation: Operation, texts: Texts) -> str:
    """Say what is to be sent."""
    _ = texts.gettext
    match operation:
        case DepositDocument():
            return _("Send a letter to the inbox")
        case FileDocument():
            return _("File a document")
        case UpdateDocument(changes=changes):
            return _("Change a document: {fields}").format(fields=field_names(texts, changes))
        case CreateCase():
            return _("Open a case")
        case UpdateCase(changes=changes):
            return _("Change a case: {fields}").format(fields=field_names(texts, changes))
        case AddEvent():
            return _("Add to the history")
        case PutAnnotations():
            return _("Send marks")
        case SetAsideDocument():
            return _("Take a letter out of the inbox whose pages are in other letters")
        case _:
            assert_never(operation)


def field_names(texts: Texts, changes: tuple[CaseChange, ...] | tuple[DocumentChange, ...]) -> str:
    """Return the names of changed fields."""
    return ", ".join(_name(texts, change.field) for change in changes)


def _name(texts: Texts, field: CaseField | DocumentField) -> str:
    return texts.gettext(CASE_FIELDS[field] if isinstance(field, CaseField) else DOCUMENT_FIELDS[field])
