"""The place itself: list, page and form side by side, and what Enter does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.editing import DocumentChange
from clerk_desktop.model.errors import ClerkError, FiledMeanwhile
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.suggestion import Evidence, Suggestions
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.found_place import FoundPlace
from clerk_desktop.ui.inbox.filings import Filings
from clerk_desktop.ui.inbox.listing import InboxList
from clerk_desktop.ui.inbox.page_acts import PageActs
from clerk_desktop.ui.inbox.reading import InboxReading
from clerk_desktop.ui.inbox.rows import Held, InboxRow, Waiting, title
from clerk_desktop.ui.inbox.side import InboxSide
from clerk_desktop.ui.list_menu import ListMenu
from clerk_desktop.ui.new_case_dialog import Typed, ask_new_case
from clerk_desktop.ui.places import Command, PlaceView, grouped
from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.shortcuts import on_keys
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.three_parts import Part, ThreeParts
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.inbox import InboxItem


class InboxPlace(PlaceView):
    """The mailroom station."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        self.is_filled = False
        self._shown: InboxRow | None = None
        self._asking = Ticket()
        self._not_opened: dict[DocumentId, Typed] = {}
        self._unveiled: set[DocumentId] = set()
        self._stale = True  # read when somebody comes here: reading chooses a letter, and opens it
        self._reading = InboxReading(self, workplace, self._show)

    def steps(self) -> Iterator[None]:
        """List, page and form, one after the other."""
        workplace = self.workplace
        _ = workplace.texts.gettext
        self._parts = ThreeParts(workplace.state, "inbox", self)
        (whole := QVBoxLayout(self)).setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._parts)
        self.listing = InboxList(workplace, self._parts)
        yield
        self.pane = ReadingPane(workplace, _("The chosen letter is shown here."), self._parts)
        yield
        self.filings = Filings(workplace, self._came_back)
        self.side = InboxSide(workplace, self._parts)
        yield
        self.form, self.held = self.side.form, self.side.held
        parts = (self.listing, self.pane, self.form, self.filings)
        self.acts = PageActs(workplace, self, parts, self._came_back)
        self._parts.hold((Part(self.listing, 220, 280), Part(self.pane, 320, 460), Part(self.side, 300, 310)))
        ListMenu(self.listing.list, _("Commands for the letter"), self.commands)
        self._wire()

    def enter(self) -> None:
        """Go on where the clerk was; the list has the keys."""
        self.catch_up()
        self.listing.empty.enter()

    def leave(self) -> None:
        """Keep the widths, let the document go."""
        self._parts.keep()
        self.pane.leave()

    def show_document(self, document_id: DocumentId, case_id: CaseId | None = None) -> bool:
        """Show a document of the inbox."""
        if case_id is not None:
            return False
        self._stale = False
        self.listing.filter.clear()
        self._reading.again(document_id)
        return True

    def look_for(self, found: FoundPlace) -> None:
        """Mark words in the document that is shown."""
        self.pane.look_for(found)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the letter, or the file that was not taken in."""
        _ = self.workplace.texts.gettext
        filing = (
            Command(text=_("File and go on"), run=self.file, shortcut="Enter"),
            Command(text=_("New case from this letter"), run=self.new_case, shortcut="Ctrl+Enter"),
            Command(text=_("Find a case"), run=self.form.case.begin, shortcut="F2"),
            Command(text=_("Take back what was done last"), run=self.acts.undo, shortcut="Ctrl+Z"),
        )
        here = (self.held.commands(),) if isinstance(self._shown, Held) else (filing, self.acts.commands())
        return grouped(*here, self.filings.commands(), _always(self))

    def reload(self) -> None:
        """Read the inbox again."""
        self._reading.again()

    def file(self) -> None:
        """File the letter into the case of the form, and go on to the next."""
        row = self._shown
        if not isinstance(row, Waiting):
            return
        number = self.form.case_number
        if not number:
            self.workplace.say(self.workplace.texts.gettext("Choose a case first: F2, or Ctrl+Enter for a new one."))
            self.form.case.setFocus()
            return
        if self.pane.document_id is not None and not self.pane.was_seen:
            _ = self.workplace.texts.gettext
            self.workplace.say(_("The letter is not on the screen yet: look at it, then press Enter again."))
            return
        filing, document_id = self.workplace.desk.filing, row.document_id
        try:
            changes = self.form.changes()
        except ClerkError as error:
            self.workplace.say_error(error)
            self.form.letter_date.setFocus()
            return
        text = self.workplace.texts.gettext("Filed in {number}.").format(number=number)
        self._go_on(row, lambda: filing.file(document_id, number, changes, from_inbox=True), text, self.form.typed())

    def new_case(self) -> None:
        """Open a case from the letter, file it there, and go on to the next."""
        row = self._shown
        if not isinstance(row, Waiting):
            return
        filing = self.workplace.desk.filing
        try:  # before the dialog: behind it the form may come to show another letter
            changes, typed = self.form.changes(), self.form.typed()
        except ClerkError as error:
            self.workplace.say_error(error)
            self.form.letter_date.setFocus()
            return

        def answered(subject: str, plan: str) -> None:
            def work() -> object:
                return filing.file_in_new_case(row.document_id, subject, plan, changes, from_inbox=True)

            text = self.workplace.texts.gettext("Filed in a new case: {subject}").format(subject=subject)
            self._not_opened[row.document_id] = Typed(subject, plan)
            self._go_on(row, work, text, typed)

        self._asking.cancel()
        begun = self._not_opened.pop(row.document_id, Typed(self.form.subject_line.text()))
        self._asking = ask_new_case(self.workplace, self, begun, answered)

    def _wire(self) -> None:
        self.workplace.bridge.changed.connect(self._changed)
        self.listing.chosen.connect(self._choose)
        self.form.file_wanted.connect(self.file)
        self.form.new_case_wanted.connect(self.new_case)
        self.form.pointed.connect(self._point)
        self.filings.settled.connect(lambda letter: self.form.texts.forget(DocumentId(letter)))
        self.held.done.connect(self.reload)
        self.pane.shown.connect(self._content_came)
        self.side.twin_wanted.connect(self.workplace.open_document)
        self.side.paper.done.connect(self.reload)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        _hear_keys(self, self._enter)

    def _enter(self) -> None:
        if self.listing.filter.hasFocus():  # who looks for a letter has not looked at it yet
            self.enter()
            return
        if self.form.suggestions.hasFocus():
            self.form.take_suggestion()
        self.file()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.form.isAncestorOf(new):
            self.form.point_at_focus()

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if touched(changes, ChangeKind.DOCUMENT, ChangeKind.FILE):
            self.refresh()

    def _show(self, rows: tuple[InboxRow, ...], wanted: str) -> None:
        gone = self._shown
        known = any(row.key == gone.key for row in self.listing.rows) if gone is not None else False
        if isinstance(gone, Waiting) and known and gone.key not in {*self.acts.gone, *(row.key for row in rows)}:
            self.filings.gone(gone.document_id, title(gone), self.form.typed())
        self.listing.show_rows(rows, wanted)
        self.fill()

    def _choose(self, row: InboxRow | None) -> None:
        before, self._shown = self._shown, row
        if isinstance(row, Waiting):
            self.side.show_form()
            if isinstance(before, Waiting) and before.key == row.key:
                if before.item != row.item:
                    self._renew(row)
                return
            self._open(row)
        elif isinstance(row, Held):
            self.side.show_held()
            self.held.show_file(row.file)
            self.pane.show_note(self.workplace.texts.gettext("This file was not taken in: there is no page to show."))
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        here = self.window().focusWidget()
        self.side.show_form()
        self.form.show_item(None)
        self.side.say(Suggestions())
        self.pane.show_document(None)
        if here is not None and self.form.isAncestorOf(here):
            self.listing.empty.enter()  # else nothing has the keys, and Ctrl+Z takes no filing back

    def _renew(self, row: Waiting) -> None:
        if not self._veiled(row):
            self.form.refresh(row.item)
            self.side.say(row.item.suggestions, row.document_id)

    def _veiled(self, row: Waiting) -> bool:
        document = row.item.document
        return document.confidentiality is not Confidentiality.NORMAL and document.document_id not in self._unveiled

    def _open(self, row: Waiting) -> None:
        document = row.item.document
        self.form.texts.covers = self._veiled(row)
        if self._veiled(row):
            _ = self.workplace.texts.gettext
            self.form.show_item(InboxItem(document=document, suggestions=Suggestions(), typed=row.item.typed))
            self.side.say(Suggestions())
            self.pane.show_note(_("This letter is protected: it is not shown by itself."), (_("Show it"), self._unveil))
            return
        self.form.show_item(row.item)
        self.side.say(row.item.suggestions, row.document_id)
        self.pane.show_document(document.document_id)
        self.form.point_at_first()

    def _content_came(self) -> None:
        if self.pane.document_id is not None:
            self.listing.thumbnails.look_again(self.pane.document_id)
            self.listing.list.viewport().update()

    def _unveil(self) -> None:
        row = self._shown
        if isinstance(row, Waiting):
            self._unveiled.add(row.document_id)
            self._open(row)

    def _point(self, evidence: Evidence | None) -> None:
        self.pane.show_outline(*((evidence.page, evidence.rect) if evidence is not None else (0, None)))

    def _go_on(self, row: Waiting, work: Callable[[], object], text: str, typed: tuple[DocumentChange, ...]) -> None:
        """Do the work; the letter leaves the list at once, and comes back when it could not be filed.

        Where somebody else filed it before, what was ``typed`` can still be entered there.
        """
        self._reading.leave(row.key)
        self.listing.take_out(row.key)

        def done(_: object) -> None:
            self._reading.left(row.key)
            self._not_opened.pop(row.document_id, None)
            self.filings.filed(row.item.document, text)

        def failed(error: Exception) -> None:
            self._reading.left(row.key)
            self._reading.again(row.key)
            if isinstance(error, FiledMeanwhile):
                self.filings.gone(row.document_id, title(row), typed)
            else:
                self.workplace.say_error(error)

        self.workplace.tasks.write(self, work, done, failed)

    def _came_back(self, document_id: DocumentId) -> None:
        self.listing.filter.clear()
        self._reading.again(document_id)


def _hear_keys(place: InboxPlace, enter: Callable[[], None]) -> None:
    for keys, act in (
        ("Return", enter),
        ("Enter", enter),
        ("Ctrl+Return", place.new_case),
        ("Ctrl+Enter", place.new_case),
        ("F2", place.form.case.begin),
        ("Ctrl+Z", place.acts.undo),
        ("F9", place.listing.scan.click),
        ("Ctrl+Shift+P", lambda: _print_sheets(place)),
    ):
        on_keys(place, keys, act)
    on_keys(place, "Alt+Down", lambda: place.listing.step(1), repeats=True)
    on_keys(place, "Alt+Up", lambda: place.listing.step(-1), repeats=True)


def _always(place: InboxPlace) -> tuple[Command, ...]:
    """Return what can be done whatever is chosen."""
    _ = place.workplace.texts.gettext
    scan = Command(text=_("Scan …"), run=place.listing.scan.click, shortcut="F9")
    return scan, Command(text=_("Separator sheets …"), run=lambda: _print_sheets(place), shortcut="Ctrl+Shift+P")


def _print_sheets(place: InboxPlace) -> None:
    from clerk_desktop.ui.inbox.sheets_dialog import print_sheets

    print_sheets(place.workplace, place)
