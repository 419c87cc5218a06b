"""What happened in a case, newest first, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines
from clerk_desktop.ui.words import Names, field_text, moment_text, person_text, value_text

SYMBOLS = {EventKind.FILED: Icon.DOCUMENT, EventKind.CHANGED: Icon.HISTORY, EventKind.NOTE: Icon.NOTE}
ARROW = " → "


class History(QWidget):
    """The events of one case."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.list = TwoLineList(texts.gettext("History"))
        self.model = self.list.lines
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)

    def show_events(self, events: Sequence[Event], names: Names) -> None:
        """Show what happened. ``names``: of the people who did it."""
        told = [event for event in events if event.kind in SYMBOLS]
        told.sort(key=lambda event: event.at, reverse=True)
        self.model.show(tuple(self._line(event, names) for event in told))

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
        case _:
            return event.text


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
