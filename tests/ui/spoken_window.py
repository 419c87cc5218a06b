"""A window for somebody who listens: shows the place that is asked for on standard input, tells what it means to say.

``python -m tests.ui.spoken_window HOME LANGUAGE``; a line names a place to show, ``case`` for an open case, ``dialog``
for the next dialog, or is ``tell``. Each is answered with one line of JSON: the tree of the program's windows as Qt
knows it, each object as ``[name, role number, [children]]``; null when there is no further dialog.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import Stage, press, scene, settle
from tests.ui.test_accessibility import dialogs

CASE = "case"
TELL = "tell"
DIALOG = "dialog"


def main(home: Path, language: str) -> None:
    program = application(Texts.for_language(language), Scheme.LIGHT)
    stage = scene(Stage(home, language))
    session = stage.open()
    further = dialogs(stage, session)
    asked = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def answer() -> None:
        line = sys.stdin.readline().strip()
        if not line:
            program.quit()
            return
        if line == DIALOG and next(further, None) is None:
            print(json.dumps(None), flush=True)
            return
        if line not in (TELL, DIALOG):
            show(session, line)
        print(json.dumps(tree(QAccessible.queryAccessibleInterface(program))), flush=True)

    asked.activated.connect(answer)
    program.exec()
    session.close()


def show(session: WindowSession, place: str) -> None:
    session.window.go(Place.CASES if place == CASE else Place(place))
    settle(session)
    view = session.window.view
    if place == CASE and isinstance(view, WorklistPlace):
        press(view.table, Qt.Key.Key_Return)
        settle(session)
    QApplication.processEvents()


def tree(node: QAccessibleInterface) -> list[object]:
    children = (node.child(number) for number in range(node.childCount()))
    return [
        node.text(QAccessible.Text.Name),
        node.role().value,
        [tree(child) for child in children if child is not None and not child.state().invisible],
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
