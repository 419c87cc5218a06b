"""No first visit waits for PySide to make its types of widgets."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
from PySide6 import QtWidgets
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from clerk_desktop.ui.rooms import import_places

program = QApplication(["types", "-platform", "offscreen"])
import_places()
area = QAbstractScrollArea()
before = set(vars(QtWidgets))
area.viewport()
print(*sorted(set(vars(QtWidgets)) - before))
"""


def test_a_widget_that_qt_hands_over_has_pyside_make_no_types_once_the_places_are_imported() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
