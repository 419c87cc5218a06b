"""What happened in a case, newest first, in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.disposition import DISPOSITIONS, seal_of, spoken
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.visual_check import check_of
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.change_words import any_field_text
from clerk_desktop.ui.field_words import disposition_text, field_text, value_text
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines
from clerk_desktop.ui.words import Names, day_text, moment_text, person_text
from clerk_desktop.usecases.rearranged_words import act_text
from clerk_desktop.usecases.visual_checks import check_text

SYMBOLS = {
    EventKind.FILED: Icon.DOCUMENT,
    EventKind.CHANGED: Icon.HISTORY,
    EventKind.NOTE: Icon.NOTE,
    EventKind.DECIDED: Icon.ATTENTION,
    EventKind.VISUAL_CHECK: Icon.DOCUMENT,
    EventKind.PAGES: Icon.SMALL_PAGES,
    EventKind.FOR_INFORMATION: Icon.NOTE,
    EventKind.FOR_ACTION: Icon.RIGHT,
    EventKind.CO_SIGNATURE: Icon.STAMP,
    EventKind.RESUBMISSION: Icon.RESUBMISSION,
    EventKind.TO_FILES: Icon.DONE,
}
ARROW = " → "
MOST_LINES = 9
"""What was changed from what to what, and what was ordered, is read whole."""


class History(QWidget):
    """The events of one case: all that are told in words, or only of some ``kinds``, called ``name``.

    ``empty`` stands there while there are none.
    """

    def __init__(
        self, texts: Texts, kinds: Collection[EventKind] = tuple(SYMBOLS), name: str = "", empty: str = ""
    ) -> None:
        super().__init__()
        nothing = texts.gettext("Nothing has happened yet. What is filed, changed or ordered here is told here.")
        self._texts = texts
        self._kinds = kinds
        self.list = TwoLineList(name or texts.gettext("History"), empty or nothing, MOST_LINES)
        self.model = self.list.lines
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        layout.addWidget(self.list)

    def show_events(self, events: Sequence[Event], names: Names) -> None:
        """Show what happened. ``names``: of the people who did it."""
        told = [event for event in events if event.kind in self._kinds]
        told.sort(key=lambda event: event.at, reverse=True)
        self.list.show_rows([self._line(event, names) for event in told], self.list.current_key, otherwise=None)

    def _line(self, event: Event, names: Names) -> TwoLines:
        who = person_text(self._texts, event.actor, names)
        details = "  ·  ".join(part for part in (moment_text(event.at), who) if part)
        title = event_text(event, self._texts, names)
        return TwoLines(key=event.event_id, title=title, details=details, symbol=SYMBOLS[event.kind])


def event_text(event: Event, texts: Texts, names: Names) -> str:
    """Return what happened, in words."""
    match event.kind:
        case EventKind.FILED:
            return texts.gettext("Filed: {title}").format(title=event.text)
        case EventKind.CHANGED:
            return "; ".join(_change_text(line, texts, names) for line in event.text.splitlines())
        case EventKind.DECIDED:
            return "; ".join(_decided_text(line, texts, names) for line in event.text.splitlines())
        case EventKind.VISUAL_CHECK:
            found = check_of(event)
            return texts.gettext("Scan: {found}").format(found=check_text(found, texts)) if found else event.text
        case EventKind.PAGES:
            return act_text(event, texts)
        case kind if kind in DISPOSITIONS:
            return _disposition_text(event, texts, names)
        case _:
            return event.text


def _disposition_text(event: Event, texts: Texts, names: Names) -> str:
    what = disposition_text(texts, event.kind)
    if event.target_date is not None:
        what = texts.gettext("{what} on {day}").format(what=what, day=day_text(event.target_date))
    if event.target_user:
        who = person_text(texts, event.target_user, names)
        what = texts.gettext("{what} → {person}").format(what=what, person=who)
    seal = seal_of(event)
    bound = texts.gettext("version {version}").format(version=seal.version) if seal and seal.version else ""
    return ": ".join(part for part in (what, ", ".join(part for part in (spoken(event), bound) if part)) if part)


def _decided_text(line: str, texts: Texts, names: Names) -> str:
    name, _, values = line.partition(": ")
    lost, arrow, kept = values.partition(ARROW)
    if not arrow:
        return line
    if name in {field.value for field in CaseField}:
        lost, kept = (value_text(texts, CaseField(name), value, names) for value in (lost, kept))
    text = texts.gettext("{field}: “{lost}” gave way to “{kept}”")
    return text.format(field=any_field_text(texts, name), lost=lost or "–", kept=kept or "–")


def _change_text(line: str, texts: Texts, names: Names) -> str:
    name, _, values = line.partition(": ")
    before, arrow, after = values.partition(ARROW)
    try:
        field = CaseField(name)
    except ValueError:
        return line
    if not arrow:
        return line
    old, new = value_text(texts, field, before, names), value_text(texts, field, after, names)
    return f"{field_text(texts, field)}: {old}{ARROW}{new}"
