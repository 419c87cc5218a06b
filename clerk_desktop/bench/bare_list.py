"""The baseline of the case list: a bare table over a Python list of texts. Run as a program.

``python -m clerk_desktop.bench.bare_list ROWS`` prints the same numbers as ``our_list``.
"""

from __future__ import annotations

import sys


def main(rows: int) -> None:
    """Do the steps, tell the figures."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    from clerk_desktop.bench.list_steps import scrolled, sorted_anew, typed
    from clerk_desktop.bench.lists import numbered
    from clerk_desktop.bench.memory import resident_bytes

    class Table(QAbstractTableModel):
        def __init__(self) -> None:
            super().__init__()
            cases = map(numbered, range(rows))
            self.all = [
                (case.case_number, case.subject, case.status.value, case.assignee, str(case.due_on), "")
                for case in cases
            ]
            self.shown = list(self.all)

        def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
            return 0 if parent.isValid() else len(self.shown)

        def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
            return 6

        def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
            return self.shown[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

        def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
            self.layoutAboutToBeChanged.emit()
            self.shown.sort(key=lambda row: row[column], reverse=order is Qt.SortOrder.DescendingOrder)
            self.layoutChanged.emit()

        def filter(self, text: str) -> None:
            words = text.lower().split()
            self.beginResetModel()
            self.shown = [row for row in self.all if all(word in " ".join(row).lower() for word in words)]
            self.endResetModel()

    application = QApplication(["bare"])
    window, view, table = QMainWindow(), QTableView(), Table()
    view.setModel(table)
    window.setCentralWidget(view)
    window.resize(1280, 720)
    window.show()
    application.processEvents()
    view.repaint()
    figures = [*scrolled(view), *sorted_anew(view, lambda: True), *typed(view, table.filter, lambda: True)]
    print(*figures, resident_bytes())  # noqa: T201 - what this program is for


if __name__ == "__main__":
    main(int(sys.argv[1]))
