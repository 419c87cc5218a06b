"""A document in the program that this computer has for it: a plain copy, announced, deleted when the window closes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from clerk_desktop.model.ids import DocumentId
from clerk_desktop.ui.workplace import Tone, Workplace


def open_elsewhere(owner: QObject, workplace: Workplace, document_id: DocumentId) -> None:
    """Write the copy off the GUI thread and open it; ``owner``: who is told, as long as it lives."""
    export = workplace.desk.export

    def show(path: Path) -> None:
        _ = workplace.texts.gettext
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            workplace.say(_("A copy to read was opened. It is deleted when this window closes."))
        else:
            workplace.say(_("No program opens this file."), Tone.HELP)

    workplace.tasks.read(owner, lambda: export.copy_to_open(document_id), show, workplace.say_error)
