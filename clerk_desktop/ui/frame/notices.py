"""What the clerk is told of while looking elsewhere: letters in own cases, deadlines of today, transfers in trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.ids import EventId
from clerk_desktop.model.standing import Standing
from clerk_desktop.system.clock import office_day
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.workplace import Place, Workplace
from clerk_desktop.usecases.news import Arrival

TOLD_ON = "notices/deadlines-told-on"
DAY_MILLISECONDS = 60_000
NEW = timedelta(days=1)  # a colleague's station may have been offline that long; a first synchronisation is no news


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the clerk; ``show`` goes to what it is about."""

    text: str
    show: Callable[[], None]


class Notices(QObject):
    """``told`` carries a ``Notice``; ``standing`` a ``Standing``, whenever something moved."""

    told = Signal(object)
    standing = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._since = workplace.desk.clock.now() - NEW
        self._seen: set[EventId] = set()
        self._needed: int | None = None
        workplace.bridge.changed.connect(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(DAY_MILLISECONDS)
        self._timer.timeout.connect(self.look_at_the_day)
        self._timer.start()
        self._ask_standing()
        self.look_at_the_day()

    def look_at_the_day(self) -> None:
        """Tell today's deadlines, once a day."""
        today = office_day(self._workplace.desk.clock.now())
        if self._workplace.state.text(TOLD_ON) != today.isoformat():
            news = self._workplace.desk.news
            self._workplace.tasks.read(self, lambda: news.due_on(today), self._due)

    def _changed(self, changes: tuple[Change, ...]) -> None:
        ids = [EventId(change.object_id) for change in changes if change.kind is ChangeKind.EVENT]
        new = [event_id for event_id in ids if event_id not in self._seen]
        if new:
            self._seen.update(new)
            news, since = self._workplace.desk.news, self._since
            self._workplace.tasks.read(self, lambda: news.arrived(new, since), self._arrived)
        if touched(changes, ChangeKind.FILE, ChangeKind.OUTBOX):
            self._ask_standing()

    def _ask_standing(self) -> None:
        self._workplace.tasks.read(self, self._workplace.desk.standing.standing, self._stands)

    def _arrived(self, arrivals: tuple[Arrival, ...]) -> None:
        if not arrivals:
            return
        first, count, texts = arrivals[0], len(arrivals), self._workplace.texts
        if count > 1:
            text = texts.ngettext("{count} new letter in your cases", "{count} new letters in your cases", count)
        elif first.title:
            text = texts.gettext("New in {number}: {title}")
        else:
            text = texts.gettext("New in {number}")
        text = text.format(count=count, number=first.case_number, title=first.title)
        self.told.emit(Notice(text, lambda: self._workplace.open_document(first.document_id)))

    def _due(self, cases: tuple[Case, ...]) -> None:
        if not cases:
            return
        today = office_day(self._workplace.desk.clock.now())
        self._workplace.state.put_text(TOLD_ON, today.isoformat())
        texts, first = self._workplace.texts, cases[0]
        text = texts.ngettext("Deadline today: {number}", "{count} deadlines today", len(cases))
        show = self._show_mine if len(cases) > 1 else lambda: self._workplace.open_case(first.case_id)
        self.told.emit(Notice(text.format(number=first.case_number, count=len(cases)), show))

    def _show_mine(self) -> None:
        self._workplace.wishes.go.emit(Place.MINE)

    def _stands(self, standing: Standing) -> None:
        self.standing.emit(standing)
        before, self._needed = self._needed, standing.needs_help
        if before is not None and standing.needs_help > before:
            texts = self._workplace.texts
            text = texts.ngettext("{count} transfer needs help", "{count} transfers need help", standing.needs_help)
            show = lambda: self._workplace.wishes.go.emit(Place.TRANSFERS)  # noqa: E731 - one line of the notice
            self.told.emit(Notice(text.format(count=standing.needs_help), show))
