"""The baseline of the window: a bare table of as many rows, nothing else. Run as a program; prints two numbers.

``python -m clerk_desktop.bench.bare_window ROWS`` prints seconds from the start of the program to the painted table,
and its resident set in bytes.
"""

from __future__ import annotations

import sys
import time

BEGUN = time.perf_counter()


def main(rows: int) -> None:
    """Show the table, tell the figures, end."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    from clerk_desktop.bench.memory import resident_bytes

    class Table(QAbstractTableModel):
        def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
            return 0 if parent.isValid() else rows

        def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
            return 6

        def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
            return f"{index.row()}, {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None

    program = QApplication(["bare"])
    window, view = QMainWindow(), QTableView()
    view.setModel(Table())
    window.setCentralWidget(view)
    window.resize(1280, 720)
    window.show()
    view.repaint()

    def tell() -> None:
        print(time.perf_counter() - BEGUN, resident_bytes())  # noqa: T201 - what this program is for
        program.quit()

    QTimer.singleShot(0, tell)
    program.exec()


if __name__ == "__main__":
    main(int(sys.argv[1]))
