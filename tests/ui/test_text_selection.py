"""Text is chosen on the page with mouse and keys and lands in the clipboard as it stands there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.model.geometry import Point
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.tools import Tool
from clerk_desktop.ui.session import WindowSession
from tests.documents.pages import encoded, scan
from tests.ui.stage import Stage, press, settle, write
from tests.ui.test_marking import Desk
from tests.ui.test_reading import reading

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
ROWS = ("Sehr geehrte Damen und Herren", "hiermit beantrage ich einen", "Bewohnerparkausweis")
LETTER = text_pdf([[Line(x=72, y=HEIGHT - 100 - 30 * row, text=text, size=14) for row, text in enumerate(ROWS)], []])

LOW, HIGH = ("Seite eins endet", "mit diesen Worten"), ("und Seite zwei", "geht damit weiter")
TWO_PAGES = text_pdf(
    [
        [Line(x=72, y=90 - 30 * row, text=text, size=14) for row, text in enumerate(LOW)],
        [Line(x=72, y=HEIGHT - 60 - 30 * row, text=text, size=14) for row, text in enumerate(HIGH)],
        [],
        [Line(x=72, y=700, text="Seite vier", size=14)],
    ]
)


def at(view: PageView, x: float, y: float, index: int = 0) -> QPoint:
    across, down = view.page_layout.to_view(index, Point(x, y))
    offset = view.offset()
    return QPoint(round(across + offset.x()), round(down + offset.y()))


def drag(session: WindowSession, view: PageView, start: tuple[float, float], end: tuple[float, float]) -> None:
    port = view.viewport()
    QTest.mousePress(port, LEFT, NONE, at(view, *start))
    QTest.mouseMove(port, at(view, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
    QTest.mouseMove(port, at(view, *end))
    QTest.mouseRelease(port, LEFT, NONE, at(view, *end))
    settle(session)


def copied(session: WindowSession, view: PageView) -> str:
    QGuiApplication.clipboard().setText("nichts")
    press(view, Qt.Key.Key_C, CONTROL)
    settle(session)
    return QGuiApplication.clipboard().text()


def test_words_under_the_mouse_are_copied(stage: Stage) -> None:
    session, pane = reading(stage, LETTER)
    before = pane.view.viewport().grab().toImage()
    drag(session, pane.view, (112, HEIGHT - 97), (190, HEIGHT - 97))
    assert copied(session, pane.view) == "geehrte Damen"
    assert pane.view.accessibleDescription() == "geehrte Damen"
    assert pane.view.viewport().grab().toImage() != before
    press(pane.view, Qt.Key.Key_Escape)
    assert copied(session, pane.view) == "nichts"


def test_lines_stay_lines_and_the_way_may_go_up_and_end_in_the_margin(stage: Stage) -> None:
    session, pane = reading(stage, LETTER)
    drag(session, pane.view, (150, HEIGHT - 127), (560, HEIGHT - 97))
    assert copied(session, pane.view) == "Herren\nhiermit beantrage"


def test_a_double_click_chooses_a_word_and_a_click_nothing(stage: Stage) -> None:
    session, pane = reading(stage, LETTER)
    place = at(pane.view, 90, HEIGHT - 157)
    QTest.mouseDClick(pane.view.viewport(), LEFT, NONE, place)
    settle(session)
    assert copied(session, pane.view) == "Bewohnerparkausweis"
    QTest.mouseClick(pane.view.viewport(), LEFT, NONE, place)
    settle(session)
    assert copied(session, pane.view) == "nichts"


def test_a_key_chooses_the_whole_page(stage: Stage) -> None:
    session, pane = reading(stage, LETTER)
    press(pane.view, Qt.Key.Key_A, CONTROL)
    settle(session)
    assert copied(session, pane.view) == "\n".join(ROWS)


def test_what_is_copied_before_it_is_read_comes_later(stage: Stage) -> None:
    session, pane = reading(stage, LETTER)
    QGuiApplication.clipboard().setText("nichts")
    press(pane.view, Qt.Key.Key_A, CONTROL)
    press(pane.view, Qt.Key.Key_C, CONTROL)
    settle(session)
    assert QGuiApplication.clipboard().text() == "\n".join(ROWS)


def test_text_is_chosen_beside_marks_with_the_tool_that_chooses(stage: Stage) -> None:
    desk = Desk(stage)
    desk.drag((112, HEIGHT - 97), (160, HEIGHT - 97), (190, HEIGHT - 97))
    assert copied(desk.session, desk.view) == "geehrte Damen"
    assert desk.marks == []


def test_shift_and_arrow_keys_choose_word_by_word_and_line_by_line(stage: Stage) -> None:
    session, pane = reading(stage, LETTER)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        press(pane.view, key, Qt.KeyboardModifier.ShiftModifier)
        settle(session)
    assert copied(session, pane.view) == "Sehr geehrte"
    press(pane.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert copied(session, pane.view) == "Sehr geehrte Damen und Herren\nhiermit beantrage"
    press(pane.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(pane.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert copied(session, pane.view) == "Sehr"


def test_chosen_words_are_marked_with_a_letter(stage: Stage) -> None:
    desk = Desk(stage)
    desk.drag((112, HEIGHT - 97), (160, HEIGHT - 97), (190, HEIGHT - 97))
    write(desk.view, "m")
    settle(desk.session)
    (mark,) = desk.marks
    assert (mark.kind, mark.subject) == (MarkKind.HIGHLIGHT, "geehrte Damen")
    assert desk.tools.pointer.tool is Tool.SELECT


def to_the_lines_between(view: PageView) -> None:
    """Scroll with the keys until the end of page one and the beginning of page two show."""
    while not view.viewport().rect().contains(at(view, 72, HEIGHT - 130, 1)):
        press(view, Qt.Key.Key_Down)


def test_a_choice_goes_on_from_one_page_to_the_next(stage: Stage) -> None:
    session, pane = reading(stage, TWO_PAGES)
    view, port = pane.view, pane.view.viewport()
    to_the_lines_between(view)
    for start, end in (((145, 63), (130, HEIGHT - 57)), ((130, HEIGHT - 57), (145, 63))):
        places = [at(view, place[0], place[1], 0 if place[1] < 100 else 1) for place in (start, end)]
        QTest.mousePress(port, LEFT, NONE, places[0])
        QTest.mouseMove(port, (places[0] + places[1]) / 2)
        QTest.mouseMove(port, places[1])
        QTest.mouseRelease(port, LEFT, NONE, places[1])
        settle(session)
        assert copied(session, view) == "Worten\nund Seite"
    assert view.accessibleDescription() == "Worten\nund Seite"


def test_pages_move_along_while_the_pointer_is_held_below_the_view(stage: Stage, qtbot: QtBot) -> None:
    session, pane = reading(stage, TWO_PAGES)
    view, port = pane.view, pane.view.viewport()
    QTest.mousePress(port, LEFT, NONE, at(view, 72, 780))
    QTest.mouseMove(port, QPoint(port.width() // 2, port.height() + 60))
    qtbot.waitUntil(lambda: view.page == 2)
    middle = port.rect().center()
    QTest.mouseMove(port, middle)
    here = view.verticalScrollBar().value()
    QTest.mouseRelease(port, LEFT, NONE, middle)
    settle(session)
    assert copied(session, view).startswith("\n".join(LOW))
    assert view.verticalScrollBar().value() == here


def test_shift_and_arrow_keys_go_over_the_edge_of_the_page_and_over_an_empty_one(stage: Stage) -> None:
    session, pane = reading(stage, TWO_PAGES)
    press(pane.view, Qt.Key.Key_A, CONTROL)
    settle(session)
    for words in (1, 2):
        press(pane.view, Qt.Key.Key_Right, SHIFT)
        settle(session)
        assert copied(session, pane.view) == "\n".join((*LOW, " ".join(HIGH[0].split()[:words])))
    assert pane.view.viewport().rect().contains(at(pane.view, 72, HEIGHT - 60, 1))
    for _ in range(3):
        press(pane.view, Qt.Key.Key_Down, SHIFT)
        settle(session)
    assert copied(session, pane.view) == "\n".join((*LOW, *HIGH, "Seite"))
    for _ in range(5):
        press(pane.view, Qt.Key.Key_Up, SHIFT)
        settle(session)
    assert "\n" not in copied(session, pane.view)


def test_words_over_two_pages_are_marked_on_both_in_one_step(stage: Stage) -> None:
    desk = Desk(stage, TWO_PAGES)
    press(desk.view, Qt.Key.Key_A, CONTROL)
    settle(desk.session)
    press(desk.view, Qt.Key.Key_Right, SHIFT)
    settle(desk.session)
    write(desk.view, "u")
    settle(desk.session)
    assert [(mark.kind, mark.page, mark.subject) for mark in desk.marks] == [
        (MarkKind.UNDERLINE, 1, " ".join(LOW)),
        (MarkKind.UNDERLINE, 2, "und"),
    ]
    press(desk.view, Qt.Key.Key_Z, CONTROL)
    settle(desk.session)
    assert desk.marks == []


@pytest.mark.slow
def test_words_of_a_scan_are_recognised_and_copied(stage: Stage) -> None:
    session, pane = reading(stage, encoded(scan(["Antrag auf Sondernutzung"], dpi=200), "PNG", dpi=(200, 200)))
    press(pane.view, Qt.Key.Key_A, CONTROL)
    settle(session)
    assert copied(session, pane.view) == "Antrag auf Sondernutzung"
