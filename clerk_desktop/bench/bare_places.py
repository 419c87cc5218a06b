"""The baseline of pauses: a bare window with as many places as ours, each a table, gone through in the same rhythm.

``python -m clerk_desktop.bench.bare_places`` prints JSON: how long its thread did not answer (seconds), as Qt alone
lays out and paints on this machine at this hour.
"""

from __future__ import annotations

import json
from functools import partial

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QTableView

from clerk_desktop.ui.heartbeat import Heartbeat

PLACES, ROWS, COLUMNS, ROUNDS = 6, 40, 6, 12
STEP_MILLISECONDS = 120


def main() -> None:
    """Go through all places again and again, tell the pauses, end."""
    _program = QApplication(["bare"])
    window, stack = QMainWindow(), QStackedWidget()
    for number in range(PLACES):
        model = QStandardItemModel(ROWS, COLUMNS)
        for row in range(ROWS):
            for column in range(COLUMNS):
                model.setItem(row, column, QStandardItem(f"{number}, {row}, {column}"))
        table = QTableView()
        table.setModel(model)
        stack.addWidget(table)
        QShortcut(QKeySequence(f"Ctrl+{number + 1}"), window, partial(stack.setCurrentWidget, table))
    window.setCentralWidget(stack)
    window.resize(1280, 720)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    heart = Heartbeat()
    heart.start()
    for _ in range(ROUNDS):
        for number in range(PLACES):
            QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
            _let_pass(STEP_MILLISECONDS)
    heart.stop()
    print(json.dumps({"p999": heart.p999, "worst": heart.worst}))  # noqa: T201 - what it is for


def _let_pass(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
