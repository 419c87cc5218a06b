"""A line that finds a case while its number or words of its subject are typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from clerk_desktop.model.case import Case, CaseStatus
from clerk_desktop.ui.frame.hit_list import HitList
from clerk_desktop.ui.frame.walking import ACCEPT, WALK
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.typing_pause import TypingPause
from clerk_desktop.ui.workplace import Workplace

PAUSE_MILLISECONDS = 120
MOST = 8


class CaseField(QLineEdit):
    """Holds a case number. ``chosen`` comes when a person took a case from the list."""

    chosen = Signal(str)

    def __init__(self, workplace: Workplace, name: str) -> None:
        super().__init__()
        self._workplace = workplace
        self._ticket = Ticket()
        self._shown_for = ""
        self._in_a_hurry = False
        self.setAccessibleName(name)
        self._hits = HitList(self, workplace.texts.gettext("Cases found"))
        self._pause = TypingPause(self, PAUSE_MILLISECONDS, self.look_now)
        self.textEdited.connect(self._typed)

    def begin(self) -> None:
        """Take the keys, with all that stands here chosen, to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def setText(self, text: str | None) -> None:
        """Hold something else, of another letter perhaps: what was looked for before is no longer offered."""
        self._ticket.cancel()
        self._pause.stop()
        self._hits.hide()
        super().setText(text)

    def look_now(self) -> None:
        """Look for what is typed, without the pause that waits for the next key."""
        self._ticket.cancel()
        self._pause.stop()
        words, search = self.text().strip(), self._workplace.desk.search
        if not words:
            self._hits.hide()
            return

        def find() -> tuple[Case, ...]:
            found = [hit.case for hit in search.here(words, MOST * 4).cases]
            return tuple(sorted(found, key=lambda case: case.status is CaseStatus.CLOSED))[:MOST]

        self._ticket = self._workplace.tasks.read(self, find, lambda cases: self._show(words, cases))

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Esc for the list while it shows: they are not for the form then."""
        mine = event.type() is QEvent.Type.ShortcutOverride and self._hits.isVisible()
        if mine and isinstance(event, QKeyEvent) and event.key() in (*ACCEPT, Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the cases found, take one, or close the list."""
        key = Qt.Key(event.key())
        if not self._hits.isVisible():
            super().keyPressEvent(event)
        elif key in WALK:
            self._hits.walk(WALK[key])
        elif key in ACCEPT:
            self._take()
        elif key == Qt.Key.Key_Escape:
            self._hits.hide()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        self._in_a_hurry = False

    def _take(self) -> None:
        """Take the case that is chosen; who types faster than cases are found gets the first of what was typed."""
        if self._shown_for == self.text().strip():
            self._hits.take()
        else:
            self._in_a_hurry = True
            self.look_now()

    def _show(self, words: str, cases: tuple[Case, ...]) -> None:
        in_a_hurry, self._in_a_hurry = self._in_a_hurry, False
        if self.hasFocus():
            hits = tuple(self._hit(case) for case in cases)
            nothing = "" if hits else self._workplace.texts.gettext("No such case")
            self._hits.show_below(self, (("", hits),), nothing, keep=False)
            self._shown_for = words
            if in_a_hurry and hits:
                self._hits.take()

    def _hit(self, case: Case) -> Command:
        def take() -> None:
            self.setText(case.case_number)
            self.chosen.emit(case.case_number)

        return Command(text=f"{case.case_number}   {case.subject}", run=take)
