"""Reference cycles are searched for while nobody works, and not in the middle of it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.system import garbage
from clerk_desktop.ui.tidy import Tidy

LONG = 600_000
SOON = 1
PATIENCE = 60_000
REST = 500
PLACES = cycle([QPoint(10, 10), QPoint(20, 20)])


class Knot:
    def __init__(self) -> None:
        self.itself = self


class Searches:
    """Counts how often everything was searched."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        self.count += phase == "stop" and info["generation"] == len(garbage.ORDINARY) - 1


@pytest.fixture
def searches() -> Iterator[Searches]:
    counted = Searches()
    gc.collect()
    gc.callbacks.append(counted)
    yield counted
    gc.callbacks.remove(counted)
    garbage.look_at_all()
    garbage.look_at_new()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def fill(times: int) -> None:
    """Search what is young so often, as if much had come."""
    for _ in range(times):
        gc.collect(1)


def let_pass(milliseconds: int) -> None:
    """Let timers that end earlier end: their order does not depend on how fast the machine is."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def test_it_is_searched_at_the_first_rest(qtbot: QtBot, window: QWidget, searches: Searches) -> None:
    tidy = Tidy(window, quiet=SOON, latest=LONG)
    knot = weakref.ref(Knot())
    fill(garbage.DUE)
    tidy.start()
    qtbot.waitUntil(lambda: searches.count > 0, timeout=PATIENCE)
    tidy.stop()
    assert knot() is None


def test_python_itself_searches_only_what_is_young(window: QWidget, searches: Searches) -> None:
    tidy = Tidy(window, quiet=LONG, latest=LONG)
    tidy.start()
    kept = [[each] for each in range(30 * garbage.ORDINARY[0] * garbage.ORDINARY[1])]
    tidy.stop()
    assert kept
    assert searches.count == 0
    assert garbage.is_due()


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda window: QTest.keyClick(window.windowHandle(), Qt.Key.Key_A), id="key"),
        pytest.param(lambda window: QTest.mouseMove(window.windowHandle(), next(PLACES)), id="mouse"),
    ],
)
def test_nothing_is_searched_while_somebody_works(
    window: QWidget, searches: Searches, work: Callable[[QWidget], None]
) -> None:
    """Works three times as long as a rest would be: each doing begins the rest anew, whose end comes behind it."""
    tidy = Tidy(window, quiet=REST, latest=LONG)
    working = QTimer(interval=SOON)
    working.timeout.connect(lambda: work(window))
    tidy.start()
    working.start()
    fill(garbage.DUE)
    let_pass(3 * REST)
    working.stop()
    tidy.stop()
    assert searches.count == 0


@pytest.mark.parametrize(
    ("quiet", "latest", "came"),
    [
        pytest.param(REST, LONG, garbage.DUE, id="after the last doing"),
        pytest.param(LONG, SOON, garbage.OVERDUE, id="who never rests is not waited for for ever"),
    ],
)
def test_it_is_searched_at_last(
    qtbot: QtBot, window: QWidget, searches: Searches, quiet: int, latest: int, came: int
) -> None:
    tidy = Tidy(window, quiet=quiet, latest=latest)
    tidy.start()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    fill(came)
    qtbot.waitUntil(lambda: searches.count > 0, timeout=PATIENCE)
    tidy.stop()


def test_what_comes_in_while_nobody_is_there_is_searched_too(qtbot: QtBot, window: QWidget, searches: Searches) -> None:
    tidy = Tidy(window, quiet=SOON, latest=SOON)
    tidy.start()
    let_pass(5 * SOON)
    fill(garbage.DUE)
    qtbot.waitUntil(lambda: searches.count > 0, timeout=PATIENCE)
    tidy.stop()


def test_nothing_is_searched_when_little_came(window: QWidget, searches: Searches) -> None:
    tidy = Tidy(window, quiet=SOON, latest=SOON)
    tidy.start()
    let_pass(20 * SOON)
    tidy.stop()
    assert searches.count == 0


def test_what_is_kept_is_passed_over(window: QWidget, searches: Searches) -> None:
    tidy = Tidy(window)
    knot = Knot()
    early = weakref.ref(knot)
    tidy.keep()
    del knot
    garbage.look()
    assert early() is not None
    garbage.look_at_all()
    garbage.look()
    assert early() is None
