"""The window comes with what its place shows, drawn once; a store that takes its time does not keep it away."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.ui.first_picture import FirstPicture
from clerk_desktop.ui.places import PlaceView
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place, Workplace
from tests.ui.busy_store import BusyStore
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, settle, write


class ReadingView(PlaceView):
    """A place that reads until the test says that it is filled."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        self.is_filled = False


class Window(QMainWindow):
    """Writes down how it came."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.came: list[str] = []
        self.view = ReadingView(workplace, self)
        self.first = FirstPicture(lambda: self.view)
        self.first.painted.connect(lambda: self.came.append("told"))
        self.setCentralWidget(self.first)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.came.append("drawn full" if self.view.is_filled else "drawn empty")


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> Window:
    made = Window(stage.open().workplace)
    qtbot.addWidget(made)
    return made


def test_the_window_is_drawn_once_where_its_place_is_filled_soon(window: Window, qtbot: QtBot) -> None:
    window.first.come()
    assert not window.isVisible()
    window.view.fill()
    assert not window.isVisible(), "never within what fills a list"
    qtbot.waitUntil(lambda: "told" in window.came)
    assert window.came == ["drawn full", "told"]


def test_the_first_picture_is_not_told_before_the_place_is_filled(window: Window, qtbot: QtBot) -> None:
    window.first.come()
    qtbot.waitUntil(lambda: "drawn empty" in window.came)
    window.view.fill()
    qtbot.waitUntil(lambda: "told" in window.came)
    assert "drawn full" in window.came[: window.came.index("told")]


def test_a_window_that_went_again_stays_away_when_its_place_is_filled(window: Window, qtbot: QtBot) -> None:
    window.first.come()
    qtbot.waitUntil(window.isVisible)
    window.hide()
    window.view.fill()
    qtbot.waitUntil(lambda: "told" in window.came)
    assert not window.isVisible()


def test_a_window_that_was_closed_before_it_came_stays_away(stages: MakeStage, qtbot: QtBot) -> None:
    stage = stages(kind=BusyStore).signed_in()
    stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
    assert isinstance(stage.store, BusyStore)
    session = stage.session = WindowSession(stage.desk, stage.texts, stage.home)
    with stage.store.hold():
        session.window.go(Place.CASES)
        session.window.come()
        session.window.close()
    view = session.window.view
    assert view is not None
    qtbot.waitUntil(lambda: view.is_filled)
    settle(session)
    assert not session.window.isVisible()


def test_the_window_comes_while_the_store_is_busy(stages: MakeStage, qtbot: QtBot) -> None:
    stage = stages(kind=BusyStore).signed_in()
    stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
    assert isinstance(stage.store, BusyStore)
    session = stage.session = WindowSession(stage.desk, stage.texts, stage.home)
    with stage.store.hold():
        session.window.go(Place.CASES)
        pictured: list[bool] = []
        session.window.pictured.connect(lambda: pictured.append(True))
        session.window.come()
        assert not session.window.isVisible()
        qtbot.waitUntil(session.window.isVisible)
    qtbot.waitUntil(lambda: bool(pictured))
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    assert view.model.rowCount() == 1


def test_a_list_hears_keys_from_the_first_picture_on(stages: MakeStage, qtbot: QtBot) -> None:
    stage = stages().signed_in()
    stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
    session = stage.session = WindowSession(stage.desk, stage.texts, stage.home)
    session.window.go(Place.CASES)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    write(view.table, "x")
    assert view.filter.text() == "", "hearing them costs a start ten milliseconds"
    with qtbot.waitSignal(session.window.pictured):
        session.window.come()
    settle(session)
    write(view.table, "x")
    assert view.filter.text() == "x"
    session.window.go(Place.MINE)
    settle(session)
    visited = session.window.view
    assert isinstance(visited, WorklistPlace)
    assert visited is not view
    write(visited.table, "y")
    assert visited.filter.text() == "y", "a place that is visited later hears them at once"
