"""The list of the inbox: filter, rows, and which of them is chosen whatever comes and goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.inbox.rows import Held, InboxRow, details, matching, title
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.two_lines import TwoLineDelegate, TwoLineModel, TwoLines


class InboxList(QWidget):
    """``chosen`` carries the row that is shown now, or None; also when the same row became something else."""

    chosen = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._rows: tuple[InboxRow, ...] = ()
        self._key = ""
        self.filter = QLineEdit()
        self.list = QListView()
        self.model = TwoLineModel()
        self._empty = QLabel(texts.gettext("Nothing waits here. What is scanned into a scan folder appears by itself."))
        self._build()
        self.filter.textChanged.connect(lambda _: self.show_rows(self._rows))
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._choose(self.model.key(index)))

    @property
    def rows(self) -> tuple[InboxRow, ...]:
        """All rows, whether the filter shows them or not."""
        return self._rows

    def show_rows(self, rows: Sequence[InboxRow], wanted: str = "") -> None:
        """Show these rows. Chosen is the one with the key ``wanted``, else the one that was, else that in its place."""
        self._rows = tuple(rows)
        shown = matching(self._rows, self.filter.text(), self._texts)
        position = self.list.currentIndex().row()
        selection = self.list.selectionModel()
        blocked = selection.blockSignals(True)
        self.model.show(tuple(self._line(row) for row in shown))
        row = self.model.row_of(wanted or self._key)
        if row < 0 and shown:
            row = min(max(position, 0), len(shown) - 1)
        index = self.model.index(row, 0)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(blocked)
        self.list.viewport().update()
        self._empty.setVisible(not self._rows)
        self.list.setVisible(bool(self._rows))
        self._choose(self.model.key(index))

    def take_out(self, key: str) -> None:
        """Take a row out and choose the one that follows it."""
        self._key = ""
        self.show_rows([row for row in self._rows if row.key != key])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Typing in the list filters it."""
        if watched is self.list and event.type() is QEvent.Type.KeyPress:
            text = getattr(event, "text", lambda: "")()
            if text and text.isprintable() and not text.isspace():
                self.filter.setFocus()
                QApplication.sendEvent(self.filter, event)
                return True
        return False

    def _build(self) -> None:
        _ = self._texts.gettext
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the inbox"))
        self.filter.setToolTip(_("Shows only letters with these words; typing in the list begins here"))
        self.filter.setClearButtonEnabled(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(_("Letters in the inbox"))
        self.list.setToolTip(_("Letters in the inbox: arrow keys choose, Enter files"))
        self.list.installEventFilter(self)
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
