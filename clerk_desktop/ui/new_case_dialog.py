"""Opening a case: its subject and its number in the filing plan, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QDialogButtonBox, QFormLayout, QWidget

from clerk_desktop.model.catalogue import PlanEntry
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.free_choice import allow_typing
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.whole_line import WholeLine
from clerk_desktop.ui.workplace import Workplace


class NewCaseDialog(QDialog):
    """``subject`` and ``plan_number`` hold what was chosen once it was accepted."""

    def __init__(
        self, texts: Texts, plan: Sequence[PlanEntry], subject: str, number: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = texts.gettext
        self.setWindowTitle(_("New case"))
        self.setMinimumWidth(GRID * 160)
        self._plan = plan
        self._subject = WholeLine(subject)
        self._subject.setAccessibleName(_("Subject"))
        self._number = QComboBox()
        allow_typing(self._number, _("Filing plan"))
        self._number.setToolTip(_("Number or words of the filing plan"))
        for entry in plan:
            self._number.addItem(f"{entry.number}  {entry.title}", entry.number)
        completer = QCompleter(self._number.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._number.setCompleter(completer)
        self._number.setCurrentIndex(self._number.findData(number) if number else -1)
        if number and self._number.currentIndex() < 0:
            self._number.setEditText(number)
        form = QFormLayout(self)
        form.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 4)
        form.setVerticalSpacing(GRID * 3)
        form.setHorizontalSpacing(GRID * 4)
        form.addRow(_("&Subject"), self._subject)
        form.addRow(_("&Filing plan"), self._number)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Open the case"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        form.addRow(self._buttons)
        self._subject.textChanged.connect(self._check)
        self._number.editTextChanged.connect(self._check)
        self._check()
        self._subject.setCursorPosition(0)  # the beginning tells more than the end
        (self._number if self.subject else self._subject).setFocus()

    @property
    def subject(self) -> str:
        """What the case is about."""
        return self._subject.text().strip()

    @property
    def plan_number(self) -> str:
        """The number in the filing plan, "" while none is chosen."""
        typed = self._number.currentText().strip()
        index = self._number.findText(typed)
        if index >= 0:
            return str(self._number.itemData(index))
        number = typed.split(" ")[0] if typed else ""
        known = not self._plan or any(entry.number == number for entry in self._plan)
        return number if known else ""

    def _check(self) -> None:
        ready = bool(self.subject and self.plan_number)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the dialog begins with: what it was asked for, or what could not be done the last time."""

    subject: str = ""
    number: str = ""


def ask_new_case(workplace: Workplace, parent: QWidget, typed: Typed, answered: Callable[[str, str], None]) -> Ticket:
    """Read the filing plan, then ask; ``answered`` gets the subject and the number in the plan that were chosen."""

    def ask(plan: tuple[PlanEntry, ...]) -> None:
        dialog = NewCaseDialog(workplace.texts, plan, typed.subject, typed.number, parent)
        if dialog.exec():
            answered(dialog.subject, dialog.plan_number)

    return workplace.tasks.read(parent, workplace.desk.catalogue.filing_plan, ask)
