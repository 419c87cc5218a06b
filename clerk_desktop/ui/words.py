"""Values in the clerk's words: labels of Enums, days and sizes as they are written in the user's language."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QLocale

from clerk_desktop.model.case import CaseStatus, Confidentiality
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts

STATUS = {CaseStatus.OPEN: N_("open"), CaseStatus.WAITING: N_("waiting"), CaseStatus.CLOSED: N_("closed")}
PROTECTION = {
    Confidentiality.NORMAL: N_("normal"),
    Confidentiality.CONFIDENTIAL: N_("confidential"),
    Confidentiality.PERSONAL: N_("personal"),
}


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


def moment_text(at: datetime | None) -> str:
    """Return an aware time in the workstation's zone, to the minute."""
    if at is None:
        return ""
    local = at.astimezone()
    return f"{day_text(local.date())} {local:%H:%M}"


def size_text(size: int) -> str:
    """Return a number of bytes in readable units."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
