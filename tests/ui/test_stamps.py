"""Stamps: each says what it is, some the day; "Erledigt" may close the case, in one step that is undone as one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.model.case import Case, CaseField, CaseStatus
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.outbox import UpdateCase
from clerk_desktop.system.settings import TOOL_KEYS
from clerk_desktop.ui.review.tools import Tool
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.opened import when_open
from tests.ui.stage import TODAY, Stage, press, settle, write
from tests.ui.test_marking import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
CLOSING = "Erledigt, und der Vorgang wird abgeschlossen"


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return Desk(stage)


def stamped(desk: Desk, title: str) -> list[str]:
    """Stamp with the one of that title, chosen with the arrow keys; return the titles that were offered."""
    offered: list[str] = []

    def choose(menu: QMenu) -> None:
        offered.extend(action.text() for action in menu.actions())
        while (active := menu.activeAction()) is None or active.text() != title:
            press(menu, Qt.Key.Key_Down)
        press(menu, Qt.Key.Key_Return)

    when_open(QMenu, choose)
    write(desk.view, "s")
    desk.drag((300, 700), (300, 700))
    press(desk.view, Qt.Key.Key_Escape)
    come_to_rest(desk)
    return offered


def come_to_rest(desk: Desk) -> None:
    """Let what is written be written, and the window hear of it."""
    settle(desk.session)
    settle(desk.session)


def the_case(desk: Desk) -> Case:
    assert desk.letter.case_id is not None
    return desk.stage.desk.worklist.show_by_id(CaseId(desk.letter.case_id)).case


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Erledigt", "Erledigt\n23.11.2026"),
        ("Kopie", "Kopie"),
        ("Geprüft", "Geprüft\n23.11.2026\nclerk1.blomberg"),
    ],
)
def test_a_stamp_says_what_it_is_and_the_day(desk: Desk, title: str, text: str) -> None:
    assert stamped(desk, title) == ["Eingang", "Erledigt", CLOSING, "Kopie", "Geprüft"]
    (mark,) = desk.marks
    assert (mark.kind, mark.text) == (MarkKind.STAMP, text)
    assert the_case(desk).status is CaseStatus.OPEN


def test_settled_closes_the_case_and_undo_takes_both_back(desk: Desk) -> None:
    stamped(desk, CLOSING)
    case = the_case(desk)
    assert (case.status, case.closed_on) == (CaseStatus.CLOSED, TODAY)
    assert "abgeschlossen" in desk.said
    assert "abgeschlossen" in desk.panel.facts.text()
    assert [mark.text for mark in desk.marks] == ["Erledigt\n23.11.2026"]
    press(desk.view, Qt.Key.Key_Z, CONTROL)
    come_to_rest(desk)
    case = the_case(desk)
    assert (case.status, case.closed_on, desk.marks) == (CaseStatus.OPEN, None, [])
    assert "offen" in desk.panel.facts.text()
    press(desk.view, Qt.Key.Key_Y, CONTROL)
    come_to_rest(desk)
    assert the_case(desk).status is CaseStatus.CLOSED
    assert [mark.text for mark in desk.marks] == ["Erledigt\n23.11.2026"]
    sent = [entry.operation for entry in desk.stage.desk.transfers.overview().outbox]
    assert sum(isinstance(operation, UpdateCase) for operation in sent) == 3


def test_a_closed_case_is_not_offered_to_be_closed(desk: Desk) -> None:
    stamped(desk, CLOSING)
    assert CLOSING not in stamped(desk, "Kopie")


def test_undo_leaves_a_status_that_somebody_set_since(desk: Desk) -> None:
    stamped(desk, CLOSING)
    waiting = CaseChange(field=CaseField.STATUS, text=CaseStatus.WAITING.value)
    desk.stage.desk.worklist.change_by_id(the_case(desk).case_id, (waiting,))
    settle(desk.session)
    desk.view.setFocus()
    press(desk.view, Qt.Key.Key_Z, CONTROL)
    come_to_rest(desk)
    assert desk.marks == []
    assert the_case(desk).status is CaseStatus.WAITING


def test_single_letters_can_be_switched_off_and_on_again(desk: Desk) -> None:
    window = desk.session.window
    for wanted in (False, True):
        window.go(Place.SETTINGS)
        place = window.view
        assert isinstance(place, SettingsPlace)
        place.tabs.setCurrentIndex(2)
        press(place.looks.tool_keys, Qt.Key.Key_Space)
        assert desk.stage.desk.settings.load().value(TOOL_KEYS) is wanted
        window.go(Place.CASES)
        settle(desk.session)
        desk.view.setFocus()
        write(desk.view, "m")
        assert desk.tools.pointer.tool is (Tool.HIGHLIGHT if wanted else Tool.SELECT)
        hints = {button.toolTip() for button in desk.tools.findChildren(QToolButton)}
        assert ("Notiz (N)" in hints, "Notiz" in hints) == (wanted, not wanted)
