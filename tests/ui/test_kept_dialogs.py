"""What is typed into a dialog and cannot be written stands there again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLineEdit, QWidget

from clerk_desktop.model.event import EventKind
from clerk_desktop.ui.case.disposition_dialog import DispositionDialog
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.conftest import MakeStage
from tests.ui.full_store import FullStore
from tests.ui.stage import PDF, press, retype, settle, when_asked

CONTROL = Qt.KeyboardModifier.ControlModifier
KEYS = CONTROL | Qt.KeyboardModifier.ShiftModifier
OK = QDialogButtonBox.StandardButton.Ok


class Office:
    """A case with a letter, another letter in the inbox, and a disk that may be full."""

    def __init__(self, stages: MakeStage) -> None:
        self.stage = stages(kind=FullStore).signed_in()
        assert isinstance(self.stage.store, FullStore)
        self.store = self.stage.store
        self.case = self.stage.case("32.10-2026/018", "Anwohnerparken")
        self.stage.document("Antrag", PDF, case_id=self.case.case_id)
        self.letter = self.stage.document("Brief", PDF)
        self.session: WindowSession = self.stage.open()

    def at(self, place: Place) -> QWidget:
        self.session.window.go(place)
        settle(self.session)
        view = self.session.window.view
        assert view is not None
        return view

    def ask(self, part: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier, answer: Callable[[], None]) -> None:
        when_asked(answer)
        press(part, key, modifier)
        settle(self.session)
        settle(self.session)
        self.session.window.activateWindow()
        QApplication.processEvents()

    @property
    def said(self) -> str:
        return self.session.window.messages.text


@pytest.fixture
def office(stages: MakeStage) -> Office:
    return Office(stages)


def asked() -> QDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    return dialog


def press_ok(dialog: QDialog) -> None:
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    press(buttons.button(OK), Qt.Key.Key_Space)


def test_an_order_that_cannot_be_written_stands_in_the_dialog_again(office: Office) -> None:
    place = office.at(Place.CASES)
    assert isinstance(place, WorklistPlace)
    press(place.table, Qt.Key.Key_Return)
    settle(office.session)
    seen: list[tuple[object, str, str]] = []

    def order() -> None:
        dialog = asked()
        assert isinstance(dialog, DispositionDialog)
        dialog.kind.setCurrentIndex(dialog.kind.findData(EventKind.RESUBMISSION))
        field = dialog.to.lineEdit()
        assert field is not None
        retype(field, "clerk9.blomberg")
        retype(dialog.day, "09.12.2026")
        retype(dialog.text, "Antwort da?")
        press_ok(dialog)

    def again() -> None:
        dialog = asked()
        assert isinstance(dialog, DispositionDialog)
        seen.append((dialog.kind.currentData(), dialog.to.currentText(), dialog.day.text()))
        assert dialog.text.text() == "Antwort da?"
        press_ok(dialog)

    office.store.full = True
    office.ask(place.panel.documents, Qt.Key.Key_V, KEYS, order)
    assert "aufgehoben" in office.said
    office.store.full = False
    office.ask(place.panel.documents, Qt.Key.Key_V, KEYS, again)
    assert seen == [(EventKind.RESUBMISSION, "clerk9.blomberg", "09.12.2026")]
    model = place.panel.dispositions.listing.model
    assert "Antwort da?" in str(model.index(0, 0).data())


@pytest.mark.parametrize("where", [Place.CASES, Place.INBOX])
def test_a_case_that_cannot_be_written_stands_in_the_dialog_again(office: Office, where: Place) -> None:
    place = office.at(where)
    assert isinstance(place, WorklistPlace | InboxPlace)
    seen: list[str] = []

    def answer() -> None:
        dialog = asked()
        subject, number = (each for each in dialog.findChildren(QLineEdit))
        seen.append(f"{subject.text()} / {number.text()}")
        if len(seen) == 1:
            retype(subject, "Baumfällung Lindenallee")
            retype(number, "32.10")
        press_ok(dialog)

    def new_case() -> None:
        if isinstance(place, InboxPlace):
            office.ask(place.listing.list, Qt.Key.Key_Return, CONTROL, answer)
        else:
            office.ask(place.table, Qt.Key.Key_N, CONTROL, answer)

    office.store.full = True
    new_case()
    assert office.said
    office.store.full = False
    new_case()
    assert seen[1] == "Baumfällung Lindenallee / 32.10"
    assert len(office.stage.desk.search.here("Baumfällung").cases) == 1
