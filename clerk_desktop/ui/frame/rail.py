"""The left rail: the places with their counts and the pinned cases, collapsible to icons, Ctrl+1 … 6."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.frame.pinned import PinnedList
from clerk_desktop.ui.frame.rail_button import RailButton
from clerk_desktop.ui.places import PlaceEntry
from clerk_desktop.ui.style import restyle
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Place

WIDE = 224
NARROW = 52


class Rail(QFrame):
    """One button a place. ``chosen`` carries the ``Place`` that a person asked for."""

    chosen = Signal(object)

    def __init__(self, entries: Sequence[PlaceEntry], texts: Texts) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._texts = texts
        self._entries = {entry.place: entry for entry in entries}
        self._counts: dict[Place, int] = {}
        self._wide = True
        self._group = QButtonGroup(self)
        self._buttons: dict[Place, RailButton] = {}
        self.pinned = PinnedList(texts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        layout.setSpacing(GRID // 2)
        for number, entry in enumerate(entries, start=1):
            if entry.place is Place.SETTINGS:
                layout.addWidget(self.pinned, 4)
                layout.addStretch(1)
            button = self._button(entry, number)
            self._buttons[entry.place] = button
            layout.addWidget(button)
        if Place.SETTINGS not in self._entries:
            layout.addWidget(self.pinned, 4)
            layout.addStretch(1)
        self.set_wide(True)

    def choose(self, place: Place) -> None:
        """Mark a place as the one that is shown; none for a place without a button."""
        if place in self._buttons:
            self._buttons[place].setChecked(True)
        elif (before := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            before.setChecked(False)
            self._group.setExclusive(True)

    def set_counts(self, counts: dict[Place, int]) -> None:
        """Show how much lies in each place."""
        if counts != self._counts:
            self._counts = counts
            for place, button in self._buttons.items():
                button.show_count(counts.get(place, 0))

    def set_wide(self, wide: bool) -> None:
        """Show texts, or icons only."""
        self._wide = wide
        self.setFixedWidth(WIDE if wide else NARROW)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._buttons.values():
            button.setToolButtonStyle(style)
            restyle(button, "narrow", not wide)  # or the icon would have to shrink to leave room for a text's margins
        self.pinned.set_wide(wide)

    @property
    def is_wide(self) -> bool:
        """Whether texts are shown."""
        return self._wide

    def parts(self) -> tuple[QWidget, ...]:
        """Return the buttons in their order, for the order of Tab."""
        return tuple(self._buttons.values())

    def _button(self, entry: PlaceEntry, number: int) -> RailButton:
        button = RailButton(self._texts.gettext(entry.text), entry.icon)
        keys = QKeySequence(f"Ctrl+{number}")
        QShortcut(keys, self, lambda: self.chosen.emit(entry.place))  # a button's own shortcut acts 0.1 s late
        shortcut = keys.toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{self._texts.gettext(entry.text)} ({shortcut})")
        button.clicked.connect(lambda: self.chosen.emit(entry.place))
        self._group.addButton(button)
        return button
