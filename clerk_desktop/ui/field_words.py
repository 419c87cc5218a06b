"""Fields of cases and dispositions in the clerk's words: their names, and their values in the user's language."""

from __future__ import annotations

from datetime import date

from clerk_desktop.model.case import CaseField, CaseStatus, Confidentiality
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.field_names import CASE_FIELDS as FIELDS
from clerk_desktop.model.field_names import PROTECTIONS
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.words import Names, day_text, person_text, status_text

DISPOSITION = {
    EventKind.FOR_INFORMATION: N_("for information"),
    EventKind.FOR_ACTION: N_("for action"),
    EventKind.CO_SIGNATURE: N_("co-signature"),
    EventKind.RESUBMISSION: N_("resubmission"),
    EventKind.TO_FILES: N_("to the files"),
}


def disposition_text(texts: Texts, kind: EventKind) -> str:
    """Return the name of a disposition, as offices write it."""
    return texts.gettext(DISPOSITION[kind])


def field_text(texts: Texts, field: CaseField) -> str:
    """Return the name of a case's field."""
    return texts.gettext(FIELDS[field])


def value_text(texts: Texts, field: CaseField, value: str, names: Names) -> str:
    """Return a field's value, given in the text form of ``model.editing``, in the clerk's words; "–" for none."""
    if not value:
        return "–"
    if field is CaseField.ASSIGNEE:
        return person_text(texts, value, names)
    try:
        if field in (CaseField.DUE_ON, CaseField.RESUBMIT_ON, CaseField.STEP_SINCE, CaseField.CLOSED_ON):
            return day_text(date.fromisoformat(value))
        if field is CaseField.STATUS:
            return status_text(texts, CaseStatus(value))
        if field is CaseField.CONFIDENTIALITY:
            return protection_text(texts, Confidentiality(value))
    except ValueError:
        return value
    return value


def protection_text(texts: Texts, protection: Confidentiality) -> str:
    """Return a protection class."""
    return texts.gettext(PROTECTIONS[protection])
