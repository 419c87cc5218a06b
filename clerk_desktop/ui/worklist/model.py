"""Cases as a table whose rows come from the store page by page, as they are shown."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from clerk_desktop.model.case import Case, CaseFilter, CaseOrder
from clerk_desktop.model.ids import CaseId
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.worklist.columns import COLUMNS
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.worklist import Worklist

PAGE = 100
PAGES_KEPT = 30
Index = QModelIndex | QPersistentModelIndex
WAITING = "…"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the table shows, and how."""

    wanted: CaseFilter
    order: CaseOrder
    descending: bool


class CaseTable(QAbstractTableModel):
    """``loaded`` comes whenever count and first rows are there anew."""

    loaded = Signal()

    def __init__(self, workplace: Workplace, asked: Asked) -> None:
        super().__init__()
        self._workplace = workplace
        self._asked = asked
        self._count = 0
        self._pages: OrderedDict[int, tuple[Case, ...]] = OrderedDict()
        self._asking: dict[int, Ticket] = {}
        self._ticket = Ticket()
        self._today = workplace.desk.clock.now().date()

    @property
    def asked(self) -> Asked:
        """What is shown."""
        return self._asked

    def show(self, wanted: CaseFilter) -> None:
        """Show other cases."""
        if wanted != self._asked.wanted:
            self._asked = replace(self._asked, wanted=wanted)
            self.reload()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        asked = replace(self._asked, order=COLUMNS[column].order, descending=order is Qt.SortOrder.DescendingOrder)
        if asked != self._asked:
            self._asked = asked
            self.reload()

    def reload(self, around: int = 0) -> None:
        """Read count and the rows around a row again; what is shown stays until they are there."""
        self._ticket.cancel()
        asked, worklist, page = self._asked, self._workplace.desk.worklist, max(0, around) // PAGE
        self._today = self._workplace.desk.clock.now().date()

        def read() -> tuple[int, tuple[Case, ...]]:
            count = worklist.count(asked.wanted)
            return count, _page(worklist, asked, min(page, max(0, count - 1) // PAGE))

        self._ticket = self._workplace.tasks.read(self, read, lambda found: self._replace(page, *found))

    def case(self, row: int) -> Case | None:
        """Return the case of a row, None while it is not loaded."""
        page = self._pages.get(row // PAGE, ())
        place = row % PAGE
        return page[place] if place < len(page) else None

    def row_of(self, case_id: CaseId) -> int:
        """Return the row of a case that is loaded, -1 where it is not."""
        for number, page in self._pages.items():
            for place, case in enumerate(page):
                if case.case_id == case_id:
                    return number * PAGE + place
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return how many cases match."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._workplace.texts.gettext(COLUMNS[section].title)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell; a row that is not loaded yet is asked for and shows dots."""
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        case = self.case(index.row())
        if case is None:
            self._ask(index.row() // PAGE)
            return WAITING
        texts = self._workplace.texts
        text = COLUMNS[index.column()].text(case, texts, self._today)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{texts.gettext(COLUMNS[index.column()].title)}: {text}"
        return text

    def _ask(self, number: int) -> None:
        if number in self._asking:
            return
        asked, worklist = self._asked, self._workplace.desk.worklist
        self._asking[number] = self._workplace.tasks.read(
            self, lambda: _page(worklist, asked, number), lambda cases: self._keep(number, cases)
        )

    def _keep(self, number: int, cases: tuple[Case, ...]) -> None:
        self._asking.pop(number, None)
        self._pages[number] = cases
        self._pages.move_to_end(number)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min(number * PAGE + PAGE, self._count) - 1
        if last >= number * PAGE:
            self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(COLUMNS) - 1))

    def _replace(self, number: int, count: int, cases: tuple[Case, ...]) -> None:
        for ticket in self._asking.values():
            ticket.cancel()
        self._asking.clear()
        number = min(number, max(0, count - 1) // PAGE)
        same = count == self._count and count > 0
        if not same:
            self.beginResetModel()
        self._count = count
        self._pages.clear()
        self._pages[number] = cases
        if not same:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(COLUMNS) - 1))
        self.loaded.emit()

    @property
    def today(self) -> date:
        """The day that deadlines are told from."""
        return self._today


def _page(worklist: Worklist, asked: Asked, number: int) -> tuple[Case, ...]:
    return worklist.find(asked.wanted, offset=number * PAGE, limit=PAGE, order=asked.order, descending=asked.descending)
