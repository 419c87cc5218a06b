"""A new case out of a list: asked for, opened, shown; what could not be opened stands in the dialog again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clerk_desktop.model.case import Case
from clerk_desktop.model.ids import CaseId
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.workplace import Tone, Workplace

if TYPE_CHECKING:
    from clerk_desktop.ui.new_case_dialog import Typed


class NewCase:
    """Asks over ``place``; ``show`` gets the case once it is there."""

    def __init__(self, workplace: Workplace, place: QWidget, show: Callable[[CaseId], None]) -> None:
        self._workplace = workplace
        self._place = place
        self._show = show
        self._asking = Ticket()
        self._not_opened: Typed | None = None

    def ask(self) -> None:
        """Ask for subject and filing plan, then open the case."""
        from clerk_desktop.ui.new_case_dialog import Typed, ask_new_case

        self._asking.cancel()
        typed, self._not_opened = self._not_opened or Typed(), None
        self._asking = ask_new_case(self._workplace, self._place, typed, self._open)

    def _open(self, subject: str, plan: str) -> None:
        from clerk_desktop.ui.new_case_dialog import Typed

        worklist, texts = self._workplace.desk.worklist, self._workplace.texts

        def opened(case: Case) -> None:
            text = texts.gettext("Case {number} opened; its number becomes final when it was sent.")
            self._workplace.say(text.format(number=case.case_number), Tone.DONE)
            self._show(case.case_id)

        def failed(error: Exception) -> None:
            self._not_opened = Typed(subject, plan)
            self._workplace.say_not_done(error, texts.gettext("New case …"))

        self._workplace.tasks.write(self._place, lambda: worklist.open_case(subject, plan), opened, failed)
