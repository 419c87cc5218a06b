"""A clerk's first real day, with hands and eyes: two windows, one server that stops and returns, real key events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from clerk_desktop.assembly import open_desk
from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.letters.letter import Letter
from clerk_desktop.demo.letters.truth import ReferencePlace
from clerk_desktop.demo.sample_office import SampleOffice
from clerk_desktop.model.account import SignInRequest
from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.geometry import Point
from clerk_desktop.model.standing import Link
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.heartbeat import Heartbeat
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.ui.worklist.place import WorklistPlace
from tests.ui.stage import press, settle, write

CONTROL = Qt.KeyboardModifier.ControlModifier
PASSWORD = "demo"


class Person:
    """Somebody of the sample office with a window of their own; what runs in the background is done when told."""

    def __init__(self, place: Path, office: SampleOffice, user: str) -> None:
        self.home = place / user
        self.desk = open_desk(self.home, PASSWORD)
        self.desk.accounts.log_in(SignInRequest(url=office.url, user=user, password=PASSWORD))
        self.desk.background.sync_once()
        self.session = WindowSession(self.desk, Texts.for_language("de"), self.home)
        self.window = self.session.window
        self.window.resize(1600, 1000)
        self.window.show()
        settle(self.session)

    def sync(self) -> None:
        self.desk.background.sync_once()
        settle(self.session)

    def go(self, number: int) -> None:
        self.window.activateWindow()
        settle(self.session)
        press(self.window, Qt.Key(Qt.Key.Key_0 + number), CONTROL)
        settle(self.session)

    @property
    def inbox(self) -> InboxPlace:
        self.go(1)
        view = self.window.view
        assert isinstance(view, InboxPlace)
        return view

    def open_case(self, number: str) -> WorklistPlace:
        """Find a case by typing its number anywhere, and open it."""
        self.window.activateWindow()
        settle(self.session)
        press(self.window, Qt.Key.Key_K, CONTROL)
        write(self.window.field, number)
        self.window.field.look_now()
        settle(self.session)
        press(self.window.field, Qt.Key.Key_Return)
        settle(self.session)
        view = self.window.view
        assert isinstance(view, WorklistPlace)
        return view


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SampleOffice]:
    made = SampleOffice(tmp_path / "server")
    made.start()
    yield made
    made.stop()


def letter_with_number() -> Letter:
    return next(
        letter
        for letter in all_letters()
        if letter.truth.municipality == "blomberg"
        and letter.truth.reference_place is ReferencePlace.RUNNING_TEXT
        and letter.drawing
        and not letter.truth.parts
    )


def answer_note(text: str) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    write(dialog.findChildren(QPlainTextEdit)[0], text)
    dialog.accept()


def place_on_page(place: WorklistPlace, x: float, y: float) -> QPoint:
    view = place.panel.pane.view
    across, down = view.page_layout.to_view(0, Point(x, y))
    return QPoint(round(across + view.offset().x()), round(down + view.offset().y()))


def let_time_pass(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_from_the_letter_in_the_scan_folder_to_marks_that_outlive_a_dead_server(
    tmp_path: Path, office: SampleOffice, qtbot: QtBot
) -> None:
    application(Texts.for_language("de"), Scheme.LIGHT)
    scans = tmp_path / "scans"
    scans.mkdir()
    mailroom, clerk = Person(tmp_path, office, "post.blomberg"), Person(tmp_path, office, "clerk1.blomberg")
    colleague = Person(tmp_path, office, "clerk2.blomberg")
    people = (mailroom, clerk, colleague)
    try:
        # the mailroom files by keyboard, the bad scan stands in the same list with its reason
        mailroom.desk.scan_folders.add(scans, "blomberg")
        (scans / "unlesbar.pdf").write_bytes(b"%PDF-1.7\nabgebrochen")
        letter = letter_with_number()
        letter.draw(scans)
        mailroom.desk.background.intake_once()
        mailroom.sync()
        inbox = mailroom.inbox
        titles = [str(inbox.listing.model.index(row, 0).data()) for row in range(inbox.listing.model.rowCount())]
        assert "unlesbar.pdf" in titles
        held = mailroom.desk.transfers.quarantine()
        assert {file.refusal for file in held} <= {RefusalReason.DAMAGED, RefusalReason.UNREADABLE}
        sent = [part.document for each in mailroom.desk.transfers.overview().files for part in each.parts]
        document = next(each for each in sent if each is not None)
        inbox.show_document(document.document_id)
        settle(mailroom.session)
        assert inbox.pane.view.is_sharp()
        number = inbox.form.case_number
        assert number == letter.truth.case_number
        press(inbox.listing.list, Qt.Key.Key_Return)
        settle(mailroom.session)
        mailroom.sync()

        # a clerk opens the case, highlights and notes; a second clerk sees it
        clerk.sync()
        place = clerk.open_case(number)
        clerk.session.workplace.open_document(document.document_id)
        settle(clerk.session)
        view = place.panel.pane.view
        assert view.is_sharp()
        view.setFocus()
        write(view, "m")
        start, end = place_on_page(place, 90, 600), place_on_page(place, 400, 600)
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        settle(clerk.session)
        QTest.mouseMove(view.viewport(), end)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
        settle(clerk.session)
        clerk.sync()
        colleague.sync()
        (seen,) = [mark for each in colleague.desk.marks.sets(document.document_id) for mark in each.marks]
        assert (seen.kind, seen.author) == (MarkKind.HIGHLIGHT, "clerk1.blomberg")

        # the server stops; the clerk goes on; the window never waits
        office.stop()
        heart = Heartbeat()
        heart.start()
        write(view, "n")
        QTimer.singleShot(300, lambda: answer_note("bitte prüfen"))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        clerk.session.work_in_background()
        let_time_pass(3_000)
        heart.stop()
        settle(clerk.session)
        assert clerk.desk.standing.standing().link is Link.OFFLINE
        assert "Offline" in clerk.window.pill.text()
        assert heart.worst < 1.0

        # it returns: marks arrive by themselves
        office.start()
        for _ in range(60):
            let_time_pass(500)
            if clerk.desk.standing.standing().link is Link.ONLINE:
                break
        colleague.sync()
        texts = {mark.text for each in colleague.desk.marks.sets(document.document_id) for mark in each.marks}
        assert "bitte prüfen" in texts
    finally:
        for person in people:
            person.session.close()
