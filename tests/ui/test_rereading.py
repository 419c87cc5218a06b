"""Readings of a view never overtake each other, and what is wanted belongs to a reading that can know it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clerk_desktop.ui.rereading import Begun, Rereading
from clerk_desktop.ui.tasks import Tasks


class Shelf:
    """Something that is read slowly: each reading waits until it is let go."""

    def __init__(self) -> None:
        self.lies_there = "first"
        self.shown: list[str] = []
        self.errors: list[Exception] = []
        self.begun: list[Event] = []
        self.owner = QObject()
        self.tasks = Tasks(self.errors.append)
        self.reading = Rereading(self.owner, self.tasks, self._begin, self.errors.append)

    def _begin(self) -> Begun:
        let_go = Event()
        found = self.lies_there
        if found == "nowhere":
            raise LookupError(found)
        self.begun.append(let_go)

        def read() -> str:
            let_go.wait(100)
            if found == "broken":
                raise ValueError(found)
            return found

        return read, self.shown.append


@pytest.fixture
def shelf(qtbot: QtBot) -> Shelf:
    return Shelf()


def until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=100_000)


def test_what_changed_meanwhile_is_read_behind_the_reading_that_is_under_way(qtbot: QtBot, shelf: Shelf) -> None:
    shelf.reading.ask()
    shelf.lies_there = "second"
    shelf.reading.ask()
    shelf.reading.ask()
    assert len(shelf.begun) == 1
    shelf.begun[0].set()
    until(qtbot, lambda: shelf.shown == ["first"])
    assert len(shelf.begun) == 2
    shelf.begun[1].set()
    until(qtbot, lambda: shelf.shown == ["first", "second"])
    assert len(shelf.begun) == 2
    shelf.tasks.close()


def test_a_reading_that_failed_is_told_and_the_next_one_comes(qtbot: QtBot, shelf: Shelf) -> None:
    shelf.lies_there = "broken"
    shelf.reading.ask()
    shelf.lies_there = "mended"
    shelf.reading.ask()
    shelf.begun[0].set()
    until(qtbot, lambda: len(shelf.errors) == 1)
    shelf.begun[1].set()
    until(qtbot, lambda: shelf.shown == ["mended"])
    shelf.tasks.close()


def test_a_reading_that_could_not_begin_keeps_no_later_one_from_beginning(qtbot: QtBot, shelf: Shelf) -> None:
    shelf.lies_there = "nowhere"
    with pytest.raises(LookupError):
        shelf.reading.ask()
    shelf.lies_there = "found"
    shelf.reading.ask()
    shelf.begun[0].set()
    until(qtbot, lambda: shelf.shown == ["found"])
    shelf.tasks.close()
