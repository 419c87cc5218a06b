"""Keys that hold in one part of the window only.

PySide's ``QShortcut(keys, parent, callable, context=…)`` leaves the context at the whole window, so it is set here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
ITSELF = Qt.ShortcutContext.WidgetShortcut


def on_keys(
    part: QWidget,
    keys: str | QKeySequence,
    act: Callable[[], object],
    where: Qt.ShortcutContext = INSIDE,
    *,
    repeats: bool = False,
) -> None:
    """Call ``act`` at the keys while the focus is in ``part`` or what it holds (``ITSELF``: in ``part`` alone).

    A key held down acts once: the next letter would be filed unseen. ``repeats``: for what only moves or zooms.
    """
    shortcut = QShortcut(QKeySequence(keys), part)
    shortcut.setContext(where)
    shortcut.setAutoRepeat(repeats)
    shortcut.activated.connect(lambda: act())
