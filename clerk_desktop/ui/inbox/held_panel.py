"""What can be done with a scanned file that was not taken in: open it elsewhere, check it again, give it up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.ui.giving_up import gives_up
from clerk_desktop.ui.inbox.next_steps import next_step
from clerk_desktop.ui.inbox.rows import file_name, reason
from clerk_desktop.ui.list_menu import commands_of
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.words import moment_text
from clerk_desktop.ui.workplace import Tone, Workplace


class HeldPanel(QWidget):
    """Shows one file. ``done`` comes after something was decided."""

    done = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._file: ScannedFile | None = None
        _ = workplace.texts.gettext
        self._name = QLabel()
        self._name.setProperty("heading", True)
        self.reason = QLabel()
        self.reason.setProperty("tone", "help")
        self.step = QLabel()
        self._facts = QLabel()
        self._facts.setProperty("muted", True)
        self.again = QPushButton()
        self.open_with = QPushButton(_("Open with …"))
        self.discard = QPushButton(_("Discard …"))
        self.first = QPushButton(_("Show the first one"))
        self.again.setToolTip(_("Take the file up again"))
        self.open_with.setToolTip(_("Opens the original in the program of this computer"))
        self.discard.setToolTip(_("The original stays in the scan folder"))
        self.first.setToolTip(_("Shows the letter that was taken in before"))
        self.first.clicked.connect(self._show_first)
        self.again.clicked.connect(self._retry)
        self.open_with.clicked.connect(self._open)
        self.discard.clicked.connect(self._give_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        layout.setSpacing(GRID * 2)
        for label in (self._name, self.reason, self.step, self._facts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # files are called what their senders called them
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        layout.addSpacing(GRID * 2)
        for button in (self.first, self.again, self.open_with, self.discard):
            layout.addWidget(button)
        layout.addStretch(1)

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done with the file."""
        return commands_of(self.first, self.again, self.open_with, self.discard)

    def show_file(self, file: ScannedFile) -> None:
        """Show a file with its reason."""
        self._file = file
        texts = self._workplace.texts
        duplicate = file.state is FileState.DUPLICATE
        self._name.setText(file_name(file))
        self.reason.setText(reason(file, texts))
        self.step.setText(next_step(file, texts))
        self.first.setVisible(duplicate)
        self._facts.setText(
            texts.gettext("Seen on {moment}. The original lies untouched in {folder}.").format(
                moment=moment_text(file.seen_at), folder=str(Path(file.path).parent)
            )
        )
        self.again.setText(texts.gettext("Take in all the same") if duplicate else texts.gettext("Check again"))

    def _retry(self) -> None:
        if self._file is not None:
            file_id, transfers = self._file.file_id, self._workplace.desk.transfers
            text = self._workplace.texts.gettext("The file is taken up again.")
            self._decide(lambda: transfers.retry_file(file_id), text)

    def _show_first(self) -> None:
        if self._file is None:
            return
        file_id, transfers = self._file.file_id, self._workplace.desk.transfers

        def show(document_id: DocumentId | None) -> None:
            if document_id is not None:
                self._workplace.open_document(document_id)
            else:
                self._workplace.say(self._workplace.texts.gettext("The first one is not on this computer."), Tone.HELP)

        self._workplace.tasks.read(self, lambda: transfers.twin(file_id), show)

    def _give_up(self) -> None:
        file = self._file  # while the question stands, another one may come to be shown
        if file is None:
            return
        _ = self._workplace.texts.gettext
        question = _("Discard “{name}”? It is not taken in; the original stays in the scan folder.")
        if gives_up(self, question.format(name=file_name(file))):
            file_id, transfers = file.file_id, self._workplace.desk.transfers
            self._decide(lambda: transfers.discard_file(file_id), _("Discarded. The original was left where it is."))

    def _open(self) -> None:
        if self._file is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(self._file.path)):
            self._workplace.say(self._workplace.texts.gettext("No program opens this file."), Tone.HELP)

    def _decide(self, work: Callable[[], object], text: str) -> None:
        self._workplace.tasks.write(self, work, lambda _: self._decided(text))

    def _decided(self, text: str) -> None:
        self._workplace.say(text, Tone.DONE)
        self.done.emit()
