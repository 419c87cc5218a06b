"""Case lists and the case: rows as they are needed, edits field by field, what others do arrives without harm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QDialogButtonBox, QLineEdit

from clerk_desktop.model.case import Case, CaseField, CaseFilter, CaseStatus
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.ids import CaseId
from clerk_desktop.ui.day_field import read_day
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.columns import deadline_text
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import ME, TODAY, Stage, press, settle, write

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Cases:
    """Three cases and the list of all of them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.parking = stage.case("32.10-2026/018", "Anwohnerparken Burgstraße", assignee=ME, resubmit_on=TODAY)
        self.housing = stage.case("50.20-2026/004", "Wohngeld Brandt", due_on=TODAY - timedelta(days=3), assignee=ME)
        self.closed = stage.case("63.10-2025/101", "Carport Lindenweg", status=CaseStatus.CLOSED)
        self.session: WindowSession = stage.open()
        self.place = self.at(Place.CASES)

    def at(self, place: Place) -> WorklistPlace:
        self.session.window.go(place)
        settle(self.session)
        view = self.session.window.view
        assert isinstance(view, WorklistPlace)
        return view

    def rows(self, place: WorklistPlace | None = None) -> list[str]:
        model = (place or self.place).model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def stored(self, case: Case) -> Case:
        with self.stage.store.read() as session:
            found = session.cases.get(case.case_id)
        assert found is not None
        return found

    def field(self, field: CaseField) -> QLineEdit:
        widget = self.place.panel.form.fields[field]
        assert isinstance(widget, QLineEdit)
        return widget


@pytest.fixture
def cases(stage: Stage) -> Cases:
    return Cases(stage)


def test_the_lists_show_all_mine_and_what_comes_back_today(cases: Cases) -> None:
    assert cases.rows() == ["32.10-2026/018", "50.20-2026/004", "63.10-2025/101"]
    assert cases.rows(cases.at(Place.MINE)) == ["50.20-2026/004", "32.10-2026/018"]
    assert cases.rows(cases.at(Place.RESUBMISSIONS)) == ["32.10-2026/018"]


def test_typing_in_the_list_filters_and_escape_shows_all_again(cases: Cases) -> None:
    write(cases.place.table, "wohngeld")
    settle(cases.session)
    assert cases.rows() == ["50.20-2026/004"]
    press(cases.place.filter, Qt.Key.Key_Escape)
    settle(cases.session)
    assert len(cases.rows()) == 3


def test_enter_opens_the_case_and_escape_goes_back_to_its_row(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Down)
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    assert cases.place.panel.case_id == cases.housing.case_id
    assert cases.place.panel.isVisible()
    press(cases.place.panel.documents, Qt.Key.Key_Escape)
    assert cases.place.table.hasFocus()
    assert cases.place.table.currentIndex().row() == 1


