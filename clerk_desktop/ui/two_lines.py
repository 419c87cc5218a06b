"""A list whose rows have two parts: what it is, and what else is worth knowing. Drawn in the palette's colours.

Each part is one line, and goes on in a further one where the list has room for more than two in a row.
"""

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
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clerk_desktop.model.folding import folded
from clerk_desktop.ui.empty_list import say_empty
from clerk_desktop.ui.following import follow
from clerk_desktop.ui.icons import Icon, icon
from clerk_desktop.ui.plain import plain_tip
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.wrapped import Wrapping

SIDE = 18
Index = QModelIndex | QPersistentModelIndex
BRACKET = 3
DETAILS = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class TwoLines:
    """One row. ``key`` stays the same while the row lives; ``help``: it needs somebody.

    ``heading``: a line above the rows that belong together; nobody goes there. ``grouped``: the row belongs to one.
    ``picture``: there may be a small picture to show instead of the symbol. ``spoken`` is read out before the rest.
    """

    key: str
    title: str
    details: str
    symbol: Icon
    help: bool = False
    heading: bool = False
    grouped: bool = False
    picture: bool = False
    spoken: str = ""


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

    def row(self, index: Index) -> TwoLines:
        """Return what stands in a row that there is."""
        return self._rows[index.row()]

    def row_of(self, key: str) -> int:
        """Return the row with a key, -1 where there is none."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let nobody go to a heading."""
        heading = index.isValid() and self._rows[index.row()].heading
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

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
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join(part for part in (row.title, row.details) if part))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (row.spoken, row.title, row.details) if part)
            case _:
                return row.details if role == DETAILS else None


