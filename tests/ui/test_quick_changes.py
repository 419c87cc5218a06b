"""A clerk who is faster than the store: nothing chosen or typed is dropped, and nothing goes into another case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from clerk_desktop.model.case import CaseField, CaseStatus
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from clerk_desktop.ui.words import day_text
from tests.ui.busy_store import BusyStore
from tests.ui.conftest import MakeStage
from tests.ui.stage import press, retype, settle, write
from tests.ui.test_worklist import ALT, Cases

PATIENCE = 60_000


class LateReads(BusyStore):
    """While ``hold`` holds, it is written but not read."""

    @contextmanager
    def write(self) -> Iterator[Session]:
        with Store.write(self) as session:
            yield session


@pytest.fixture
def cases(stages: MakeStage) -> Cases:
    cases = Cases(stages(kind=LateReads))
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    return cases


def store(cases: Cases) -> LateReads:
    assert isinstance(cases.stage.store, LateReads)
    return cases.stage.store


def choose(cases: Cases, key: Qt.Key) -> None:
    """Choose another status by a key."""
    status = cases.place.panel.form.fields[CaseField.STATUS]
    assert isinstance(status, QComboBox)
    status.setFocus()
    press(status, key)


def stored_status(cases: Cases) -> CaseStatus:
    with Store.read(store(cases)) as session:
        case = session.cases.get(cases.parking.case_id)
    assert case is not None
    return case.status


def undo(cases: Cases) -> None:
    press(cases.session.window.messages.action, Qt.Key.Key_Space)
    settle(cases.session)


def test_of_two_quick_changes_the_second_is_taken_back_to_the_first(cases: Cases) -> None:
    field = cases.field(CaseField.RESUBMIT_NOTE)
    for text in ("Unterlagen", "Ortstermin"):
        retype(field, text)
        press(field, Qt.Key.Key_Return)
    settle(cases.session)
    assert cases.stored(cases.parking).resubmit_note == "Ortstermin"
    undo(cases)
    assert cases.stored(cases.parking).resubmit_note == "Unterlagen"
    assert field.text() == "Unterlagen"


def test_who_chooses_back_before_the_case_is_read_again_has_it_back(cases: Cases, qtbot: QtBot) -> None:
    before = stored_status(cases)
    with store(cases).hold():
        choose(cases, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: bool(cases.session.window.messages.text), timeout=PATIENCE)
        assert stored_status(cases) is not before
        choose(cases, Qt.Key.Key_Up)
    settle(cases.session)
    assert stored_status(cases) is before


def test_what_is_typed_while_the_next_case_is_read_goes_into_the_case_it_was_typed_in(cases: Cases) -> None:
    note = cases.field(CaseField.RESUBMIT_NOTE)
    other = cases.stored(cases.housing)
    with store(cases).hold():
        press(cases.place.panel.documents, Qt.Key.Key_Down, ALT)
        QApplication.processEvents()
        note.setFocus()
        retype(note, "Unterlagen")
        choose(cases, Qt.Key.Key_Down)
        subject = cases.field(CaseField.SUBJECT)
        subject.setFocus()
        write(subject, "Neu: ")
    settle(cases.session)
    assert cases.place.panel.case_id == cases.housing.case_id
    kept = cases.stored(cases.parking)
    assert (kept.resubmit_note, kept.status) == ("Unterlagen", CaseStatus.WAITING)
    assert kept.subject == f"Neu: {cases.parking.subject}"
    assert cases.stored(cases.housing) == other
    assert cases.field(CaseField.SUBJECT).text() == other.subject


def test_who_steps_on_before_the_next_case_is_read_comes_to_the_one_after_it(cases: Cases) -> None:
    with store(cases).hold():
        for _ in range(2):
            press(cases.place.panel.documents, Qt.Key.Key_Down, ALT)
            QApplication.processEvents()
    settle(cases.session)
    assert cases.place.panel.case_id == cases.closed.case_id


def test_a_day_that_is_none_typed_while_the_next_case_is_read_stands_there_again(cases: Cases) -> None:
    due = cases.field(CaseField.DUE_ON)
    with store(cases).hold():
        press(cases.place.panel.documents, Qt.Key.Key_Down, ALT)
        QApplication.processEvents()
        due.setFocus()
        write(due, "31.02.2027")
    settle(cases.session)
    assert "31.02.2027" in cases.session.window.messages.text
    assert due.text() == day_text(cases.stored(cases.housing).due_on)
    press(cases.place.panel.documents, Qt.Key.Key_Up, ALT)
    settle(cases.session)
    assert due.text() == "31.02.2027"
