"""Marking with mouse and keys: marks land where they were drawn, are kept, undone, shared; others' stay untouched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.model.annotation import Box, Mark, MarkKind, Strokes, TextArea, annotation_set
from clerk_desktop.model.document import Document
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.ids import CaseId, MarkId, new_key
from clerk_desktop.model.marking import AddMark
from clerk_desktop.model.outbox import PutAnnotations
from clerk_desktop.ui.case.view import CasePanel
from clerk_desktop.ui.review.mark_tools import MarkTools
from clerk_desktop.ui.review.tools import Tool
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.documents.pages import encoded, scan
from tests.ui.conftest import MakeStage
from tests.ui.opened import choose, when_open
from tests.ui.stage import ME, Stage, press, settle, write

CONTROL = Qt.KeyboardModifier.ControlModifier
WORDS = ("Sehr geehrte Damen und Herren", "hiermit beantrage ich")
PDF = text_pdf([[Line(x=72, y=HEIGHT - 100 - 30 * row, text=text, size=14) for row, text in enumerate(WORDS)], []])


class Desk:
    """A case with one letter, opened."""

    def __init__(self, stage: Stage, content: bytes = PDF) -> None:
        self.stage = stage
        case = stage.case("32.10-2026/018", "Anwohnerparken", assignee=ME)
        self.letter = stage.document("Antrag", content, case_id=case.case_id, page_count=2)
        self.session = stage.open(size=(1600, 1000))
        self.session.window.go(Place.CASES)
        settle(self.session)
        place = self.session.window.view
        assert isinstance(place, WorklistPlace)
        press(place.table, Qt.Key.Key_Return)
        settle(self.session)
        self.panel: CasePanel = place.panel
        tools = self.panel.pane.mark_tools
        assert tools is not None
        self.tools: MarkTools = tools
        self.view = self.panel.pane.view
        self.view.setFocus()

    def at(self, x: float, y: float, index: int = 0) -> QPoint:
        """Where a place on a page lies in the viewport."""
        across, down = self.view.page_layout.to_view(index, Point(x, y))
        offset = self.view.offset()
        return QPoint(round(across + offset.x()), round(down + offset.y()))

    def drag(self, *places: tuple[float, float]) -> None:
        port = self.view.viewport()
        first, *rest = (self.at(*place) for place in places)
        QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
        settle(self.session)
        for point in rest:
            QTest.mouseMove(port, point)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rest[-1])
        settle(self.session)

    @property
    def marks(self) -> list[Mark]:
        """What is kept, not what is shown."""
        return self.marks_of(self.letter)

    def marks_of(self, document: Document) -> list[Mark]:
        """What is kept on a document."""
        return [mark for each in self.stage.desk.marks.sets(document.document_id) for mark in each.marks]

    def beside(self) -> Document:
        """Another letter in the case, listed beside the first, which is still shown."""
        other = self.stage.document("Anlage", PDF, case_id=self.letter.case_id, page_count=2)
        settle(self.session)
        assert self.panel.pane.document_id == self.letter.document_id
        return other

    def show(self, document: Document) -> None:
        """Go to a document of the case with the arrow keys."""
        rows = self.panel.documents
        for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            press(rows, key)
            settle(self.session)
            if self.panel.pane.document_id == document.document_id:
                break
        assert self.panel.pane.document_id == document.document_id
        self.view.setFocus()

    @property
    def said(self) -> str:
        """What the message bar says."""
        return self.session.window.messages.text


def asked(do: Callable[[QDialog, QPlainTextEdit], None]) -> QTimer:
    """Do this when a text is asked for; stop the timer where none may be."""

    def answer(dialog: QDialog) -> None:
        do(dialog, dialog.findChildren(QPlainTextEdit)[0])
        dialog.accept()

    return when_open(QDialog, answer)


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return Desk(stage)


def test_a_letter_takes_a_tool_and_escape_puts_it_back(desk: Desk) -> None:
    for tool in Tool:
        write(desk.view, tool.value.lower())
        assert desk.tools.pointer.tool is tool
    press(desk.view, Qt.Key.Key_Escape)
    assert desk.tools.pointer.tool is Tool.SELECT


def test_the_highlighter_snaps_to_words(desk: Desk) -> None:
    write(desk.view, "m")
    desk.drag((110, HEIGHT - 97), (170, HEIGHT - 97), (175, HEIGHT - 96))
    (mark,) = desk.marks
    assert mark.kind is MarkKind.HIGHLIGHT
    assert isinstance(mark.shape, TextArea)
    assert mark.subject.split()[0] in WORDS[0]
    rect = mark.rect
    assert (rect.y0, rect.y1) == pytest.approx((HEIGHT - 103, HEIGHT - 89), abs=4)


def test_a_highlight_over_two_lines_covers_both_and_no_gap(desk: Desk) -> None:
    write(desk.view, "m")
    desk.drag((75, HEIGHT - 97), (100, HEIGHT - 110), (150, HEIGHT - 127))
    (mark,) = desk.marks
    assert isinstance(mark.shape, TextArea)
    assert len(mark.shape.quads) == 2


def test_a_highlight_drawn_before_the_words_are_read_is_not_lost(desk: Desk) -> None:
    port = desk.view.viewport()
    write(desk.view, "m")
    places = desk.at(110, HEIGHT - 97), desk.at(175, HEIGHT - 96)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[0])
    QTest.mouseMove(port, places[1])
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[1])
    press(desk.view, Qt.Key.Key_Escape)
    settle(desk.session)
    (mark,) = desk.marks
    assert (mark.kind, mark.subject) == (MarkKind.HIGHLIGHT, "geehrte Damen")


def test_where_there_are_no_words_the_highlighter_draws_a_free_band(desk: Desk) -> None:
    write(desk.view, "m")
    desk.drag((100, 300), (150, 302), (200, 298))
    (mark,) = desk.marks
    assert isinstance(mark.shape, TextArea)
    assert (mark.rect.x0, mark.rect.x1) == pytest.approx((100, 200), abs=2)


def test_ink_is_drawn_where_the_pen_went(desk: Desk) -> None:
    write(desk.view, "f")
    desk.drag((100, 500), (150, 520), (200, 480))
    (mark,) = desk.marks
    assert isinstance(mark.shape, Strokes)
    assert [(round(point.x), round(point.y)) for point in mark.shape.lines[0]] == [
        pytest.approx(place, abs=2) for place in ((100, 500), (150, 520), (200, 480))
    ]


def test_ink_is_seen_while_the_pen_is_down_and_stays_with_the_page_that_scrolls_under_it(desk: Desk) -> None:
    port, none = desk.view.viewport(), Qt.KeyboardModifier.NoModifier

    def inked(x: float, y: float) -> bool:
        colour = port.grab().toImage().pixelColor(desk.at(x, y))
        return colour.blue() > colour.red() + 60

    write(desk.view, "f")
    QTest.mousePress(port, Qt.MouseButton.LeftButton, none, desk.at(100, 600))
    for x in range(110, 260, 10):
        QTest.mouseMove(port, desk.at(x, 600))
        assert inked(x - 5, 600)
    press(desk.view, Qt.Key.Key_Down)
    QTest.mouseMove(port, desk.at(250, 560))
    assert inked(115, 600)
    assert inked(250, 580)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, none, desk.at(250, 560))
    settle(desk.session)
    assert inked(115, 600)
    assert len(desk.marks) == 1


@pytest.mark.parametrize(("key", "kind"), [("r", MarkKind.SQUARE), ("p", MarkKind.LINE)])
def test_shapes_span_from_press_to_release(desk: Desk, key: str, kind: MarkKind) -> None:
    write(desk.view, key)
    desk.drag((100, 500), (200, 400))
    (mark,) = desk.marks
    assert mark.kind is kind
    assert mark.rect.x0 <= 101
    assert mark.rect.x1 >= 199


def test_a_note_asks_for_its_text_and_is_seen_in_the_side_list(desk: Desk) -> None:
    write(desk.view, "n")
    asked(lambda _, field: write(field, "bitte prüfen"))
    desk.drag((100, 500), (100, 500))
    (mark,) = desk.marks
    assert (mark.kind, mark.text, mark.author) == (MarkKind.NOTE, "bitte prüfen", ME)
    assert desk.panel.tabs.tabText(0) == "Anmerkungen"


def test_a_stamp_is_chosen_from_a_menu_and_bears_the_day(desk: Desk) -> None:
    write(desk.view, "s")
    when_open(QMenu, choose(1))
    desk.drag((300, 700), (300, 700))
    (mark,) = desk.marks
    assert mark.kind is MarkKind.STAMP
    assert mark.text.split("\n")[:2] == ["Eingang", "23.11.2026"]


def test_a_stamp_is_moved_or_deleted_but_never_reworded(desk: Desk) -> None:
    when_open(QMenu, choose(1))
    write(desk.view, "s")
    desk.drag((300, 700), (300, 700))
    (before,) = desk.marks
    press(desk.view, Qt.Key.Key_Escape)
    asked_again = []

    def refuse(dialog: QDialog) -> None:
        asked_again.append(dialog.windowTitle())
        dialog.reject()

    waiting = when_open(QDialog, refuse)
    port, none = desk.view.viewport(), Qt.KeyboardModifier.NoModifier
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, none, desk.at(320, 680))
    settle(desk.session)
    waiting.stop()
    assert "Stempel" in desk.said
    press(desk.view, Qt.Key.Key_Return)
    settle(desk.session)
    assert asked_again == []
    assert desk.marks == [before]
    desk.drag((320, 680), (330, 640), (340, 630))
    (moved,) = desk.marks
    assert (moved.text, moved.icon, moved.created) == (before.text, before.icon, before.created)
    assert moved.rect != before.rect


@pytest.mark.parametrize(("letter", "title"), [("n", "Notiz"), ("t", "Text")])
def test_the_text_is_asked_for_under_the_name_of_the_tool_and_is_not_emptied(
    desk: Desk, letter: str, title: str
) -> None:
    titles = []

    def answer(dialog: QDialog, field: QPlainTextEdit) -> None:
        titles.append(dialog.windowTitle())
        write(field, "bitte prüfen")

    def empty(dialog: QDialog, field: QPlainTextEdit) -> None:
        titles.append(dialog.windowTitle())
        field.selectAll()
        press(field, Qt.Key.Key_Delete)

    asked(empty)
    write(desk.view, letter)
    desk.drag((100, 500), (100, 500))
    assert desk.marks == []
    assert "nichts geschrieben" in desk.said
    asked(answer)
    desk.drag((100, 500), (100, 500))
    press(desk.view, Qt.Key.Key_Escape)
    asked(empty)
    press(desk.view, Qt.Key.Key_Return)
    settle(desk.session)
    assert [mark.text for mark in desk.marks] == ["bitte prüfen"]
    assert "Text bleibt" in desk.said
    assert titles == [title] * 3


def test_the_words_on_a_shape_may_be_taken_away_again(desk: Desk) -> None:
    write(desk.view, "r")
    desk.drag((100, 500), (200, 400))
    press(desk.view, Qt.Key.Key_Escape)
    desk.drag((150, 450), (150, 450))
    asked(lambda _, field: write(field, "hier"))
    press(desk.view, Qt.Key.Key_Return)
    settle(desk.session)
    assert [mark.text for mark in desk.marks] == ["hier"]

    def empty(_: QDialog, field: QPlainTextEdit) -> None:
        field.selectAll()
        press(field, Qt.Key.Key_Delete)

    asked(empty)
    press(desk.view, Qt.Key.Key_Return)
    settle(desk.session)
    assert [mark.text for mark in desk.marks] == [""]


def test_undo_and_redo_go_step_by_step(desk: Desk) -> None:
    write(desk.view, "r")
    desk.drag((100, 500), (200, 400))
    desk.drag((100, 300), (200, 200))
    press(desk.view, Qt.Key.Key_Z, CONTROL)
    settle(desk.session)
    assert len(desk.marks) == 1
    press(desk.view, Qt.Key.Key_Z, CONTROL)
    settle(desk.session)
    assert len(desk.marks) == 0
    press(desk.view, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    settle(desk.session)
    assert len(desk.marks) == 1


def test_every_kind_is_undone_and_done_again(desk: Desk) -> None:
    line = (110, HEIGHT - 97), (170, HEIGHT - 97), (175, HEIGHT - 96)
    way = (100, 500), (150, 520), (200, 450)
    for letter, places in (("m", line), ("u", line), ("d", line), ("f", way), ("r", way), ("p", way)):
        write(desk.view, letter)
        desk.drag(*places)
    kinds = [mark.kind for mark in desk.marks]
    assert sorted(kind.name for kind in kinds) == ["HIGHLIGHT", "INK", "LINE", "SQUARE", "STRIKEOUT", "UNDERLINE"]
    drawn = {(mark.mark_id, mark.kind, mark.shape) for mark in desk.marks}
    for _ in range(len(kinds)):
        press(desk.view, Qt.Key.Key_Z, CONTROL)
    settle(desk.session)
    assert desk.marks == []
    for _ in range(len(kinds)):
        press(desk.view, Qt.Key.Key_Y, CONTROL)
    settle(desk.session)
    assert {(mark.mark_id, mark.kind, mark.shape) for mark in desk.marks} == drawn


def test_a_mark_is_kept_though_the_case_is_left_in_the_same_moment(desk: Desk) -> None:
    write(desk.view, "r")
    port, none, places = desk.view.viewport(), Qt.KeyboardModifier.NoModifier, (desk.at(100, 500), desk.at(200, 400))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, none, places[0])
    QTest.mouseMove(port, places[1])
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, none, places[1])
    for _ in range(3):  # puts the tool away, lets the mark go, leaves the case
        press(desk.view, Qt.Key.Key_Escape)
    settle(desk.session)
    assert not desk.view.isVisible()
    assert len(desk.marks) == 1


def test_a_mark_is_kept_though_the_program_ends_in_the_same_moment(stages: MakeStage, tmp_path: Path) -> None:
    stages("other")  # makes the program
    desk = Desk(Stage(tmp_path / "mine").signed_in())
    write(desk.view, "r")
    port, none, places = desk.view.viewport(), Qt.KeyboardModifier.NoModifier, (desk.at(100, 500), desk.at(200, 400))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, none, places[0])
    QTest.mouseMove(port, places[1])
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, none, places[1])
    desk.stage.close()
    again = Stage(tmp_path / "mine")
    try:
        (kept,) = again.desk.marks.sets(desk.letter.document_id)
        assert [mark.kind for mark in kept.marks] == [MarkKind.SQUARE]
    finally:
        again.close()


def test_a_mark_is_moved_with_the_mouse_and_taken_away_with_a_key(desk: Desk) -> None:
    write(desk.view, "r")
    desk.drag((100, 500), (200, 400))
    press(desk.view, Qt.Key.Key_Escape)
    desk.drag((150, 450), (180, 480), (250, 550))
    assert len(desk.marks) == 1
    mark = desk.marks[0]
    assert (mark.rect.x0, mark.rect.y0) == pytest.approx((200, 500), abs=3)
    press(desk.view, Qt.Key.Key_Delete)
    settle(desk.session)
    assert len(desk.marks) == 0


def test_marks_are_sent_once_for_several_edits(desk: Desk) -> None:
    write(desk.view, "r")
    desk.drag((100, 500), (200, 400))
    desk.drag((100, 300), (200, 200))
    operations = [entry.operation for entry in desk.stage.desk.transfers.overview().outbox]
    assert [type(operation) for operation in operations] == [PutAnnotations]


def test_a_colleagues_mark_appears_and_can_be_read_but_not_changed(desk: Desk) -> None:
    colleague = "clerk2.blomberg"
    now = desk.stage.clock.now()
    mark = Mark(
        mark_id=MarkId(new_key()),
        kind=MarkKind.SQUARE,
        page=1,
        shape=Box(Rect(100, 400, 200, 500)),
        author=colleague,
        created=now,
        modified=now,
        text="von nebenan",
    )
    whole = annotation_set(desk.letter.document_id, colleague, [mark])
    from clerk_desktop.documents.xfdf import Xfdf
    from clerk_desktop.sync.annotations import as_file

    file: AnnotationFile = as_file(Xfdf(), whole)
    with desk.stage.store.write() as session:
        session.annotations.put_remote(file)
    settle(desk.session)
    assert [each.text for each in desk.tools.marking.marks] == ["von nebenan"]
    desk.drag((150, 450), (250, 550))
    press(desk.view, Qt.Key.Key_Delete)
    settle(desk.session)
    (kept,) = desk.marks
    assert (kept.text, kept.shape, kept.modified) == (mark.text, mark.shape, mark.modified)


def test_marks_are_painted_over_the_page(desk: Desk) -> None:
    before = desk.view.viewport().grab().toImage()
    now = desk.stage.clock.now()
    red = Mark(
        mark_id=MarkId(new_key()),
        kind=MarkKind.SQUARE,
        page=1,
        shape=Box(Rect(100, 400, 200, 500)),
        author=ME,
        created=now,
        modified=now,
        line_width=4,
    )
    desk.stage.desk.marks.edit(desk.letter.document_id, AddMark(mark=red))
    settle(desk.session)
    after = desk.view.viewport().grab().toImage()
    edge = desk.at(100, 450)
    assert before.pixelColor(edge).lightness() > 200
    assert after.pixelColor(edge).lightness() < 100


@pytest.mark.parametrize(
    ("letter", "kind"), [("r", MarkKind.SQUARE), ("p", MarkKind.LINE), ("n", MarkKind.NOTE), ("t", MarkKind.FREE_TEXT)]
)
def test_enter_puts_a_mark_into_the_middle_of_what_shows(desk: Desk, letter: str, kind: MarkKind) -> None:
    waiting = asked(lambda _, field: write(field, "Text"))
    write(desk.view, letter)
    press(desk.view, Qt.Key.Key_Return)
    settle(desk.session)
    waiting.stop()  # a rectangle asks for nothing
    (mark,) = desk.marks
    middle = desk.view.middle()
    assert middle is not None
    index, point = middle
    assert (mark.kind, mark.page) == (kind, index + 1)
    assert mark.rect.x0 - 3 <= point.x <= mark.rect.x1
    assert desk.tools.pointer.tool is Tool.SELECT
    assert desk.tools.marking.chosen == mark.mark_id


@pytest.mark.slow
def test_a_band_on_a_scan_snaps_to_the_words_when_they_are_recognised(stage: Stage, qtbot: QtBot) -> None:
    desk = Desk(stage, encoded(scan(["Antrag auf Sondernutzung der Burgstrasse"], dpi=200), "PNG", dpi=(200, 200)))
    port = desk.view.viewport()
    write(desk.view, "m")
    qtbot.waitUntil(
        lambda: desk.panel.pane.words.is_recognising(0), timeout=100_000
    )  # they were looked for, and found absent
    start, end = desk.at(76, 774), desk.at(150, 774)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert desk.tools.marking.marks
    settle(desk.session)
    (mark,) = desk.marks
    assert mark.subject == "Antrag auf Sondernutzung"


def test_a_note_stays_on_the_document_where_it_was_begun(desk: Desk) -> None:
    other = desk.beside()

    def answer(_: QDialog, field: QPlainTextEdit) -> None:
        elsewhere = desk.stage.case("32.10-2026/019", "Sondernutzung")
        with desk.stage.store.write() as session:
            session.documents.put(replace(desk.letter, case_id=elsewhere.case_id))
        settle(desk.session)
        assert desk.panel.pane.document_id == other.document_id
        write(field, "bitte prüfen")

    asked(answer)
    write(desk.view, "n")
    desk.drag((100, 500), (100, 500))
    assert [mark.text for mark in desk.marks] == ["bitte prüfen"]
    assert desk.marks_of(other) == []
    assert desk.tools.marking.marks == ()
    assert "Anmerkung" in desk.said


def test_a_mark_is_reworded_on_its_document_though_another_is_shown_by_then(desk: Desk) -> None:
    other = desk.beside()
    asked(lambda _, field: write(field, "alt"))
    write(desk.view, "n")
    desk.drag((100, 500), (100, 500))

    def answer(_: QDialog, field: QPlainTextEdit) -> None:
        with desk.stage.store.write() as session:
            session.documents.put(replace(desk.letter, case_id=CaseId("")))
        settle(desk.session)
        assert desk.panel.pane.document_id == other.document_id
        field.selectAll()
        write(field, "neu")

    asked(answer)
    press(desk.view, Qt.Key.Key_Escape)
    press(desk.view, Qt.Key.Key_Return)
    settle(desk.session)
    assert [mark.text for mark in desk.marks] == ["neu"]
    assert desk.marks_of(other) == []


def test_what_was_typed_for_a_document_that_is_gone_is_kept_in_the_clipboard(desk: Desk) -> None:
    other = desk.beside()

    def answer(_: QDialog, field: QPlainTextEdit) -> None:
        with desk.stage.store.write() as session:
            session.documents.remove(desk.letter.document_id)
        settle(desk.session)
        write(field, "bitte prüfen")

    asked(answer)
    write(desk.view, "n")
    desk.drag((100, 500), (100, 500))
    assert QApplication.clipboard().text() == "bitte prüfen"
    assert "bitte prüfen" in desk.said
    assert desk.marks_of(other) == []


def test_a_mark_drawn_before_the_others_are_loaded_is_kept(desk: Desk) -> None:
    other = desk.beside()
    write(desk.view, "r")
    desk.drag((100, 700), (200, 600))
    port, none = desk.view.viewport(), Qt.KeyboardModifier.NoModifier
    drawn = []

    def draw() -> None:
        if desk.panel.pane.document_id == desk.letter.document_id:
            drawn.append(desk.tools.marking.marks)
            QTest.mousePress(port, Qt.MouseButton.LeftButton, none, desk.at(100, 500))
            QTest.mouseMove(port, desk.at(200, 400))
            QTest.mouseRelease(port, Qt.MouseButton.LeftButton, none, desk.at(200, 400))

    desk.show(other)
    desk.panel.pane.shown.connect(draw)
    desk.show(desk.letter)
    assert drawn == [()]  # nothing was loaded yet
    assert len(desk.marks) == 2
    assert {mark.author for mark in desk.marks} == {ME}
    assert len(desk.tools.marking.marks) == 2
    press(desk.view, Qt.Key.Key_Z, CONTROL)
    settle(desk.session)
    assert len(desk.marks) == 1


def test_undo_goes_on_after_another_document_was_shown(desk: Desk) -> None:
    other = desk.beside()
    write(desk.view, "f")
    for row in range(6):
        desk.drag((100, 650 - 40 * row), (200, 640 - 40 * row))
    desk.show(other)
    desk.drag((100, 500), (200, 480))
    desk.show(desk.letter)
    for left in reversed(range(6)):
        press(desk.view, Qt.Key.Key_Z, CONTROL)
        settle(desk.session)
        assert len(desk.marks) == left
    assert len(desk.marks_of(other)) == 1
    press(desk.view, Qt.Key.Key_Y, CONTROL)
    settle(desk.session)
    assert len(desk.marks) == 1


def test_a_highlight_drawn_before_the_words_are_read_stays_though_another_document_is_shown(desk: Desk) -> None:
    other = desk.beside()
    write(desk.view, "m")
    port, none = desk.view.viewport(), Qt.KeyboardModifier.NoModifier
    words = []

    def draw_and_leave() -> None:
        if desk.panel.pane.document_id == desk.letter.document_id:
            words.append(desk.panel.pane.words.known(0))
            QTest.mousePress(port, Qt.MouseButton.LeftButton, none, desk.at(110, HEIGHT - 97))
            QTest.mouseMove(port, desk.at(175, HEIGHT - 96))
            QTest.mouseRelease(port, Qt.MouseButton.LeftButton, none, desk.at(175, HEIGHT - 96))
            rows = desk.panel.documents
            press(rows, Qt.Key.Key_End if rows.currentIndex().row() == 0 else Qt.Key.Key_Home)

    desk.show(other)
    desk.panel.pane.shown.connect(draw_and_leave)
    press(desk.panel.documents, Qt.Key.Key_Home)
    press(desk.panel.documents, Qt.Key.Key_End)
    if desk.panel.pane.document_id == other.document_id:
        press(desk.panel.documents, Qt.Key.Key_Home)
    settle(desk.session)
    assert words == [None]
    assert desk.panel.pane.document_id == other.document_id
    assert [mark.kind for mark in desk.marks] == [MarkKind.HIGHLIGHT]
    assert desk.marks_of(other) == []
