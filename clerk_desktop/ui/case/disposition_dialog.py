"""Ordering something in a case: kind, for whom, day, what is co-signed, text. Asks only for what the kind needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from clerk_desktop.model.catalogue import Staff
from clerk_desktop.model.disposition import DISPOSITIONS, Disposition
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.day_field import DayField, read_day
from clerk_desktop.ui.field_words import disposition_text
from clerk_desktop.ui.free_choice import allow_typing
from clerk_desktop.ui.theme import GRID


class DispositionDialog(QDialog):
    """``wanted`` holds the order once it was accepted. ``document_id``: what is shown, and so proposed to co-sign."""

    def __init__(
        self,
        texts: Texts,
        staff: Sequence[Staff],
        documents: Sequence[Document],
        document_id: DocumentId | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = texts.gettext
        self.setWindowTitle(_("New disposition"))
        self.setMinimumWidth(480)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Disposition"))
        for kind in DISPOSITIONS:
            self.kind.addItem(disposition_text(texts, kind), kind)
        self.to = QComboBox()
        allow_typing(self.to, _("For whom"))
        self.to.addItem("", "")
        for person in staff:
            self.to.addItem(f"{person.name} ({person.account})", person.account)
        self.day = DayField(texts, _("Day of the resubmission"))
        self.document = QComboBox()
        # the longest subject must not press the names of the fields together
        self.document.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.document.setMinimumContentsLength(20)
        self.document.setAccessibleName(_("Document that is co-signed"))
        for document in documents:
            self.document.addItem(document.subject or document.title, document.document_id)
        self.document.setCurrentIndex(max(0, self.document.findData(document_id)))
        self.text = QLineEdit()
        self.text.setAccessibleName(_("What to do or to know"))
        self._form = QFormLayout(self)
        self._form.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 4)
        self._form.setVerticalSpacing(GRID * 3)
        self._form.setHorizontalSpacing(GRID * 4)
        self._form.addRow(_("&Disposition"), self.kind)
        self._form.addRow(_("&For whom"), self.to)
        self._form.addRow(_("D&ay"), self.day)
        self._form.addRow(_("D&ocument"), self.document)
        self._form.addRow(_("&Text"), self.text)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Order"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._form.addRow(self.buttons)
        self.kind.currentIndexChanged.connect(self._check)
        self.day.textChanged.connect(self._check)
        self._check()

    def begin_with(self, typed: Disposition) -> None:
        """Let everything stand there again that was typed before."""
        self.kind.setCurrentIndex(DISPOSITIONS.index(typed.kind))
        known = self.to.findData(typed.to)
        if known >= 0:
            self.to.setCurrentIndex(known)
        else:
            self.to.setEditText(typed.to)
        self.day.set_iso(typed.on.isoformat() if typed.on is not None else "")
        if typed.document_id is not None:
            self.document.setCurrentIndex(max(0, self.document.findData(typed.document_id)))
        self.text.setText(typed.text)

    @property
    def wanted(self) -> Disposition:
        """What was chosen. Raises ``WrongUsage`` for a text that is no day."""
        kind = self._chosen
        document = self.document.currentData() if kind is EventKind.CO_SIGNATURE else None
        return Disposition(
            kind=kind,
            text=self.text.text().strip(),
            on=read_day(self.day.text()) if kind is EventKind.RESUBMISSION else None,
            to=self._person if kind is not EventKind.TO_FILES else "",
            document_id=DocumentId(document) if document else None,
        )

    @property
    def _chosen(self) -> EventKind:
        return DISPOSITIONS[self.kind.currentIndex()]

    @property
    def _person(self) -> str:
        typed = self.to.currentText().strip()
        index = self.to.findText(typed)
        return str(self.to.itemData(index)) if index >= 0 else typed

    def _check(self) -> None:
        kind = self._chosen
        self._form.setRowVisible(self.to, kind is not EventKind.TO_FILES)
        self._form.setRowVisible(self.day, kind is EventKind.RESUBMISSION)
        self._form.setRowVisible(self.document, kind is EventKind.CO_SIGNATURE)
        self._form.activate()
        self.resize(self.width(), self.sizeHint().height())  # a dialog grows with its rows, but by itself stays so
        try:
            ready = kind is not EventKind.RESUBMISSION or read_day(self.day.text()) is not None
        except WrongUsage:
            ready = False
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)
