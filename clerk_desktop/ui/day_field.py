"""A line for a day as people write it: 12.11.2026, 12.11.26, 12.11., 2026-11-12, or nothing."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from clerk_desktop.model.errors import NoDay
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.words import day_text

WRITTEN = re.compile(r"(\d{1,2})[./\s](\d{1,2})[./\s]?(\d{2}|\d{4})?")


class DayField(QLineEdit):
    """Holds a day or nothing; what is no day is shown as such and refused when it is asked for."""

    edited = Signal()

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(texts.gettext("dd/mm/yyyy"))
        self.textEdited.connect(lambda: self.edited.emit())
        self.editingFinished.connect(self._tidy)

    def iso(self) -> str:
        """Return the day as ISO 8601, "" for none. Raises ``NoDay``."""
        day = read_day(self.text())
        return day.isoformat() if day is not None else ""

    def set_iso(self, text: str) -> None:
        """Show a day given as ISO 8601, "" for none."""
        self.setText(day_text(date.fromisoformat(text)) if text else "")

    def _tidy(self) -> None:
        try:
            day = read_day(self.text())
        except NoDay:
            return
        self.setText(day_text(day))


def read_day(text: str, this_year: int | None = None) -> date | None:
    """Return the day that somebody wrote, None for nothing. Raises ``NoDay``.

    Day before month, as in German and British dates; without a year it is this one; two digits are of this century.
    """
    text = text.strip()
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        match = WRITTEN.fullmatch(text)
        if match is not None:
            day, month, year = match.groups()
            full = this_year or date.today().year if year is None else int(year) + (2000 if len(year) == 2 else 0)
            return date(full, int(month), int(day))
    except ValueError as error:
        raise NoDay(what=text) from error
    raise NoDay(what=text)
