"""The menu of a list: what can be done with the row, by right click and by key; each entry shows its own key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QMenu

from clerk_desktop.ui.places import Command


class ListMenu(QObject):
    """``commands`` gives what can be done with the current row at the moment; a right click makes its row current."""

    def __init__(self, view: QAbstractItemView, name: str, commands: Callable[[], Sequence[Command]]) -> None:
        super().__init__(view)
        self._view = view
        self._name = name
        self._commands = commands
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the menu where the pointer is, or, asked for with a key, at the current row."""
        if isinstance(event, QContextMenuEvent):
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            self._open(None if by_key else self._view.viewport().mapFromGlobal(event.globalPos()))
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and _asks(event):
            self._open(None)  # not every system makes a menu key of it
            return True
        return False

    def _open(self, position: QPoint | None) -> None:
        index = self._view.indexAt(position) if position is not None else self._view.currentIndex()
        chosen = self._view.selectionModel().isSelected(index)  # of several, all stay chosen
        if position is not None and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsSelectable and not chosen:
            self._view.setCurrentIndex(index)
        commands = self._commands()
        if not commands:
            return
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._name)
        for command in commands:
            if command.begins_group:
                menu.addSeparator()
            action = menu.addAction(command.text)
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutVisibleInContextMenu(True)
            action.triggered.connect(lambda _, run=command.run: run())
        row = self._view.visualRect(index)
        spot = position if position is not None else row.bottomLeft() + QPoint(row.height(), 0)
        menu.popup(self._view.viewport().mapToGlobal(spot))


def commands_of(*buttons: QAbstractButton) -> tuple[Command, ...]:
    """Return what the buttons do that can be pressed now."""
    can = [button for button in buttons if button.isVisible() and button.isEnabled()]
    return tuple(Command(text=button.text(), run=button.click) for button in can)


def _asks(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