def test_the_next_case_of_the_list_is_one_key_away(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    press(cases.place.panel.documents, Qt.Key.Key_Down, ALT)
    settle(cases.session)
    assert cases.place.panel.case_id == cases.housing.case_id


def test_a_click_on_a_column_sorts_by_it(cases: Cases) -> None:
    header = cases.place.table.horizontalHeader()
    place = header.viewport().rect().topLeft()
    place.setX(header.sectionPosition(1) + 10)
    place.setY(header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    settle(cases.session)
    assert cases.rows() == ["32.10-2026/018", "63.10-2025/101", "50.20-2026/004"]


def test_a_field_is_saved_when_it_is_left_and_can_be_taken_back(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    field = cases.field(CaseField.RESUBMIT_ON)
    field.setFocus()
    field.selectAll()
    write(field, "1.12.2026")
    press(field, Qt.Key.Key_Tab)
    settle(cases.session)
    assert str(cases.stored(cases.parking).resubmit_on) == "2026-12-01"
    assert "01.12.2026" in cases.session.window.messages.text
    press(cases.session.window.messages.action, Qt.Key.Key_Space)
    settle(cases.session)
    assert cases.stored(cases.parking).resubmit_on == TODAY
    kinds = [type(entry.operation).__name__ for entry in cases.stage.desk.transfers.overview().outbox]
    assert kinds.count("UpdateCase") == 2


def test_an_unreadable_day_is_told_and_nothing_is_changed(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    field = cases.field(CaseField.DUE_ON)
    field.setFocus()
    write(field, "32.13.")
    press(field, Qt.Key.Key_Tab)
    settle(cases.session)
    assert cases.stored(cases.parking).due_on is None
    assert "32.13." in cases.session.window.messages.text


def test_what_a_colleague_changes_arrives_and_spares_what_is_typed(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    field = cases.field(CaseField.RESUBMIT_NOTE)
    field.setFocus()
    write(field, "Unterlagen")
    change = CaseChange(field=CaseField.STATUS, text="waiting")
    cases.stage.desk.worklist.change_by_id(cases.parking.case_id, (change,))
    settle(cases.session)
    status = cases.place.panel.form.fields[CaseField.STATUS]
    assert isinstance(status, QComboBox)
    assert status.currentData() == "waiting"
    assert field.text() == "Unterlagen"
    assert field.hasFocus()


def test_going_back_saves_what_is_typed(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    field = cases.field(CaseField.SUBJECT)
    field.setFocus()
    field.selectAll()
    write(field, "Anwohnerparken neu")
    press(field, Qt.Key.Key_Escape)
    settle(cases.session)
    assert cases.stored(cases.parking).subject == "Anwohnerparken neu"


def test_the_history_tells_changes_in_words(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    change = CaseChange(field=CaseField.STATUS, text="waiting")
    cases.stage.desk.worklist.change_by_id(cases.parking.case_id, (change,))
    settle(cases.session)
    assert cases.place.panel.history.model.index(0, 0).data() == "Status: offen → wartet"


def test_a_new_case_gets_a_provisional_number_and_is_shown(cases: Cases) -> None:
    def fill_in() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        write(dialog.findChildren(QLineEdit)[0], "Baumfällung")
        write(dialog.findChildren(QComboBox)[0], "67.10")
        press(dialog.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)

    QTimer.singleShot(0, fill_in)
    press(cases.place.table, Qt.Key.Key_N, CONTROL)
    settle(cases.session)
    (case,) = cases.stage.desk.worklist.find(CaseFilter(text="Baumfällung"))
    assert cases.place.panel.case_id == case.case_id
    assert not case.number_final


def test_the_row_stays_chosen_when_cases_arrive(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Down)
    cases.stage.case("70.10-2026/001", "Abfall")
    settle(cases.session)
    assert len(cases.rows()) == 4
    assert cases.place.table.currentIndex().row() == 1


def test_of_a_hundred_thousand_cases_only_the_rows_that_show_are_read(stage: Stage) -> None:
    many = 3_000
    with stage.store.write() as session:
        for number in range(many):
            session.cases.put(
                Case(
                    case_id=CaseId(f"{number:08}"),
                    case_number=f"10.10-2026/{number}",
                    subject=f"Vorgang {number}",
                    municipality="blomberg",
                    filing_plan_number="10.10",
                )
            )
    session_ = stage.open()
    session_.window.go(Place.CASES)
    settle(session_)
    place = session_.window.view
    assert isinstance(place, WorklistPlace)
    assert place.model.rowCount() == many
    assert place.model.case(many - 1) is None
    press(place.table, Qt.Key.Key_End, CONTROL)
    settle(session_)
    last = place.model.case(many - 1)
    assert last is not None
    assert last.case_number == f"10.10-2026/{many - 1}"


@pytest.mark.parametrize(
    ("days", "text"),
    [(-1, "▲ 22.11.  1 Tag überfällig"), (0, "● 23.11.  heute"), (3, "○ 26.11.  in 3 Tagen"), (30, "23.12.2026")],
)
def test_a_deadline_is_told_in_words(stage: Stage, days: int, text: str) -> None:
    assert deadline_text(TODAY + timedelta(days=days), stage.texts, TODAY) == text


@pytest.mark.parametrize(
    ("written", "day"),
    [("12.11.2026", "2026-11-12"), ("1.2.26", "2026-02-01"), ("3.4.", "2026-04-03"), ("2026-11-12", "2026-11-12")],
)
def test_days_are_read_as_people_write_them(written: str, day: str) -> None:
    assert str(read_day(written, this_year=2026)) == day
