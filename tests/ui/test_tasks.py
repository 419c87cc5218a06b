"""Work that the window gives out, and what becomes of its results when the window goes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_desktop.ui.tasks import Tasks


def test_what_was_read_when_all_ends_is_let_go_and_asks_for_nothing_more(qtbot: QtBot) -> None:
    errors: list[Exception] = []
    tasks, owner = Tasks(errors.append), QObject()
    let_go: list[int] = []

    def go_on(_: int) -> None:
        tasks.read(owner, lambda: 2, let_go.append)

    tasks.read(owner, lambda: 1, go_on, None, let_go.append)
    tasks.wait_idle()
    tasks.close()
    QApplication.processEvents()
    assert (let_go, errors) == ([1], [])
