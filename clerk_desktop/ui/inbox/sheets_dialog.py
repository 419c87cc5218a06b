"""Separator sheets, as many as go into one stack, as a PDF to be printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFileDialog, QFormLayout, QSpinBox, QWidget
from shiboken6 import isValid

from clerk_desktop.model.errors import NotWritten
from clerk_desktop.model.municipality import MUNICIPALITIES, find_municipality
from clerk_desktop.model.sheet import MOST
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.case_field import CaseField
from clerk_desktop.ui.free_choice import allow_typing
from clerk_desktop.ui.number_field import stand_in_line
from clerk_desktop.ui.spared_from_wheel import spare_from_wheel
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Tone, Workplace

OFFICE = "de"  # what hangs between the office's letters is in its language, whatever the workstation speaks
NAME = "Trennblaetter.pdf"
USUAL = 10


class SheetsDialog(QDialog):
    """Closes when the sheets were written; what hinders is said behind it, which stays open then."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        _ = workplace.texts.gettext
        self.setWindowTitle(_("Separator sheets"))
        self.setMinimumWidth(480)
        self.town = QComboBox()
        self.town.setAccessibleName(_("Municipality"))
        self.town.setToolTip(_("Whose letters lie in the stack"))
        for town in MUNICIPALITIES:
            self.town.addItem(town.title, town.key)
        self.case = CaseField(workplace, _("Case"))
        self.case.setToolTip(_("The case of the letters behind the sheets; empty where they have none yet"))
        self.document_type = QComboBox()
        allow_typing(self.document_type, _("Document type"))
        self.document_type.setToolTip(_("The kind of the letters behind the sheets; empty for different ones"))
        self.document_type.addItem("")
        self.count = QSpinBox()
        self.count.setRange(1, MOST)
        self.count.setValue(USUAL)
        self.count.setAccessibleName(_("Number of sheets"))
        self.count.setToolTip(_("As many as go into one stack"))
        stand_in_line(self.count)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setText(_("Save as PDF …"))
        self.save.setToolTip(_("Writes the sheets to a file that is printed (Enter)"))
        self._lay_out()
        self.buttons.accepted.connect(self.write)
        self.buttons.rejected.connect(self.reject)
        workplace.tasks.read(self, workplace.desk.catalogue.document_types, self.document_type.addItems)
        workplace.tasks.read(self, workplace.desk.standing.town, self._propose)
        self.case.setFocus()

    def write(self) -> None:
        """Ask for a file and write the sheets."""
        target = self._asked()
        if target is None:
            return
        sheets, town = self._workplace.desk.sheets, str(self.town.currentData())
        count, number, kind = self.count.value(), self.case.text().strip(), self.document_type.currentText().strip()

        def work() -> None:
            try:
                sheets.write(
                    target,
                    Texts.for_language(OFFICE),
                    municipality=town,
                    count=count,
                    case_number=number,
                    document_type=kind,
                )
            except OSError as error:
                raise NotWritten(name=target.name, why=error.strerror or type(error).__name__) from error

        owner = self.parentWidget() or self  # who closes the dialog meanwhile is told all the same
        self._workplace.tasks.read(owner, work, lambda _: self._written(target), self._workplace.say_error)

    def _lay_out(self) -> None:
        _ = self._workplace.texts.gettext
        form = QFormLayout(self)
        form.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 4)
        form.setVerticalSpacing(GRID * 3)
        form.setHorizontalSpacing(GRID * 4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("&Municipality"), self.town)
        form.addRow(_("&Case"), self.case)
        form.addRow(_("&Document type"), self.document_type)
        form.addRow(_("&Number of sheets"), self.count)
        form.addRow(self.buttons)
        spare_from_wheel(self)

    def _propose(self, title: str) -> None:
        town = find_municipality(title)
        if town is not None:
            self.town.setCurrentIndex(self.town.findData(town.key))

    def _asked(self) -> Path | None:
        dialog = QFileDialog(self, self._workplace.texts.gettext("Separator sheets"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(NAME)
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None

    def _written(self, target: Path) -> None:
        _ = self._workplace.texts.gettext
        text = _("Separator sheets written to {path}; scan all sheets of a set in one stack.").format(path=target)
        show = QUrl.fromLocalFile(str(target))
        self._workplace.say(text, Tone.DONE, (_("Open to print"), lambda: _open(show)))
        if isValid(self):
            self.accept()


def _open(file: QUrl) -> None:
    QDesktopServices.openUrl(file)


def print_sheets(workplace: Workplace, parent: QWidget) -> None:
    """Open the dialog."""
    dialog = SheetsDialog(workplace, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
