"""Separator sheets from the window: by keys from the inbox to a file that is printed."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from clerk_desktop.ui.inbox.sheets_dialog import SheetsDialog
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.workplace import Place
from tests.ui.busy_store import BusyStore
from tests.ui.conftest import MakeStage
from tests.ui.opened import save_as, when_open
from tests.ui.stage import press, scene, settle, write

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def opened(session: WindowSession, qtbot: QtBot) -> SheetsDialog:
    session.window.go(Place.INBOX)
    settle(session)
    press(session.window, Qt.Key.Key_P, BOTH)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SheetsDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SheetsDialog)
    settle(session)
    return dialog


def test_sheets_for_a_case_are_written_by_keys(stages: MakeStage, qtbot: QtBot, tmp_path: Path) -> None:
    stage, target = scene(stages()), tmp_path / "blatt.pdf"
    session = stage.open()
    dialog = opened(session, qtbot)
    assert dialog.town.currentData() == "blomberg"
    assert dialog.case.hasFocus()
    write(dialog.case, "32.10-2026/018")
    dialog.count.setFocus()
    dialog.count.selectAll()
    write(dialog.count, "2")
    when_open(QFileDialog, lambda files: save_as(files, target))
    press(dialog.save, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert str(target) in session.window.messages.text
    pdf = pdfium.PdfDocument(target)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    assert len(pages) == 2
    assert all("32.10-2026/018" in page and "Blomberg" in page for page in pages)


def test_who_closes_the_dialog_while_the_sheets_are_written_is_told_where_they_are(
    stages: MakeStage, qtbot: QtBot, tmp_path: Path
) -> None:
    stage, target = scene(stages(kind=BusyStore)), tmp_path / "blatt.pdf"
    session = stage.open()
    dialog = opened(session, qtbot)
    write(dialog.case, "32.10-2026/018")
    when_open(QFileDialog, lambda files: save_as(files, target))
    assert isinstance(stage.store, BusyStore)
    with stage.store.hold():
        press(dialog.save, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
        press(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not isValid(dialog))
    qtbot.waitUntil(lambda: str(target) in session.window.messages.text, timeout=60_000)
    assert target.exists()


def test_sheets_that_cannot_be_written_leave_the_dialog_open(stages: MakeStage, qtbot: QtBot, tmp_path: Path) -> None:
    stage, gone = scene(stages()), tmp_path / "weg"
    gone.mkdir()
    session = stage.open()
    dialog = opened(session, qtbot)

    def save(files: QFileDialog) -> None:
        files.setDirectory(str(gone))
        files.selectFile("blatt.pdf")
        gone.rmdir()
        files.done(QFileDialog.DialogCode.Accepted)

    when_open(QFileDialog, save)
    press(dialog.save, Qt.Key.Key_Space)
    qtbot.waitUntil(session.window.messages.isVisible)
    assert dialog.isVisible()
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
