"""Values in the clerk's words: labels of Enums, days and sizes as they are written in the user's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QLocale

from clerk_desktop.model import errors
from clerk_desktop.model.case import CaseField, CaseStatus, Confidentiality
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.conflict import CASE_OF_DOCUMENT, Conflict, FieldConflict
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.event import RULE, EventKind
from clerk_desktop.model.field_names import CASE_FIELDS as FIELDS
from clerk_desktop.model.field_names import DOCUMENT_FIELDS
from clerk_desktop.model.pin import PinnedCase
from clerk_desktop.model.reading import FileKind
from clerk_desktop.model.suggestion import Evidence, Reason
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts

Names = Mapping[str, str]
"""Of people, by account."""
STATUS = {CaseStatus.OPEN: N_("open"), CaseStatus.WAITING: N_("waiting"), CaseStatus.CLOSED: N_("closed")}
PROTECTION = {
    Confidentiality.NORMAL: N_("normal"),
    Confidentiality.CONFIDENTIAL: N_("confidential"),
    Confidentiality.PERSONAL: N_("personal"),
}


KINDS = {
    FileKind.MAIL: N_("e-mail"),
    FileKind.OUTLOOK: N_("e-mail (Outlook)"),
    FileKind.XLSX: N_("spreadsheet"),
    FileKind.XLS: N_("spreadsheet"),
    FileKind.ODS: N_("spreadsheet"),
    FileKind.PPTX: N_("presentation"),
    FileKind.PPT: N_("presentation"),
    FileKind.ODP: N_("presentation"),
}
TEXT_DOCUMENT = N_("text document")
REASONS = {
    Reason.NUMBER_BESIDE_ANCHOR: N_("case number on p. {page}"),
    Reason.NUMBER_IN_TEXT: N_("case number in the text, p. {page}"),
    Reason.NUMBER_MISREAD: N_("similar case number on p. {page}"),
    Reason.SEPARATOR_SHEET: N_("separator sheet"),
    Reason.SAME_SENDER: N_("same sender as before"),
    Reason.LETTERHEAD: N_("letterhead, p. {page}"),
    Reason.RETURN_ADDRESS: N_("return address, p. {page}"),
    Reason.SUBJECT_LINE: N_("subject line, p. {page}"),
    Reason.DATE_LINE: N_("date line, p. {page}"),
    Reason.KEYWORD: N_("keyword on p. {page}"),
    Reason.MAIL_HEADER: N_("head of the e-mail"),
    Reason.MAIL_TEXT: N_("case number in the e-mail"),
}


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


def person_text(texts: Texts, account: str, names: Names) -> str:
    """Return what colleagues call somebody: the name in the office's list, else the account."""
    return texts.gettext("by rule") if account == RULE else names.get(account, account)


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


def evidence_text(texts: Texts, evidence: Evidence) -> str:
    """Return why something is proposed."""
    return texts.gettext(REASONS[evidence.reason]).format(page=evidence.page)


def kind_text(texts: Texts, kind: FileKind) -> str:
    """Return what a file without pages is."""
    return texts.gettext(KINDS.get(kind, TEXT_DOCUMENT))


def status_text(texts: Texts, status: CaseStatus) -> str:
    """Return a case's status."""
    return texts.gettext(STATUS[status])


def protection_text(texts: Texts, protection: Confidentiality) -> str:
    """Return a protection class."""
    return texts.gettext(PROTECTION[protection])


def day_text(day: date | None) -> str:
    """Return a day in the short form of the user's language with a four-digit year, "" for none."""
    if day is None:
        return ""
    german = QLocale().language() is QLocale.Language.German
    return f"{day:%d.%m.%Y}" if german else f"{day:%d/%m/%Y}"


def short_day_text(day: date | None) -> str:
    """Return a day without its year, for lists of recent things."""
    if day is None:
        return ""
    german = QLocale().language() is QLocale.Language.German
    return f"{day:%d.%m.}" if german else f"{day:%d/%m}"


