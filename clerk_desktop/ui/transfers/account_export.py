"""The account of a day as a plain file: for a table program, or to be printed and signed. Announced, errors said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from clerk_desktop.model.errors import NotWritten
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.workplace import Tone, Workplace

NAME = "Abgleich"
BOXES = "Papier-Vernichtung"
OFFICE = "de"  # what leaves the office is in the office's language, whatever the workstation speaks


class Form(Enum):
    """In which form the account is written; the value is an English source text."""

    PDF = N_("PDF, to be printed and signed …")
    CSV = N_("CSV, for a table program …")
    BOXES = N_("Paper that may be destroyed, by box, as PDF …")


class AccountExport(QObject):
    """A button with the forms. ``day`` tells which day's account is wanted, None for all days."""

    def __init__(self, workplace: Workplace, day: Callable[[], date | None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._day = day
        self._folder = ""
        _ = workplace.texts.gettext
        self.button = QPushButton(_("Export …"))
        self.button.setToolTip(_("Write this account to a file"))
        self.button.clicked.connect(self.offer)

    def offer(self) -> None:
        """Let the person choose a form."""
        menu = QMenu(self.button)
        actions = {menu.addAction(self._workplace.texts.gettext(form.value)): form for form in Form}
        menu.setActiveAction(next(iter(actions)))
        chosen = menu.exec(self.button.mapToGlobal(QPoint(0, self.button.height())))
        menu.deleteLater()
        if chosen is not None:
            self.export(actions[chosen])

    def export(self, form: Form) -> None:
        """Ask for a file and write it."""
        day = self._day()
        name = BOXES if form is Form.BOXES else f"{NAME}-{day.isoformat() if day is not None else 'alle'}"
        target = self._asked(name, "csv" if form is Form.CSV else "pdf")
        if target is None:
            return
        accounts, texts = self._workplace.desk.day_accounts, Texts.for_language(OFFICE)

        def work() -> None:
            try:
                match form:
                    case Form.BOXES:
                        accounts.boxes.write_pdf(accounts.boxes.of(accounts.of(None)), target, texts)
                    case Form.CSV:
                        accounts.write_csv(accounts.of(day), target, texts)
                    case Form.PDF:
                        accounts.write_pdf(accounts.of(day), target, texts)
            except OSError as error:
                raise NotWritten(name=target.name, why=error.strerror or type(error).__name__) from error

        self._workplace.tasks.read(self, work, lambda _: self._told(target), self._workplace.say_error)

    def _asked(self, name: str, ending: str) -> Path | None:
        dialog = QFileDialog(self.button, self._workplace.texts.gettext("Write the account"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog.setDirectory(self._folder or documents)
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(f"{name}.{ending}")
        if not dialog.exec():
            return None
        target = Path(dialog.selectedFiles()[0])
        self._folder = str(target.parent)
        return target

    def _told(self, target: Path) -> None:
        _ = self._workplace.texts.gettext
        text = _("Written to {path}: a plain file outside the encrypted store.").format(path=target)
        folder = QUrl.fromLocalFile(str(target.parent))
        self._workplace.say(text, Tone.DONE, (_("Open the folder"), lambda: _open(folder)))


def _open(folder: QUrl) -> None:
    QDesktopServices.openUrl(folder)