class TwoLineDelegate(QStyledItemDelegate):
    """Draws the rows of a ``TwoLineModel`` for a list of it. A row has at least two lines and up to ``most``.

    ``symbol_size``: of what stands before the text, in logical pixels.
    """

    symbol_size = QSize(SIDE, SIDE)

    def __init__(self, view: QListView, most: int = 2) -> None:
        super().__init__(view)
        self._view = view
        self._most = most
        self._plain: Wrapping | None = None
        self._bold: Wrapping | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row."""
        line, row = option.fontMetrics.lineSpacing(), _row(index)
        if row.heading:
            return QSize(0, line + GRID * 2)
        least, most = self.bounds(row)
        if least < most:
            least = max(least, sum(map(len, self._parts(row, option.font, self._view.viewport().width()))))
        return QSize(0, max(line * least + GRID * 3, self.symbol_size.height() + GRID * 2))

    def bounds(self, row: TwoLines) -> tuple[int, int]:
        """Return how many lines there is room for in a row at least, and at most."""
        return 2, self._most

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row, palette = _row(index), option.palette
        painter.save()
        if row.heading:
            self._heading(painter, option, row)
        else:
            self._letter(painter, option, row, odd=bool(index.row() % 2))
        if row.grouped:
            edge = QRect(option.rect.left(), option.rect.top(), BRACKET, option.rect.height())
            painter.fillRect(edge, palette.color(QPalette.ColorRole.PlaceholderText))
        painter.restore()

    def draw_symbol(self, painter: QPainter, place: QRect, row: TwoLines, *, chosen: bool) -> None:
        """Draw what stands before the text."""
        middle = QRect(0, 0, SIDE, SIDE)
        middle.moveCenter(place.center())
        icon(row.symbol, on_selection=chosen).paint(painter, middle)

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, row: TwoLines) -> None:
        painter.setFont(_bold(option.font))
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        place = option.rect.adjusted(GRID * 2, 0, -GRID * 2, 0)
        self._line(painter, place, row.title)
        if row.details:  # light beside the title, so that both find room in a narrow list
            place.setLeft(place.left() + painter.fontMetrics().horizontalAdvance(row.title))
            painter.setFont(option.font)
            self._line(painter, place, f" · {row.details}")

    def _letter(self, painter: QPainter, option: QStyleOptionViewItem, row: TwoLines, *, odd: bool) -> None:
        chosen, palette = bool(option.state & QStyle.StateFlag.State_Selected), option.palette
        if chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
            if option.state & QStyle.StateFlag.State_HasFocus:
                edge = QRect(option.rect.left(), option.rect.top(), BRACKET, option.rect.height())
                same = palette.color(QPalette.ColorRole.Accent) == palette.color(QPalette.ColorRole.Highlight)
                role = QPalette.ColorRole.HighlightedText if same else QPalette.ColorRole.Accent
                painter.fillRect(edge, palette.color(role))
        elif odd:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.AlternateBase))
        inner = option.rect.adjusted(GRID * 2, GRID, -GRID * 2, -GRID)
        size, line = self.symbol_size, option.fontMetrics.lineSpacing()
        symbol = QRect(inner.left(), inner.top(), size.width(), inner.height())
        self.draw_symbol(painter, symbol, row, chosen=chosen)
        titles, details = self._parts(row, option.font, option.rect.width())
        inner.setLeft(inner.left() + size.width() + GRID * 2)
        inner.setTop(inner.center().y() - line * (len(titles) + max(len(details), 1)) // 2)
        plain = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        quiet = plain if chosen else palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setFont(_bold(option.font))
        painter.setPen(plain)
        place = QRect(inner.left(), inner.top(), inner.width(), line)
        place = self._rows(painter, place, titles).translated(0, 2)
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.BrightText) if row.help and not chosen else quiet)
        self._rows(painter, place, details)

    def _parts(self, row: TwoLines, font: QFont, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return title and details in the lines in which they stand, in a row so wide."""
        room, most = width - self.symbol_size.width() - GRID * 6, self.bounds(row)[1]
        if self._plain is None or self._bold is None or self._plain.font != font:
            self._plain, self._bold = Wrapping(font), Wrapping(_bold(font))
        titles = self._bold.rows(row.title, room, most - 1)
        return titles, self._plain.rows(row.details, room, most - len(titles))

    def _rows(self, painter: QPainter, place: QRect, rows: Sequence[str]) -> QRect:
        for text in rows:
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            place = place.translated(0, place.height())
        return place

    def _line(self, painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _row(index: Index) -> TwoLines:
    model = index.model()
    assert isinstance(model, TwoLineModel), "this delegate draws no other"
    return model.row(index)


class TwoLineList(QListView):
    """The list itself. ``chosen`` carries the key of the row that somebody went to, "" for none.

    ``empty`` is what it says where it was given no rows; before anything was read it does not claim to know. A row has
    as many lines as it needs, at least two and at most ``most``.
    """

    chosen = Signal(str)

    def __init__(self, name: str, empty: str = "", most: int = 2) -> None:
        super().__init__()
        self._empty = empty
        self.lines = TwoLineModel()
        self.setModel(self.lines)
        self.setItemDelegate(TwoLineDelegate(self, most))
        self.setUniformItemSizes(most == 2)
        self.setResizeMode(QListView.ResizeMode.Adjust)
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
            row = _not_a_heading(rows, row if row >= 0 else min(max(otherwise, 0), len(rows) - 1))
        current = self.currentIndex().row()
        top = self.indexAt(QPoint(0, 0)).row()
        seen = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        held = current if seen else top
        self._filling = True
        self.lines.show(rows)
        self.setAccessibleDescription("" if rows else self._empty)
        self.viewport().update()
        index = self.lines.index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._filling = False
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(follow(before, after, held) - (held - top))
        if current < 0 or self.lines.key(index) != before[current]:
            self.scrollTo(index)
        return self.lines.key(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what would be here where nothing is."""
        super().paintEvent(event)
        if self.accessibleDescription():
            say_empty(self, self.accessibleDescription())

    def _current_changed(self, index: QModelIndex) -> None:
        if not self._filling:
            self.chosen.emit(self.lines.key(index))


def _not_a_heading(rows: Sequence[TwoLines], row: int) -> int:
    """Return the row, or the nearest below it, else above it, that somebody can go to."""
    there = (*range(row, len(rows)), *range(row - 1, -1, -1)) if row >= 0 else ()
    return next((number for number in there if not rows[number].heading), -1)


def containing(rows: Sequence[TwoLines], text: str) -> tuple[TwoLines, ...]:
    """Return the rows that hold all words of a text, letter case and accents aside."""
    words = folded(text).split()
    if not words:
        return tuple(rows)
    return tuple(row for row in rows if all(word in folded(f"{row.title} {row.details}") for word in words))
