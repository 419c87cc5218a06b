"""Menus and dialogs that run their own loop: what hands do in them as soon as they stand open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QMenu, QWidget

from tests.ui.stage import press, write

Opened = TypeVar("Opened", bound=QWidget)


def when_open(kind: type[Opened], act: Callable[[Opened], None]) -> QTimer:
    """Do something as soon as a menu or dialog of that kind is in front; stop the timer where none may come."""
    looking = QTimer(QApplication.instance())
    looking.setInterval(5)

    def look() -> None:
        found = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if isinstance(found, kind) and QGuiApplication.focusWindow() is found.windowHandle():
            looking.stop()
            act(found)

    looking.timeout.connect(look)
    looking.start()
    return looking


def choose(downs: int) -> Callable[[QMenu], None]:
    """Return what goes so many times Down in a menu, then Enter."""

    def by_keys(menu: QMenu) -> None:
        for _ in range(downs):
            press(menu, Qt.Key.Key_Down)
        press(menu, Qt.Key.Key_Return)

    return by_keys


def export_by_keys(open_menu: Callable[[], None], downs: int, target: Path) -> None:
    """Open the menu, so many times Down, Enter; type the file's name and save."""

    def in_menu(menu: QMenu) -> None:
        when_open(QFileDialog, lambda dialog: save_as(dialog, target))
        choose(downs)(menu)

    when_open(QMenu, in_menu)
    open_menu()


def save_as(dialog: QFileDialog, target: Path) -> None:
    """Type a file's name and click the button: Enter would go to the completions, where some stand open."""
    field = dialog.findChildren(QLineEdit)[0]
    field.clear()
    write(field, str(target))
    press_button(dialog, QDialogButtonBox.StandardButton.Save)


def press_button(dialog: QDialog, which: QDialogButtonBox.StandardButton) -> None:
    """Click one of the dialog's standard buttons."""
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    QTest.mouseClick(buttons.button(which), Qt.MouseButton.LeftButton)
