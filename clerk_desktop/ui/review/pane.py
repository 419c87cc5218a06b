"""A document to read: tool bar, pages, search. Loads off the GUI thread and says why something cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ClerkError, FileRefused, NoPreview, RefusalReason
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.reading import FileLook
from clerk_desktop.ui.found_place import FoundPlace
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.review.exporting import Exporting, Form
from clerk_desktop.ui.review.find_bar import FindBar
from clerk_desktop.ui.review.finding import PageWords
from clerk_desktop.ui.review.mark_tools import MarkTools
from clerk_desktop.ui.review.open_elsewhere import open_elsewhere
from clerk_desktop.ui.review.page_menu import OTHERS_KEYS, PageMenu
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.reading_tools import ReadingTools
from clerk_desktop.ui.review.text_selection import TextHand, TextSelection
from clerk_desktop.ui.review.thumbnails import Thumbnails
from clerk_desktop.ui.shortcuts import on_keys
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.pages import OpenDocument

PREPARE_MILLISECONDS = 1000
"""When the window has come to rest, a worker is started for the first document."""
PATIENCE_MILLISECONDS = 250
"""So long nothing is said about loading: most documents are there before it could be read."""

SMALL_PAGES = "review/small-pages"


class ReadingPane(QWidget):
    """Shows one document at a time. ``shown`` comes when a document (or the reason why not) is there."""

    shown = Signal()

    def __init__(self, workplace: Workplace, empty: str, parent: QWidget, *, marks: bool = False) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._empty = empty
        self._document_id: DocumentId | None = None
        self._open: OpenDocument | None = None
        self._ticket = Ticket()
        self._measuring = False
        self._seen = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(lambda: self._tell(workplace.texts.gettext("Loading …")))
        self._outline: tuple[int, Rect] | None = None
        self._found: FoundPlace | None = None
        self.view = PageView(workplace.tasks, workplace.texts)
        self.words = PageWords(workplace.tasks)
        self.find_bar = FindBar(self.view, self.words, workplace.texts)
        self.selection = TextSelection(workplace, self.view, self.words)
        self.mark_tools = MarkTools(workplace, self.view, self.words, self.selection) if marks else None
        if self.mark_tools is None:
            self.view.hand = TextHand(self.selection, self.view, self.words)
        self.exporting = Exporting(workplace, self)
        self.tools = ReadingTools(workplace.texts, self.view, self)
        self.menu = PageMenu(workplace.texts, self.view, self.selection, self.tools, self.mark_tools)
        self.thumbnails = Thumbnails(workplace.tasks, workplace.texts, self.view)
        self.note = QLabel()
        self._action = QPushButton()
        self.original = QPushButton(workplace.texts.gettext("Export the original …"))
        self._act: Callable[[], None] = lambda: None
        self._build()
        self.show_document(None)
        QTimer.singleShot(PREPARE_MILLISECONDS, self, self._prepare)

    @property
    def document_id(self) -> DocumentId | None:
        """What is shown or being loaded."""
        return self._document_id

    @property
    def is_ready(self) -> bool:
        """Whether the document is open and drawn as it should be where it shows."""
        return self._open is not None and self.view.is_sharp()

    @property
    def was_seen(self) -> bool:
        """Whether the document stood here as it should, or why it cannot; it may be drawn anew by now."""
        return self._seen or self.is_ready

    def show_document(self, document_id: DocumentId | None) -> None:
        """Show a document, or the empty state."""
        self._ticket.cancel()
        self._document_id = document_id
        if self._found is not None and document_id not in (None, self._found.document_id):
            self._found = None
        self._outline = None
        self._seen = False
        if document_id is not None:  # first of all: while it is opened there is time for what was shown before
            pages, scale = self._workplace.desk.pages, self.view.first_scale()
            self._ticket = self._workplace.tasks.read(
                self, lambda: pages.open(document_id, scale), self._opened, self._refused, OpenDocument.close
            )
        self._take(None)
        if document_id is None:
            self._tell(self._empty)
            return
        self._stack.setCurrentIndex(1)
        self._patience.start()

    def show_note(self, text: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show words instead of a document; ``action``: a button's text and what it does."""
        self._ticket.cancel()
        self._document_id = None
        self._take(None)
        self._tell(text, action)

    def show_outline(self, number: int, rect: Rect | None) -> None:
        """Outline a place on a page (from 1), now or as soon as the document is there; None for no outline."""
        self._outline = (number, rect) if rect is not None else None
        self.view.show_outline(number, rect)

    def look_for(self, found: FoundPlace) -> None:
        """Mark words in a document, now or as soon as it is there."""
        self._found = found
        self._mark_found()

    def leave(self) -> None:
        """Let the document go."""
        self._ticket.cancel()
        self._take(None)

    def _build(self) -> None:
        _ = self._workplace.texts.gettext
        self.tools.add(Icon.SEARCH, _("Find in the document"), "Ctrl+F", self.find_bar.offer)
        if self.mark_tools is not None:
            export = self.tools.add(Icon.EXPORT, _("Export the document"), "Ctrl+E", self.exporting.offer)
            self.exporting.stand_at(export)
            on_keys(self, OTHERS_KEYS, self.mark_tools.marking.toggle_others)
        else:
            on_keys(self, "Ctrl+E", self.exporting.offer)
        small = self.tools.add(Icon.SMALL_PAGES, _("Page overview"), "F4", self._toggle_thumbnails)
        small.setCheckable(True)
        small.setChecked(self._workplace.state.flag(SMALL_PAGES))
        self._small = small
        self.thumbnails.setVisible(small.isChecked())
        self.view.drawn.connect(lambda _: self._came())
        self.view.painted.stands.connect(self._measure)
        reading = QWidget(self)
        rows = QVBoxLayout(reading)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.tools)
        if self.mark_tools is not None:
            rows.addWidget(self.mark_tools)
        rows.addWidget(self.find_bar)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(0)
        side_by_side.addWidget(self.thumbnails)
        side_by_side.addWidget(self.view, 1)
        rows.addLayout(side_by_side, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(reading)

    def _nothing(self) -> QWidget:
        """What is there instead of a document: words, and perhaps a button."""
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)  # files are called what their senders called them
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setProperty("muted", True)
        self._action.clicked.connect(lambda: self._act())
        self.original.setToolTip(self._workplace.texts.gettext("Writes the file as it came (Ctrl+E)"))
        self.original.clicked.connect(lambda: self.exporting.export(Form.ORIGINAL))
        nothing = QWidget(self)
        column = QVBoxLayout(nothing)
        column.setContentsMargins(GRID * 8, GRID * 8, GRID * 8, GRID * 8)
        column.addStretch(1)
        column.addWidget(self.note)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.original, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return nothing

    def _toggle_thumbnails(self) -> None:
        wanted = self.thumbnails.isHidden()
        self._workplace.state.put_flag(SMALL_PAGES, wanted)
        self._small.setChecked(wanted)
        self.thumbnails.setVisible(wanted)
        if wanted:
            self.thumbnails.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.view.setFocus()

    def _prepare(self) -> None:
        pages = self._workplace.desk.pages
        self._workplace.tasks.read(self, pages.prepare, lambda _: None)

    def _opened(self, opened: OpenDocument) -> None:
        self._patience.stop()
        self._take(opened)
        self._stack.setCurrentIndex(1)
        if self._outline is not None:
            self.view.show_outline(*self._outline)
        self._mark_found()
        self._seen = self.was_seen
        self.shown.emit()

    def _mark_found(self) -> None:
        found, opened = self._found, self._open
        if found is not None and opened is not None and opened.document.document_id == found.document_id:
            self._found = None
            self.find_bar.look_for(found.words, found.page)

    def _came(self) -> None:
        self._seen = self.was_seen

    def _measure(self) -> None:
        """Find out about the other pages, once the first stands there to be looked at."""
        opened = self._open
        if opened is None or not opened.look.guessed or self._measuring:
            return
        self._measuring = True

        def measured(look: FileLook) -> None:
            opened.measured(look)
            self.view.show_measured()
            self.thumbnails.show_measured()
            if self._outline is not None:
                self.view.show_outline(*self._outline)

        self._ticket = self._workplace.tasks.follow(self, opened.measure(), measured, self._refused)

    def _refused(self, error: Exception) -> None:
        again = self._workplace.texts.gettext("Try again"), lambda: self.show_document(self._document_id)
        told = error if isinstance(error, ClerkError) else FileRefused(RefusalReason.UNREADABLE)
        if isinstance(told, NoPreview) and self._document_id is not None:
            again = self._workplace.texts.gettext("Open with …"), partial(self._open_elsewhere, self._document_id)
        self._tell(self._said(told), again)
        if isinstance(told, FileRefused) and self._document_id is not None:
            self._offer_original(self._document_id)
        self._seen = True
        self.shown.emit()
        if told is not error:
            raise error  # a bug of ours: told above so that nobody waits, and raised for the log

    def _offer_original(self, document_id: DocumentId) -> None:
        export = self._workplace.desk.export

        def known(document: Document) -> None:
            self.exporting.show_document(document)
            self.original.show()

        self._ticket = self._workplace.tasks.read(self, lambda: export.known(document_id), known)

    def _open_elsewhere(self, document_id: DocumentId) -> None:
        open_elsewhere(self, self._workplace, document_id)

    def _said(self, error: ClerkError) -> str:
        """Say why nothing is shown; a file that is refused here was taken in long ago."""
        if not isinstance(error, FileRefused):
            return self._workplace.texts.sentence(error)
        _ = self._workplace.texts.gettext
        kept = _("The document is unchanged; its original can be exported and opened in another program (Ctrl+E).")
        return " ".join((_("This document cannot be shown."), self._workplace.texts.reason(error.reason), kept))

    def _take(self, opened: OpenDocument | None) -> None:
        before, self._open, self._measuring = self._open, opened, False
        if self.mark_tools is not None:
            self.mark_tools.marking.show(opened.document.document_id if opened is not None else None)
        self.exporting.show_document(opened.document if opened is not None else None)
        self.view.show_document(opened)
        self.thumbnails.show_document(opened)
        self.words.show(opened)
        self.selection.clear()
        self.find_bar.forget()
        if before is not None:
            before.close()

    def _tell(self, text: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
        self._patience.stop()
        self.note.setText(text)
        self._action.setVisible(action is not None)
        self.original.hide()
        if action is not None:
            self._action.setText(action[0])
            self._act = action[1]
        self._stack.setCurrentIndex(0)
