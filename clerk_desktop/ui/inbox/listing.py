"""The list of the inbox: filter, rows, and which of them is chosen whatever comes and goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.filter_field import FilterField
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.inbox.rows import Held, InboxRow, details, title
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines, containing


class InboxList(QWidget):
    """``chosen`` carries the row that is shown now, or None; also when the same row became something else."""

    chosen = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._rows: tuple[InboxRow, ...] = ()
        self._key = ""
        _ = texts.gettext
        hint = _("Shows only letters with these words; typing in the list begins here")
        self.filter = FilterField(texts, _("Filter the inbox"), hint)
        self.list = TwoLineList(_("Letters in the inbox"))
        self.model = self.list.lines
        self._empty = QLabel(_("Nothing waits here. What is scanned into a scan folder appears by itself."))
        self._build()
        self.filter.textChanged.connect(lambda _: self.show_rows(self._rows))
        self.list.chosen.connect(self._choose)

    @property
    def rows(self) -> tuple[InboxRow, ...]:
        """All rows, whether the filter shows them or not."""
        return self._rows

    def show_rows(self, rows: Sequence[InboxRow], wanted: str = "") -> None:
        """Show these rows. Chosen is the one with the key ``wanted``, else the one that was, else the one below it."""
        self._rows = tuple(rows)
        shown = containing([self._line(row) for row in self._rows], self.filter.text())
        key = self.list.show_rows(shown, wanted or self._key, self.list.currentIndex().row())
        self._empty.setVisible(not self._rows)
        self.list.setVisible(bool(self._rows))
        self._choose(key)

    def step(self, step: int) -> None:
        """Go to the row so many below, above where it is negative; stays at the ends."""
        index = self.model.index(self.list.currentIndex().row() + step, 0)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def take_out(self, key: str) -> None:
        """Take a row out and choose the one that follows it."""
        self.show_rows([row for row in self._rows if row.key != key])

    def _build(self) -> None:
        self.list.setToolTip(self._texts.gettext("Letters in the inbox: arrow keys choose, Enter files"))
        self.filter.begin_in(self.list)
        self._empty.setWordWrap(True)
        self._empty.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(self.filter)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def _choose(self, key: str) -> None:
        self._key = key
        self.chosen.emit(next((row for row in self._rows if row.key == key), None))

    def _line(self, row: InboxRow) -> TwoLines:
        held = isinstance(row, Held)
        symbol = Icon.ATTENTION if held else Icon.DOCUMENT
        text = details(row, self._texts)
        return TwoLines(key=row.key, title=title(row), details=text, symbol=symbol, help=held)
