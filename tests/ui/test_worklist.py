"""Case lists and the case: rows as they are needed, edits field by field, what others do arrives without harm."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QDialogButtonBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.model.account import Template
from clerk_desktop.model.case import Case, CaseField, CaseFilter, CaseOrder, CaseStatus
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.ids import CaseId
from clerk_desktop.ui.day_field import read_day
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.columns import COLUMNS, deadline_text
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.worklist.table import SUBJECT
from clerk_desktop.ui.workplace import Place
from tests.ui.conftest import MakeStage
from tests.ui.full_store import FullStore
from tests.ui.stage import ME, TODAY, Stage, press, retype, roll, settle, when_asked, write

DEADLINE = next(number for number, column in enumerate(COLUMNS) if column.order is CaseOrder.DUE_ON)
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

    def typing(self, field: CaseField, text: str) -> QLineEdit:
        """Open the case of the row and type into one of its fields; the cursor stays there."""
        press(self.place.table, Qt.Key.Key_Return)
        settle(self.session)
        widget = self.field(field)
        widget.setFocus()
        write(widget, text)
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


def test_a_filter_that_finds_nothing_says_so(cases: Cases) -> None:
    write(cases.place.table, "gibtesnicht")
    settle(cases.session)
    assert "Esc" in cases.place.empty.text()
    assert cases.place.empty.isVisible()
    press(cases.place.filter, Qt.Key.Key_Escape)
    settle(cases.session)
    assert cases.place.table.isVisible()
    assert cases.place.table.hasFocus()


def test_enter_right_after_the_last_letter_opens_what_was_typed_not_what_stood_there(cases: Cases) -> None:
    write(cases.place.table, "wohngeld")
    press(cases.place.filter, Qt.Key.Key_Return)
    settle(cases.session)
    assert cases.place.panel.case_id == cases.housing.case_id
    assert cases.place.panel.isVisible()


def test_rows_that_could_not_be_read_are_read_when_somebody_looks_there_again(stages: MakeStage) -> None:
    stage = stages(kind=FullStore).signed_in()
    assert isinstance(stage.store, FullStore)
    for number in range(400):
        stage.case(f"32.10-2026/{number:03}", "Anwohnerparken")
    session = stage.open()
    session.window.go(Place.CASES)
    settle(session)
    place = session.window.view
    assert isinstance(place, WorklistPlace)
    stage.store.broken = True
    press(place.table, Qt.Key.Key_End, CONTROL)
    session.workplace.tasks.wait_idle()
    QApplication.processEvents()
    assert place.model.case(399) is None
    session.workplace.tasks.wait_idle()
    QApplication.processEvents()
    stage.store.broken = False
    press(place.table, Qt.Key.Key_Up)
    press(place.table, Qt.Key.Key_Return)
    settle(session)
    assert place.panel.number.text() == "32.10-2026/398"


def test_enter_in_a_hurry_is_forgotten_when_the_list_cannot_be_read(stages: MakeStage) -> None:
    stage = stages(kind=FullStore).signed_in()
    assert isinstance(stage.store, FullStore)
    stage.case("50.20-2026/004", "Wohngeld Brandt")
    session = stage.open()
    session.window.go(Place.CASES)
    settle(session)
    place = session.window.view
    assert isinstance(place, WorklistPlace)
    write(place.table, "wohngeld")
    stage.store.broken = True
    press(place.filter, Qt.Key.Key_Return)
    settle(session)
    stage.store.broken = False
    stage.case("50.20-2026/005", "Wohngeld Meier")
    settle(session)
    assert place.model.rowCount() == 2
    assert place.table.isVisible()


def test_columns_that_were_chosen_and_moved_are_there_again_the_next_day(cases: Cases, stages: MakeStage) -> None:
    menu, header = cases.place.table.column_menu(), cases.place.table.horizontalHeader()
    menu.popup(QPoint(0, 0))
    deadline = next(action for action in menu.actions() if action.text() == "Frist")
    number = menu.actions().index(deadline)
    assert not header.isSectionHidden(number)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(deadline).center())
    header.moveSection(SUBJECT, 3)
    cases.stage.close()
    session = stages().open()
    session.window.go(Place.CASES)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    again = view.table.horizontalHeader()
    assert again.isSectionHidden(number)
    assert again.visualIndex(SUBJECT) == 3


def test_a_list_is_sorted_the_next_day_as_it_was_left(cases: Cases, stages: MakeStage) -> None:
    header = cases.place.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(DEADLINE) + 10, header.height() // 2)
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(cases.session)
    asked, rows = cases.place.model.asked, cases.rows()
    assert asked.order is CaseOrder.DUE_ON
    assert asked.descending
    cases.stage.close()
    session = stages().open()
    session.window.go(Place.CASES)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    assert view.model.asked == asked
    header = view.table.horizontalHeader()
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (DEADLINE, Qt.SortOrder.DescendingOrder)
    assert [str(view.model.index(row, 0).data()) for row in range(view.model.rowCount())] == rows


def test_enter_opens_the_chosen_one_of_what_the_filter_left(cases: Cases) -> None:
    write(cases.place.table, "2026")
    settle(cases.session)
    press(cases.place.filter, Qt.Key.Key_Down)
    press(cases.place.table, Qt.Key.Key_Down)
    cases.place.filter.setFocus()
    press(cases.place.filter, Qt.Key.Key_Return)
    settle(cases.session)
    assert cases.place.panel.case_id == cases.housing.case_id


def test_enter_in_a_hurry_is_forgotten_when_something_else_is_typed(cases: Cases) -> None:
    write(cases.place.table, "wohngeld")
    press(cases.place.filter, Qt.Key.Key_Return)
    write(cases.place.filter, " b")
    settle(cases.session)
    assert cases.rows() == ["50.20-2026/004"]
    assert cases.place.table.isVisible()


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


def test_the_subject_takes_what_a_wide_window_has_left_until_somebody_draws_a_column(cases: Cases) -> None:
    header, window = cases.place.table.horizontalHeader(), cases.session.window
    before = header.sectionSize(SUBJECT)
    window.resize(1900, 900)
    settle(cases.session)
    wide = header.sectionSize(SUBJECT)
    assert wide > before + 300
    edge = QPoint(header.sectionViewportPosition(SUBJECT) + wide - 1, header.height() // 2)
    left, ground = Qt.MouseButton.LeftButton, header.viewport()
    QTest.mousePress(ground, left, Qt.KeyboardModifier.NoModifier, edge)
    QTest.mouseMove(ground, edge - QPoint(60, 0))
    QTest.mouseRelease(ground, left, Qt.KeyboardModifier.NoModifier, edge - QPoint(60, 0))
    drawn = header.sectionSize(SUBJECT)
    assert drawn < wide
    window.resize(1400, 900)
    settle(cases.session)
    assert header.sectionSize(SUBJECT) == drawn


def test_a_field_is_saved_when_it_is_left_and_can_be_taken_back(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    field = cases.field(CaseField.RESUBMIT_ON)
    retype(field, "1.12.2026")
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
    field = cases.typing(CaseField.DUE_ON, "32.13.")
    press(field, Qt.Key.Key_Tab)
    settle(cases.session)
    assert cases.stored(cases.parking).due_on is None
    told = cases.session.window.messages.text
    assert "32.13." in told
    assert "24.12.2026" in told, "how a day is written, not where a command is explained"


def test_what_a_colleague_changes_arrives_and_spares_what_is_typed(cases: Cases) -> None:
    field = cases.typing(CaseField.RESUBMIT_NOTE, "Unterlagen")
    change = CaseChange(field=CaseField.STATUS, text="waiting")
    cases.stage.desk.worklist.change_by_id(cases.parking.case_id, (change,))
    settle(cases.session)
    status = cases.place.panel.form.fields[CaseField.STATUS]
    assert isinstance(status, QComboBox)
    assert status.currentData() == "waiting"
    assert field.text() == "Unterlagen"
    assert field.hasFocus()


def colleague_changes_all(cases: Cases) -> None:
    texts = {CaseField.STATUS: "waiting", CaseField.RESUBMIT_NOTE: "anders", CaseField.DUE_ON: "2026-12-24"}
    changes = tuple(CaseChange(field=field, text=text) for field, text in texts.items())
    cases.stage.desk.worklist.change_by_id(cases.parking.case_id, changes)
    settle(cases.session)


def test_what_is_half_typed_stays_while_another_window_is_in_front(cases: Cases, qtbot: QtBot) -> None:
    field = cases.typing(CaseField.DUE_ON, "24.")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not field.hasFocus(), timeout=100_000)
    colleague_changes_all(cases)
    assert field.text() == "24."
    assert cases.field(CaseField.RESUBMIT_NOTE).text() == "anders"


def test_a_day_that_was_refused_stays_to_be_corrected(cases: Cases) -> None:
    field = cases.typing(CaseField.DUE_ON, "31.02.2027")
    press(field, Qt.Key.Key_Tab)
    settle(cases.session)
    colleague_changes_all(cases)
    assert field.text() == "31.02.2027"
    field.setFocus()
    for _ in range(len("31.02.2027")):
        press(field, Qt.Key.Key_Backspace)
    write(field, "28.02.2027")
    press(field, Qt.Key.Key_Tab)
    settle(cases.session)
    assert str(cases.stored(cases.parking).due_on) == "2027-02-28"
    assert field.text() == "28.02.2027"
    colleague_changes_all(cases)  # it was saved: from here on the case is shown as it is
    assert field.text() == "24.12.2026"


@pytest.mark.parametrize("again_in", [Place.CASES, Place.MINE])
def test_a_refused_day_is_told_and_kept_when_another_case_is_opened(cases: Cases, again_in: Place) -> None:
    field = cases.typing(CaseField.DUE_ON, "31.02.2027")
    press(field, Qt.Key.Key_Down, ALT)
    settle(cases.session)
    assert field.text() == "20.11.2026"
    told = cases.session.window.messages.text
    assert "32.10-2026/018" in told
    assert "31.02.2027" in told
    cases.at(again_in)
    press(cases.session.window.messages.action, Qt.Key.Key_Space)
    settle(cases.session)
    place = cases.at(again_in)
    assert place.panel.case_id == cases.parking.case_id
    again = place.panel.form.fields[CaseField.DUE_ON]
    assert isinstance(again, QLineEdit)
    assert again.text() == "31.02.2027"
    assert cases.stored(cases.parking).due_on is None


def test_the_wheel_over_a_choice_changes_nothing(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    panel = cases.place.panel
    panel.tabs.setCurrentWidget(panel.form)
    for field in (CaseField.STATUS, CaseField.CONFIDENTIALITY):
        choice = panel.form.fields[field]
        choice.setFocus()
        roll(choice)
    settle(cases.session)
    assert cases.stored(cases.parking) == cases.parking
    press(panel.form.fields[CaseField.STATUS], Qt.Key.Key_Down)
    settle(cases.session)
    assert cases.stored(cases.parking).status is not cases.parking.status


def test_a_change_that_cannot_be_saved_stays_to_be_tried_again(cases: Cases) -> None:
    field = cases.typing(CaseField.RESUBMIT_NOTE, "Unterlagen")
    with cases.stage.store.write() as session:
        kept = session.cases.get(cases.parking.case_id)
        session.cases.remove(cases.parking.case_id)
    press(field, Qt.Key.Key_Return)
    cases.session.workplace.tasks.wait_idle()
    QApplication.processEvents()
    assert field.text() == "Unterlagen"
    assert kept is not None
    with cases.stage.store.write() as session:
        session.cases.put(kept)
    press(field, Qt.Key.Key_Return)
    settle(cases.session)
    assert cases.stored(cases.parking).resubmit_note == "Unterlagen"


def test_a_case_that_goes_while_it_is_open_is_told_in_words(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    shown = cases.place.panel.case_id
    assert shown is not None
    with cases.stage.store.write() as session:
        session.cases.remove(shown)
    cases.place.panel.reload()
    settle(cases.session)

    told = cases.session.window.messages.text
    assert "nicht mehr auf diesem Rechner" in told
    assert shown not in told
    assert cases.place.table.isVisible(), "the list is shown again"


def test_going_back_saves_what_is_typed(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Return)
    settle(cases.session)
    field = cases.field(CaseField.SUBJECT)
    retype(field, "Anwohnerparken neu")
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

    when_asked(fill_in)
    press(cases.place.table, Qt.Key.Key_N, CONTROL)
    settle(cases.session)
    (case,) = cases.stage.desk.worklist.find(CaseFilter(text="Baumfällung"))
    assert cases.place.panel.case_id == case.case_id
    assert not case.number_final


def test_the_chosen_case_stays_chosen_wherever_its_row_goes(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Down)
    for subject in ("Abfall", "Abwasser"):
        cases.stage.case(f"10.10-2026/{len(subject)}", subject)
        settle(cases.session)
        assert chosen(cases.place) == cases.housing.case_id
    assert len(cases.rows()) == 5
    assert cases.place.table.row == 3
    forget(cases, cases.parking)
    assert (chosen(cases.place), cases.place.table.row) == (cases.housing.case_id, 2)
    assert [index.row() for index in cases.place.table.selectionModel().selectedRows()] == [2]


def test_when_the_chosen_case_goes_the_one_below_it_is_chosen_the_last_one_at_the_end(cases: Cases) -> None:
    press(cases.place.table, Qt.Key.Key_Down)
    with cases.stage.store.write() as session:
        session.cases.remove(cases.housing.case_id)
        session.cases.remove(cases.parking.case_id)
    settle(cases.session)
    assert (chosen(cases.place), cases.rows()) == (cases.closed.case_id, ["63.10-2025/101"])
    forget(cases, cases.closed)
    assert cases.rows() == []
    cases.stage.case("70.10-2026/001", "Abfall")
    settle(cases.session)
    assert cases.place.table.row == 0


def test_the_case_after_the_one_that_left_the_list_is_the_next(cases: Cases) -> None:
    place = cases.at(Place.MINE)
    press(place.table, Qt.Key.Key_Return)
    settle(cases.session)
    assert place.panel.case_id == cases.housing.case_id
    done = CaseChange(field=CaseField.STATUS, text="closed")
    cases.stage.desk.worklist.change_by_id(cases.housing.case_id, (done,))
    settle(cases.session)
    assert place.panel.case_id == cases.housing.case_id
    press(place.panel.documents, Qt.Key.Key_Down, ALT)
    settle(cases.session)
    assert place.panel.case_id == cases.parking.case_id


def test_a_search_chooses_its_first_hit_and_escape_leaves_it_chosen_among_all(cases: Cases) -> None:
    write(cases.place.table, "carport")
    settle(cases.session)
    assert chosen(cases.place) == cases.closed.case_id
    press(cases.place.filter, Qt.Key.Key_Escape)
    settle(cases.session)
    assert (chosen(cases.place), cases.place.table.row) == (cases.closed.case_id, 2)


class TestNames:
    """People are called by their names where the office's list has them."""

    @pytest.fixture
    def place(self, stage: Stage) -> WorklistPlace:
        people = [{"account": ME, "name": "Anja Zöllner"}, {"account": "clerk2.blomberg", "name": "Bernd Adam"}]
        with stage.store.write() as session:
            session.sync.set_template(Template.PEOPLE, json.dumps(people).encode())
        stage.case("32.10-2026/001", "Erster", assignee=ME)
        stage.case("32.10-2026/002", "Zweiter", assignee="clerk2.blomberg")
        stage.case("32.10-2026/003", "Dritter", assignee="clerk9.luegde")
        stage.case("32.10-2026/004", "Vierter")
        opened = stage.open()
        opened.window.go(Place.CASES)
        settle(opened)
        view = opened.window.view
        assert isinstance(view, WorklistPlace)
        return view

    def assignees(self, place: WorklistPlace) -> list[str]:
        column = next(number for number, each in enumerate(COLUMNS) if each.order is CaseOrder.ASSIGNEE)
        return [str(place.model.index(row, column).data()) for row in range(place.model.rowCount())]

    def test_the_list_shows_names_and_accounts_that_have_none(self, place: WorklistPlace) -> None:
        assert self.assignees(place) == ["Anja Zöllner", "Bernd Adam", "clerk9.luegde", ""]

    def test_it_is_sorted_by_what_it_shows(self, stage: Stage, place: WorklistPlace) -> None:
        assert stage.session is not None
        column = next(number for number, each in enumerate(COLUMNS) if each.order is CaseOrder.ASSIGNEE)
        header = place.table.horizontalHeader()
        spot = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        settle(stage.session)
        assert self.assignees(place) == ["", "Anja Zöllner", "Bernd Adam", "clerk9.luegde"]
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        settle(stage.session)
        assert self.assignees(place) == ["clerk9.luegde", "Bernd Adam", "Anja Zöllner", ""]

    def test_typing_a_name_finds_the_cases_of_that_colleague(self, stage: Stage, place: WorklistPlace) -> None:
        assert stage.session is not None
        write(place.table, "adam")
        settle(stage.session)
        assert self.assignees(place) == ["Bernd Adam"]
        found = stage.desk.worklist.find(CaseFilter(text="zöllner"))
        assert [case.case_number for case in found] == ["32.10-2026/001"]

    def test_case_and_history_tell_names(self, stage: Stage, place: WorklistPlace) -> None:
        assert stage.session is not None
        press(place.table, Qt.Key.Key_Return)
        settle(stage.session)
        assert place.panel.case_id is not None
        handed = CaseChange(field=CaseField.ASSIGNEE, text="clerk2.blomberg")
        stage.desk.worklist.change_by_id(place.panel.case_id, (handed,))
        settle(stage.session)
        assert "Bernd Adam" in place.panel.facts.text()
        row = place.panel.history.model.row(place.panel.history.model.index(0, 0))
        assert row.title == "Zuständig: Anja Zöllner → Bernd Adam"
        assert row.details.endswith("Anja Zöllner")

    def test_names_that_arrive_later_are_shown_then(self, stage: Stage, place: WorklistPlace) -> None:
        assert stage.session is not None
        with stage.store.write() as session:
            session.sync.set_template(Template.PEOPLE, b'[{"account": "clerk9.luegde", "name": "Carla Beck"}]')
        settle(stage.session)
        assert self.assignees(place) == [ME, "clerk2.blomberg", "Carla Beck", ""]


