"""Walks through the window as a person does, by keys, and takes pictures: every place, in both looks and languages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.case.view import CasePanel
from clerk_desktop.ui.heartbeat import Heartbeat, Stall
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.inbox.rows import Held, Waiting
from clerk_desktop.ui.places import PlaceView
from clerk_desktop.ui.played.camera import Camera
from clerk_desktop.ui.played.person import let_pass, press, write
from clerk_desktop.ui.review.exporting import Form
from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.rooms import PLACES
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.start import OpenDesk
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.ui.transfers.place import TransfersPlace
from clerk_desktop.ui.welcome.dialog import WelcomeDialog
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place

LANGUAGES = ("de", "en")
SIZES = ((1280, 720), (1920, 1080))
SOUGHT = "bewohnerpark"
CONTROL = Qt.KeyboardModifier.ControlModifier
TRANSFERS = [entry.place for entry in PLACES if entry.listed].index(Place.TRANSFERS) + 1
SHIFT = Qt.KeyboardModifier.ShiftModifier
SETTLE_MILLISECONDS = 200
MOST_LOOKS = 25
"""So often it is looked whether a page is drawn before its picture is taken as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """What is walked through: a profile, and the number of a case that was worked on there; "" for an empty one.

    ``conflict``: only to what two people changed.
    """

    home: Path
    passphrase: str
    case_number: str = ""
    conflict: bool = False


@dataclass(kw_only=True)
class Tour:
    """What came of a walk: names of the pictures, and the pauses of the GUI thread, the longest in seconds."""

    pictures: list[str] = field(default_factory=list)
    p999: float = 0.0
    worst: float = 0.0
    stalls: list[Stall] = field(default_factory=list)


