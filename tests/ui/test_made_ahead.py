"""What is not visited yet is made while nobody works: piece by piece, and without doing anything in there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.ui.ahead import AIR_MILLISECONDS, Ahead
from clerk_desktop.ui.case.view import CasePanel
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.places import PlaceView
from clerk_desktop.ui.services import Services
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import Stage, press, scene, settle

LONG = 600_000
PIECES = 4


def let_pass(milliseconds: int) -> None:
    """Let timers that end earlier end: their order does not depend on how fast the machine is."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def opened(stage: Stage) -> WindowSession:
    """Open the window at a list of cases; nobody was in the inbox."""
    (stage.home / "window.ini").write_text("[General]\nplace=cases\n", encoding="utf-8")
    return scene(stage).open()


def make_all(qtbot: QtBot, session: WindowSession) -> None:
    session.make_ready()
    panels = partial(session.window.findChildren, CasePanel)
    qtbot.waitUntil(lambda: len(panels()) == 3 and all(panel.parentWidget() for panel in panels()), timeout=60_000)
    qtbot.waitUntil(lambda: session.window.is_made_ahead, timeout=60_000)


def noted(made: list[int]) -> Iterator[None]:
    for number in range(PIECES):
        made.append(number)
        yield


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_each_piece_has_a_turn_of_the_event_loop_of_its_own(qtbot: QtBot, window: QWidget) -> None:
    told: list[str] = []

    def pieces() -> Iterator[None]:
        for _ in range(PIECES):
            told.append("piece")
            QTimer.singleShot(0, partial(told.append, "what came meanwhile"))
            yield

    ahead = Ahead(window, pieces())
    ahead.start()
    assert not told
    qtbot.waitUntil(lambda: ahead.is_done)
    assert told == ["piece", "what came meanwhile"] * PIECES


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda window: QTest.keyClick(window.windowHandle(), Qt.Key.Key_A), id="key"),
        pytest.param(
            lambda window: QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, delay=1), id="click"
        ),
    ],
)
def test_nothing_is_made_while_somebody_works(qtbot: QtBot, window: QWidget, work: Callable[[QWidget], None]) -> None:
    made: list[int] = []
    ahead = Ahead(window, noted(made), quiet=LONG)
    ahead.start()
    work(window)
    let_pass(AIR_MILLISECONDS * 10)
    assert made == []


def test_it_goes_on_when_it_is_quiet_again(qtbot: QtBot, window: QWidget) -> None:
    made: list[int] = []
    ahead = Ahead(window, noted(made), quiet=1)
    ahead.start()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    qtbot.waitUntil(lambda: ahead.is_done)
    assert made == list(range(PIECES))


def test_nothing_is_made_after_the_end(qtbot: QtBot, window: QWidget) -> None:
    made: list[int] = []
    ahead = Ahead(window, noted(made))
    ahead.start()
    ahead.stop()
    let_pass(AIR_MILLISECONDS * 10)
    assert made == []


def test_every_place_and_every_case_is_there_before_somebody_comes(qtbot: QtBot, stage: Stage) -> None:
    session = opened(stage)
    window = session.window
    assert not window.findChildren(CasePanel)
    assert not window.findChildren(InboxPlace)
    make_all(qtbot, session)
    before = set(window.findChildren(PlaceView))
    for place in Place:
        window.go(place)
        view = window.view
        assert view in before
        if isinstance(view, WorklistPlace):
            assert view.panel.parentWidget() is not None
    assert len(window.findChildren(CasePanel)) == 3


def test_a_case_and_the_inbox_are_made_in_several_pieces(stage: Stage) -> None:
    session = opened(stage)
    parent = session.window
    for part in (CasePanel(session.workplace, parent), InboxPlace(session.workplace, parent)):
        counts = [len(part.findChildren(QObject))]
        while part.make_on():
            counts.append(len(part.findChildren(QObject)))
        counts.append(len(part.findChildren(QObject)))
        assert len(counts) > PIECES
        added = [after - before for before, after in pairwise(counts)]
        assert max(added) < 0.75 * counts[-1]
        part.deleteLater()


def test_who_comes_while_a_place_is_half_made_has_it_whole(qtbot: QtBot, stage: Stage) -> None:
    session = opened(stage)
    window = session.window
    session.make_ready()
    qtbot.waitUntil(lambda: bool(window.findChildren(InboxPlace)), timeout=60_000)
    window.go(Place.INBOX)
    view = window.view
    assert isinstance(view, InboxPlace)
    settle(session)
    qtbot.waitUntil(lambda: view.pane.is_ready, timeout=60_000)
    qtbot.waitUntil(lambda: window.is_made_ahead, timeout=60_000)
    assert window.findChildren(InboxPlace) == [view]


def test_no_letter_is_opened_before_somebody_comes_to_the_inbox(qtbot: QtBot, stage: Stage) -> None:
    session = opened(stage)
    make_all(qtbot, session)
    settle(session)
    inbox = session.window.findChildren(InboxPlace)[0]
    assert not inbox.listing.rows
    assert inbox.pane.document_id is None
    session.window.go(Place.INBOX)
    settle(session)
    assert [row.key for row in inbox.listing.rows]
    assert inbox.pane.document_id == inbox.listing.rows[0].key


def test_the_keys_work_in_a_place_that_was_made_ahead(qtbot: QtBot, stage: Stage) -> None:
    session = opened(stage)
    make_all(qtbot, session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    press(view.table, Qt.Key.Key_Return)
    settle(session)
    assert view.panel.isVisible()
    assert view.panel.subject.text() == "Anwohnerparken Burgstraße"
    press(view.panel, Qt.Key.Key_Escape)
    assert view.table.isVisible()


def test_a_window_that_is_closed_while_it_makes_places_ends(qtbot: QtBot, stage: Stage) -> None:
    session = opened(stage)
    session.make_ready()
    qtbot.waitUntil(lambda: bool(session.window.findChildren(CasePanel)), timeout=60_000)
    session.window.close()
    made = len(session.window.findChildren(QWidget))
    let_pass(AIR_MILLISECONDS * 10)
    assert len(session.window.findChildren(QWidget)) == made


def test_what_begins_behind_the_first_picture_begins_one_by_one(qtbot: QtBot, tmp_path: Path, stage: Stage) -> None:
    begun: list[str] = []

    class Session:
        """Notes what begins, and what comes in between."""

        may_show = True

        def __init__(self, window: QWidget) -> None:
            self.window = window

        def __getattr__(self, name: str) -> Callable[..., None]:
            return lambda *_: self._begin(name)

        def _begin(self, name: str) -> None:
            begun.append(name)
            QTimer.singleShot(0, self.window, lambda: begun.append("-"))

    services = Services(Session(QWidget()), tmp_path, None)  # type: ignore[arg-type]  # as far as they use it
    services.begin()
    qtbot.waitUntil(lambda: "make_ready" in begun and begun[-1] == "-")
    services.end()
    assert begun == ["welcome", "-", "stay_in_tray", "-", "work_in_background", "-", "make_ready", "-"]
