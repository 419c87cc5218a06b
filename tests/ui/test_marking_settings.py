"""Letters of the tools are chosen by the clerk (WCAG 2.1.4), stamps of one's own are written in the settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.model.case import CaseStatus
from clerk_desktop.system.settings import OWN_STAMPS, TOOL_LETTERS
from clerk_desktop.ui.review.stamps import own_stamps, stamps
from clerk_desktop.ui.review.tools import Tool, letters_said
from clerk_desktop.ui.settings.marking import MarkingPage
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import Stage, press, settle, write
from tests.ui.test_marking import Desk
from tests.ui.test_stamps import CLOSING, stamped, the_case

MARKING = 5


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return Desk(stage)


def settings(desk: Desk) -> MarkingPage:
    """Go to the page as a person does."""
    desk.session.window.go(Place.SETTINGS)
    place = desk.session.window.view
    assert isinstance(place, SettingsPlace)
    place.tabs.tabBar().setFocus()
    for _ in range(MARKING):
        press(place.tabs.tabBar(), Qt.Key.Key_Right)
    assert place.marking.isVisible()
    return place.marking


def back(desk: Desk) -> None:
    desk.session.window.go(Place.CASES)
    settle(desk.session)
    desk.view.setFocus()


def taken(desk: Desk, letter: str) -> Tool:
    """The tool in the hand once a letter was typed on the page."""
    write(desk.view, letter)
    return desk.tools.pointer.tool


def type_letter(page: MarkingPage, tool: Tool, letter: str) -> None:
    field = page.letters[tool]
    field.setFocus()
    field.selectAll()
    write(field, letter)


def test_a_letter_of_ones_own_takes_the_tool_and_the_old_one_no_longer_does(desk: Desk) -> None:
    page = settings(desk)
    type_letter(page, Tool.HIGHLIGHT, "g")
    assert page.letters[Tool.HIGHLIGHT].text() == "G"
    back(desk)
    assert [taken(desk, letter) for letter in "mg"] == [Tool.SELECT, Tool.HIGHLIGHT]
    tips = [button.toolTip() for button in desk.tools.findChildren(QToolButton)]
    assert "Markieren (G)" in tips


def test_a_letter_that_another_tool_has_is_swapped_and_all_come_back_as_they_were(desk: Desk) -> None:
    page = settings(desk)
    type_letter(page, Tool.HIGHLIGHT, "n")
    assert (page.letters[Tool.HIGHLIGHT].text(), page.letters[Tool.NOTE].text()) == ("N", "M")
    type_letter(page, Tool.INK, "7")
    press(page.letters[Tool.INK], Qt.Key.Key_Tab)
    assert page.letters[Tool.INK].text() == "F"
    press(page.reset, Qt.Key.Key_Space)
    assert page.letters[Tool.HIGHLIGHT].text() == "M"
    assert desk.stage.desk.settings.load().value(TOOL_LETTERS) == ""


def test_a_letter_is_typed_over_after_a_click_wherever_it_fell(desk: Desk) -> None:
    page = settings(desk)
    field = page.letters[Tool.HIGHLIGHT]
    for letter, x in (("g", 2), ("h", field.width() - 2), ("7", 2), ("j", 2)):
        QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(x, field.height() // 2))
        write(field, letter)
        assert field.text() == ("H" if letter == "7" else letter.upper())
    write(field, "kl")
    assert field.text() == "L"
    press(field, Qt.Key.Key_Backspace)
    assert field.text() == ""
    write(field, "w")
    assert letters_said(desk.stage.desk.settings.load().value(TOOL_LETTERS))[Tool.HIGHLIGHT] == "W"


@pytest.mark.parametrize("said", ["", "VMUDNTFRP", "VMUDNTFRPP", "VMUDNTFRP1", "VMUDNTFRPß", "VMUDNTFRß"])
def test_letters_that_cannot_be_used_leave_those_of_the_tools(said: str) -> None:
    assert letters_said(said) == {tool: tool.value for tool in Tool}


def test_a_stamp_of_ones_own_is_offered_and_says_day_and_name(desk: Desk) -> None:
    page = settings(desk)
    page.stamps.setFocus()
    write(page.stamps, "Rechnerisch richtig|%date %user")
    press(page.save, Qt.Key.Key_Space)
    assert desk.stage.desk.settings.load().value(OWN_STAMPS) == "Rechnerisch richtig|%date %user"
    back(desk)
    stamped(desk, "Rechnerisch richtig · 23.11.2026 clerk1.blomberg")
    (mark,) = desk.marks
    assert (mark.kind, mark.text) == (MarkKind.STAMP, "Rechnerisch richtig\n23.11.2026 clerk1.blomberg")


def test_own_stamps_take_no_place_of_another_whatever_they_are_called(desk: Desk) -> None:
    desk.stage.desk.settings.put(OWN_STAMPS, f"{CLOSING}\nRot & blau\nHaus\t3")
    assert stamped(desk, CLOSING)[2:] == [CLOSING, "Kopie", "Geprüft", CLOSING, "Rot && blau", "Haus 3"]
    assert the_case(desk).status is CaseStatus.CLOSED
    stamped(desk, "Rot && blau")
    assert "Rot & blau" in [mark.text for mark in desk.marks]


def test_settings_that_cannot_be_read_leave_the_stamps_of_the_program(desk: Desk) -> None:
    (desk.stage.home / "settings.toml").write_text("own_stamps = 7\n", encoding="utf-8")
    titles = [title for title, _ in stamps(desk.session.workplace, desk.letter.document_id)]
    assert titles == ["Eingang", "Erledigt", CLOSING, "Kopie", "Geprüft"]


def test_each_line_is_a_stamp_and_empty_ones_are_none() -> None:
    assert own_stamps("A %time\n\n | \nB|C", {"%time": "08:40"}) == ("A 08:40", "B\nC")


def test_settings_that_cannot_be_read_any_more_are_told_and_leave_the_tools_their_letters(desk: Desk) -> None:
    page = settings(desk)
    (desk.stage.home / "settings.toml").write_text("own_stamps = 7\n", encoding="utf-8")
    page.letters[Tool.HIGHLIGHT].setFocus()
    press(page.letters[Tool.HIGHLIGHT], Qt.Key.Key_Tab)
    assert page.letters[Tool.HIGHLIGHT].text() == "M"
    back(desk)
    assert "settings.toml" in desk.said
    assert taken(desk, "m") is Tool.HIGHLIGHT
