"""Values in the clerk's words: labels of Enums, days and sizes as they are written in the user's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from clerk_desktop.model.case import STATUSES, CaseStatus
from clerk_desktop.model.errors import named
from clerk_desktop.model.ids import RULE
from clerk_desktop.system.texts import Texts

if TYPE_CHECKING:
    from clerk_desktop.model.pin import PinnedCase

Names = Mapping[str, str]
"""Of people, by account."""


def person_text(texts: Texts, account: str, names: Names) -> str:
    """Return what colleagues call somebody: the name in the office's list, else the account."""
    return texts.gettext("by rule") if account == RULE else names.get(account, account)


def status_text(texts: Texts, status: CaseStatus) -> str:
    """Return a case's status."""
    return texts.gettext(STATUSES[status])


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
    return texts.title(named(name))
