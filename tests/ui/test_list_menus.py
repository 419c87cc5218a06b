"""The menus of the lists: by right click, Shift+F10 and the menu key; each entry does what its key does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.transfers.place import TransfersPlace
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import Stage, press, scene, settle

SHIFT = Qt.KeyboardModifier.ShiftModifier


def the_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entries() -> dict[str, str]:
    return {action.text(): action.shortcut().toString() for action in the_menu().actions() if action.text()}


def groups() -> list[int]:
    """How many entries stand between the lines of the menu."""
    texts = "".join(" " if action.isSeparator() else "x" for action in the_menu().actions())
    return [len(group) for group in texts.split(" ")]


def choose(title: str) -> None:
    """Go to an entry with the arrow keys and press Enter."""
    menu = the_menu()
    for _ in menu.actions():
        press(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text() == title:
            press(menu, Qt.Key.Key_Return)
            return
    raise AssertionError(f"no such entry: {title}")


def right_click(view: QAbstractItemView, row: int) -> None:
    port = view.viewport()
    point = view.visualRect(view.model().index(row, 0)).center()
    QApplication.sendEvent(port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, port.mapToGlobal(point)))


def opened(stage: Stage, place: Place) -> WindowSession:
    session = stage.open()
    session.window.go(place)
    settle(session)
    return session


@pytest.fixture
def office(stage: Stage) -> Stage:
    return scene(stage)


def test_a_right_click_on_a_case_chooses_it_and_opens_it(office: Stage) -> None:
    other = office.case("50.20-2026/004", "Wohngeld Brandt")
    session = opened(office, Place.CASES)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    right_click(view.table, 1)
    assert entries() == {"Vorgang öffnen": "Enter", "Neuer Vorgang …": "Ctrl+N", "Offline verfügbar": "Ctrl+D"}
    assert groups() == [1, 2]
    choose("Vorgang öffnen")
    settle(session)
    assert view.panel.case_id == other.case_id


@pytest.mark.parametrize("by", ["Shift+F10", "menu key"])
def test_the_keyboard_opens_the_menu_at_the_current_case(office: Stage, by: str) -> None:
    session = opened(office, Place.CASES)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    if by == "Shift+F10":
        press(view.table, Qt.Key.Key_F10, SHIFT)
    else:  # what the window system makes of that key
        wanted = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
        QApplication.sendEvent(view.table, wanted)
    choose("Offline verfügbar")
    settle(session)
    assert [pin.case_number for pin in office.desk.pins.all()] == ["32.10-2026/018"]


def test_the_menu_of_a_letter_has_the_commands_and_keys_of_the_inbox(office: Stage) -> None:
    session = opened(office, Place.INBOX)
    view = session.window.view
    assert isinstance(view, InboxPlace)
    press(view.listing.list, Qt.Key.Key_F10, SHIFT)
    keys = {command.text: command.shortcut for command in view.commands()}
    assert entries().keys() == keys.keys()
    assert groups() == [4, 8, 2]
    choose("Vorgang suchen")
    assert view.form.case.hasFocus()


def test_the_menu_of_a_transfer_shows_what_it_is_about(office: Stage) -> None:
    case = office.case("50.20-2026/004", "Wohngeld Brandt")
    change = CaseChange(field=CaseField.RESUBMIT_NOTE, text="Unterlagen")
    office.desk.worklist.change_by_id(case.case_id, (change,))
    session = opened(office, Place.TRANSFERS)
    view = session.window.view
    assert isinstance(view, TransfersPlace)
    right_click(view.list, 0)
    choose("Zeigen")
    settle(session)
    assert isinstance(session.window.view, WorklistPlace)
    assert session.window.view.panel.case_id == case.case_id
