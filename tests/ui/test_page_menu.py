"""The menu on the page, by right click and by key: the same commands with the same keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPlainTextEdit

from clerk_desktop.demo.text_pdf import HEIGHT
from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.ui.review.tools import Tool
from tests.ui.stage import Stage, press, settle, write
from tests.ui.test_marking import Desk, asked
from tests.ui.test_reading import letter, reading

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return Desk(stage)


def the_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def right_click(desk: Desk, point: QPoint) -> QMenu:
    """Press the right button, as the window system tells it: the button, then that a menu is wanted."""
    port = desk.view.viewport()
    QTest.mouseClick(port, Qt.MouseButton.RightButton, pos=point)
    wanted = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, port.mapToGlobal(point))
    QApplication.sendEvent(port, wanted)
    return the_menu()


def titles(menu: QMenu) -> dict[str, str]:
    return {action.text(): action.shortcut().toString() for action in menu.actions() if not action.isSeparator()}


def choose(menu: QMenu, title: str) -> None:
    """Go to an entry with the arrow keys and press Enter."""
    for _ in menu.actions():
        press(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text() == title:
            press(menu, Qt.Key.Key_Return)
            return
    raise AssertionError(titles(menu))


def test_a_right_click_on_a_mark_chooses_it_and_takes_it_away(desk: Desk) -> None:
    write(desk.view, "r")
    desk.drag((100, 500), (200, 400))
    press(desk.view, Qt.Key.Key_Escape)
    menu = right_click(desk, desk.at(150, 450))
    assert desk.tools.marking.chosen == desk.marks[0].mark_id
    offered = titles(menu)
    assert (offered["Text ändern …"], offered["Antworten …"], offered["Anmerkung löschen"]) == (
        "Enter",
        "Ctrl+Enter",
        "Del",
    )
    choose(menu, "Anmerkung löschen")
    settle(desk.session)
    assert desk.marks == []
    menu = right_click(desk, desk.at(150, 450))
    assert "Anmerkung löschen" not in titles(menu)
    choose(menu, "Rückgängig")
    settle(desk.session)
    assert len(desk.marks) == 1


def test_the_chosen_text_is_copied_and_marked_from_the_menu_that_a_key_opens(desk: Desk) -> None:
    desk.drag((112, HEIGHT - 97), (160, HEIGHT - 97), (190, HEIGHT - 97))
    press(desk.view, Qt.Key.Key_F10, SHIFT)
    choose(the_menu(), "Kopieren")
    assert QGuiApplication.clipboard().text() == "geehrte Damen"
    wanted = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(desk.view, wanted)
    assert titles(the_menu())["Unterstreichen"] == "U"
    choose(the_menu(), "Unterstreichen")
    settle(desk.session)
    assert [(mark.kind, mark.subject) for mark in desk.marks] == [(MarkKind.UNDERLINE, "geehrte Damen")]


def test_a_note_is_put_where_the_menu_was_opened_and_a_tool_is_taken(desk: Desk) -> None:
    def answer(_: QDialog, field: QPlainTextEdit) -> None:
        write(field, "hier")

    menu = right_click(desk, desk.at(300, 500))
    asked(answer)
    for title in ("Hier einfügen", "Notiz"):
        choose(the_menu(), title)
    settle(desk.session)
    (mark,) = desk.marks
    assert (mark.kind, mark.text) == (MarkKind.NOTE, "hier")
    assert (mark.rect.x0, mark.rect.y1) == pytest.approx((300, 500), abs=2)
    menu = right_click(desk, desk.at(400, 300))
    choose(menu, "Werkzeuge")
    choose(the_menu(), "Pfeil")
    assert desk.tools.pointer.tool is Tool.ARROW


def test_every_entry_of_the_page_shows_the_key_that_does_the_same(desk: Desk) -> None:
    offered = titles(right_click(desk, desk.at(400, 300)))
    press(the_menu(), Qt.Key.Key_Escape)
    assert offered == {
        "Text der Seite auswählen": "Ctrl+A",
        "Hier einfügen": "",
        "Werkzeuge": "",
        "Rückgängig": "Ctrl+Z",
        "Wiederholen": "Ctrl+Y",
        "Anmerkungen anderer ausblenden": "Ctrl+Shift+M",
        "Kleiner": "Ctrl+-",
        "Größer": "Ctrl++",
        "Seitenbreite": "Ctrl+0",
        "Ganze Seite": "Ctrl+9",
        "Ansicht drehen": "Ctrl+R",
        "Im Schriftstück suchen": "Ctrl+F",
        "Schriftstück exportieren": "Ctrl+E",
        "Seitenübersicht": "F4",
    }
    press(desk.view, Qt.Key.Key_Plus, CONTROL)
    larger = desk.view.zoom_percent
    choose(right_click(desk, desk.at(400, 300)), "Kleiner")
    assert desk.view.zoom_percent < larger


def test_where_nobody_marks_the_menu_has_text_and_page_only(stage: Stage) -> None:
    session, pane = reading(stage, letter(["eins"]))
    press(pane.view, Qt.Key.Key_F10, SHIFT)
    offered = titles(the_menu())
    assert "Werkzeuge" not in offered
    assert "Größer" in offered
    choose(the_menu(), "Text der Seite auswählen")
    settle(session)
    assert pane.selection.text == "eins"
