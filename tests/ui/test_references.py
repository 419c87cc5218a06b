"""The binding to Qt keeps count of Python's constants: one lost at each signal ends the process within an hour."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

TIMES = 200


class Bell(QObject):
    rang = Signal(object)


def test_signals_and_calls_lose_no_reference_to_a_constant(qtbot: QtBot) -> None:
    bell, line = Bell(), QLineEdit()
    qtbot.addWidget(line)
    bell.rang.connect(lambda _: None)
    before = [sys.getrefcount(constant) for constant in (True, False, None)]
    for number in range(TIMES):
        bell.rang.emit(number)
        line.setText(str(number))
    after = [sys.getrefcount(constant) for constant in (True, False, None)]
    assert all(now > then - TIMES / 2 for then, now in zip(before, after, strict=True)), (before, after)
