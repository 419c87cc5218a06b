"""The list of the mailroom station: letters under the stack they came in, each with a picture of its first page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import FileId, FolderId, new_key
from clerk_desktop.model.ledger import FilePart, FileState, ScannedFile
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.session import WindowSession
from tests.ui.stage import Stage, press, settle, write

PDF = text_pdf([[Line(x=72, y=HEIGHT - 90, text="Ihr Zeichen: 32.10-2026/018")]])
ALT = Qt.KeyboardModifier.AltModifier


def scan(stage: Stage, *letters: Document) -> None:
    """Let these letters come from one scanned file, a page each, with a sheet before each but the first."""
    file = ScannedFile(
        file_id=FileId(new_key()),
        folder_id=FolderId("f"),
        path="/scans/stapel.pdf",
        size=3,
        modified_ns=1,
        state=FileState.SEEN,
        seen_at=stage.clock.now(),
    )
    with stage.store.write() as session:
        session.ledger.add(file)
        session.ledger.add_parts(
            tuple(
                FilePart(file_id=file.file_id, document_id=letter.document_id, pages=(number * 2 + 1,))
                for number, letter in enumerate(letters)
            )
        )


class Opened:
    """The window in the inbox."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.session: WindowSession = stage.open()
        place = self.session.window.view
        assert isinstance(place, InboxPlace)
        self.place = place
        self.model = place.listing.model

    @property
    def rows(self) -> list[str]:
        return [str(self.model.index(row, 0).data()) for row in range(self.model.rowCount())]

    @property
    def shown(self) -> str:
        return str(self.place.listing.list.currentIndex().data())

    def has_picture(self, letter: Document) -> bool:
        list_ = self.place.listing.list
        list_.repaint()
        settle(self.session)
        ratio = list_.devicePixelRatioF()
        return self.place.listing.thumbnails.picture(letter.document_id, ratio) is not None


@pytest.fixture
def opened(stage: Stage) -> Opened:
    """Two letters of one stack, scanned in the order z, a; one letter alone; one that came from elsewhere."""
    stack = [stage.document(f"{name} aus dem Stapel", PDF) for name in "za"]
    scan(stage, *stack)
    stage.clock.pass_by(minutes=5)
    scan(stage, stage.document("allein gescannt", PDF))
    stage.document("von anderswo", PDF)
    return Opened(stage)


def test_letters_stand_under_their_stack_in_the_order_of_their_pages(opened: Opened) -> None:
    time = f"{opened.stage.clock.time.astimezone().replace(minute=0):%H:%M}"
    assert opened.rows == [f"Scan {time}", "z aus dem Stapel", "a aus dem Stapel", "allein gescannt", "von anderswo"]
    heading = opened.model.row(opened.model.index(0, 0))
    assert heading.details == "2 S. · 2 Schriftstücke"
    spoken = opened.model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"Scan {time}, Schriftstück 2 von 2, a aus dem Stapel")


def test_nobody_goes_to_a_heading(opened: Opened) -> None:
    list_ = opened.place.listing.list
    assert opened.shown == "z aus dem Stapel"
    press(list_, Qt.Key.Key_Up)
    assert opened.shown == "z aus dem Stapel"
    press(list_, Qt.Key.Key_Up, ALT)
    assert opened.shown == "z aus dem Stapel"
    place = list_.visualRect(opened.model.index(0, 0)).center()
    QTest.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert opened.shown == "z aus dem Stapel"
    press(list_, Qt.Key.Key_Home)
    assert opened.shown == "z aus dem Stapel"


def test_a_stack_of_which_one_letter_is_left_still_says_what_it_held(opened: Opened) -> None:
    case = opened.stage.case("32.10-2026/018", "Anwohnerparken")
    opened.place.form.case.setFocus()
    write(opened.place.form.case, case.case_number)
    press(opened.place.form.case, Qt.Key.Key_Return)
    settle(opened.session)
    assert opened.rows[1:] == ["a aus dem Stapel", "allein gescannt", "von anderswo"]
    assert opened.model.row(opened.model.index(0, 0)).details == "2 S. · 2 Schriftstücke"
    assert opened.shown == "a aus dem Stapel"


def test_the_filter_keeps_the_heading_of_what_it_finds(opened: Opened) -> None:
    write(opened.place.listing.filter, "z aus")
    settle(opened.session)
    assert opened.rows[0].startswith("Scan ")
    assert opened.rows[1:] == ["z aus dem Stapel"]
    assert opened.shown == "z aus dem Stapel"


def test_blank_pages_are_told(stage: Stage) -> None:
    letter = stage.document("Antrag", PDF, page_count=4)
    with stage.store.write() as session:
        session.suggestions.put(letter.document_id, Suggestions(blank_pages=(2, 4)))
    opened = Opened(stage)
    assert "4 S. (2, 4 leer)" in opened.model.row(opened.model.index(0, 0)).details


def test_a_letter_shows_its_first_page_small(stage: Stage) -> None:
    letter = stage.document("Antrag", PDF)
    assert Opened(stage).has_picture(letter)


def test_nothing_is_fetched_for_a_small_picture_nor_a_protected_letter_shown(stage: Stage) -> None:
    first = stage.document("Antrag", PDF)
    away = stage.document("liegt beim Server", PDF + b"\n\n")
    stage.store.blobs.remove(away.sha256)
    broken = stage.document("zerrissen", b"%PDF-1.7 nichts")
    stage.document("vertraulich", PDF + b"\n", confidentiality=Confidentiality.PERSONAL)
    opened = Opened(stage)
    rows = [opened.model.row(opened.model.index(row, 0)) for row in range(opened.model.rowCount())]
    assert {row.title: row.picture for row in rows}["vertraulich"] is False
    assert [opened.has_picture(letter) for letter in (first, away, broken)] == [True, False, False]


def test_only_the_pictures_of_rows_that_show_are_drawn(stage: Stage) -> None:
    letters = [stage.document(f"brief-{number:04}", PDF) for number in range(60)]
    opened = Opened(stage)
    assert opened.has_picture(letters[0])
    assert opened.place.listing.thumbnails.kept < 20
