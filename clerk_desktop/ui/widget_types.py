"""PySide's types of widgets, made beforehand.

PySide makes a type when it is first asked for. The first widget that Qt itself hands over (a viewport, an editor) has
it make all of them at once, to find out which it is: a tenth of a second on a slow machine, on the GUI thread.
"""

from __future__ import annotations

from PySide6 import QtWidgets

NO_WIDGETS = ("Style", "Gesture")
"""Types with these words in their names are none, and some take longer than all others."""


def make_widget_types() -> None:
    """Have them made, one after the other; may be called from any thread."""
    for name in dir(QtWidgets):
        if not any(word in name for word in NO_WIDGETS):
            getattr(QtWidgets, name)
