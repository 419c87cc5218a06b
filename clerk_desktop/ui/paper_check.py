"""Two buttons for a letter of the random sample: its scan agrees with the paper, or it does not, and in what."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.visual_check import Defect, VisualCheck
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Tone, Workplace
from clerk_desktop.usecases.visual_checks import DEFECTS


class PaperCheck(QWidget):
    """Is there only for a letter that is to be compared. ``done`` comes when the result is written down."""

    done = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._document_id: DocumentId | None = None
        _ = workplace.texts.gettext
        self.agrees = QPushButton(_("Agrees with the paper"))
        self.agrees.setToolTip(_("Every page is there, whole and readable"))
        self.differs = QPushButton(_("Does not agree …"))
        self.differs.setToolTip(_("Say in what; keep the paper and scan the letter again"))
        self.agrees.clicked.connect(lambda: self.record(None))
        self.differs.clicked.connect(self.offer)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 3, 0, GRID * 3, 0)
        row.addWidget(self.agrees)
        row.addWidget(self.differs)
        row.addStretch(1)
        self.show_letter(None)

    def show_letter(self, document_id: DocumentId | None) -> None:
        """Ask about a letter, or about none."""
        self._document_id = document_id
        self.setVisible(document_id is not None)

    def offer(self) -> None:
        """Let the person say in what the scan differs."""
        menu = QMenu(self.differs)
        actions = {menu.addAction(self._workplace.texts.gettext(text)): defect for defect, text in DEFECTS.items()}
        menu.setActiveAction(next(iter(actions)))
        chosen = menu.exec(self.differs.mapToGlobal(QPoint(0, self.differs.height())))
        menu.deleteLater()
        if chosen is not None:
            self.record(actions[chosen])

    def record(self, defect: Defect | None) -> None:
        """Write the result down."""
        document_id, checks = self._document_id, self._workplace.desk.day_accounts.checks
        if document_id is None:
            return
        self.show_letter(None)
        self._workplace.tasks.write(self, lambda: checks.record(document_id, defect), self._said)

    def _said(self, check: VisualCheck) -> None:
        _ = self._workplace.texts.gettext
        if check.defect is None:
            self._workplace.say(_("Noted: the scan agrees with its paper."), Tone.DONE)
        else:
            self._workplace.say(_("Noted. Keep the paper, and scan the letter again."), Tone.HELP)
        self.done.emit()
