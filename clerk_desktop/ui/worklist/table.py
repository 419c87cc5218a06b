"""The view of a case list: its columns as the person left them, and what is looked at stays where it is."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from clerk_desktop.model.case import CaseOrder
from clerk_desktop.ui.theme import ROW
from clerk_desktop.ui.worklist.columns import COLUMNS
from clerk_desktop.ui.worklist.model import CaseTable
from clerk_desktop.ui.workplace import Workplace

SUBJECT = next(number for number, column in enumerate(COLUMNS) if column.order is CaseOrder.SUBJECT)
CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class CaseList(QTableView):
    """Shows ``cases``, sorted as they are asked for. ``name``: for what the window remembers."""

    def __init__(self, workplace: Workplace, cases: CaseTable, name: str) -> None:
        super().__init__()
        self._workplace = workplace
        self._name = name
        self._cases = cases
        self._anchor = QPersistentModelIndex()
        self._offset = 0
        self._fits, self._fitting = True, False
        self._build()
        cases.layoutAboutToBeChanged.connect(self._hold)
        cases.loaded.connect(self._let_go)

    @property
    def row(self) -> int:
        """The current row, -1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Make a row the current one, in sight."""
        index = self._cases.index(row, 0)
        self.selectionModel().setCurrentIndex(index, CHOOSE)
        self.scrollTo(index)

    def keep(self) -> None:
        """Remember the columns, if somebody chose them: else they fit the window the next time, too."""
        if not self._fits:
            self._workplace.state.keep_layout(self._name, self.horizontalHeader())

    def column_menu(self) -> QMenu:
        """Return a menu in which columns are chosen."""
        menu = QMenu(self)
        header = self.horizontalHeader()
        for number, column in enumerate(COLUMNS):
            action = menu.addAction(self._workplace.texts.gettext(column.title))
            action.setCheckable(True)
            action.toggled.connect(lambda shown, number=number: header.setSectionHidden(number, not shown))
            action.triggered.connect(self._arranged)
            action.setEnabled(number > 0)
            menu.aboutToShow.connect(
                lambda action=action, number=number: action.setChecked(not header.isSectionHidden(number))
            )
        return menu

    def _build(self) -> None:
        texts, header = self._workplace.texts, self.horizontalHeader()
        self.setModel(self._cases)
        self.setAccessibleName(texts.gettext("Cases"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setAccessibleName(texts.gettext("Columns"))
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fits = not self._workplace.state.restore_layout(self._name, header)
        if self._fits:
            for number, column in enumerate(COLUMNS):
                header.resizeSection(number, column.width)
                header.setSectionHidden(number, not column.shown)
        asked = self._cases.asked
        sorted_by = next(number for number, column in enumerate(COLUMNS) if column.order is asked.order)
        way = Qt.SortOrder.DescendingOrder if asked.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(sorted_by, way)
        self.setSortingEnabled(True)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._arranged)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the subject what the other columns leave, until somebody arranged them."""
        self._fitting = True
        super().resizeEvent(event)
        if self._fits:
            header = self.horizontalHeader()
            others = sum(
                column.width
                for number, column in enumerate(COLUMNS)
                if number != SUBJECT and not header.isSectionHidden(number)
            )
            header.resizeSection(SUBJECT, max(COLUMNS[SUBJECT].width, event.size().width() - others))
        self._fitting = False

    def _resized(self) -> None:
        if not self._fitting and self.isVisible():
            self._arranged()

    def _arranged(self) -> None:
        """Leave the columns as somebody wants them."""
        self._fits = False

    def _hold(self) -> None:
        """Remember what somebody looks at: the current row where it is in sight, else the topmost."""
        top = self.rowAt(0)
        current = self.currentIndex()
        seen = current.isValid() and self.viewport().rect().contains(self.visualRect(current).center())
        held = current if seen else self._cases.index(max(top, 0), 0)
        self._anchor, self._offset = QPersistentModelIndex(held), held.row() - top

    def _let_go(self) -> None:
        """Put it where it was on the screen."""
        if self._anchor.isValid():
            self.updateGeometries()
            self.verticalScrollBar().setValue(self._anchor.row() - self._offset)
            self._anchor = QPersistentModelIndex()
