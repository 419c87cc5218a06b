"""What a clerk can change in a case. Each field is saved by itself when it is left; others' changes spare typing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from clerk_desktop.model.case import STATUSES, Case, CaseField
from clerk_desktop.model.catalogue import Staff
from clerk_desktop.model.editing import CaseChange, case_text
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.field_names import PROTECTIONS
from clerk_desktop.model.ids import CaseId
from clerk_desktop.ui.case.unsaved import Unsaved
from clerk_desktop.ui.day_field import DayField
from clerk_desktop.ui.field_words import field_text, protection_text
from clerk_desktop.ui.spared_from_wheel import spare_from_wheel
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.whole_line import WholeLine
from clerk_desktop.ui.words import status_text
from clerk_desktop.ui.workplace import Workplace

ORDER = (
    CaseField.SUBJECT,
    CaseField.STATUS,
    CaseField.ASSIGNEE,
    CaseField.DUE_ON,
    CaseField.RESUBMIT_ON,
    CaseField.RESUBMIT_NOTE,
    CaseField.CONFIDENTIALITY,
)


class CaseForm(QScrollArea):
    """``changed`` carries the id of a case and the ``CaseChange`` that a person made in it; ``refused`` the error of an
    unusable value.

    ``kept`` carries an ``Unsaved`` for each value that could not be saved when the case was left: it stands in its
    field again as soon as the case does.
    """

    changed = Signal(str, object)
    refused = Signal(object)
    kept = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._case: Case | None = None
        self._touched: set[CaseField] = set()  # the focus does not tell: it goes when another window comes to the front
        self._under_way: dict[CaseField, str] = {}
        texts = workplace.texts
        self.fields: dict[CaseField, QLineEdit | QComboBox] = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        form = QFormLayout()
        column.addLayout(form)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(GRID)
        form.setHorizontalSpacing(GRID * 3)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in ORDER:
            widget = self._made(field)
            name = field_text(texts, field)
            widget.setAccessibleName(name)
            widget.setToolTip(texts.gettext("{field}: saved when you leave it").format(field=name))
            self.fields[field] = widget
            form.addRow(name, widget)
        spare_from_wheel(inner)

    def show_case(self, case: Case) -> None:
        """Show a case; what a person typed and nobody saved yet stays when it is the same case, else it is saved."""
        if self._case is not None and self._case.case_id != case.case_id:
            self.save_pending()
        before, self._case = self._case, case
        drafts: dict[CaseField, str] = {}
        if before is None or before.case_id != case.case_id:
            self._touched.clear()
            self._under_way.clear()
            drafts = self._workplace.drafts.take(case.case_id)
        for field, widget in self.fields.items():
            typed = before is not None and field in self._touched and _differs(widget, case_text(before, field))
            if not typed and field not in self._under_way:
                self._touched.discard(field)
                self._put(field, widget, case_text(case, field))
        for field, text in drafts.items():
            line = self.fields[field]
            assert isinstance(line, QLineEdit), "a choice cannot be refused"
            line.setText(text)
            self._touched.add(field)

    def save_pending(self) -> None:
        """Save what is typed and not left yet, before the case is left; what cannot be saved is kept."""
        case = self._case
        if case is None:
            return
        for field in ORDER:
            widget = self.fields[field]
            if field in self._touched and self._save(field) is not None and isinstance(widget, QLineEdit):
                self._workplace.drafts.keep(case.case_id, field, widget.text())
                self.kept.emit(Unsaved(case, field, widget.text()))

    def saved(self, after: Case, change: CaseChange) -> None:
        """Hear that a change was saved and made this of the case: the field shows again what that says."""
        if self._case is not None and self._case.case_id == after.case_id:
            self._settle(change)
            self.show_case(after)

    def not_saved(self, case_id: CaseId, change: CaseChange) -> None:
        """Hear that a change was not saved: what was typed stays to be corrected, a choice shows what the case says."""
        case = self._case
        if case is None or case.case_id != case_id:
            if isinstance(self.fields[change.field], QLineEdit):
                self._workplace.drafts.keep(case_id, change.field, change.text)
            return
        self._settle(change)
        if isinstance(self.fields[change.field], QLineEdit):
            self._touched.add(change.field)
        self.show_case(case)

    def _made(self, field: CaseField) -> QLineEdit | QComboBox:
        texts = self._workplace.texts
        match field:
            case CaseField.STATUS:
                return self._choice(field, [(status_text(texts, each), each.value) for each in STATUSES])
            case CaseField.CONFIDENTIALITY:
                return self._choice(field, [(protection_text(texts, each), each.value) for each in PROTECTIONS])
            case CaseField.ASSIGNEE:
                self._workplace.tasks.read(self, self._workplace.desk.catalogue.staff, self._show_staff)
                return self._choice(field, [(texts.gettext("nobody"), "")])
            case CaseField.DUE_ON | CaseField.RESUBMIT_ON:
                day = DayField(texts, "")
                day.edited.connect(lambda: self._touched.add(field))
                day.editingFinished.connect(lambda: self._save_or_refuse(field))
                return day
            case _:
                line = WholeLine()
                line.textEdited.connect(lambda: self._touched.add(field))
                line.editingFinished.connect(lambda: self._save_or_refuse(field))
                return line

    def _choice(self, field: CaseField, choices: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        for text, value in choices:
            box.addItem(text, value)
        box.activated.connect(lambda _: self._save(field))
        return box

    def _show_staff(self, staff: tuple[Staff, ...]) -> None:
        """Offer the office's people; who is chosen stays chosen, and gets a name where there was only an account."""
        box = self.fields[CaseField.ASSIGNEE]
        assert isinstance(box, QComboBox)
        for each in staff:
            text, known = f"{each.name} ({each.account})", box.findData(each.account)
            if known >= 0:
                box.setItemText(known, text)
            else:
                box.addItem(text, each.account)

    def _put(self, field: CaseField, widget: QLineEdit | QComboBox, text: str) -> None:
        if isinstance(widget, DayField):
            widget.set_iso(text)
        elif isinstance(widget, QComboBox):
            index = widget.findData(text)
            if index < 0:
                widget.addItem(text, text)
                index = widget.count() - 1
            widget.setCurrentIndex(index)
        elif widget.text() != text:
            widget.setText(text)
            widget.setCursorPosition(0)

    def _save_or_refuse(self, field: CaseField) -> None:
        error = self._save(field)
        if error is not None:
            self.refused.emit(error)

    def _save(self, field: CaseField) -> WrongUsage | None:
        """Give the change out; returns why the value cannot be used."""
        if self._case is None:
            return None
        try:
            text = _text(self.fields[field])
        except WrongUsage as error:
            return error
        self._touched.discard(field)
        if text != self._under_way.get(field, case_text(self._case, field)):
            self._under_way[field] = text
            self.changed.emit(self._case.case_id, CaseChange(field=field, text=text))
        return None

    def _settle(self, change: CaseChange) -> None:
        if self._under_way.get(change.field) == change.text:
            del self._under_way[change.field]


def _differs(widget: QLineEdit | QComboBox, text: str) -> bool:
    """Whether a field holds something else; an unreadable day does."""
    try:
        return _text(widget) != text
    except WrongUsage:
        return True


def _text(widget: QLineEdit | QComboBox) -> str:
    if isinstance(widget, DayField):
        return widget.iso()
    return str(widget.currentData()) if isinstance(widget, QComboBox) else widget.text().strip()
