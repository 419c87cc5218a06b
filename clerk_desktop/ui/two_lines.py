"""A list whose rows have two lines: what it is, and what else is worth knowing. Drawn in the palette's colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clerk_desktop.model.searching import folded
from clerk_desktop.ui.following import follow
from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.theme import GRID

SIDE = 18
Index = QModelIndex | QPersistentModelIndex
DETAILS = Qt.ItemDataRole.UserRole
HELP = Qt.ItemDataRole.UserRole + 1
SYMBOL = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class TwoLines:
    """One row. ``key`` stays the same while the row lives; ``help``: it needs somebody."""

    key: str
    title: str
    details: str
    symbol: Icon
    help: bool = False


class TwoLineModel(QAbstractListModel):
    """Rows that can be replaced; who looks at a row finds it again by its key."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TwoLines, ...] = ()

    def show(self, rows: Sequence[TwoLines]) -> None:
        """Show these rows; nothing happens where they are the same."""
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return the row with a key, -1 where there is none."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all rows."""
        return tuple(row.key for row in self._rows)

    def key(self, index: QModelIndex) -> str:
        """Return a row's key, "" for none."""
        return self._rows[index.row()].key if index.isValid() and index.row() < len(self._rows) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt asks for."""
        row = self._rows[index.row()]
        values = {
            Qt.ItemDataRole.DisplayRole: row.title,
            Qt.ItemDataRole.ToolTipRole: f"{row.title}\n{row.details}",
            Qt.ItemDataRole.AccessibleTextRole: f"{row.title}, {row.details}",
            DETAILS: row.details,
            HELP: row.help,
            SYMBOL: row.symbol,
        }
        return values.get(role)


class TwoLineDelegate(QStyledItemDelegate):
    """Draws the rows of a ``TwoLineModel``."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row."""
        return QSize(0, option.fontMetrics.lineSpacing() * 2 + GRID * 3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.save()
        if chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        elif index.row() % 2:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.AlternateBase))
        inner = option.rect.adjusted(GRID * 2, GRID, -GRID * 2, -GRID)
        needs_help = bool(index.data(HELP))
        mark = QRect(inner.left(), inner.center().y() - SIDE // 2, SIDE, SIDE)
        symbol = index.data(SYMBOL)
        if isinstance(symbol, Icon):
            icon(symbol).paint(painter, mark)
        inner.setLeft(inner.left() + SIDE + GRID * 2)
        line = option.fontMetrics.lineSpacing()
        plain = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        quiet = plain if chosen else palette.color(QPalette.ColorRole.PlaceholderText)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(plain)
        self._line(painter, QRect(inner.left(), inner.top(), inner.width(), line), str(index.data()))
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.BrightText) if needs_help and not chosen else quiet)
        self._line(painter, QRect(inner.left(), inner.top() + line + 2, inner.width(), line), str(index.data(DETAILS)))
        painter.restore()

    def _line(self, painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class TwoLineList(QListView):
    """The list itself. ``chosen`` carries the key of the row that somebody went to, "" for none."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.lines = TwoLineModel()
        self.setModel(self.lines)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
        self._filling = False
        self.selectionModel().currentChanged.connect(self._current_changed)

    @property
    def current_key(self) -> str:
        """The key of the current row, "" for none."""
        return self.lines.key(self.currentIndex())

    def show_rows(self, rows: Sequence[TwoLines], key: str, otherwise: int | None = 0) -> str:
        """Show these rows and make one current: that with ``key``; where that is gone, the nearest that stood below
        or above it; else the one in place ``otherwise`` or the last. What somebody looks at stays where it is.

        Returns the key of that row, "" for none. ``chosen`` does not come: nobody went anywhere.
        """
        before, after = self.lines.keys, [row.key for row in rows]
        row = after.index(key) if key in after else -1
        if row < 0 and otherwise is not None:
            row = follow(before, after, before.index(key)) if key in before else -1
            row = row if row >= 0 else min(max(otherwise, 0), len(rows) - 1)
        current = self.currentIndex().row()
        top = self.indexAt(QPoint(0, 0)).row()
        seen = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        held = current if seen else top
        self._filling = True
        self.lines.show(rows)
        index = self.lines.index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._filling = False
        self.doItemsLayout()
        self.verticalScrollBar().setValue(follow(before, after, held) - (held - top))
        if current < 0 or self.lines.key(index) != before[current]:
            self.scrollTo(index)
        return self.lines.key(index)

    def _current_changed(self, index: QModelIndex) -> None:
        if not self._filling:
            self.chosen.emit(self.lines.key(index))


def containing(rows: Sequence[TwoLines], text: str) -> tuple[TwoLines, ...]:
    """Return the rows that hold all words of a text, letter case and accents aside."""
    words = folded(text).split()
    if not words:
        return tuple(rows)
    return tuple(row for row in rows if all(word in folded(f"{row.title} {row.details}") for word in words))
