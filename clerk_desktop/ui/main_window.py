"""The window: rail, header, message bar, and the chosen place in the middle. What a place does is its own business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.standing import Counts, Link, Standing
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.frame.command_field import CommandField
from clerk_desktop.ui.frame.message_bar import MessageBar
from clerk_desktop.ui.frame.pill import Pill
from clerk_desktop.ui.frame.rail import Rail
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.places import Command, PlaceEntry, PlaceView
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Message, Place, Tone, Workplace

if TYPE_CHECKING:
    from clerk_desktop.ui.help import HelpDialog

NAME = "main"
LAST_PLACE = "place"
RAIL_WIDE = "rail/wide"
STANDING_MILLISECONDS = 1_000
NARROW_BELOW = 1150
SMALLEST = (960, 540)
FIRST = (1280, 720)


class MainWindow(QMainWindow):
    """The frame. ``closed`` comes when the window goes away for good."""

    closed = Signal()

    def __init__(self, workplace: Workplace, entries: Sequence[PlaceEntry]) -> None:
        super().__init__()
        self._workplace = workplace
        self._entries = {entry.place: entry for entry in entries}
        self._views: dict[Place, PlaceView] = {}
        self.rail = Rail(entries, workplace.texts)
        self.pill = Pill(workplace.texts)
        self.messages = MessageBar(workplace.texts)
        self.field = CommandField(workplace, self._offers)
        self._town = QLabel()
        self._link = Link.ALONE
        self._counts_stale = self._town_stale = True
        self._pins = Ticket()
        self._stack = QStackedWidget()
        self._help: HelpDialog | None = None
        self._build()
        self._wire()
        self._restore()

    @property
    def view(self) -> PlaceView | None:
        """The place that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, PlaceView) else None

    def go(self, place: Place) -> None:
        """Show a place and put the focus there."""
        if place not in self._entries:
            return
        view = self._view(place)
        self._stack.setCurrentWidget(view)
        self.rail.choose(place)
        self._workplace.state.put_text(LAST_PLACE, place.value)
        view.enter()

    def open_case(self, case_id: CaseId) -> None:
        """Show a case in the place that shows cases, preferably the one that is open."""
        for place in self._current_first(Place.CASES):
            if self._view(place).show_case(case_id):
                self._stack.setCurrentWidget(self._view(place))
                self.rail.choose(place)
                return

    def open_document(self, document_id: DocumentId) -> None:
        """Show a document where it lies."""
        for place in self._current_first(Place.INBOX, Place.CASES):
            if self._view(place).show_document(document_id):
                self._stack.setCurrentWidget(self._view(place))
                self.rail.choose(place)
                return

    def show_help(self) -> None:
        """Show the page about the first day beside the work."""
        if self._help is None:
            from clerk_desktop.ui.help import HelpDialog

            self._help = HelpDialog(self._workplace.texts, self)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show only icons in the rail where the window is narrow, and texts again where it is wide."""
        super().resizeEvent(event)
        was, now = (size.width() >= NARROW_BELOW for size in (event.oldSize(), event.size()))
        if was != now or not event.oldSize().isValid():
            self.rail.set_wide(now and self._workplace.state.flag(RAIL_WIDE, default=True))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window was, then go."""
        state = self._workplace.state
        state.keep_geometry(NAME, self)
        for view in self._views.values():
            view.leave()
        state.save()
        event.accept()
        self.closed.emit()

    def _build(self) -> None:
        _ = self._workplace.texts.gettext
        self.setWindowTitle("clerk-desktop")
        self.setMinimumSize(*SMALLEST)
        menu = icon_button(Icon.MENU, _("Narrow or widen the list of places"))
        menu.setAutoRaise(True)
        menu.clicked.connect(self._toggle_rail)
        header = QFrame()
        header.setObjectName("header")
        row = QHBoxLayout(header)
        row.setContentsMargins(GRID * 2, GRID * 2, GRID * 3, GRID * 2)
        row.setSpacing(GRID * 3)
        row.addWidget(menu)
        row.addWidget(self._town)
        row.addStretch(1)
        self.field.setMinimumWidth(360)
        row.addWidget(self.field, 3)
        row.addStretch(1)
        row.addWidget(self.pill)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.messages)
        middle.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(body, 1)
        self.setCentralWidget(centre)

    def _toggle_rail(self) -> None:
        self.rail.set_wide(not self.rail.is_wide)
        self._workplace.state.put_flag(RAIL_WIDE, self.rail.is_wide)

    def _wire(self) -> None:
        wishes = self._workplace.wishes
        wishes.say.connect(self._say)
        wishes.go.connect(self.go)
        wishes.open_case.connect(self.open_case)
        wishes.open_document.connect(self.open_document)
        wishes.help.connect(self.show_help)
        self.rail.chosen.connect(self.go)
        self.rail.pinned.opened.connect(self.open_case)
        self.pill.clicked.connect(self._pill_pressed)
        QShortcut(QKeySequence("Ctrl+K"), self, self.field.offer)
        QShortcut(QKeySequence("F1"), self, self.show_help)
        self._workplace.bridge.changed.connect(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(STANDING_MILLISECONDS)
        self._timer.timeout.connect(self._ask)
        self._timer.start()
        self._ask()
        self._ask_pins()

    def _restore(self) -> None:
        state = self._workplace.state
        if not state.restore_geometry(NAME, self):
            self.resize(*FIRST)
        self.rail.set_wide(self.width() >= NARROW_BELOW and state.flag(RAIL_WIDE, default=True))
        wanted = state.text(LAST_PLACE)
        first = next((place for place in self._entries if place.value == wanted), next(iter(self._entries), None))
        if first is not None:
            self.go(first)

    def _view(self, place: Place) -> PlaceView:
        if place not in self._views:
            self._views[place] = self._entries[place].make(self._workplace)
            self._stack.addWidget(self._views[place])
        return self._views[place]

    def _current_first(self, *places: Place) -> tuple[Place, ...]:
        shown = tuple(place for place, view in self._views.items() if view is self._stack.currentWidget())
        return tuple(place for place in dict.fromkeys((*shown, *places)) if place in self._entries)

    def _offers(self) -> tuple[Command, ...]:
        _ = self._workplace.texts.gettext
        places = tuple(
            Command(
                text=_("Go to: {place}").format(place=_(entry.text)),
                run=lambda place=entry.place: self.go(place),  # type: ignore[misc]  # bound now, not at the call
                shortcut=f"Ctrl+{number}",
            )
            for number, entry in enumerate(self._entries.values(), start=1)
        )
        help_page = Command(text=_("The first day"), run=self.show_help, shortcut="F1")
        return (*(self.view.commands() if self.view else ()), *places, help_page)

    def _say(self, message: Message) -> None:
        self.messages.show_message(message)
        if message.tone is not Tone.HELP and message.action is None:
            QTimer.singleShot(6_000, self.messages, lambda: self._forget(message))

    def _forget(self, message: Message) -> None:
        if self.messages.text == message.text:
            self.messages.hide()

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if touched(changes, ChangeKind.CASE, ChangeKind.DOCUMENT, ChangeKind.FILE, ChangeKind.OUTBOX):
            self._counts_stale = True
        if touched(changes, ChangeKind.ACCOUNT, ChangeKind.SYNC):
            self._town_stale = True
        if touched(changes, ChangeKind.CASE, ChangeKind.SYNC):
            self._ask_pins()

    def _ask(self) -> None:
        desk, tasks = self._workplace.desk, self._workplace.tasks
        tasks.read(self, desk.standing.standing, self._show_standing)
        if self._counts_stale:
            self._counts_stale = False
            tasks.read(self, lambda: desk.standing.counts(desk.clock.now().date()), self._show_counts)
        if self._town_stale:
            self._town_stale = False
            tasks.read(self, desk.standing.town, self._show_town)

    def _ask_pins(self) -> None:
        desk = self._workplace.desk
        today = desk.clock.now().astimezone().date()
        self._pins.cancel()
        self._pins = self._workplace.tasks.read(
            self, desk.pins.all, lambda pins: self.rail.pinned.show_pins(pins, today)
        )

    def _show_standing(self, standing: Standing) -> None:
        self._link = standing.link
        self.pill.show_standing(standing)

    def _pill_pressed(self) -> None:
        from clerk_desktop.ui.welcome.dialog import SignInDialog, WelcomeDialog

        if self._link is Link.SIGN_IN:
            SignInDialog(self._workplace, self).open()
        elif self._link is Link.ALONE:
            WelcomeDialog(self._workplace, None, self).open()
        else:
            self.go(Place.TRANSFERS)

    def _show_counts(self, counts: Counts) -> None:
        self.rail.set_counts(
            {
                Place.INBOX: counts.inbox,
                Place.MINE: counts.mine,
                Place.RESUBMISSIONS: counts.resubmissions,
                Place.TRANSFERS: counts.needs_help,
            }
        )

    def _show_town(self, town: str) -> None:
        text = self._workplace.texts.gettext("Municipality: {town}").format(town=town) if town else ""
        self._town.setText(text)
        self._town.setTextFormat(Qt.TextFormat.PlainText)