def walk(sights: Sequence[Sight], open_desk: OpenDesk, out: Path) -> Tour:
    """Open each profile once per language and size, and an empty one beside them; write the pictures to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    tour = Tour()
    for size, language in product(SIZES, LANGUAGES):
        with tempfile.TemporaryDirectory(prefix="clerk-demo-", ignore_cleanup_errors=True) as empty:
            for seen in (*sights, Sight(home=Path(empty), passphrase=sights[0].passphrase)):
                texts = Texts.for_language(language)
                application(texts, Scheme.LIGHT)
                session = WindowSession(open_desk(seen.home, seen.passphrase), texts, seen.home)
                try:
                    session.window.resize(*size)
                    session.window.show()
                    session.window.activateWindow()
                    session.make_ready()
                    _Walk(session, out, (language, f"{size[0]}x{size[1]}"), tour).go(seen)
                finally:
                    session.close()
    return tour


class _Walk:
    def __init__(self, session: WindowSession, out: Path, look: tuple[str, str], tour: Tour) -> None:
        self._session = session
        self._window = session.window
        self._tour = tour
        self._heart = Heartbeat()
        self._camera = Camera(session.window, out, look, self._heart)

    def go(self, sight: Sight) -> None:
        """Walk through a played profile, or through an empty one from its first start on."""
        self._settle()
        self._heart.start()
        if sight.conflict:
            self._conflict()
        elif not sight.case_number:
            self._camera.take_open(lambda: self._session.welcome(lambda: None), self._first_start)
            self._through_places(lambda view, name: self._camera.take(f"empty-{name}"))
        else:
            self._through_places(self._work_there)
            self._search()
            self._case(sight.case_number)
            self._camera.take_open(lambda: press(self._window, Qt.Key.Key_F1), "help")
            self._camera.take_open(self._window.sign_out, "sign-out")
        self._heart.stop()
        self._tour.pictures += self._camera.pictures
        self._tour.p999 = max(self._tour.p999, self._heart.p999)
        self._tour.worst = max(self._tour.worst, self._heart.worst)
        self._tour.stalls += self._heart.stalls

    def _through_places(self, look: Callable[[PlaceView, str], None]) -> None:
        for number, entry in enumerate((entry for entry in PLACES if entry.listed), start=1):
            press(self._window, Qt.Key(Qt.Key.Key_0 + number), CONTROL)
            self._settle()
            view = self._window.view
            assert view is not None
            look(view, entry.place.value)

    def _first_start(self, dialog: QWidget) -> None:
        """Go through the steps of the first start."""
        assert isinstance(dialog, WelcomeDialog)
        self._camera.take("first-start-1")
        press(dialog.begin, Qt.Key.Key_Space)
        self._camera.take("first-start-2")
        press(dialog.later, Qt.Key.Key_Space)
        self._camera.take("first-start-3")

    def _work_there(self, view: PlaceView, name: str) -> None:
        """Do what a place is for, where there is something to do."""
        if isinstance(view, InboxPlace):
            self._inbox(view)
        elif isinstance(view, SettingsPlace):
            self._settings(view)
        else:
            self._camera.take(name)
            if isinstance(view, WorklistPlace) and name == Place.CASES.value:
                self._camera.take_open(lambda: press(view.table, Qt.Key.Key_N, CONTROL), "new-case")

    def _inbox(self, view: InboxPlace) -> None:
        rows = view.listing.list
        press(rows, Qt.Key.Key_Home)
        self._settle()
        if view.listing.rows and isinstance(view.listing.rows[0], Held):  # files that were not taken in stand first
            self._camera.take("inbox-held")
        for _ in view.listing.rows:
            press(rows, Qt.Key.Key_Down)
            self._settle()
            if view.pane.document_id is not None and view.form.case_number:
                break
        else:  # no letter's case was found: go to the first, where the place of its subject is outlined
            press(rows, Qt.Key.Key_Home)
            for row in view.listing.rows:
                if isinstance(row, Waiting):
                    break
                press(rows, Qt.Key.Key_Down)
            self._settle()
            view.form.subject_line.setFocus()
        self._until_drawn(view.pane)
        self._camera.take(Place.INBOX.value)
        self._camera.take_open(lambda: press(rows, Qt.Key.Key_F10, SHIFT), "inbox-menu")
        self._camera.take_open(lambda: press(rows, Qt.Key.Key_Return, CONTROL), "inbox-new-case")
        self._camera.take_open(lambda: press(rows, Qt.Key.Key_F9), "scan")
        self._camera.take_open(lambda: press(rows, Qt.Key.Key_P, CONTROL | SHIFT), "sheets")

    def _settings(self, view: SettingsPlace) -> None:
        bar = view.tabs.tabBar()
        for number in range(1, bar.count() + 1):
            if view.tabs.currentWidget().isAncestorOf(view.doctor):
                press(view.doctor.look, Qt.Key.Key_Space)
                self._until(view.doctor.look.isEnabled)
            self._camera.take(f"{Place.SETTINGS.value}-{number}")
            press(bar, Qt.Key.Key_Right)
            self._settle()

    def _conflict(self) -> None:
        """Go to the transfers, and there down to what two people changed."""
        press(self._window, Qt.Key(Qt.Key.Key_0 + TRANSFERS), CONTROL)
        self._settle()
        view = self._window.view
        assert isinstance(view, TransfersPlace)
        press(view.list, Qt.Key.Key_Home)
        self._settle()
        for _ in range(MOST_LOOKS):
            if view.theirs.isVisible():
                break
            press(view.list, Qt.Key.Key_Down)
            self._settle()
        self._camera.take("conflict")

    def _search(self) -> None:
        """Type a word, then list everything that has it."""
        press(self._window, Qt.Key.Key_K, CONTROL)
        write(self._window.field, SOUGHT)
        self._settle()
        self._camera.take("command-field")
        press(self._window.field, Qt.Key.Key_Return, CONTROL)
        self._settle()
        self._camera.take(Place.SEARCH.value)

    def _case(self, number: str) -> None:
        """Open the case, look at its tabs, find a word in its document, export, mark, dispose."""
        press(self._window, Qt.Key.Key_K, CONTROL)
        write(self._window.field, number)
        self._settle()
        press(self._window.field, Qt.Key.Key_Return)
        self._settle()
        view = self._window.view
        assert isinstance(view, WorklistPlace)
        panel = view.panel
        press(panel.documents, Qt.Key.Key_End)  # what came last was worked on
        self._until_drawn(panel.pane)
        self._camera.take("case")
        for tab in ("case-details", "case-dispositions", "case-history"):
            press(panel.tabs.tabBar(), Qt.Key.Key_Right)
            self._settle()
            self._camera.take(tab)
        self._pages(panel)
        press(panel, Qt.Key.Key_Escape)
        self._settle()

    def _pages(self, panel: CasePanel) -> None:
        page = panel.pane.view
        page.setFocus()
        press(page, Qt.Key.Key_F, CONTROL)
        write(panel.pane.find_bar.field, "und")
        self._settle()
        self._camera.take("find")
        press(panel.pane.find_bar.field, Qt.Key.Key_Escape)
        page.setFocus()
        self._camera.take_open(lambda: press(page, Qt.Key.Key_E, CONTROL), "export-menu")
        self._camera.take_open(lambda: panel.pane.exporting.export(Form.WITH_MARKS), "export-file")
        self._camera.take_open(lambda: press(page, Qt.Key.Key_F10, SHIFT), "page-menu")
        press(page, Qt.Key.Key_F4)
        self._settle()
        self._camera.take("page-overview")
        press(page, Qt.Key.Key_F4)
        self._camera.take_open(lambda: press(panel, Qt.Key.Key_V, CONTROL | SHIFT), "disposition")

    def _until_drawn(self, pane: ReadingPane) -> None:
        self._settle()
        self._until(lambda: pane.document_id is None or pane.is_ready)

    def _until(self, seen: Callable[[], bool]) -> None:
        for _ in range(MOST_LOOKS):
            if seen():
                return
            self._settle()

    def _settle(self) -> None:
        """Let time pass as it does for a person, and what was asked for be read."""
        let_pass(SETTLE_MILLISECONDS)
        for _ in range(MOST_LOOKS):
            if self._session.workplace.tasks.is_idle:
                break
            let_pass(SETTLE_MILLISECONDS)
        let_pass(SETTLE_MILLISECONDS)
