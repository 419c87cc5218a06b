"""The marks of the shown document: everybody's, mine editable with undo; edits are kept in the background."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from clerk_desktop.model.annotation import AnnotationSet, Mark, annotation_set
from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.ids import DocumentId, MarkId
from clerk_desktop.model.marking import AddMark, DeleteMark, EditHistory, MarkEdit, applied, change
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.workplace import Workplace


class Marking(QObject):
    """``changed`` comes when marks or the chosen one are to be painted anew."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._document_id: DocumentId | None = None
        self._others: tuple[AnnotationSet, ...] = ()
        self._mine: AnnotationSet | None = None
        self._history = EditHistory()
        self._ticket = Ticket()
        self._unsaved = 0
        self.author = ""
        self.chosen: MarkId | None = None
        workplace.bridge.changed.connect(self._feed)

    def show(self, document_id: DocumentId | None) -> None:
        """Begin with another document; what was done to the last one can no longer be undone."""
        self._document_id = document_id
        self._others, self._mine, self._history, self.chosen = (), None, EditHistory(), None
        self._unsaved = 0
        self._load()
        self.changed.emit()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, by page."""
        sets = (*self._others, *((self._mine,) if self._mine is not None else ()))
        return tuple(sorted((mark for each in sets for mark in each.marks), key=lambda mark: (mark.page, mark.created)))

    def on_page(self, number: int) -> tuple[Mark, ...]:
        """Return the marks of a page (from 1)."""
        return tuple(mark for mark in self.marks if mark.page == number)

    def is_mine(self, mark: Mark) -> bool:
        """Whether the mark may be changed here."""
        return self._mine is not None and self._mine.mark(mark.mark_id) is not None

    def choose(self, mark_id: MarkId | None) -> None:
        """Make a mark the one that keys act on."""
        self.chosen = mark_id
        self.changed.emit()

    def mark(self, mark_id: MarkId) -> Mark | None:
        """Return a mark, None where it is gone."""
        return next((mark for mark in self.marks if mark.mark_id == mark_id), None)

    @property
    def chosen_mark(self) -> Mark | None:
        """The mark that keys act on."""
        return self.mark(self.chosen) if self.chosen is not None else None

    def add(self, mark: Mark) -> None:
        """Put a mark of mine on its page."""
        self._do(AddMark(mark=mark))

    def alter(self, before: Mark, after: Mark) -> None:
        """Move, resize or reword a mark of mine."""
        if before != after:
            self._do(change(before, after))

    def delete_chosen(self) -> bool:
        """Take the chosen mark away, if it is mine."""
        mark = self.chosen_mark
        if mark is None or not self.is_mine(mark):
            return False
        self.chosen = None
        self._do(DeleteMark(mark=mark))
        return True

    def undo(self) -> None:
        """Take the last step back."""
        self._history, edits = self._history.undo()
        self._apply(*edits)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._history, edits = self._history.redo()
        self._apply(*edits)

    def _do(self, edit: MarkEdit) -> None:
        self._history = self._history.after(edit)
        self._apply(edit)

    def _apply(self, *edits: MarkEdit) -> None:
        document_id, mine = self._document_id, self._mine
        if document_id is None or mine is None or not edits:
            return
        for edit in edits:
            mine = applied(mine, edit, self._workplace.desk.clock.now())
        self._mine = mine
        self._unsaved += 1
        self.changed.emit()
        marks = self._workplace.desk.marks
        self._workplace.tasks.write(self, lambda: marks.edit(document_id, *edits), self._saved, self._failed)

    def _saved(self, mine: AnnotationSet) -> None:
        if mine.document_id == self._document_id:
            self._unsaved = max(0, self._unsaved - 1)
            if not self._unsaved:
                self._mine = mine
                self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._unsaved = max(0, self._unsaved - 1)
        self._load()
        self._workplace.say_error(error)

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

        self._ticket = self._workplace.tasks.read(self, read, self._loaded)

    def _loaded(self, found: tuple[str, tuple[AnnotationSet, ...]]) -> None:
        self.author, sets = found
        self._others = tuple(each for each in sets if each.author != self.author)
        if not self._unsaved and self._document_id is not None:
            mine = next((each for each in sets if each.author == self.author), None)
            self._mine = mine or annotation_set(self._document_id, self.author)
        self.changed.emit()
