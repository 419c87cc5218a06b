"""Reading a document by keyboard: pages, zoom, search; a bad file is told and hurts nobody."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.model.geometry import Rect
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.places import PlaceEntry, PlaceView
from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.workplace import Place, Workplace
from tests.ui.stage import Stage, press, settle, write

CONTROL = Qt.KeyboardModifier.ControlModifier


def letter(*pages: Sequence[str]) -> bytes:
    return text_pdf(
        [[Line(x=72, y=HEIGHT - 80 - 20 * row, text=text) for row, text in enumerate(page)] for page in pages]
    )


class ReadingRoom(PlaceView):
    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        self.pane = ReadingPane(workplace, "Nichts gewählt", self)
        QVBoxLayout(self).addWidget(self.pane)

    def leave(self) -> None:
        self.pane.leave()


ROOMS = (PlaceEntry(place=Place.INBOX, text="Inbox", icon=Icon.INBOX, make=ReadingRoom),)


def reading(stage: Stage, content: bytes) -> tuple[WindowSession, ReadingPane]:
    document = stage.document("Brief", content)
    session = stage.open(ROOMS)
    room = session.window.view
    assert isinstance(room, ReadingRoom)
    room.pane.show_document(document.document_id)
    settle(session)
    room.pane.view.setFocus()
    return session, room.pane


def dark_pixels(pane: ReadingPane) -> int:
    image = pane.view.viewport().grab().toImage()
    points = ((x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
    return sum(image.pixelColor(x, y).lightness() < 100 for x, y in points)


def test_a_letter_is_shown_sharp_and_its_words_can_be_seen(stage: Stage) -> None:
    _, pane = reading(stage, letter(["Sehr geehrte Damen und Herren"] * 20))
    assert pane.view.is_sharp()
    assert dark_pixels(pane) > 300


def test_keys_turn_the_pages_and_the_page_is_named(stage: Stage) -> None:
    session, pane = reading(stage, letter(*([f"Seite {number}"] for number in range(1, 31))))
    assert pane.view.page == 1
    press(pane.view, Qt.Key.Key_End)
    settle(session)
    assert pane.view.page >= 29
    press(pane.view, Qt.Key.Key_Home)
    assert pane.view.page == 1


def test_zoom_keys_change_the_size_and_keep_the_page(stage: Stage) -> None:
    session, pane = reading(stage, letter(*([f"Seite {number}"] for number in range(1, 11))))
    pane.view.go_to(5)
    before = pane.view.page_layout.scale
    press(pane.view, Qt.Key.Key_Plus, CONTROL)
    settle(session)
    assert pane.view.page_layout.scale > before
    assert pane.view.page == 5
    press(pane.view, Qt.Key.Key_R, CONTROL)
    assert pane.view.page_layout.rotation == 90


def test_a_word_is_found_on_every_page_and_enter_goes_to_the_next(stage: Stage) -> None:
    session, pane = reading(stage, letter(["Anwohnerparken"], ["nichts"], ["das ANWOHNERPARKEN"]))
    press(pane.view, Qt.Key.Key_F, CONTROL)
    write(pane.find_bar.field, "wohnerpark")
    press(pane.find_bar.field, Qt.Key.Key_Return)
    settle(session)
    assert [hit.index for hit in pane.find_bar.hits] == [0, 2]
    press(pane.find_bar.field, Qt.Key.Key_Return)
    assert pane.view.verticalScrollBar().value() > 0
    press(pane.find_bar.field, Qt.Key.Key_Escape)
    assert pane.find_bar.hits == ()
    assert pane.view.hasFocus()


def test_other_words_are_looked_for_while_the_first_are_still_read(stage: Stage) -> None:
    session, pane = reading(stage, letter(*([f"Seite {number} Blomberg"] for number in range(1, 21))))
    pane.find_bar.offer()
    write(pane.find_bar.field, "nirgends")
    pane.find_bar.search()
    pane.find_bar.field.setText("blomberg")
    pane.find_bar.search()
    for _ in range(20):
        settle(session)
    assert len(pane.find_bar.hits) == 20


def test_enter_looks_for_the_same_words_in_the_next_document(stage: Stage) -> None:
    first, second = (stage.document(name, letter(["Bescheid"], [name])) for name in ("eins", "zwei"))
    session = stage.open(ROOMS)
    room = session.window.view
    assert isinstance(room, ReadingRoom)
    room.pane.show_document(first.document_id)
    settle(session)
    press(room.pane.view, Qt.Key.Key_F, CONTROL)
    write(room.pane.find_bar.field, "zwei")
    press(room.pane.find_bar.field, Qt.Key.Key_Return)
    settle(session)
    assert not room.pane.find_bar.hits
    room.pane.show_document(second.document_id)
    settle(session)
    press(room.pane.find_bar.field, Qt.Key.Key_Return)
    settle(session)
    assert [hit.index for hit in room.pane.find_bar.hits] == [1]


@pytest.mark.slow
def test_a_thousand_pages_are_searched_twice(stage: Stage) -> None:
    session, pane = reading(stage, letter(*([f"Seite {number}"] for number in range(1, 1001))))
    for wanted in ("seite", "seite 1000"):
        pane.find_bar.offer()
        write(pane.find_bar.field, wanted)
        pane.find_bar.search()
        for _ in range(1000):
            settle(session)
    assert [hit.index for hit in pane.find_bar.hits] == [999]


def test_words_that_follow_each_other_are_one_hit(stage: Stage) -> None:
    session, pane = reading(stage, letter(["Stadt Blomberg Postfach", "Blomberg liegt in Lippe"]))
    pane.find_bar.offer()
    write(pane.find_bar.field, "blomberg post")
    pane.find_bar.search()
    settle(session)
    assert len(pane.find_bar.hits) == 1
    assert len(pane.find_bar.hits[0].rects) == 2


def test_the_place_of_a_suggestion_is_outlined_and_brought_into_view(stage: Stage) -> None:
    session, pane = reading(stage, letter(["eins"], ["zwei"], ["drei"]))
    before = pane.view.viewport().grab().toImage()
    pane.show_outline(3, Rect(72, 760, 120, 775))
    settle(session)
    assert pane.view.verticalScrollBar().value() > 0
    assert pane.view.viewport().grab().toImage() != before


@pytest.mark.parametrize("content", [b"", b"kein PDF", b"%PDF-1.7\nkaputt"])
def test_a_file_that_cannot_be_shown_says_why_and_can_be_tried_again(stage: Stage, content: bytes) -> None:
    session, pane = reading(stage, content)
    assert not pane.view.isVisible()
    assert pane.note.isVisible()
    assert pane.note.text()
    assert session.window.isVisible()


def test_another_document_replaces_the_first_while_it_still_loads(stage: Stage) -> None:
    first = stage.document("eins", letter(["eins"]))
    second = stage.document("zwei", letter(["a"], ["b"]))
    session = stage.open(ROOMS)
    room = session.window.view
    assert isinstance(room, ReadingRoom)
    room.pane.show_document(first.document_id)
    room.pane.show_document(second.document_id)
    settle(session)
    assert room.pane.document_id == second.document_id
    assert room.pane.view.pages == 2


def test_the_wheel_zooms_with_control(stage: Stage) -> None:
    _, pane = reading(stage, letter(["eins"]))
    scale = pane.view.page_layout.scale
    QTest.keyPress(pane.view, Qt.Key.Key_Control)
    press(pane.view, Qt.Key.Key_Minus, CONTROL)
    assert pane.view.page_layout.scale < scale


def test_pages_of_other_sizes_take_their_place_when_they_are_measured(stage: Stage) -> None:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for size in ((595, 842), (842, 595), (595, 842), (200, 200)):
            pdf.add_blank_page(page_size=size)
        pdf.save(target)
    _, pane = reading(stage, target.getvalue())
    shapes = [round(frame.width / frame.height, 1) for frame in pane.view.page_layout.frames]
    assert shapes == [0.7, 1.4, 0.7, 1.0]
    assert pane.view.is_sharp()


def test_a_damaged_file_is_mended_and_shown(stage: Stage) -> None:
    whole = letter(["eins"], ["zwei"])
    _, pane = reading(stage, whole.replace(b"startxref\n", b"startxref\n9"))
    assert pane.view.pages == 2
    assert pane.view.is_sharp()
    assert dark_pixels(pane) > 10


def test_a_page_that_nearly_fits_keeps_its_size(stage: Stage) -> None:
    """A scroll bar that comes and goes changes the width, and so the height, and so whether it is needed."""
    session, pane = reading(stage, letter(["Sehr geehrte Damen und Herren"]))
    zooms: list[int] = []
    pane.view.zoom_changed.connect(zooms.append)
    for height in range(1200, 1600, 3):
        session.window.resize(960, height)
        settle(session)
        del zooms[:]
        settle(session)
        assert zooms == [], f"goes on changing at a height of {height}"


def test_two_pages_on_screen_are_both_sharp_however_large(stage: Stage) -> None:
    session, pane = reading(stage, letter(["eins"], ["zwei"], ["drei"]))
    for _ in range(16):
        press(pane.view, Qt.Key.Key_Plus, CONTROL)
    frame = pane.view.page_layout.frames[0]
    pane.view.verticalScrollBar().setValue(round(frame.bottom) - 100)
    settle(session)
    assert pane.view.is_sharp()