def chosen(place: WorklistPlace) -> CaseId | None:
    case = place.model.case(place.table.row)
    return case.case_id if case is not None else None


def forget(cases: Cases, case: Case) -> None:
    with cases.stage.store.write() as session:
        session.cases.remove(case.case_id)
    settle(cases.session)


class TestMany:
    """A list far longer than the window."""

    MANY = 3_000

    @pytest.fixture
    def place(self, stage: Stage) -> WorklistPlace:
        with stage.store.write() as session:
            for number in range(self.MANY):
                session.cases.put(self.numbered(number))
        opened = stage.open()
        opened.window.go(Place.CASES)
        settle(opened)
        view = opened.window.view
        assert isinstance(view, WorklistPlace)
        return view

    def numbered(self, number: int) -> Case:
        return Case(
            case_id=CaseId(f"{number:08}"),
            case_number=f"10.10-2026/{number}",
            subject=f"Vorgang {number}",
            municipality="blomberg",
            filing_plan_number="10.10",
        )

    def test_only_the_rows_that_show_are_read(self, place: WorklistPlace) -> None:
        assert place.model.rowCount() == self.MANY
        assert 0 < place.model.rows_kept < 200
        press(place.table, Qt.Key.Key_End, CONTROL)
        place.table.repaint()
        assert place.model.case(place.table.row) is None  # the window does not wait for it
        place.workplace.tasks.wait_idle()
        QApplication.processEvents()
        last = place.model.case(place.table.row)
        assert last is not None
        assert last.case_number == f"10.10-2026/{self.MANY - 1}"
        assert place.model.rows_kept < 400

    def test_what_is_looked_at_stays_where_it_is_when_cases_arrive_above(
        self, stage: Stage, place: WorklistPlace
    ) -> None:
        session, bar = stage.session, place.table.verticalScrollBar()
        assert session is not None
        place.table.choose(1_000)
        settle(session)
        at = place.table.visualRect(place.table.currentIndex())
        stage.case("10.09-2026/001", "davor")
        settle(session)
        assert chosen(place) == CaseId(f"{1_000:08}")
        assert place.table.visualRect(place.table.currentIndex()) == at
        bar.setValue(2_000)  # away from the chosen case: the topmost one stays
        with stage.store.write() as writing:
            for number in range(10):
                writing.cases.remove(CaseId(f"{number:08}"))
        settle(session)
        assert bar.value() == 1_990
        assert chosen(place) == CaseId(f"{1_000:08}")


