"""The window: rail, header, message bar, and the chosen place in the middle. What a place does is its own business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
)

from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.standing import Link
from clerk_desktop.ui.ahead import Ahead
from clerk_desktop.ui.first_picture import FirstPicture
from clerk_desktop.ui.frame.command_field import CommandField
from clerk_desktop.ui.frame.header import Header
from clerk_desktop.ui.frame.intake_sign import IntakeSign
from clerk_desktop.ui.frame.message_bar import MessageBar
from clerk_desktop.ui.frame.offers import SEARCH_KEYS, offers
from clerk_desktop.ui.frame.pill import Pill
from clerk_desktop.ui.frame.rail import Rail
from clerk_desktop.ui.frame.signed_out import SignedOutPage
from clerk_desktop.ui.frame.watch import FrameWatch
from clerk_desktop.ui.place_views import PlaceViews
from clerk_desktop.ui.places import Command, PlaceEntry, PlaceView
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.workplace import Place, Workplace

if TYPE_CHECKING:
    from clerk_desktop.ui.found_place import FoundPlace
    from clerk_desktop.ui.help import HelpDialog
    from clerk_desktop.ui.sign_out_dialog import Leaving

NAME = "main"
LAST_PLACE = "place"
RAIL_WIDE = "rail/wide"
SIGN_OUT_KEYS = "Ctrl+Shift+L"
SEND_NOW_KEYS = "F5"
NARROW_BELOW = 1150
SMALLEST = (960, 540)
FIRST = (1280, 720)


class MainWindow(QMainWindow):
    """The frame; without ``entries`` it shows nothing but the way to sign in again.

    ``closed`` comes when the window goes away for good, ``pictured`` once, when its first picture stands,
    ``made_ahead`` once, when every place was made, visited or not.
    """

    closed = Signal()
    pictured = Signal()
    made_ahead = Signal()

    def __init__(self, workplace: Workplace, entries: Sequence[PlaceEntry]) -> None:
        super().__init__()
        self._workplace = workplace
        self._first = FirstPicture(lambda: self.view)
        self._stack = QStackedWidget()
        self._views = PlaceViews(workplace, entries, self._stack, self._first.then)
        self._ahead = Ahead(self, self._views.ahead())
        self._listed = tuple(entry for entry in entries if entry.listed)
        self.rail = Rail(self._listed, workplace.texts)
        self.pill = Pill(workplace.texts)
        self.intake = IntakeSign(workplace.texts)
        self.messages = MessageBar(workplace.texts)
        self.field = CommandField(workplace, self._offers)
        self._header = Header(workplace.texts, self.field, self.intake, self.pill)
        self._watch = FrameWatch(self, workplace, self.rail, self.pill, self.intake)
        self._help: HelpDialog | None = None
        self._opening = Ticket()
        self._build()
        self._wire()
        self._restore()

    @property
    def view(self) -> PlaceView | None:
        """The place that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, PlaceView) else None

    def come(self) -> None:
        """Show the window for the first time, with what its place reads where that comes soon."""
        self._first.come()

    @property
    def is_made_ahead(self) -> bool:
        """Whether every place was made, visited or not."""
        return self._ahead.is_done

    def make_ahead(self) -> None:
        """Make the places that nobody has visited yet, so that a first visit is like every other."""
        self._ahead.start()

    def go(self, place: Place) -> None:
        """Show a place and put the focus there."""
        if place not in self._views:
            return
        view = self._views[place]
        self._stack.setCurrentWidget(view)
        self.rail.choose(place)
        self._workplace.state.put_text(LAST_PLACE, place.value)
        view.enter()

    def open_case(self, case_id: CaseId) -> None:
        """Show a case in the place that shows cases, preferably the one that is open."""
        for place in self._views.current_first(Place.CASES):
            if self._views[place].show_case(case_id):
                self._stack.setCurrentWidget(self._views[place])
                self.rail.choose(place)
                return

    def open_document(self, document_id: DocumentId, found: FoundPlace | None = None) -> None:
        """Show a document where it lies, with what was ``found`` in it marked."""
        worklist = self._workplace.desk.worklist

        def show(case_id: CaseId | None) -> None:
            self._show_document(document_id, case_id)
            if found is not None and self.view is not None:
                self.view.look_for(found)

        self._opening.cancel()  # whoever asks for another one no longer waits for that
        self._opening = self._workplace.tasks.read(self, lambda: worklist.case_of(document_id), show)

    def sign_out(self) -> None:
        """Ask what signing out means here, and tell it to whoever signs out."""
        from clerk_desktop.ui.sign_out_dialog import SignOutDialog, read_leaving

        if not self._views.entries:
            return

        def ask(leaving: Leaving | None) -> None:
            if leaving is None:
                self._workplace.say(self._workplace.texts.gettext("Nobody is signed in here."))
                return
            dialog = SignOutDialog(self._workplace, leaving, self)
            dialog.accepted.connect(lambda: self._workplace.wishes.signing_out.emit(dialog.purge))
            dialog.open()

        self._workplace.tasks.read(self, lambda: read_leaving(self._workplace.desk), ask)

    def close_all(self, text: str) -> None:
        """Close everything that shows work, saving what was typed; ``text`` stands there instead."""
        self._watch.stop()
        self._ahead.stop()
        self._views.close()
        for part in (self.rail, self.field, self.intake, self.pill):
            part.setEnabled(False)
        self.field.forget()
        self.rail.pinned.hide()
        self.messages.hide()
        told = QLabel(text)
        told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(told)
        self._stack.setCurrentWidget(told)

    def search(self, words: str) -> None:
        """List everything that has the words."""
        if Place.SEARCH in self._views:
            self._views[Place.SEARCH].show_words(words)
            self.go(Place.SEARCH)

    def send_now(self) -> None:
        """Send and fetch at once; where nobody is signed in, ask for that."""
        if not self._views.entries or self._watch.link in (Link.SIGN_IN, Link.ALONE):
            self._pill_pressed()
            return
        told = self._workplace.texts.gettext("Sending and fetching begins.")
        transfers = self._workplace.desk.transfers
        self._workplace.tasks.write(self, transfers.send_now, lambda _: self._workplace.say(told))

    def show_help(self) -> None:
        """Show the page about the first day beside the work."""
        if self._help is None:
            from clerk_desktop.ui.help import HelpDialog

            self._help = HelpDialog(self._workplace.texts, self)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    def _show_document(self, document_id: DocumentId, case_id: CaseId | None) -> None:
        for place in self._views.current_first(Place.INBOX, Place.CASES):
            if self._views[place].show_document(document_id, case_id):
                self._stack.setCurrentWidget(self._views[place])
                self.rail.choose(place)
                return

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
        self._ahead.stop()
        for view in self._views.made:
            view.leave()
        state.save()
        event.accept()
        self.closed.emit()

    def _build(self) -> None:
        self.setWindowTitle("clerk-desktop")
        self.setMinimumSize(*SMALLEST)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.messages)
        middle.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        column = QVBoxLayout(self._first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(body, 1)
        self.setCentralWidget(self._first)

    def _toggle_rail(self) -> None:
        self.rail.set_wide(not self.rail.is_wide)
        self._workplace.state.put_flag(RAIL_WIDE, self.rail.is_wide)

    def _wire(self) -> None:
        wishes = self._workplace.wishes
        wishes.say.connect(self.messages.say)
        wishes.go.connect(self.go)
        wishes.open_case.connect(self.open_case)
        wishes.open_document.connect(self.open_document)
        wishes.sign_out.connect(self.sign_out)
        wishes.open_found.connect(lambda found: self.open_document(found.document_id, found))
        wishes.search.connect(self.search)
        wishes.send_now.connect(self.send_now)
        wishes.help.connect(self.show_help)
        self.rail.chosen.connect(self.go)
        self.rail.pinned.opened.connect(self.open_case)
        self.pill.clicked.connect(self._pill_pressed)
        self.intake.clicked.connect(lambda: _check_workstation(self))
        QShortcut(QKeySequence("Ctrl+K"), self, self.field.offer)
        QShortcut(QKeySequence(SEARCH_KEYS), self, lambda: self.go(Place.SEARCH))
        QShortcut(QKeySequence("F1"), self, self.show_help)
        QShortcut(QKeySequence(SEND_NOW_KEYS), self, self.send_now).setAutoRepeat(False)
        QShortcut(QKeySequence(SIGN_OUT_KEYS), self, self.sign_out)
        self._header.toggled.connect(self._toggle_rail)
        self._watch.town.connect(self._header.show_town)
        self._first.painted.connect(lambda: QTimer.singleShot(0, self._watch, self._watch.start))
        self._first.painted.connect(self.pictured)
        self._ahead.done.connect(self.made_ahead)

    def _restore(self) -> None:
        state = self._workplace.state
        if not state.restore_geometry(NAME, self):
            self.resize(*FIRST)
        self.rail.set_wide(self.width() >= NARROW_BELOW and state.flag(RAIL_WIDE, default=True))
        wanted = state.text(LAST_PLACE)
        places = [entry.place for entry in self._views.entries]
        first = next((place for place in places if place.value == wanted), next(iter(places), None))
        if first is not None:
            self.go(first)
        else:
            self.field.setEnabled(False)
            page = SignedOutPage(self._workplace, self._ask_sign_in)
            self._stack.addWidget(page)
            page.button.setFocus()

    def _offers(self) -> tuple[Command, ...]:
        texts = self._workplace.texts
        here = self.view.commands() if self.view else ()
        places = offers(self._views.entries, texts, self.go)
        send_now = Command(text=texts.gettext("Transfer now"), run=self.send_now, shortcut=SEND_NOW_KEYS)
        sign_out = Command(text=texts.gettext("Sign out …"), run=self.sign_out, shortcut=SIGN_OUT_KEYS)
        help_page = Command(text=texts.gettext("The first day"), run=self.show_help, shortcut="F1")
        return (*here, *places, send_now, sign_out, help_page)

    def _ask_sign_in(self) -> None:
        from clerk_desktop.ui.welcome.dialog import SignInDialog

        SignInDialog(self._workplace, self).open()

    def _pill_pressed(self) -> None:
        from clerk_desktop.ui.welcome.dialog import WelcomeDialog

        if self._watch.link is Link.SIGN_IN or not self._views.entries:
            self._ask_sign_in()
        elif self._watch.link is Link.ALONE:
            WelcomeDialog(self._workplace, None, self).open()
        else:
            self.go(Place.TRANSFERS)


def _check_workstation(window: MainWindow) -> None:
    from clerk_desktop.ui.settings.place import SettingsPlace

    window.go(Place.SETTINGS)
    if isinstance(window.view, SettingsPlace):
        window.view.check()
