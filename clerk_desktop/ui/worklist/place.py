"""A place with a list of cases and, in its stead, the case that was opened from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.filter_field import FilterField
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.places import Command, PlaceView
from clerk_desktop.ui.shortcuts import ITSELF, on_keys
from clerk_desktop.ui.theme import GRID, ROW
from clerk_desktop.ui.worklist.columns import COLUMNS
from clerk_desktop.ui.worklist.kinds import ListKind
from clerk_desktop.ui.worklist.model import Asked, CaseTable
from clerk_desktop.ui.workplace import Tone, Workplace

if TYPE_CHECKING:
    from clerk_desktop.ui.case.view import CasePanel


class WorklistPlace(PlaceView):
    """A case list."""

    def __init__(self, workplace: Workplace, kind: ListKind) -> None:
        super().__init__(workplace)
        self._kind = kind
        self._name = f"worklist/{kind.name}"
        self._row = 0
        _ = workplace.texts.gettext
        hint = _("Shows only cases with these words; typing in the list begins here")
        self.filter = FilterField(workplace.texts, _("Filter the cases"), hint)
        self.count = QLabel()
        self.table = QTableView()
        self.empty = QLabel(_(kind.empty))
        self.model = CaseTable(workplace, Asked(kind.wanted(workplace), kind.order, descending=False))
        self._panel: CasePanel | None = None
        self._stack = QStackedWidget()
        self._build()
        self._wire()
        self.model.reload()

    @property
    def panel(self) -> CasePanel:
        """The case that is shown in the list's stead; made when the first case is opened."""
        if self._panel is None:
            from clerk_desktop.ui.case.view import CasePanel

            self._panel = CasePanel(self.workplace)
            self._panel.left.connect(self._back)
            self._stack.addWidget(self._panel)
        return self._panel

    @property
    def _in_case(self) -> bool:
        return self._panel is not None and self._stack.currentWidget() is self._panel

    def enter(self) -> None:
        """Go on in the list or in the case, whichever is open."""
        self._refresh_filter()
        if self._in_case:
            self.panel.documents.setFocus()
        else:
            self.table.setFocus()

    def leave(self) -> None:
        """Keep the columns, close the case."""
        self.workplace.state.keep_layout(self._name, self.table.horizontalHeader())
        if self._panel is not None:
            self._panel.leave()

    def show_case(self, case_id: CaseId) -> bool:
        """Show a case."""
        self._open(case_id)
        return True

    def show_document(self, document_id: DocumentId) -> bool:
        """Show a document in its case."""
        case_id = self.workplace.desk.worklist.case_of(document_id)
        if case_id is None:
            return False
        self._open(case_id, document_id)
        return True

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        _ = self.workplace.texts.gettext
        return (Command(text=_("New case …"), run=self.new_case, shortcut="Ctrl+N"),)

    def new_case(self) -> None:
        """Open a case and show it."""
        from clerk_desktop.ui.new_case_dialog import NewCaseDialog

        desk = self.workplace.desk
        dialog = NewCaseDialog(self.workplace.texts, desk.catalogue.filing_plan(), "", "", self)
        if dialog.exec():
            subject, plan = dialog.subject, dialog.plan_number

            def opened(case: Case) -> None:
                text = self.workplace.texts.gettext("Case {number} opened; its number becomes final when it was sent.")
                self.workplace.say(text.format(number=case.case_number), Tone.DONE)
                self._open(case.case_id)

            self.workplace.tasks.write(self, lambda: desk.worklist.open_case(subject, plan), opened)

    def _build(self) -> None:
        _ = self.workplace.texts.gettext
        self.filter.setMaximumWidth(360)
        self.count.setProperty("muted", True)
        new = QPushButton(_("New case …"))
        new.setToolTip(_("Open a case (Ctrl+N)"))
        new.clicked.connect(lambda: self.new_case())
        columns = icon_button(Icon.COLUMNS, _("Choose columns"))
        columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        columns.setMenu(self._column_menu())
        bar = QHBoxLayout()
        bar.setSpacing(GRID * 2)
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.count)
        bar.addStretch(1)
        bar.addWidget(new)
        bar.addWidget(columns)
        self._build_table()
        self.empty.setProperty("muted", True)
        self.empty.setWordWrap(True)
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addLayout(bar)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        self._stack.addWidget(listing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _build_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setModel(self.model)
        table.setAccessibleName(self.workplace.texts.gettext("Cases"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setAccessibleName(self.workplace.texts.gettext("Columns"))
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if not self.workplace.state.restore_layout(self._name, header):
            for number, column in enumerate(COLUMNS):
                header.resizeSection(number, column.width)
                header.setSectionHidden(number, not column.shown)
        sorted_by = next(number for number, column in enumerate(COLUMNS) if column.order is self._kind.order)
        header.setSortIndicator(sorted_by, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        self.filter.begin_in(table)

    def _column_menu(self) -> QMenu:
        menu = QMenu(self)
        header = self.table.horizontalHeader()
        for number, column in enumerate(COLUMNS):
            action = menu.addAction(self.workplace.texts.gettext(column.title))
            action.setCheckable(True)
            action.toggled.connect(lambda shown, number=number: header.setSectionHidden(number, not shown))
            action.setEnabled(number > 0)
            menu.aboutToShow.connect(
                lambda action=action, number=number: action.setChecked(not header.isSectionHidden(number))
            )
        return menu

    def _wire(self) -> None:
        self.workplace.bridge.changed.connect(self._changed)
        self.filter.textChanged.connect(lambda _: self._refresh_filter())
        self.model.loaded.connect(self._loaded)
        self.table.activated.connect(lambda index: self._open_row(index.row()))
        for keys, act in (
            ("Ctrl+N", self.new_case),
            ("Escape", self._escape),
            ("Alt+Down", lambda: self._step(1)),
            ("Alt+Up", lambda: self._step(-1)),
        ):
            on_keys(self, keys, act)
        on_keys(self.filter, "Down", self.table.setFocus, ITSELF)
        self.filter.returnPressed.connect(lambda: self._open_row(max(0, self.table.currentIndex().row())))

    def _refresh_filter(self) -> None:
        self.model.show(replace(self._kind.wanted(self.workplace), text=self.filter.text().strip()))

    def _loaded(self) -> None:
        count = self.model.rowCount()
        text = self.workplace.texts.ngettext("{count} case", "{count} cases", count)
        self.count.setText(text.format(count=f"{count:n}"))
        nothing = count == 0 and not self.filter.text()
        self.empty.setVisible(nothing)
        self.table.setVisible(not nothing)
        if count and not self.table.currentIndex().isValid():
            self._select(min(self._row, count - 1))

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if touched(changes, ChangeKind.CASE):
            self._row = max(0, self.table.currentIndex().row())
            self.model.reload(self._row)
        if self._panel is not None and touched(changes, ChangeKind.CASE, ChangeKind.DOCUMENT, ChangeKind.EVENT):
            self._panel.reload()

    def _select(self, row: int) -> None:
        self._row = row
        index = self.model.index(row, 0)
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, how)
        self.table.scrollTo(index)

    def _open_row(self, row: int) -> None:
        case = self.model.case(row)
        if case is not None:
            self._row = row
            self._open(case.case_id)

    def _open(self, case_id: CaseId, document_id: DocumentId | None = None) -> None:
        self.panel.show_case(case_id, document_id)
        self._stack.setCurrentWidget(self.panel)
        self.panel.documents.setFocus()

    def _step(self, step: int) -> None:
        """Show the case before or after in the list."""
        if not self._in_case:
            return
        row = self._row + step
        case = self.model.case(row) if 0 <= row < self.model.rowCount() else None
        if case is not None:
            self._select(row)
            self.panel.show_case(case.case_id)

    def _escape(self) -> None:
        if self._in_case:
            self._back()
        elif self.filter.text():
            self.filter.clear()
            self.table.setFocus()

    def _back(self) -> None:
        self.panel.form.save_pending()
        self._stack.setCurrentIndex(0)
        self.table.setFocus()