@pytest.mark.parametrize(
    ("days", "text"),
    [(-1, "▲ 22.11.  1 Tag überfällig"), (0, "● 23.11.  heute"), (3, "○ 26.11.  in 3 Tagen"), (30, "23.12.2026")],
)
def test_a_deadline_is_told_in_words(stage: Stage, days: int, text: str) -> None:
    assert deadline_text(TODAY + timedelta(days=days), stage.texts, TODAY) == text


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_window_of_1280_shows_subject_and_deadlines_whole(stages: MakeStage, language: str) -> None:
    stage = stages(language=language).signed_in()
    with stage.store.write() as writing:
        people = [{"account": ME, "name": "Thomas Wehmeier"}]
        writing.sync.set_template(Template.PEOPLE, json.dumps(people).encode())
    late = TODAY - timedelta(days=13)
    subject = "Bewohnerparkausweis Neue Torstraße 14"
    stage.case("32.10-2026/018", subject, status=CaseStatus.WAITING, assignee=ME, due_on=late, resubmit_on=late)
    session = stage.open(size=(1280, 720))
    session.window.go(Place.CASES)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    cut = [
        str(index.data())
        for index in (view.model.index(0, column) for column in range(len(COLUMNS)))
        if not view.table.isColumnHidden(index.column())
        and view.table.sizeHintForIndex(index).width() > view.table.columnWidth(index.column())
    ]
    assert cut == []
    spoken = view.model.index(0, DEADLINE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert stage.texts.ngettext("{count} day overdue", "{count} days overdue", 13).format(count=13) in spoken


@pytest.mark.parametrize(
    ("written", "day"),
    [("12.11.2026", "2026-11-12"), ("1.2.26", "2026-02-01"), ("3.4.", "2026-04-03"), ("2026-11-12", "2026-11-12")],
)
def test_days_are_read_as_people_write_them(written: str, day: str) -> None:
    assert str(read_day(written, this_year=2026)) == day
