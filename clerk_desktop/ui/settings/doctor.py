"""The page that checks this workstation."""

from __future__ import annotations

from math import ceil

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Tone, Workplace
from clerk_desktop.usecases.doctor import Finding

LEAST_LINES = 3


class ReportField(QPlainTextEdit):
    """No higher than what stands in it; where it has less room, it scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        layout, block, high = self.document().documentLayout(), self.document().firstBlock(), 0.0
        while block.isValid():  # signs of another font make a line higher
            high += layout.blockBoundingRect(block).height()
            block = block.next()
        high = max(high, LEAST_LINES * self.fontMetrics().lineSpacing())
        around = self.height() - self.viewport().height() if self.isVisible() else 2 * GRID
        self.setMaximumHeight(ceil(high + 2 * self.document().documentMargin()) + around)

    def showEvent(self, event: QShowEvent) -> None:
        """Find out how high the frame is."""
        super().showEvent(event)
        self._fit()


class DoctorPage(QWidget):
    """In words, or with technical details, which can be copied into a mail: nothing personal in them."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        _ = workplace.texts.gettext
        self.report = ReportField()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report on this workstation"))
        self.report.setToolTip(self.report.accessibleName())
        self.report.setPlaceholderText(_("“Check now” looks at store, server, scan folders, recognition and disk."))
        self.look = QPushButton(_("Check now"))
        self.look.setToolTip(_("Check this workstation"))
        self.copy = QPushButton(_("Copy"))
        self.copy.setToolTip(_("Copy the report with its technical details; it holds no personal data"))
        self.details = QCheckBox(_("Technical details"))
        self.details.setToolTip(_("Versions, numbers and names for whoever administers this workstation"))
        self._findings: tuple[Finding, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID * 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID * 2)
        buttons.addWidget(self.look)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.details)
        layout.addLayout(buttons)
        layout.addWidget(self.report, 1)
        layout.addStretch(0)
        self.look.clicked.connect(self.check)
        self.copy.clicked.connect(self._copy)
        self.details.toggled.connect(lambda _: self._tell())

    def check(self) -> None:
        """Look at everything, off the GUI thread."""
        self.look.setEnabled(False)
        self.report.setPlainText(self._workplace.texts.gettext("Looking …"))
        doctor = self._workplace.desk.doctor
        self._workplace.tasks.read(self, lambda: doctor.examine(self_test=False), self._show, self._failed)

    def _show(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        self._tell()
        self.look.setEnabled(True)

    def _tell(self) -> None:
        if self._findings:
            self.report.setPlainText(self._text(self._findings, technical=self.details.isChecked()))

    def _text(self, findings: tuple[Finding, ...], *, technical: bool) -> str:
        """What is wrong stands first."""
        texts = self._workplace.texts
        wrong = sum(not each.ok for each in findings)
        told = texts.ngettext("{count} thing needs attention.", "{count} things need attention.", wrong)
        lines = [told.format(count=wrong) if wrong else texts.gettext("Everything is in order."), ""]
        for each in sorted(findings, key=lambda finding: finding.ok):
            said = ": ".join(
                part for part in (texts.gettext(each.check), each.problem_in(texts) * (not each.ok)) if part
            )
            lines.append(f"{'✓' if each.ok else '▲'} {said}" + (f"  ({each.detail})" if technical else ""))
            if not each.ok:
                lines.append(f"      {each.remedy_in(texts)}")
        return "\n".join(lines)

    def _failed(self, error: Exception) -> None:
        self.look.setEnabled(True)
        self._findings = ()
        self.report.clear()
        self._workplace.say_error(error)

    def _copy(self) -> None:
        findings = tuple(each.impersonal() for each in self._findings)
        QApplication.clipboard().setText(self._text(findings, technical=True) if findings else "")
        self._workplace.say(self._workplace.texts.gettext("Copied."), Tone.DONE)
