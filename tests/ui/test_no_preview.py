"""A document without pages: the window says so and opens a copy in the program that this computer has for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.ui.inbox.place import InboxPlace
from tests.intake.office_files import DOCX_TYPE, docx
from tests.ui.stage import Stage, settle


class Programs(QObject):
    """Stands for the programs of this computer: keeps what it was asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def programs(qapp: object) -> Programs:
    return Programs()


def test_an_office_document_is_opened_as_a_copy_that_is_gone_with_the_window(stage: Stage, programs: Programs) -> None:
    letter = stage.signed_in().document("Antrag", docx(), mime_type=DOCX_TYPE, page_count=0)
    with stage.store.write() as session:
        session.suggestions.put(letter.document_id, Suggestions(left_inside=("daten.zip",)))
    session_ = stage.open()
    place = session_.window.findChild(InboxPlace)
    assert place is not None
    assert "keine Vorschau" in place.pane.note.text()
    assert "Textdokument" in place.listing.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "▲ genau ansehen" in place.listing.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert place.side.notices.text() == (
        "▲ Diese Dateien bleiben in der E-Mail und sind keine eigenen Dokumente: daten.zip."
    )
    (button,) = (each for each in place.pane.findChildren(QPushButton) if each.text() == "Öffnen mit …")
    QDesktopServices.setUrlHandler("file", programs, "open")  # type: ignore[arg-type]  # the stub wants bytes, the call a text
    try:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(session_)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (copy,) = programs.opened
    assert copy.name == "Antrag.docx"
    assert copy.read_bytes() == docx()
    assert copy.is_relative_to(stage.home)
    assert not copy.stat().st_mode & 0o222
    stage.close()
    assert not copy.exists()
