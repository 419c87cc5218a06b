"""Our window on a profile, worked in by keys while its server misbehaves. Run as a program.

``python -m clerk_desktop.bench.heartbeat_window HOME PASSPHRASE`` prints JSON: how long the GUI thread did not answer
(seconds), and of each pause over 50 ms where it stood.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from clerk_desktop.assembly import open_desk
from clerk_desktop.system import garbage
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.heartbeat import Heartbeat
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.main_window import MainWindow
from clerk_desktop.ui.rooms import PLACES
from clerk_desktop.ui.services import Services
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.ui.worklist.place import WorklistPlace

STEP_MILLISECONDS = 120
ROUNDS = 3
LETTERS = 3
READY_MILLISECONDS = 1_500
"""From the call for the window to the first key; what is begun behind the first picture is measured too."""
Step = Callable[[], object]


def main(home: Path, passphrase: str) -> None:
    """Work for a while, tell the pauses, end."""
    garbage.hold_back()  # as the program does until its window is ready
    texts = Texts.for_language("de")
    application(texts, Scheme.LIGHT)
    session = WindowSession(open_desk(home, passphrase), texts, home)
    heart = Heartbeat()
    session.window.pictured.connect(heart.start)
    services = Services(session, home, None)
    session.window.pictured.connect(services.begin)
    session.window.come()
    _let_pass(READY_MILLISECONDS)
    for _ in range(ROUNDS):
        for step in _working_day(session.window):
            step()
            _let_pass(STEP_MILLISECONDS)
    heart.stop()
    stalls = [asdict(stall) for stall in heart.stalls]
    print(json.dumps({"p999": heart.p999, "worst": heart.worst, "stalls": stalls}))  # noqa: T201 - what it is for
    services.end()
    session.close()


def _working_day(window: MainWindow) -> Iterator[Step]:
    """What a clerk does, key by key: every place, a letter leafed through, a case opened, filtered, turned."""
    for number, _ in enumerate((entry for entry in PLACES if entry.listed), start=1):
        yield partial(_press, window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        view = window.view
        if isinstance(view, InboxPlace):
            yield from (partial(_press, view.listing.list, Qt.Key.Key_Down) for _ in range(LETTERS))
            for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_PageUp):
                yield partial(_press, view.pane.view, key)
        elif isinstance(view, WorklistPlace):
            yield from (partial(QTest.keyClicks, view.filter, letter) for letter in "anw")
            yield view.filter.clear
            yield partial(_press, view.table, Qt.Key.Key_End)
            yield partial(_press, view.table, Qt.Key.Key_Return)
            if view.model.rowCount():
                yield partial(_press, view.panel, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
                yield partial(_press, view.panel, Qt.Key.Key_Escape)


def _press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)


def _let_pass(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
