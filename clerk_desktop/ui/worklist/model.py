"""Cases as a table: the whole list is known by places in the store, 8 bytes a case; rows are read as they are shown.

They are read in the background: "…" stands where a row is not there yet.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from clerk_desktop.model.case import Case, CaseFilter, CaseOrder
from clerk_desktop.model.ids import CaseId
from clerk_desktop.system.clock import office_day
from clerk_desktop.ui.following import follow
from clerk_desktop.ui.plain import plain_tip
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.worklist.columns import COLUMNS, Terms
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.desk import Desk

BLOCK = 64  # rows read at once, by their places: 0.2 ms
BLOCKS_KEPT = 48
BLOCKS_AT_ONCE = 3  # of those that are looked at, when the list is read anew
NO_ROW = -1
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
GONE = "…"
NOTHING = -1  # no case lies there
DISPLAY, TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
SPOKEN, COLOUR = int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ForegroundRole)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a list is shown, and how."""

    text: str = ""
    order: CaseOrder = CaseOrder.NUMBER
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A list as it was read: where its cases lie, how they are told, and the blocks that are looked at."""

    places: Sequence[int]
    terms: Terms
    blocks: dict[int, dict[int, Case]]


class CaseTable(QAbstractTableModel):
    """``wanted`` tells which cases the list has at all; it is called off the GUI thread, as it may read the store.

    ``loaded`` comes whenever the list was read anew, ``unread`` when it could not be. What a view has chosen stays
    chosen, wherever its case went.
    """

    loaded = Signal()
    unread = Signal()

    def __init__(self, workplace: Workplace, wanted: Callable[[Desk], CaseFilter], asked: Asked) -> None:
        super().__init__()
        self._workplace = workplace
        self._wanted = wanted
        self._asked = asked
        self._places: Sequence[int] = array("q")
        self._blocks: OrderedDict[int, dict[int, Case]] = OrderedDict()
        self._asked_blocks: dict[int, list[Callable[[], None]]] = {}
        self._finding = Ticket()
        self._reading = self._again = self._settled = False
        self._terms = Terms(workplace.texts, office_day(workplace.desk.clock.now()), {})

    @property
    def asked(self) -> Asked:
        """What is shown."""
        return self._asked

    @property
    def settled(self) -> bool:
        """Tell whether what is asked for is what is shown."""
        return self._settled and not self._reading

    @property
    def rows_kept(self) -> int:
        """How many rows are in memory."""
        return sum(map(len, self._blocks.values()))

    @property
    def today(self) -> date:
        """The day that deadlines are told from."""
        return self._terms.today

    def show_text(self, text: str) -> None:
        """Show what holds these words."""
        self._ask(replace(self._asked, text=text))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        descending = order is Qt.SortOrder.DescendingOrder
        self._ask(replace(self._asked, order=COLUMNS[column].order, descending=descending))

    def reload(self) -> None:
        """Read the list again; what is shown stays until it is there. One reading at a time, the last one counts."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        asked, desk, wanted = self._asked, self._workplace.desk, self._wanted
        looked_at = tuple(self._blocks)[-BLOCKS_AT_ONCE:] or (0,)

        def read() -> Found:
            which = replace(wanted(desk), text=asked.text)
            places = desk.worklist.ordered(which, asked.order, descending=asked.descending)
            terms = replace(self._terms, today=office_day(desk.clock.now()), names=desk.worklist.names())
            return Found(places, terms, {number: _block(desk, places, number) for number in looked_at})

        self._workplace.tasks.read(self, read, lambda found: self._read(asked, found), self._failed)

    def case(self, row: int) -> Case | None:
        """Return the case of a row; None where there is none (any more), or as long as it is being read."""
        if not 0 <= row < len(self._places):
            return None
        number = row // BLOCK
        block = self._blocks.get(number)
        if block is None:
            self._ask_block(number)
            return None
        self._blocks.move_to_end(number)
        return block.get(self._places[row])

    def when_read(self, row: int, act: Callable[[Case], None]) -> None:
        """Do something with the case of a row as soon as it is known; nothing where there is none."""
        number = row // BLOCK

        def go_on() -> None:
            case = self.case(row)
            if case is not None:
                act(case)

        if row < 0 or number in self._blocks:
            go_on()
        elif row < len(self._places):
            self._ask_block(number, go_on)

    def find(self, case_id: CaseId, found: Callable[[int], None]) -> None:
        """Tell the row of a case, -1 where the list does not have it; only the last one asked for is told."""
        worklist = self._workplace.desk.worklist
        self._finding.cancel()
        self._finding = self._workplace.tasks.read(
            self, lambda: worklist.place_of(case_id), lambda place: found(self._row_of(place))
        )

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many cases match."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == DISPLAY:
            return self._workplace.texts.gettext(COLUMNS[section].title)
        return None

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """Return a cell."""
        if role not in (DISPLAY, TIP, SPOKEN, COLOUR):
            return None
        case = self.case(index.row())
        if role == COLOUR:
            late = case is not None and COLUMNS[index.column()].late(case, self._terms)
            return QGuiApplication.palette().brightText() if late else None
        if case is None:
            return GONE
        texts, column = self._workplace.texts, COLUMNS[index.column()]
        told = column.whole if role != DISPLAY and column.whole is not None else column.text
        text = told(case, self._terms)
        if role == TIP:
            return plain_tip(text)
        return f"{texts.gettext(column.title)}: {text}" if role == SPOKEN else text

    def _ask(self, asked: Asked) -> None:
        if asked != self._asked:
            self._asked, self._settled = asked, False
            self.reload()

    def _row_of(self, place: int | None) -> int:
        try:
            return self._places.index(place) if place is not None else NO_ROW
        except ValueError:
            return NO_ROW

    def _read(self, asked: Asked, found: Found) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.reload()
        if asked == self._asked:
            self._settled, self._terms = True, found.terms
            self._show(found)

    def _failed(self, error: Exception) -> None:
        self._reading = self._again = False
        self._workplace.say_error(error)
        self.unread.emit()

    def _ask_block(self, number: int, then: Callable[[], None] | None = None) -> None:
        """Read a block in the background; its rows are shown, and what waits for them is done, when it is there."""
        waiting = self._asked_blocks.get(number)
        if waiting is None:
            waiting = self._asked_blocks[number] = []
            desk, places = self._workplace.desk, self._places

            def there(block: dict[int, Case]) -> None:
                if places is self._places:
                    self._block_there(number, block)

            def failed(error: Exception) -> None:
                if places is self._places:
                    self._asked_blocks.pop(number, None)  # who looks there again has it read again
                self._workplace.say_error(error)

            self._workplace.tasks.read(self, lambda: _block(desk, places, number), there, failed)
        if then is not None:
            waiting.append(then)

    def _block_there(self, number: int, block: dict[int, Case]) -> None:
        self._blocks[number] = block
        while len(self._blocks) > BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        last = min((number + 1) * BLOCK, len(self._places)) - 1
        self.dataChanged.emit(self.index(number * BLOCK, 0), self.index(last, len(COLUMNS) - 1))
        for act in self._asked_blocks.pop(number, []):
            act()

    def _show(self, found: Found) -> None:
        places = found.places
        before = self._places
        if before and places and places != before:
            self._move(before, places)
            self._blocks.update(found.blocks)
        elif places != before:
            self.beginResetModel()
            self._put(places)
            self._blocks.update(found.blocks)
            self.endResetModel()
        elif places:
            self._put(places)
            self._blocks.update(found.blocks)
            self.dataChanged.emit(self.index(0, 0), self.index(len(places) - 1, len(COLUMNS) - 1))
        self.loaded.emit()

    def _move(self, before: Sequence[int], after: Sequence[int]) -> None:
        """Change the number of rows at the end of the list, then tell views where the rows they hold went."""
        old, new = len(before), len(after)
        if new > old:
            self.beginInsertRows(NO_INDEX, old, new - 1)
            self._put((*before, *[NOTHING] * (new - old)))
            self.endInsertRows()
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = {row: max(follow(before, after, row), 0) for row in {index.row() for index in held}}
        self._put(after if new >= old else (*after, *[NOTHING] * (old - new)))
        self.changePersistentIndexList(held, [self.index(rows[index.row()], index.column()) for index in held])
        self.layoutChanged.emit()
        if new < old:
            self.beginRemoveRows(NO_INDEX, new, old - 1)
            self._put(after)
            self.endRemoveRows()

    def _put(self, places: Sequence[int]) -> None:
        self._places = places
        self._blocks.clear()
        self._asked_blocks.clear()


def _block(desk: Desk, places: Sequence[int], number: int) -> dict[int, Case]:
    """Read a block; nothing where the list is shorter."""
    wanted = places[number * BLOCK : (number + 1) * BLOCK]
    return desk.worklist.at(wanted) if wanted else {}
