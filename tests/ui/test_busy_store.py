"""A store that takes its time never delays the window: keys are answered, and what was asked for comes later."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.ui.case.disposition_dialog import DispositionDialog
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.new_case_dialog import NewCaseDialog
from clerk_desktop.ui.rooms import PLACES
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.welcome.dialog import SignInDialog
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.busy_store import BusyStore
from tests.ui.conftest import MakeStage
from tests.ui.full_store import FullStore
from tests.ui.stage import PDF, Stage, press, scene, settle, when_asked, write

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Office:
    """A window on a store that can be busy."""

    def __init__(self, stage: Stage) -> None:
        assert isinstance(stage.store, BusyStore)
        self.stage, self.store = scene(stage), stage.store
        stage.case("50.20-2026/004", "Wohngeld Brandt")
        self.session: WindowSession = stage.open()
        self.window = self.session.window
        self.store.watch()

    def settle(self) -> None:
        settle(self.session)

    def come_back(self) -> None:
        """Have the window in front again after a dialog."""
        self.window.activateWindow()
        QApplication.processEvents()

    def at(self, place: Place) -> QWidget:
        number = [entry.place for entry in PLACES if entry.listed].index(place) + 1
        press(self.window, getattr(Qt.Key, f"Key_{number}"), CONTROL)
        assert self.window.view is not None
        return self.window.view


@pytest.fixture
def office(stages: MakeStage) -> Office:
    return Office(stages(kind=BusyStore))


def cancel(kind: type[QDialog], seen: list[str]) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    seen.append(kind.__name__)
    dialog.reject()


def test_every_place_answers_while_the_store_is_busy_and_shows_what_it_has_afterwards(office: Office) -> None:
    with office.store.hold():
        for entry in PLACES:
            if entry.listed:
                office.at(entry.place)
            QApplication.processEvents()
            assert office.window.view is not None
        cases = office.at(Place.CASES)
        assert isinstance(cases, WorklistPlace)
        press(office.window, Qt.Key.Key_K, CONTROL)
        write(office.window.field, "wohn")
        assert office.window.field.text() == "wohn"
        press(office.window.field, Qt.Key.Key_Escape)
    office.settle()
    assert cases.model.rowCount() == 2
    assert office.store.asked == []


def test_a_case_is_opened_ordered_in_and_left_without_waiting_for_the_store(office: Office) -> None:
    cases = office.at(Place.CASES)
    assert isinstance(cases, WorklistPlace)
    office.settle()
    seen: list[str] = []
    with office.store.hold():
        press(cases.table, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert cases.panel.isVisible()
    office.settle()
    assert cases.panel.number.text() == "32.10-2026/018"
    when_asked(lambda: cancel(DispositionDialog, seen))
    with office.store.hold():
        press(cases.panel.documents, Qt.Key.Key_V, CONTROL | SHIFT)
        QApplication.processEvents()
        assert seen == []
    office.settle()
    office.come_back()
    press(cases.panel.documents, Qt.Key.Key_Down, ALT)
    office.settle()
    assert cases.panel.number.text() == "50.20-2026/004"
    when_asked(lambda: cancel(NewCaseDialog, seen))
    press(cases.panel.documents, Qt.Key.Key_N, CONTROL)
    office.settle()
    office.come_back()
    press(cases.panel.documents, Qt.Key.Key_Escape)
    office.settle()
    assert seen == ["DispositionDialog", "NewCaseDialog"]
    assert office.store.asked == []


def test_the_inbox_asks_for_a_new_case_when_the_filing_plan_is_there(office: Office) -> None:
    inbox = office.at(Place.INBOX)
    assert isinstance(inbox, InboxPlace)
    office.settle()
    seen: list[str] = []
    when_asked(lambda: cancel(NewCaseDialog, seen))
    with office.store.hold():
        press(inbox.listing.list, Qt.Key.Key_Return, CONTROL)
        QApplication.processEvents()
        assert seen == []
    office.settle()
    assert seen == ["NewCaseDialog"]
    assert office.store.asked == []


def test_a_document_is_shown_where_it_lies_as_soon_as_the_store_tells(office: Office) -> None:
    with office.stage.store.read() as session:
        letters = session.documents.by_sender("Müller, Erika", 1)
    office.store.watch()
    inbox = office.at(Place.INBOX)
    with office.store.hold():
        office.session.workplace.open_document(letters[0].document_id)
        QApplication.processEvents()
        assert office.window.view is inbox
    office.settle()
    cases = office.window.view
    assert isinstance(cases, WorklistPlace)
    assert cases.panel.pane.document_id == letters[0].document_id
    assert office.store.asked == []


def test_of_two_documents_the_one_that_was_asked_for_last_is_shown(stages: MakeStage, qtbot: QtBot) -> None:
    stage = scene(stages(kind=FullStore))
    assert isinstance(stage.store, FullStore)
    first, last = (stage.document(name, PDF) for name in ("eins", "zwei"))
    session = stage.open()
    place = session.window.view
    assert isinstance(place, InboxPlace)
    release = stage.store.slow = threading.Event()
    session.workplace.open_document(first.document_id)
    qtbot.waitUntil(lambda: stage.store.slow is None)  # type: ignore[attr-defined]  # it is a FullStore
    session.workplace.open_document(last.document_id)
    qtbot.waitUntil(lambda: place.pane.document_id == last.document_id)
    release.set()
    settle(session)
    assert place.pane.document_id == last.document_id


def test_settings_and_signing_in_do_not_wait_for_the_store(office: Office) -> None:
    with office.store.hold():
        settings = office.at(Place.SETTINGS)
        assert isinstance(settings, SettingsPlace)
        press(settings.tabs.tabBar(), Qt.Key.Key_Right)
        dialog = SignInDialog(office.session.workplace, office.window)
        dialog.open()
        QApplication.processEvents()
        assert dialog.isVisible()
    office.settle()
    assert dialog.page.password.hasFocus()
    dialog.reject()
    assert office.store.asked == []
