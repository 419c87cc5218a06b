"""The list below the field for everything: hits and commands in groups. Never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from clerk_desktop.ui.places import Command
from clerk_desktop.ui.theme import GRID, ROW

MOST_ROWS = 16
INDENT = "    "
Group = tuple[str, tuple[Command, ...]]
"""A heading and what stands below it."""


class HitList(QFrame):
    """Keys stay with the field. What is chosen stays chosen and in its place when more comes behind it."""

    def __init__(self, field: QLineEdit, name: str) -> None:
        super().__init__(field, Qt.WindowType.ToolTip)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._commands: dict[int, Command] = {}
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(name)
        self._list.itemClicked.connect(lambda _: self.take())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._list)
        field.installEventFilter(self)

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the list, headings too."""
        return tuple(self._list.item(row).text().strip() for row in range(self._list.count()))

    @property
    def chosen(self) -> str:
        """What Enter would take, "" for nothing."""
        item = self._list.currentItem()
        return item.text().strip() if item is not None and self._list.currentRow() in self._commands else ""

    def show_below(self, field: QLineEdit, groups: Sequence[Group], footer: str, *, keep: bool) -> None:
        """Show groups under the field and a line that nobody goes to; ``keep``: what was chosen stays chosen."""
        row = self._list.currentRow() if keep else -1
        self._commands = {}
        self._list.clear()
        for heading, commands in groups:
            if not commands:
                continue
            if heading:
                self._line(heading)
            for command in commands:
                keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
                text = f"{command.text}   ({keys})" if keys else command.text
                self._commands[self._list.count()] = command
                self._row(INDENT + text if heading else text)
        if footer:
            self._line(footer)
        self._list.setCurrentRow(row if row in self._commands else min(self._commands, default=-1))
        height = min(MOST_ROWS, self._list.count()) * ROW + GRID
        self.setGeometry(0, 0, field.width(), height)
        self.move(field.mapToGlobal(QPoint(0, field.height() + 2)))
        self.show()

    def walk(self, step: int) -> None:
        """Go up or down, past the headings."""
        row = self._list.currentRow() + step
        while 0 <= row < self._list.count() and row not in self._commands:
            row += step
        if row in self._commands:
            self._list.setCurrentRow(row)

    def take(self) -> None:
        """Do what is chosen."""
        command = self._commands.get(self._list.currentRow())
        self.hide()
        if command is not None:
            command.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go away when the field loses the focus."""
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        return False

    def _line(self, text: str) -> None:
        self._row(text).setFlags(Qt.ItemFlag.NoItemFlags)

    def _row(self, text: str) -> QListWidgetItem:
        item = QListWidgetItem(text)
        item.setSizeHint(QSize(0, ROW))
        self._list.addItem(item)
        return item
