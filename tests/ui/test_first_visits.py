"""What a first visit to a place costs: how often its widgets look their style up, which is most of the wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from clerk_desktop.ui.main_window import MainWindow
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import Stage, scene

MOST = 2.5
"""So often on average: once for being there, once more for what is put together before it has its place."""


class Lookups(QObject):
    """Counts how often a widget is told to look its style up anew."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.StyleChange
        return False


@contextmanager
def looking_up() -> Iterator[Lookups]:
    program, lookups = QApplication.instance(), Lookups()
    assert program is not None
    program.installEventFilter(lookups)
    yield lookups
    program.removeEventFilter(lookups)


def go(window: MainWindow, place: Place) -> QWidget:
    window.go(place)
    assert window.view is not None
    return window.view


def open_panel(window: MainWindow) -> QWidget:
    place = window.view
    assert isinstance(place, WorklistPlace)
    return place.panel


@pytest.mark.parametrize(
    "visit",
    [
        pytest.param(lambda window: go(window, Place.INBOX), id="inbox"),
        pytest.param(lambda window: go(window, Place.SETTINGS), id="settings"),
        pytest.param(lambda window: go(window, Place.RESUBMISSIONS), id="resubmissions"),
        pytest.param(open_panel, id="case"),
    ],
)
def test_what_is_visited_first_is_put_together_in_its_place(
    stage: Stage, visit: Callable[[MainWindow], QWidget]
) -> None:
    (stage.home / "window.ini").write_text("[General]\nplace=cases\n", encoding="utf-8")
    window = scene(stage).open().window
    with looking_up() as lookups:
        made = visit(window)
    assert lookups.count <= MOST * len(made.findChildren(QWidget))
