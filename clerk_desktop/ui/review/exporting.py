"""The shown document as a plain file: as it is, with its marks, or with the marks burnt in; announced, errors said."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from clerk_desktop.model.document import Document
from clerk_desktop.model.exchange import LeftOut
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.reading import ENDINGS
from clerk_desktop.model.texts import N_
from clerk_desktop.ui.workplace import Tone, Workplace
from clerk_desktop.usecases.copies import file_name
from clerk_desktop.usecases.export_words import left_out_text


class Form(Enum):
    """In which form a document leaves the store; the value is an English source text."""

    ORIGINAL = N_("Original …")
    WITH_MARKS = N_("With marks, as PDF …")
    FLATTENED = N_("With marks burnt in, as PDF …")


class Exporting(QObject):
    """Offers the forms, asks where to, writes off the GUI thread."""

    def __init__(self, workplace: Workplace, pane: QWidget) -> None:
        super().__init__(pane)
        self._workplace = workplace
        self._pane = pane
        self._place: QWidget = pane
        self._document: Document | None = None
        self._folder = ""

    def show_document(self, document: Document | None) -> None:
        """Offer another document, or none."""
        self._document = document
        self._place.setEnabled(document is not None or self._place is self._pane)

    def stand_at(self, button: QWidget) -> None:
        """Offer the forms below this button."""
        self._place = button
        button.setEnabled(self._document is not None)

    def offer(self) -> None:
        """Let the person choose a form."""
        if self._document is None:
            return
        menu = QMenu(self._pane)
        actions = {menu.addAction(self._workplace.texts.gettext(form.value)): form for form in Form}
        menu.setActiveAction(next(iter(actions)))
        place = self._place if self._place.isVisible() else self._pane
        below = self._place.height() if place is self._place else 0
        chosen = menu.exec(place.mapToGlobal(QPoint(0, below)))
        menu.deleteLater()
        if chosen is not None:
            self.export(actions[chosen])

    def export(self, form: Form) -> None:
        """Ask for a file and write it."""
        document = self._document
        if document is None:
            return
        target = self._asked(document, form)
        if target is None:
            return
        work = self._work(document.document_id, form, target)
        self._workplace.tasks.read(self, work, lambda left_out: self._told(target, left_out), self._workplace.say_error)

    def _asked(self, document: Document, form: Form) -> Path | None:
        ending = ENDINGS.get(document.mime_type, "") if form is Form.ORIGINAL else ".pdf"
        dialog = QFileDialog(self._pane, self._workplace.texts.gettext("Export the document"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(self._folder or QStandardPaths.writableLocation(_DOCUMENTS))
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile(file_name(document, ending))
        if not dialog.exec():
            return None
        target = Path(dialog.selectedFiles()[0])
        self._folder = str(target.parent)
        return target

    def _work(self, document_id: DocumentId, form: Form, target: Path) -> Callable[[], LeftOut]:
        """Return what writes the file and tells which marks are not in it."""
        export = self._workplace.desk.export

        def original() -> LeftOut:
            export.document(document_id, target)
            return LeftOut()

        if form is Form.ORIGINAL:
            return original
        return lambda: export.with_marks(document_id, target, flatten=form is Form.FLATTENED)

    def _told(self, target: Path, left_out: LeftOut) -> None:
        texts = self._workplace.texts
        _ = texts.gettext
        written = _("Written to {path}: a plain file outside the encrypted store.").format(path=target)
        text = f"{written} {left_out_text(left_out, texts)}".rstrip()
        folder = QUrl.fromLocalFile(str(target.parent))
        self._workplace.say(text, Tone.HELP if left_out else Tone.DONE, (_("Open the folder"), lambda: _open(folder)))


_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


def _open(folder: QUrl) -> None:
    QDesktopServices.openUrl(folder)
