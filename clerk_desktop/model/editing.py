"""Changes to cases and documents as values: field by field, in text form, so that two people's edits can be merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar, assert_never

from clerk_desktop.model.case import Case, CaseField, CaseStatus, Confidentiality
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.errors import NoDay, WrongUsage

SEPARATOR = "; "
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseChange:
    """One field's new value: days as ISO 8601, lists joined by ``; ``, "" for not set."""

    field: CaseField
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentChange:
    """One index field's new value, in the same text form as ``CaseChange``."""

    field: DocumentField
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedCase:
    """A case right before and right after a change, as the store had it: what undoing must bring back stands here."""

    before: Case
    after: Case


def field_text(value: object) -> str:
    """Return the text form of a field's value."""
    match value:
        case None:
            return ""
        case str():
            return value
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case tuple():
            return SEPARATOR.join(str(part) for part in value)
        case _:
            raise TypeError(f"no text form for {type(value).__name__}")


def case_text(case: Case, field: CaseField) -> str:
    """Return the text form of a case's field."""
    return field_text(getattr(case, field.value))


def document_text(document: Document, field: DocumentField) -> str:
    """Return the text form of a document's index field."""
    return field_text(getattr(document, field.value))


def changed_case(case: Case, changes: tuple[CaseChange, ...]) -> Case:
    """Return the case with the changes applied. Raises ``WrongUsage`` for a text that is no value of its field."""
    for change in changes:
        value: dict[str, Any] = {change.field.value: _case_value(change)}
        case = replace(case, **value)
    return case


def changed_document(document: Document, changes: tuple[DocumentChange, ...]) -> Document:
    """Return the document with the changes applied. Raises ``WrongUsage`` for a text that is no value."""
    for change in changes:
        value: dict[str, Any] = {change.field.value: _document_value(change)}
        document = replace(document, **value)
    return document


def _case_value(change: CaseChange) -> str | date | CaseStatus | Confidentiality | tuple[str, ...] | None:
    match change.field:
        case CaseField.SUBJECT | CaseField.ASSIGNEE | CaseField.RESUBMIT_NOTE | CaseField.PROCESS_STEP:
            return change.text
        case CaseField.DUE_ON | CaseField.RESUBMIT_ON | CaseField.STEP_SINCE | CaseField.CLOSED_ON:
            return _day(change.text)
        case CaseField.STATUS:
            return _member(CaseStatus, change.text)
        case CaseField.CONFIDENTIALITY:
            return _member(Confidentiality, change.text)
        case CaseField.PARTICIPANTS:
            return tuple(part.strip() for part in change.text.split(";") if part.strip())
        case _:
            assert_never(change.field)


def _document_value(change: DocumentChange) -> str | date | Confidentiality | None:
    match change.field:
        case DocumentField.LETTER_DATE:
            return _day(change.text)
        case DocumentField.CONFIDENTIALITY:
            return _member(Confidentiality, change.text)
        case _:
            return change.text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NoDay(what=text) from error


def _member(kind: type[E], text: str) -> E:
    try:
        return kind(text)
    except ValueError as error:
        raise WrongUsage(what=text) from error