def moment_text(at: datetime | None) -> str:
    """Return an aware time in the workstation's zone, to the minute."""
    if at is None:
        return ""
    local = at.astimezone()
    return f"{day_text(local.date())} {local:%H:%M}"


def clock_text(at: datetime, today: date) -> str:
    """Return an aware time in the workstation's zone: the hour where it is of today, else with its day."""
    local = at.astimezone()
    return f"{local:%H:%M}" if local.date() == today else moment_text(at)


def size_text(size: int) -> str:
    """Return an amount of data, given in bytes."""
    return QLocale().formattedDataSize(size, 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def pinned_text(texts: Texts, pinned: PinnedCase, today: date) -> str:
    """Return how a pinned case stands, with what keeps its content from coming."""
    if pinned.missing or pinned.as_of is None:
        here = pinned.documents - pinned.missing
        text = texts.gettext("available offline: {here} of {all} documents are here")
        text = text.format(here=here, all=pinned.documents)
        return f"{text} – {problem_text(texts, pinned.pin.problem)}" if pinned.pin.problem else text
    text = texts.gettext("available offline, as of {time}, {size}")
    return text.format(time=clock_text(pinned.as_of, today), size=size_text(pinned.size))


def problem_text(texts: Texts, name: str) -> str:
    """Return the title of an error that is kept by the name of its class."""
    kind: type[errors.ClerkError] = getattr(errors, name, errors.ClerkError)
    return texts.title(kind())


def field_names(texts: Texts, changes: tuple[CaseChange, ...] | tuple[DocumentChange, ...]) -> str:
    """Return the names of changed fields."""
    return ", ".join(_name(texts, change.field) for change in changes)


def _name(texts: Texts, field: CaseField | DocumentField) -> str:
    return field_text(texts, field) if isinstance(field, CaseField) else texts.gettext(DOCUMENT_FIELDS[field])


def any_field_text(texts: Texts, name: str) -> str:
    """Return the name of a case's or document's field that is given by its value; what is unknown stays as it is."""
    fields: dict[str, str] = {field.value: text for field, text in DOCUMENT_FIELDS.items()}
    fields |= {field.value: text for field, text in FIELDS.items()}
    return texts.gettext(fields.get(name) or (N_("Case") if name == CASE_OF_DOCUMENT else name))


def conflict_text(texts: Texts, conflict: Conflict, names: Names) -> str:
    """Return both sides of a conflict, a line a field, with who made theirs and when."""
    lines = []
    if conflict.gone:
        lines.append(texts.gettext("It is no longer on the server, or no longer visible to you."))
    for each in conflict.fields:
        if conflict.gone and not each.theirs:
            continue  # nothing of theirs is left to be put beside mine
        name, mine, theirs = _sides(texts, conflict.kind, each, names)
        both = texts.gettext("{field}: mine “{mine}”, theirs “{theirs}”")
        who = ", ".join(part for part in (person_text(texts, each.by, names), moment_text(each.at)) if part)
        lines.append(both.format(field=name, mine=mine, theirs=theirs) + (f" ({who})" if who else ""))
    return "\n".join(lines)


def _sides(texts: Texts, kind: ChangeKind, each: FieldConflict, names: Names) -> tuple[str, str, str]:
    if kind is ChangeKind.CASE:
        field = CaseField(each.field)
        mine, theirs = (value_text(texts, field, value, names) for value in (each.mine, each.theirs))
        return field_text(texts, field), mine, theirs
    if each.field == CASE_OF_DOCUMENT:
        inbox = texts.gettext("Inbox")
        return texts.gettext("Case"), each.mine_number or inbox, each.theirs_number or inbox
    return texts.gettext(DOCUMENT_FIELDS[DocumentField(each.field)]), each.mine or "–", each.theirs or "–"
