"""The marks of the shown document: everybody's, mine editable with undo; edits are kept in the background.

Every edit names its document, since another one may be shown by the time it comes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from clerk_desktop.model.annotation import AnnotationSet, Mark, MarkKind, annotation_set
from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.ids import DocumentId, MarkId
from clerk_desktop.model.marking import (
    AddMark,
    ChangeMark,
    DeleteMark,
    EditHistory,
    MarkEdit,
    SetCase,
    Step,
    applied,
    change,
)
from clerk_desktop.ui.field_words import field_text, value_text
from clerk_desktop.ui.review.threads import answered
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.workplace import Tone, Workplace


class Marking(QObject):
    """``changed`` comes when marks or the chosen one are to be painted anew."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._document_id: DocumentId | None = None
        self._others: tuple[AnnotationSet, ...] = ()
        self._mine: AnnotationSet | None = None
        self._histories: dict[DocumentId, EditHistory] = {}
        self._ticket = Ticket()
        self._unsaved: Counter[DocumentId] = Counter()
        self._saves: Counter[DocumentId] = Counter()
        self.author = ""
        self.chosen: MarkId | None = None
        self.whose = ""
        self._standing: dict[int, list[Mark]] | None = None
        workplace.bridge.changed.connect(self._feed)

    def show(self, document_id: DocumentId | None) -> None:
        """Begin with another document; what was done to it in this session can still be undone."""
        self._document_id = document_id
        self._others, self._mine, self.chosen = (), None, None
        self.whose = ""  # a colleague's note is not overlooked because of what was hidden on another document
        if document_id is not None and not self.author:
            self._workplace.tasks.read(
                self, self._workplace.desk.marks.me, self._know_me
            )  # a mark needs an author soon
        self._load()
        self._tell()

    def _know_me(self, me: str) -> None:
        self.author = me

    @property
    def document_id(self) -> DocumentId | None:
        """Whose marks are shown."""
        return self._document_id

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks that are shown, by page."""
        return tuple(mark for mark in self._all if self.whose in ("", mark.author))

    @property
    def hidden(self) -> int:
        """How many marks are there and not shown."""
        return len(self._all) - len(self.marks)

    @property
    def authors(self) -> frozenset[str]:
        """Who marked something here."""
        return frozenset(mark.author for mark in self._all)

    def show_whose(self, author: str) -> None:
        """Show the marks of one person only, "" for everybody's; holds as long as this document is shown."""
        self.whose = author
        if self.chosen is not None and all(mark.mark_id != self.chosen for mark in self.marks):
            self.chosen = None
        self._tell()

    def toggle_others(self) -> None:
        """Hide what others marked, or show everybody's marks again."""
        self.show_whose("" if self.whose else self.author)

    def on_page(self, number: int) -> tuple[Mark, ...]:
        """Return the marks that stand on a page (from 1); an answer stands beside what it answers, in the list."""
        if self._standing is None:  # asked for at every paint, also while a pen is followed
            self._standing = self._by_page()
        return tuple(self._standing.get(number, ()))

    def _by_page(self) -> dict[int, list[Mark]]:
        marks, pages = {mark.mark_id: mark for mark in self._all}, defaultdict[int, list[Mark]](list)
        for mark in self.marks:
            if mark.in_reply_to is None or answered(mark, marks) is None:
                pages[mark.page].append(mark)
        return pages

    @property
    def _all(self) -> tuple[Mark, ...]:
        sets = (*self._others, *((self._mine,) if self._mine is not None else ()))
        return tuple(sorted((mark for each in sets for mark in each.marks), key=lambda mark: (mark.page, mark.created)))

    def _tell(self) -> None:
        self._standing = None
        self.changed.emit()

    def is_mine(self, mark: Mark) -> bool:
        """Whether the mark may be changed here."""
        return self._mine is not None and self._mine.mark(mark.mark_id) is not None

    def is_changeable(self, mark: Mark) -> bool:
        """Whether it may also be moved and reworded; what other software made is kept as it is."""
        return self.is_mine(mark) and mark.kind is not MarkKind.OTHER

    def choose(self, mark_id: MarkId | None) -> None:
        """Make a mark the one that keys act on."""
        self.chosen = mark_id
        self._tell()

    def mark(self, mark_id: MarkId) -> Mark | None:
        """Return a mark, None where it is gone."""
        return next((mark for mark in self._all if mark.mark_id == mark_id), None)

    @property
    def chosen_mark(self) -> Mark | None:
        """The mark that keys act on."""
        return self.mark(self.chosen) if self.chosen is not None else None

    def add(self, mark: Mark, document_id: DocumentId | None, *also: MarkEdit) -> None:
        """Put a mark of mine on its page of a document, shown or not; ``also``: what belongs to the same step."""
        self._do((AddMark(mark=mark), *also), document_id)

    def alter(self, before: Mark, after: Mark, document_id: DocumentId | None) -> None:
        """Move, resize or reword a mark of mine on a document, shown or not."""
        if before != after:
            self._do((change(before, after),), document_id)

    def delete_chosen(self) -> bool:
        """Take the chosen mark away, if it is mine."""
        mark = self.chosen_mark
        if mark is None or not self.is_mine(mark):
            return False
        self.chosen = None
        self._do((DeleteMark(mark=mark),), self._document_id)
        return True

    def undo(self) -> None:
        """Take the last step on the shown document back."""
        document_id = self._document_id
        if document_id is not None:
            self._histories[document_id], edits = self._history(document_id).undo()
            self._apply(document_id, edits)

    def redo(self) -> None:
        """Do the step again that was taken back last on the shown document."""
        document_id = self._document_id
        if document_id is not None:
            self._histories[document_id], edits = self._history(document_id).redo()
            self._apply(document_id, edits)

    def _history(self, document_id: DocumentId) -> EditHistory:
        return self._histories.get(document_id, EditHistory())

    def _do(self, edits: Step, document_id: DocumentId | None) -> None:
        if document_id is not None:
            self._histories[document_id] = self._history(document_id).after(*edits)
            self._apply(document_id, edits)

    def _apply(self, document_id: DocumentId, edits: tuple[MarkEdit, ...]) -> None:
        if not edits:
            return
        shown = document_id == self._document_id
        if shown:
            mine = self._mine or annotation_set(document_id, self.author)  # what is kept comes with ``_saved``
            for edit in edits:
                mine = applied(mine, edit, self._workplace.desk.clock.now())
            self._mine = mine
            self._tell()
        self._unsaved[document_id] += 1
        marks = self._workplace.desk.marks
        done, failed = partial(self._saved, shown, edits), partial(self._failed, document_id, edits)
        self._workplace.tasks.write(self, lambda: marks.edit(document_id, *edits), done, failed)

    def _saved(self, was_shown: bool, edits: Step, mine: AnnotationSet) -> None:
        document_id = mine.document_id
        self._unsaved[document_id] -= 1
        self._saves[document_id] += 1
        if document_id == self._document_id and not self._unsaved[document_id]:
            self._mine = mine
            self._tell()
        for edit in edits:
            if isinstance(edit, SetCase):
                self._workplace.say(self._said_of_case(edit, undoable=edit is not edits[0]), Tone.DONE)
        if not was_shown:
            _ = self._workplace.texts.gettext
            text = _("Another document is shown now; the mark was kept on the one where you began it.")
            self._workplace.say(text, Tone.DONE, (_("Show it"), lambda: self._workplace.open_document(document_id)))

    def _said_of_case(self, edit: SetCase, *, undoable: bool) -> str:
        texts, change = self._workplace.texts, edit.after[0]
        said = f"{field_text(texts, change.field)}: {value_text(texts, change.field, change.text, {})}"
        undo = texts.gettext("Undo on the page (Ctrl+Z) takes stamp and status back together.")
        return f"{said}. {undo}" if undoable else said

    def _failed(self, document_id: DocumentId, edits: tuple[MarkEdit, ...], error: Exception) -> None:
        self._unsaved[document_id] -= 1
        if document_id == self._document_id:
            self._load()
        typed = "\n".join(text for edit in edits if (text := _typed(edit)))
        if not typed or not isinstance(error, ClerkError):
            self._workplace.say_error(error)
            return
        QGuiApplication.clipboard().setText(typed)
        kept = self._workplace.texts.gettext("The mark was not kept; what you typed is in the clipboard: “{text}”")
        self._workplace.say(f"{self._workplace.texts.sentence(error)} {kept.format(text=typed)}", Tone.HELP)

    def _feed(self, changes: tuple[Change, ...]) -> None:
        mine = (change.kind is ChangeKind.ANNOTATIONS and change.object_id == self._document_id for change in changes)
        if any(mine):
            self._load()

    def _load(self) -> None:
        self._ticket.cancel()
        document_id, marks = self._document_id, self._workplace.desk.marks
        if document_id is None:
            return

        def read() -> tuple[str, tuple[AnnotationSet, ...]]:
            return marks.me(), marks.sets(document_id)

        self._ticket = self._workplace.tasks.read(self, read, partial(self._loaded, self._saves[document_id]))

    def _loaded(self, saves: int, found: tuple[str, tuple[AnnotationSet, ...]]) -> None:
        """Show what was read when ``saves`` edits were kept: of mine, what was kept since is newer."""
        self.author, sets = found
        self._others = tuple(each for each in sets if each.author != self.author)
        document_id = self._document_id
        if document_id is not None and not self._unsaved[document_id] and saves == self._saves[document_id]:
            mine = next((each for each in sets if each.author == self.author), None)
            self._mine = mine or annotation_set(document_id, self.author)
        self._tell()


def _typed(edit: MarkEdit) -> str:
    """Return the words a person typed for an edit."""
    match edit:
        case AddMark(mark=mark) if mark.kind is not MarkKind.STAMP:
            return mark.text
        case ChangeMark(before=before, after=after) if before.text != after.text:
            return after.text
        case _:
            return ""
