"""Enter in the filter of a list: it opens what was typed, never what stood there before the list had followed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from clerk_desktop.ui.worklist.model import Asked, CaseTable


class Hurry:
    """Calls ``open_it`` at once where the list shows what is asked for, else as soon as it does.

    Made behind whatever else hears ``cases.loaded``: that chooses the row. Typing, going on or a list
    that cannot be read means: not any more.
    """

    def __init__(self, line: QLineEdit, cases: CaseTable, open_it: Callable[[], None]) -> None:
        self._line = line
        self._cases = cases
        self._open_it = open_it
        self._shown: Asked | None = None
        self._wanted: Asked | None = None
        line.returnPressed.connect(self._enter)
        cases.loaded.connect(self._loaded)
        cases.unread.connect(self._give_up)

    def _enter(self) -> None:
        self._wanted = self._cases.asked
        if self._shown == self._wanted:
            self._open()

    def _loaded(self) -> None:
        self._shown = self._cases.asked
        self._open()

    def _give_up(self) -> None:
        self._wanted = None

    def _open(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted == self._shown and self._line.hasFocus():
            self._open_it()
