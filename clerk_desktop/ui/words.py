"""Values in the clerk's words: labels of Enums, days and sizes as they are written in the user's language."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QLocale

from clerk_desktop.model.case import CaseStatus, Confidentiality
from clerk_desktop.model.suggestion import Evidence, Reason
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts

STATUS = {CaseStatus.OPEN: N_("open"), CaseStatus.WAITING: N_("waiting"), CaseStatus.CLOSED: N_("closed")}
PROTECTION = {
    Confidentiality.NORMAL: N_("normal"),
    Confidentiality.CONFIDENTIAL: N_("confidential"),
    Confidentiality.PERSONAL: N_("personal"),
}


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
}


def evidence_text(texts: Texts, evidence: Evidence) -> str:
    """Return why something is proposed."""
    return texts.gettext(REASONS[evidence.reason]).format(page=evidence.page)


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


def size_text(size: int) -> str:
    """Return a number of bytes in readable units."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
