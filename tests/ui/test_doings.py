"""Whatever a person does in the window, or in a dialog in front of it, is heard between start and stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.ui.doings import Doings


class Heard:
    """A window, and how often something was heard of it since the last look."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.window = self.opened(QWidget())
        self.doings = Doings(self.window, self.window)
        self.doings.came.connect(self._one)
        self._count = 0

    def opened(self, window: QWidget) -> QWidget:
        """Show a window and wait until it has the keys."""
        if not isinstance(window, QDialog):
            self._qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        self._qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is window.windowHandle())
        return window

    def some(self) -> bool:
        count, self._count = self._count, 0
        return count > 0

    def _one(self) -> None:
        self._count += 1


@pytest.fixture
def heard(qtbot: QtBot) -> Heard:
    return Heard(qtbot)


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda window: QTest.keyClick(window.windowHandle(), Qt.Key.Key_A), id="key"),
        pytest.param(lambda window: QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton), id="mouse"),
    ],
)
def test_the_window_is_heard_until_it_is_enough(heard: Heard, work: Callable[[QWidget], None]) -> None:
    work(heard.window)
    assert not heard.some()
    heard.doings.start()
    work(heard.window)
    assert heard.some()
    heard.doings.stop()
    heard.doings.stop()
    work(heard.window)
    assert not heard.some()


def test_who_types_in_a_dialog_is_heard_too(heard: Heard) -> None:
    heard.doings.start()
    dialog = heard.opened(QDialog(heard.window))
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert heard.some()
    dialog.deleteLater()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    heard.opened(heard.window)
    QTest.keyClick(heard.window.windowHandle(), Qt.Key.Key_A)
    assert heard.some()
    heard.doings.stop()


def test_a_dialog_that_was_there_before_is_heard_until_it_is_enough(heard: Heard) -> None:
    dialog = heard.opened(QDialog(heard.window))
    heard.doings.start()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert heard.some()
    heard.doings.stop()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert not heard.some()
