"""One window a profile: whoever starts the program again gets the window that is open, however it was put away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QProcessEnvironment, Qt
from pytestqt.qtbot import QtBot

from clerk_desktop.model.errors import RoleTaken
from clerk_desktop.system.locks import Lock, Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.ui.main_window import MainWindow
from clerk_desktop.ui.services import Services
from clerk_desktop.ui.single import TRIES, Doorbell, raise_or_follow
from tests.cli.station import PROGRAM, environment
from tests.ui.stage import Stage, scene

Ring = Callable[[], None]


@pytest.fixture
def locks(tmp_path: Path) -> Locks:
    return Locks(Profile(tmp_path).locks)


@pytest.fixture
def taken(locks: Locks) -> Iterator[Lock]:
    """The role of the window, as the first start holds it."""
    lock = locks.try_take(Role.WINDOW)
    assert lock is not None
    with lock:
        yield lock


def test_two_starts_at_once_end_in_one_window(tmp_path: Path, locks: Locks, taken: Lock, qtbot: QtBot) -> None:
    bells: list[Doorbell] = []
    rung: list[str] = []
    pauses = iter((lambda: None, lambda: bells.append(Doorbell(tmp_path, lambda: rung.append("here")))))
    assert raise_or_follow(tmp_path, locks, lambda: next(pauses)()) is None
    qtbot.waitUntil(lambda: rung == ["here"])


def test_who_starts_again_while_the_window_closes_gets_a_new_one(tmp_path: Path, locks: Locks, taken: Lock) -> None:
    lock = raise_or_follow(tmp_path, locks, taken.release)
    assert lock is not None
    with lock:
        assert lock.role is Role.WINDOW


def test_a_window_that_never_answers_is_told_after_some_tries(tmp_path: Path, locks: Locks, taken: Lock) -> None:
    pauses: list[None] = []
    with pytest.raises(RoleTaken):
        raise_or_follow(tmp_path, locks, lambda: pauses.append(None))
    assert len(pauses) == TRIES


@pytest.mark.parametrize("put_away", [MainWindow.hide, MainWindow.showMinimized], ids=["hidden", "minimised"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "maximised"])
def test_a_second_program_brings_the_window_back_as_it_was_and_ends(
    stage: Stage, tmp_path: Path, qtbot: QtBot, put_away: Callable[[MainWindow], None], large: bool
) -> None:
    home = tmp_path / "profile"
    lock = Locks(Profile(home).locks).try_take(Role.WINDOW)
    assert lock is not None
    session = scene(stage).open()
    window = session.window
    if large:
        window.showMaximized()
    services = Services(session, home, None)
    services.begin()
    put_away(window)
    again = QProcess()
    given = QProcessEnvironment()
    for name, value in environment({"QT_QPA_PLATFORM": "offscreen"}).items():
        given.insert(name, value)
    again.setProcessEnvironment(given)
    with lock:
        again.start(PROGRAM[0], [*PROGRAM[1:], "--home", str(home)])
        qtbot.waitUntil(lambda: again.state() is QProcess.ProcessState.NotRunning, timeout=60_000)
        services.end()
    assert (again.exitStatus(), again.exitCode()) == (QProcess.ExitStatus.NormalExit, 0)
    qtbot.waitUntil(lambda: window.isVisible() and not window.isMinimized())
    assert bool(window.windowState() & Qt.WindowState.WindowMaximized) is large
