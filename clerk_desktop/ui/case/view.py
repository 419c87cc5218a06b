"""One case in the window: header, documents on the left, the page in the middle, data and history on the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from clerk_desktop.model.case import Case
from clerk_desktop.model.catalogue import Staff
from clerk_desktop.model.disposition import Disposition
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import CaseChange, ChangedCase, case_text
from clerk_desktop.model.errors import ClerkError, NotKnown
from clerk_desktop.model.event import Event
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.system.clock import office_day
from clerk_desktop.ui.case.dispositions import KEYS, DispositionsTab
from clerk_desktop.ui.case.form import CaseForm
from clerk_desktop.ui.case.history import History, event_text
from clerk_desktop.ui.case.offline import OfflineLine
from clerk_desktop.ui.case.unsaved import Unsaved
from clerk_desktop.ui.field_words import field_text, value_text
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.in_steps import InSteps
from clerk_desktop.ui.review.marks_list import MarksList
from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.shortcuts import on_keys
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.three_parts import Part, ThreeParts
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines
from clerk_desktop.ui.whole_tabs import whole_tabs
from clerk_desktop.ui.words import Names, person_text, short_day_text, status_text
from clerk_desktop.ui.worklist.columns import deadline_text
from clerk_desktop.ui.workplace import Tone, Workplace
from clerk_desktop.usecases.case_view import CaseView


class CasePanel(QWidget, InSteps):
    """Shows one case, once it is finished. ``left`` comes when the person goes back to the list."""

    left = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._case: Case | None = None
        self._names: Names = {}
        self._documents: tuple[Document, ...] = ()
        self._asked: CaseId | None = None
        self._ticket = Ticket()
        self._asking = Ticket()
        self._wanted: DocumentId | None = None
        self._not_ordered: dict[CaseId, Disposition] = {}

    def steps(self) -> Iterator[None]:
        """Documents, page, form, history: each is a piece of work of its own."""
        workplace = self._workplace
        _ = workplace.texts.gettext
        self.number = QLabel()
        self.subject = QLabel()
        self.facts = QLabel()
        self.offline = OfflineLine(workplace)
        self._parts = ThreeParts(workplace.state, "case", self)
        self.documents = TwoLineList(
            _("Documents of the case"), _("No document yet. Letters are filed here from the inbox."), most=6
        )
        listing = _apart(self.documents, self._parts)
        yield
        self.pane = ReadingPane(workplace, _("A document of this case is shown here."), self._parts, marks=True)
        yield
        self.tabs = whole_tabs()
        self._parts.hold((Part(listing, 216, 270), Part(self.pane, 320, 450), Part(self.tabs, 0, 340)))
        self.form = CaseForm(workplace, self.tabs)
        yield
        self.history = History(workplace.texts)
        self.dispositions = DispositionsTab(workplace.texts)
        yield
        self._build()
        self.documents.chosen.connect(self._choose)
        self.form.changed.connect(self._save)
        self.form.refused.connect(workplace.say_error)
        self.form.kept.connect(self._tell_kept)
        self.dispositions.wanted.connect(self.dispose)
        on_keys(self, KEYS, self.dispose)

    @property
    def case_id(self) -> CaseId | None:
        """The case that is shown."""
        return self._case.case_id if self._case is not None else None

    def show_case(self, case_id: CaseId, document_id: DocumentId | None = None) -> None:
        """Show a case, and in it a document (its first where none is named)."""
        self.form.save_pending()
        self._wanted = document_id
        if self._case is not None and self._case.case_id != case_id:
            self._case = None
            self.pane.show_document(None)
        self._read(case_id)

    def reload(self) -> None:
        """Read the shown case again."""
        if self._asked is not None:
            self._read(self._asked)

    def dispose(self) -> None:
        """Ask what is to happen with the case, and write it down."""
        case = self._case
        if case is not None:
            catalogue = self._workplace.desk.catalogue
            self._asking.cancel()
            self._asking = self._workplace.tasks.read(
                self, catalogue.staff, lambda staff: self._ask_disposition(case.case_id, staff)
            )

    def _ask_disposition(self, case_id: CaseId, staff: tuple[Staff, ...]) -> None:
        from clerk_desktop.ui.case.disposition_dialog import DispositionDialog

        if self.case_id != case_id:  # another case was opened meanwhile
            return
        desk, texts = self._workplace.desk, self._workplace.texts
        dialog = DispositionDialog(texts, staff, self._documents, self.pane.document_id, self)
        if (typed := self._not_ordered.pop(case_id, None)) is not None:
            dialog.begin_with(typed)
        if dialog.exec():
            wanted = dialog.wanted

            def told(event: Event) -> None:
                self._workplace.say(event_text(event, texts, self._names), Tone.DONE)
                self.reload()

            def failed(error: Exception) -> None:
                self._not_ordered[case_id] = wanted
                self._workplace.say_not_done(error, texts.gettext("New disposition …"))

            self._workplace.tasks.write(self, lambda: desk.dispositions.dispose_by_id(case_id, wanted), told, failed)

    def leave(self) -> None:
        """Keep widths, save what is typed, let the document go."""
        self.form.save_pending()
        self._parts.keep()
        self.pane.leave()

    def _build(self) -> None:
        _ = self._workplace.texts.gettext
        back = icon_button(Icon.LEFT, _("Back to the list"), _("Back to the list (Esc)"))
        back.clicked.connect(lambda: self.left.emit())
        self.number.setProperty("title", True)
        self.subject.setProperty("title", True)
        self.facts.setProperty("muted", True)
        for label in (self.number, self.subject, self.facts):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.subject.setWordWrap(True)
        first = QHBoxLayout()
        first.setSpacing(GRID * 3)
        first.addWidget(back)
        first.addWidget(self.number)
        first.addWidget(self.subject, 1)
        first.addWidget(self.offline)
        self.facts.setWordWrap(True)
        self.facts.setContentsMargins(GRID * 10, 0, 0, 0)
        header = QFrame(self)
        header.setObjectName("header")
        rows = QVBoxLayout(header)
        rows.setContentsMargins(GRID * 2, GRID, GRID * 3, GRID)
        rows.setSpacing(0)
        rows.addLayout(first)
        rows.addWidget(self.facts)
        self.documents.setToolTip(_("Documents of the case"))
        self._fill_tabs()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(header)
        whole.addWidget(self._parts, 1)

    def _fill_tabs(self) -> None:
        _ = self._workplace.texts.gettext
        if self.pane.mark_tools is not None:
            self.marks = MarksList(self._workplace, self.pane.mark_tools, self.pane.view)
            self.tabs.addTab(self.marks, _("Marks"))
        self.tabs.addTab(self.form, _("Details"))
        self.tabs.addTab(self.dispositions, _("Dispositions"))
        self.tabs.addTab(self.history, _("History"))

    def _read(self, case_id: CaseId) -> None:
        self._ticket.cancel()
        self._asked = case_id
        worklist = self._workplace.desk.worklist
        self._ticket = self._workplace.tasks.read(
            self, lambda: worklist.show_by_id(case_id), self._show, self._not_there
        )

    def _show(self, view: CaseView) -> None:
        texts, case = self._workplace.texts, view.case
        self._case, self._names = case, view.names
        self.offline.show_case(case.case_id)
        self.number.setText(case.case_number)
        self.subject.setText(case.subject)
        today = office_day(self._workplace.desk.clock.now())
        facts = [status_text(texts, case.status), person_text(texts, case.assignee, view.names)]
        for name, day in ((texts.gettext("Deadline"), case.due_on), (texts.gettext("Resubmission"), case.resubmit_on)):
            if day is not None:
                facts.append(f"{name} {deadline_text(day, texts, today)}")
        self.facts.setText("   ·   ".join(fact for fact in facts if fact))
        self.form.show_case(case)
        self.marks.show_names(view.names)
        self.history.show_events(view.events, view.names)
        self.dispositions.listing.show_events(view.events, view.names)
        self._show_documents(view.documents)

    def _show_documents(self, documents: tuple[Document, ...]) -> None:
        self._documents = documents
        wanted, self._wanted = self._wanted or self.documents.current_key, None
        self._choose(self.documents.show_rows([self._line(document) for document in documents], wanted))

    def _choose(self, key: str) -> None:
        document_id = DocumentId(key) if key else None
        if document_id != self.pane.document_id or document_id is None:
            self.pane.show_document(document_id)

    def _line(self, document: Document) -> TwoLines:
        texts = self._workplace.texts
        pages = texts.gettext("{count} p.").format(count=document.page_count) if document.page_count else ""
        parts = (short_day_text(document.received_on or document.letter_date), pages, document.sender)
        title = document.subject or document.title
        if self._case is not None and title == self._case.subject and document.document_type:
            title = document.document_type  # what all of them are about stands above already
        details = "  ·  ".join(part for part in parts if part) or document.document_type
        return TwoLines(key=document.document_id, title=title, details=details, symbol=Icon.DOCUMENT)

    def _save(self, case_id: CaseId, change: CaseChange) -> None:
        worklist, texts = self._workplace.desk.worklist, self._workplace.texts

        def told(done: ChangedCase) -> None:
            before = CaseChange(field=change.field, text=case_text(done.before, change.field))
            text = f"{field_text(texts, change.field)}: {value_text(texts, change.field, change.text, self._names)}"
            undo = texts.gettext("Undo"), lambda: self._write(case_id, before)
            self._workplace.say(text, Tone.DONE, undo)
            self.form.saved(done.after, change)
            self._saved(done)

        def failed(error: Exception) -> None:
            self._workplace.say_error(error)
            self.form.not_saved(case_id, change)

        self._workplace.tasks.write(self, lambda: worklist.change_by_id(case_id, (change,)), told, failed)

    def _tell_kept(self, unsaved: Unsaved) -> None:
        texts, case_id = self._workplace.texts, unsaved.case.case_id
        text = texts.gettext("{number}, {field}: “{text}” is no day and was not saved. It still stands in the case.")
        said = text.format(number=unsaved.case.case_number, text=unsaved.text, field=field_text(texts, unsaved.field))
        again = texts.gettext("Correct it"), lambda: self._workplace.open_case(case_id)
        self._workplace.say(said, Tone.HELP, again)

    def _write(self, case_id: CaseId, change: CaseChange) -> None:
        worklist = self._workplace.desk.worklist
        self._workplace.tasks.write(self, lambda: worklist.change_by_id(case_id, (change,)), self._saved)

    def _saved(self, done: ChangedCase) -> None:
        if self.case_id == done.after.case_id:
            self._read(done.after.case_id)

    def _not_there(self, error: Exception) -> None:
        _ = self._workplace.texts.gettext
        if isinstance(error, NotKnown):
            self.left.emit()
            text = _("The case is no longer on this computer: it was deleted, or your rights to it ended.")
            self._workplace.say(text, Tone.HELP)
        elif isinstance(error, ClerkError):
            self._workplace.say_error(error)
        else:
            raise error


def _apart(part: QWidget, parent: QWidget) -> QWidget:
    """Return a part with the air around it that the others have."""
    apart = QWidget(parent)
    layout = QVBoxLayout(apart)
    layout.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
    layout.addWidget(part)
    return apart
