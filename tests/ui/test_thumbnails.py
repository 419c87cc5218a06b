"""The strip of small pages: drawn as far as it shows, led by keys and clicks, remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.session import WindowSession
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, press, settle
from tests.ui.test_reading import ROOMS, ReadingRoom, letter, reading

LONG = letter(*([f"Seite {number}"] * 30 for number in range(1, 41)))


def opened(stage: Stage) -> tuple[WindowSession, ReadingPane]:
    session, pane = reading(stage, LONG)
    press(pane.view, Qt.Key.Key_F4)
    settle(session)
    return session, pane


def test_a_key_shows_the_small_pages_and_only_those_in_view_are_drawn(stage: Stage) -> None:
    _, pane = opened(stage)
    strip = pane.thumbnails
    assert strip.isVisible()
    assert strip.hasFocus()
    drawn = [row for row in range(40) if strip.picture(row) is not None]
    assert drawn
    assert drawn == list(range(len(drawn)))
    assert len(drawn) < 10


def test_arrow_keys_go_from_page_to_page_and_enter_into_the_page(stage: Stage) -> None:
    session, pane = opened(stage)
    press(pane.thumbnails, Qt.Key.Key_Down)
    press(pane.thumbnails, Qt.Key.Key_Down)
    settle(session)
    assert pane.view.page == 3
    press(pane.thumbnails, Qt.Key.Key_End)
    settle(session)
    assert pane.thumbnails.currentIndex().row() == 39
    assert pane.view.page >= 39
    assert pane.thumbnails.picture(39) is not None
    press(pane.thumbnails, Qt.Key.Key_Return)
    assert pane.view.hasFocus()


def test_a_click_shows_the_page(stage: Stage) -> None:
    session, pane = opened(stage)
    strip = pane.thumbnails
    place = strip.visualRect(strip.model().index(2, 0)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    settle(session)
    assert pane.view.page == 3


def test_the_strip_follows_the_page_that_is_read(stage: Stage) -> None:
    session, pane = opened(stage)
    press(pane.view, Qt.Key.Key_End)
    settle(session)
    assert pane.thumbnails.currentIndex().row() == pane.view.page - 1
    assert pane.thumbnails.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole).startswith("Seite ")


def test_the_strip_is_still_there_the_next_day(stages: MakeStage) -> None:
    session, _ = opened(stages().signed_in())
    session.workplace.state.save()
    session.window.hide()
    view = stages().open(ROOMS).window.view
    assert isinstance(view, ReadingRoom)
    assert not view.pane.thumbnails.isHidden()
