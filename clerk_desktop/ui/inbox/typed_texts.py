"""What a person touched in the fields of the index form: there again whenever the letter is, and told to be kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.typed_index import TypedIndex

PAUSE_MILLISECONDS = 800
"""Whoever types on is not kept up with: so much is lost at most when the power fails."""


class TypedTexts(QObject):
    """``fields`` by what they hold of a document, None for the case.

    ``typed`` carries a letter's id and the ``TypedIndex`` of it, after a pause in typing and when the letter is left.
    """

    typed = Signal(str, object)
    covers = False
    """Whether the letter that comes is protected: what was typed for it is kept, and does not stand in the fields."""

    def __init__(self, fields: Mapping[QWidget, DocumentField | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._fields = fields
        self._letter: DocumentId | None = None
        self._touched: set[QWidget] = set()
        self._covered = TypedIndex()
        self._is_new = False
        self._left: dict[DocumentId, TypedIndex] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.tell)

    def __contains__(self, field: QWidget) -> bool:
        """Whether somebody touched the field for this letter."""
        return field in self._touched

    @property
    def fields(self) -> frozenset[DocumentField]:
        """What of the document was touched."""
        return frozenset(field for widget, field in self._fields.items() if widget in self._touched and field)

    def note(self, field: QWidget) -> None:
        """Note that somebody typed or chose here."""
        if self._letter is not None:
            self._touched.add(field)
            self._have_told()

    def leave(self) -> None:
        """Go away from the letter: what was typed is there when somebody comes back."""
        self.tell()
        if self._letter is not None and (held := self._held()):
            self._left[self._letter] = held
        self._letter = None
        self._touched.clear()

    def begin(self, letter: DocumentId, kept: TypedIndex) -> None:
        """Go to a letter. ``kept``: what was kept of it when this window came; what was left here since counts more."""
        self._letter = letter
        known = self._left.pop(letter, None)
        typed = kept if known is None else known
        self._is_new = False
        if typed != kept:  # filed and taken back, perhaps: then nothing is kept any more
            self._have_told()
        self._covered = typed if self.covers else TypedIndex()
        if self.covers:
            return
        for widget, field in self._fields.items():
            text = typed.case if field is None else typed.texts.get(field)
            if text is not None:
                _hold(widget, text)
                self._touched.add(widget)

    def forget(self, letter: DocumentId) -> None:
        """Let go of what was typed for a letter."""
        self._left.pop(letter, None)

    def tell(self) -> None:
        """Tell what is typed now, also where that was told since: there may have been no room to keep it."""
        self._pause.stop()
        if self._letter is not None and self._is_new:
            self.typed.emit(self._letter, self._held())

    def _have_told(self) -> None:
        self._is_new = True
        self._pause.start()

    def _held(self) -> TypedIndex:
        texts = {field: _text(widget) for widget, field in self._fields.items() if widget in self._touched}
        case = texts.pop(None, self._covered.case)
        typed = {field: text for field, text in texts.items() if field is not None}
        return TypedIndex(case=case, texts={**self._covered.texts, **typed})


def _text(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        return field.currentText() if field.isEditable() else str(field.currentData())
    return field.text() if isinstance(field, QLineEdit) else ""


def _hold(field: QWidget, text: str) -> None:
    if isinstance(field, QComboBox) and not field.isEditable():
        field.setCurrentIndex(field.findData(text))
    elif isinstance(field, QComboBox):
        field.setCurrentText(text)
    elif isinstance(field, QLineEdit):
        field.setText(text)
