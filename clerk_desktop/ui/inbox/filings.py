"""What happened to letters that left the inbox: taking one's own filing back, and saying what a colleague did."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import DocumentChange
from clerk_desktop.model.errors import NotKnown
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.workplace import Tone, Workplace
from clerk_desktop.usecases.desk import Desk

KEPT = 50


class Filings(QObject):
    """``back`` is called with the id of a letter that is in the inbox again. ``done``: a letter was filed; ``settled``
    carries the id of one whose filing can no longer be taken back.
    """

    done = Signal()
    settled = Signal(str)

    def __init__(self, workplace: Workplace, back: Callable[[DocumentId], None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._back = back
        self._done: list[Document] = []
        self._kept: dict[DocumentId, tuple[str, tuple[DocumentChange, ...]]] = {}

    def filed(self, before: Document, text: str) -> None:
        """Say that a letter was filed, and offer to take it back. ``before``: as it lay in the inbox."""
        self._done.append(before)
        while len(self._done) > KEPT:
            self.settled.emit(self._done.pop(0).document_id)
        self.done.emit()
        self._workplace.say(text, Tone.DONE, (self._workplace.texts.gettext("Undo (Ctrl+Z)"), self.undo))

    def undo(self) -> None:
        """Take the last filing back; where it was sent already, show where the letter lies."""
        if not self._done:
            self._workplace.say(self._workplace.texts.gettext("There is no filing to take back."))
            return
        before = self._done.pop()
        filing = self._workplace.desk.filing
        self._workplace.tasks.write(
            self, lambda: filing.take_back(before), lambda done: self._taken_back(before, done=done)
        )

    def gone(self, document_id: DocumentId, title: str, typed: tuple[DocumentChange, ...]) -> None:
        """Say that the letter somebody was working on was filed by a colleague, and keep what was ``typed`` for it."""
        desk = self._workplace.desk
        self._workplace.tasks.read(
            self, lambda: _case_number(desk, document_id), lambda number: self._tell(document_id, title, typed, number)
        )

    def commands(self) -> tuple[Command, ...]:
        """Return how to enter what was typed for letters that colleagues filed, also when its message is gone."""
        text = self._workplace.texts.gettext("Enter in its case what was typed: {title}")
        return tuple(
            Command(text=text.format(title=title), run=partial(self._enter, document_id, typed))
            for document_id, (title, typed) in self._kept.items()
        )

    def _taken_back(self, before: Document, *, done: bool) -> None:
        texts, title = self._workplace.texts, before.subject or before.title
        if done:
            self._workplace.say(texts.gettext("“{title}” is in the inbox again.").format(title=title), Tone.DONE)
            self._back(before.document_id)
        else:
            self.settled.emit(before.document_id)
            text = texts.gettext("“{title}” was sent to the server already. It is shown where it lies now.")
            self._workplace.say(text.format(title=title))
            self._workplace.open_document(before.document_id)

    def _tell(self, document_id: DocumentId, title: str, typed: tuple[DocumentChange, ...], number: str) -> None:
        texts = self._workplace.texts
        if number:
            text = texts.gettext("“{title}” was filed in {number} by somebody else.")
        else:
            text = texts.gettext("“{title}” is no longer in the inbox.")
        said = text.format(title=title, number=number)
        if typed and number:
            kept = texts.gettext("What you typed is kept.")
            self._kept[document_id] = title, typed
            action = texts.gettext("Enter it there"), lambda: self._enter(document_id, typed)
            self._workplace.say(f"{said} {kept}", Tone.HELP, action)
        else:
            self._workplace.say(said)

    def _enter(self, document_id: DocumentId, typed: tuple[DocumentChange, ...]) -> None:
        filing, texts = self._workplace.desk.filing, self._workplace.texts

        def entered(_: object) -> None:
            self._kept.pop(document_id, None)
            self._workplace.say(texts.gettext("Entered."), Tone.DONE)

        self._workplace.tasks.write(self, lambda: filing.index(document_id, typed), entered)


def _case_number(desk: Desk, document_id: DocumentId) -> str:
    case_id = desk.worklist.case_of(document_id)
    if case_id is None:
        return ""
    try:
        return desk.worklist.show_by_id(case_id).case.case_number
    except NotKnown:
        return ""
