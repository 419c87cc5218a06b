"""The index form: where the letter goes, what it is, and why that is proposed. Never overwrites what was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import DocumentChange, document_text
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.field_names import PROTECTIONS
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.suggestion import FieldSuggestion
from clerk_desktop.model.typed_index import TypedIndex
from clerk_desktop.ui.case_field import CaseField
from clerk_desktop.ui.day_field import DayField
from clerk_desktop.ui.field_words import protection_text
from clerk_desktop.ui.free_choice import allow_typing
from clerk_desktop.ui.inbox.field_label import FieldLabel
from clerk_desktop.ui.inbox.index_rows import lay_out
from clerk_desktop.ui.inbox.proposals import CaseProposals
from clerk_desktop.ui.inbox.typed_texts import TypedTexts
from clerk_desktop.ui.spared_from_wheel import spare_from_wheel
from clerk_desktop.ui.whole_line import WholeLine
from clerk_desktop.ui.words import day_text
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.inbox import InboxItem

Field = DocumentField


class IndexForm(QWidget):
    """Shows one inbox item. ``pointed`` carries the ``Evidence`` of the field that is worked on, or None.

    What is typed is kept in the store until the letter is filed.
    """

    file_wanted = Signal()
    new_case_wanted = Signal()
    pointed = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._item: InboxItem | None = None
        self.labels: dict[QWidget, FieldLabel] = {}
        _ = workplace.texts.gettext
        self.case = CaseField(workplace, _("Case"))
        self.suggestions = CaseProposals(workplace.texts)
        self.document_type = QComboBox()
        self.sender_line = WholeLine()
        self.subject_line = WholeLine()
        self.letter_date = DayField(workplace.texts, _("Letter date"))
        self.received_on = QLabel()
        self.protection = QComboBox()
        self.file_button = QPushButton(_("File and go on"))
        self.new_button = QPushButton(_("New case …"))
        self._fields: dict[QWidget, Field | None] = {
            self.case: None,
            self.document_type: Field.DOCUMENT_TYPE,
            self.sender_line: Field.SENDER,
            self.subject_line: Field.SUBJECT,
            self.letter_date: Field.LETTER_DATE,
            self.protection: Field.CONFIDENTIALITY,
        }
        self.texts = TypedTexts(self._fields, self)
        self._build()
        self._wire()
        self.show_item(None)

    @property
    def case_number(self) -> str:
        """The case number in the form."""
        return self.case.text().strip()

    def show_item(self, item: InboxItem | None) -> None:
        """Show another item, or none. What was typed for the one before stays, and is there when it comes again."""
        self.texts.leave()
        self._item = item
        self.setEnabled(item is not None)
        self._fill()
        self._put(self.case, self.suggestions.prefilled)
        if item is not None:
            self.texts.begin(item.document.document_id, item.typed)
            self._show_proposed()

    def typed(self) -> tuple[DocumentChange, ...]:
        """Return what a person typed or chose of the index data; a day that cannot be read is left out."""
        try:
            changes = self.changes()
        except WrongUsage:
            changes = self._changes(letter_date=None)
        return tuple(change for change in changes if change.field in self.texts.fields)

    def refresh(self, item: InboxItem) -> None:
        """Show what became known of the same item; what a person changed stays as it is, and so does the case.

        A better proposal stands in the list, to be taken: Enter must not file where nobody has seen it lead.
        """
        self._item = item
        self._fill()

    def changes(self) -> tuple[DocumentChange, ...]:
        """Return the index data that differ from what is stored. Raises ``WrongUsage`` for an unreadable day."""
        return self._changes(self.letter_date.iso())

    def _changes(self, letter_date: str | None) -> tuple[DocumentChange, ...]:
        if self._item is None:
            return ()
        document = self._item.document
        values = {
            Field.DOCUMENT_TYPE: self.document_type.currentText().strip(),
            Field.SENDER: self.sender_line.text().strip(),
            Field.SUBJECT: self.subject_line.text().strip(),
            Field.LETTER_DATE: letter_date,
            Field.CONFIDENTIALITY: str(self.protection.currentData()),
        }
        return tuple(
            DocumentChange(field=field, text=text)
            for field, text in values.items()
            if text is not None and text != document_text(document, field)
        )

    def _field_of(self, widget: QWidget | None) -> Field | None:
        return next((field for each, field in self._fields.items() if widget in (each, each.focusProxy())), None)

    def _build(self) -> None:
        _ = self._workplace.texts.gettext
        allow_typing(self.document_type, _("Document type"))
        for protection in PROTECTIONS:
            self.protection.addItem(protection_text(self._workplace.texts, protection), protection.value)
        self.case.setToolTip(_("Case number or words of the subject (F2)"))
        self.file_button.setProperty("primary", True)
        self.file_button.setToolTip(_("File and go on (Enter)"))
        self.new_button.setToolTip(_("Open a new case from this letter (Ctrl+Enter)"))
        named: tuple[tuple[str, QWidget], ...] = (
            (_("Document type"), self.document_type),
            (_("Sender"), self.sender_line),
            (_("Subject"), self.subject_line),
            (_("Letter date"), self.letter_date),
            (_("Received"), self.received_on),
            (_("Protection"), self.protection),
        )
        texts = self._workplace.texts
        self.labels.update((field, FieldLabel(texts, name, field)) for name, field in named)
        case = FieldLabel(texts, _("Case"), self.case)
        rows = ((case, self.case), (None, self.suggestions), *((label, field) for field, label in self.labels.items()))
        lay_out(self, rows, (self.file_button, self.new_button))
        spare_from_wheel(self)
        self.document_type.addItem("")
        self._workplace.tasks.read(self, self._workplace.desk.catalogue.document_types, self._show_types)

    def _wire(self) -> None:
        self.file_button.clicked.connect(lambda: self.file_wanted.emit())
        self.new_button.clicked.connect(lambda: self.new_case_wanted.emit())
        self.suggestions.itemClicked.connect(self._take)
        self.suggestions.currentRowChanged.connect(lambda _: self._point_at_current())
        self.texts.typed.connect(self._keep)
        lines = (self.case, self.sender_line, self.subject_line)
        for line in lines:
            line.textEdited.connect(lambda _, line=line: self._touch(line))
        self.case.chosen.connect(lambda _: self._touch(self.case))
        self.letter_date.edited.connect(lambda: self._touch(self.letter_date))
        self.document_type.activated.connect(lambda _: self._touch(self.document_type))
        self.protection.activated.connect(lambda _: self._touch(self.protection))
        kind = self.document_type.lineEdit()
        assert kind is not None, "a kind that nobody foresaw can be typed"
        kind.textEdited.connect(lambda _: self._touch(self.document_type))
        for each in (*lines, self.letter_date, kind):
            each.installEventFilter(self)

    def _show_types(self, types: tuple[str, ...]) -> None:
        """Offer the office's document types; what stands in the field stays."""
        written = self.document_type.currentText()
        self.document_type.addItems(types)
        self.document_type.setCurrentText(written)

    def point_at_focus(self) -> None:
        """Tell the evidence of the field that has the focus."""
        focus = self.focusWidget()
        if focus is self.suggestions:
            self._point_at_current()
        elif focus is self.case:
            self.pointed.emit(self.suggestions.evidence_of(self.case_number))
        else:
            field = self._field_of(focus)
            fields = self._item.suggestions.fields if self._item is not None else ()
            self.pointed.emit(next((each.evidence for each in fields if each.field is field), None))

    def point_at_first(self) -> None:
        """Tell the evidence of the best proposal."""
        cases = self.suggestions.cases
        self.pointed.emit(cases[0].evidence if cases else None)

    def take_suggestion(self) -> None:
        """Put the proposed case under the cursor into the form."""
        self._take()

    def hideEvent(self, event: QHideEvent) -> None:
        """Have kept what is typed: the window may be going."""
        super().hideEvent(event)
        self.texts.tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+Z to the place where a line has nothing to undo: it takes the last filing back there."""
        if isinstance(watched, QLineEdit) and not watched.isUndoAvailable() and _asks_to_undo(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _keep(self, document_id: str, typed: TypedIndex) -> None:
        inbox = self._workplace.desk.inbox
        self._workplace.tasks.write(self, lambda: inbox.keep_typed(DocumentId(document_id), typed))

    def _touch(self, field: QWidget) -> None:
        self.texts.note(field)
        if field in self.labels:
            self.labels[field].show_proposed(None)

    def _fill(self) -> None:
        item = self._item
        self.suggestions.show_cases(item.suggestions.cases if item is not None else ())
        self._put(self.sender_line, self._value(Field.SENDER))
        self._put(self.subject_line, self._value(Field.SUBJECT))
        if self.document_type not in self.texts:
            self.document_type.setCurrentText(self._value(Field.DOCUMENT_TYPE))
        if self.letter_date not in self.texts:
            self.letter_date.set_iso(self._value(Field.LETTER_DATE))
        if self.protection not in self.texts:
            known = item.document.confidentiality if item is not None else Confidentiality.NORMAL
            self.protection.setCurrentIndex(self.protection.findData(known.value))
        self.received_on.setText(day_text(item.document.received_on) if item is not None else "")
        self._show_proposed()

    def _show_proposed(self) -> None:
        for widget, label in self.labels.items():
            label.show_proposed(None if widget in self.texts else self._proposed(self._field_of(widget)))

    def _put(self, line: QLineEdit, text: str) -> None:
        if line not in self.texts and line.text() != text:
            line.setText(text)
            line.setCursorPosition(0)

    def _value(self, field: Field) -> str:
        if self._item is None:
            return ""
        proposed = self._proposed(field)
        return proposed.value if proposed is not None else document_text(self._item.document, field)

    def _proposed(self, field: Field | None) -> FieldSuggestion | None:
        """Return what is proposed for a field in which nothing is stored yet."""
        item = self._item
        if item is None or field is None or field is Field.CONFIDENTIALITY or document_text(item.document, field):
            return None
        return next((each for each in item.suggestions.fields if each.field is field), None)

    def _take(self, _: object = None) -> None:
        chosen = self.suggestions.current
        if chosen is not None:
            self.case.setText(chosen.case_number)
            self._touch(self.case)

    def _point_at_current(self) -> None:
        chosen = self.suggestions.current
        self.pointed.emit(chosen.evidence if chosen is not None else None)


def _asks_to_undo(event: QEvent) -> bool:
    asked = event.type() is QEvent.Type.ShortcutOverride
    return asked and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
