"""The cases proposed for a letter, the best first: how sure, which case, and why."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from clerk_desktop.model.suggestion import CaseSuggestion, Evidence
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.letter_words import evidence_text
from clerk_desktop.ui.plain import plain_tip
from clerk_desktop.ui.theme import GRID

MOST = 4
PREFILLED = 0.7
"""From here on a proposed case stands in the form by itself, for Enter; below, a person takes it from the list."""
FRAME = 2


class CaseProposals(QListWidget):
    """As high as its rows, each of two lines; nothing is scrolled sideways, as the reason must be read at a glance."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._cases: tuple[CaseSuggestion, ...] = ()
        self.setAccessibleName(texts.gettext("Proposed cases"))
        self.setToolTip(texts.gettext("Enter or a click takes the proposed case"))
        self.setProperty("plain", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.show_cases(())

    @property
    def cases(self) -> tuple[CaseSuggestion, ...]:
        """The cases that are shown."""
        return self._cases

    @property
    def prefilled(self) -> str:
        """The number of the best case where it is sure enough to stand in the form, else ""."""
        return self._cases[0].case_number if self._cases and self._cases[0].confidence >= PREFILLED else ""

    @property
    def current(self) -> CaseSuggestion | None:
        """The case under the cursor."""
        return self._cases[self.currentRow()] if 0 <= self.currentRow() < len(self._cases) else None

    def evidence_of(self, number: str) -> Evidence | None:
        """Return why the case with this number is proposed, None where it is not."""
        return next((each.evidence for each in self._cases if each.case_number == number), None)

    def show_cases(self, cases: tuple[CaseSuggestion, ...]) -> None:
        """Show at most ``MOST`` cases; the cursor stays on its case as long as that is still proposed."""
        kept = self.current
        blocked = self.blockSignals(True)  # filling is no choice of the clerk's
        self.clear()
        self._cases = cases[:MOST]
        for number, case in enumerate(self._cases):
            self.addItem(self._line(case, best=number == 0))
            if kept is not None and case.case_id == kept.case_id:
                self.setCurrentRow(number)
        if not self._cases:
            nothing = QListWidgetItem(self._texts.gettext("No case proposed"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(nothing)
        self.blockSignals(blocked)
        rows = [self.item(number).sizeHint().height() for number in range(self.count())]
        self.setFixedHeight(sum(height if height > 0 else self._row_height(1) for height in rows) + 2 * FRAME)

    def _line(self, case: CaseSuggestion, *, best: bool) -> QListWidgetItem:
        star = "★ " if best else ""
        why = evidence_text(self._texts, case.evidence)
        line = QListWidgetItem(f"{star}{case.case_number}\n{round(case.confidence * 100)} %  ·  {why}")
        line.setToolTip(plain_tip(line.text()))
        line.setSizeHint(QSize(0, self._row_height(2)))
        return line

    def _row_height(self, lines: int) -> int:
        return self.fontMetrics().lineSpacing() * lines + GRID * 2
