"""The batch or box number of a stack of paper, typed once for all its letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from clerk_desktop.ui.inbox.rows import Waiting
from clerk_desktop.ui.text_question import ask_line
from clerk_desktop.ui.workplace import Tone, Workplace


def number_stack(owner: QObject, workplace: Workplace, row: Waiting, stack: Sequence[Waiting]) -> None:
    """Ask for the number, beginning with the one that ``row`` has, and enter it for the whole stack."""
    _ = workplace.texts.gettext
    question = _("Batch or box number of all letters of this scan")
    window = QApplication.activeWindow()
    text = ask_line(workplace.texts, _("Batch number"), question, window, row.item.document.paper_box)
    if text is None:
        return
    letters, filing = [each.document_id for each in stack], workplace.desk.filing
    said = _("Batch number entered for {count} letters.").format(count=len(letters))
    workplace.tasks.write(owner, lambda: filing.number_stack(letters, text), lambda _: workplace.say(said, Tone.DONE))
