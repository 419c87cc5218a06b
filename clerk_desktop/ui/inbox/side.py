"""The right side of the inbox: what to look at in the letter, above its form or what can be done with a held file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.ui.inbox.held_panel import HeldPanel
from clerk_desktop.ui.inbox.index_form import IndexForm
from clerk_desktop.ui.paper_check import PaperCheck
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.notices import notices


class InboxSide(QWidget):
    """``form`` or ``held`` is shown. ``twin_wanted`` carries the ``DocumentId`` of a letter alike."""

    twin_wanted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        texts = workplace.texts
        self.notices = QLabel()
        self.notices.setAccessibleName(texts.gettext("What to look at"))
        self.notices.setTextFormat(Qt.TextFormat.PlainText)  # it names files as their senders did
        self.notices.setWordWrap(True)
        self.notices.setProperty("tone", "help")
        self.notices.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notices.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, 0)
        self._twin: DocumentId | None = None
        self.twin = QPushButton(texts.gettext("Show the first one"))
        self.twin.setToolTip(texts.gettext("Shows the letter that was taken in before"))
        self.twin.clicked.connect(lambda: self.twin_wanted.emit(self._twin))
        self.paper = PaperCheck(workplace)
        self._texts = texts
        self._stack = QStackedWidget(self)
        self.form = IndexForm(workplace, self._stack)
        self.held = HeldPanel(workplace, self._stack)
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.held)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.paper)
        column.addWidget(self.twin, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._stack, 1)
        self.say(Suggestions())

    def show_form(self) -> None:
        """Show the form."""
        self._stack.setCurrentWidget(self.form)

    def show_held(self) -> None:
        """Show what can be done with a held file."""
        self._stack.setCurrentWidget(self.held)
        self.say(Suggestions())

    def say(self, found: Suggestions, document_id: DocumentId | None = None) -> None:
        """Say what is to be looked at in a document, nothing where there is nothing."""
        self.paper.show_letter(document_id if found.sampled else None)
        said = notices(found, self._texts)
        self.notices.setText("\n".join(f"▲ {notice}" for notice in said))
        self.notices.setVisible(bool(said))
        self._twin = found.looks_like
        self.twin.setVisible(self._twin is not None)
