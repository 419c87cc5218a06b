"""Marks on pages that are not there are neither lost nor shown at a wrong place; what others made stays as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.annotation import Box
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import annotation_set_id
from clerk_desktop.ui.two_lines import DETAILS
from tests.the_kinds_of_marks import as_file
from tests.ui.stage import ME, Stage, press, settle
from tests.ui.test_exporting import export
from tests.ui.test_marking import CONTROL, Desk, asked
from tests.ui.test_marks_list import COLLEAGUE, PDF, titles
from tests.ui.test_page_menu import the_menu

PLACE = 'rect="100,400,200,440" color="#C81E1E" width="4"'
HERE = f'<square page="0" name="here" {PLACE}><contents>hier</contents></square>'
NO_PAGE = f'<square name="none" {PLACE}><contents>irgendwo</contents></square>'
NEGATIVE = f'<square page="-1" name="negative" {PLACE}><contents>davor</contents></square>'
BEYOND = f'<square page="8" name="beyond" {PLACE}><contents>dahinter</contents></square>'


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return Desk(stage, PDF)


def arrive(desk: Desk, *elements: str) -> None:
    """Let a colleague's file of marks arrive, made by other software."""
    document_id = desk.letter.document_id
    content = as_file(element.replace("<square", f'<square title="{COLLEAGUE}"') for element in elements)
    file = AnnotationFile(
        annotation_set_id=annotation_set_id(document_id, COLLEAGUE),
        document_id=document_id,
        author=COLLEAGUE,
        content=content,
    )
    with desk.stage.store.write() as session:
        session.annotations.put_remote(file)
    settle(desk.session)


def places(desk: Desk) -> list[str]:
    """What the list says before the author of each mark."""
    lines = desk.panel.marks.list.lines
    return [str(lines.index(row, 0).data(DETAILS)).split("  ·  ")[0] for row in range(lines.rowCount())]


def seen(desk: Desk) -> QImage:
    """The pages without the edge of the view, which says where the keys are."""
    inside = desk.view.viewport().rect().adjusted(8, 8, -8, -8)
    return desk.view.viewport().grab(inside).toImage()


def test_the_list_says_which_marks_stand_on_no_page(desk: Desk) -> None:
    arrive(desk, BEYOND, NO_PAGE, HERE, NEGATIVE)
    assert titles(desk)[:2] == ["Rechteck: hier", "Rechteck: dahinter"]
    assert sorted(titles(desk)[2:]) == ["Rechteck: davor", "Rechteck: irgendwo"]
    assert places(desk) == ["S. 1", "S. 9 (nicht im Dokument)", "ohne Seite", "ohne Seite"]


def test_of_a_mark_that_tells_no_author_and_no_time_neither_is_said(desk: Desk) -> None:
    arrive(desk, NO_PAGE.replace("<square", "<circle").replace("</square", "</circle"), HERE)
    lines, whose = desk.panel.marks.list.lines, desk.panel.marks.whose
    assert [lines.index(row, 0).data(DETAILS) for row in (0, 1)] == [f"S. 1  ·  {COLLEAGUE}", "ohne Seite"]
    offered = [whose.itemText(row) for row in range(whose.count())]
    assert offered == ["Anmerkungen von allen", "Nur meine Anmerkungen", COLLEAGUE]


def test_a_mark_on_no_page_is_painted_on_none_and_may_be_chosen(desk: Desk) -> None:
    before = seen(desk)
    arrive(desk, NO_PAGE, NEGATIVE, BEYOND)
    for shown in (None, *range(3)):
        if shown is not None:
            rows = desk.panel.marks.list
            at = rows.visualRect(rows.lines.index(shown, 0)).center()
            QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
            settle(desk.session)
            desk.view.setFocus()
            assert desk.tools.marking.chosen == rows.lines.key(rows.lines.index(shown, 0))
            assert not desk.panel.marks.reply.isEnabled()
            press(desk.view, Qt.Key.Key_Right)
            press(desk.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
            the_menu().close()
            desk.view.setFocus()
        assert desk.view.verticalScrollBar().value() == 0
        assert seen(desk) == before
    assert {mark.page for mark in desk.marks} == {0, 9}


def test_what_stands_on_no_page_is_not_answered_but_kept_in_the_file(desk: Desk) -> None:
    arrive(desk, NO_PAGE, BEYOND)
    rows = desk.panel.marks.list
    rows.setFocus()
    dialogs: list[QDialog] = []
    unasked = asked(lambda dialog, _: dialogs.append(dialog))
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        press(rows, key)
        press(rows, Qt.Key.Key_Return, CONTROL)
        settle(desk.session)
        assert desk.said.startswith("Diese Anmerkung steht auf keiner Seite")
    unasked.stop()
    assert not dialogs
    again = Xfdf().read(desk.stage.desk.marks.file(desk.letter.document_id))
    assert again.entries == tuple(desk.marks)
    written = desk.stage.desk.marks.file(desk.letter.document_id).decode()
    assert sorted(part.split('"')[0] for part in written.split(' page="')[1:]) == ["8"]


@pytest.mark.parametrize("downs", [1, 2], ids=["with marks", "burnt in"])
def test_an_export_says_how_many_marks_are_not_in_it(desk: Desk, tmp_path: Path, downs: int) -> None:
    arrive(desk, BEYOND, NO_PAGE, HERE)
    export(desk, downs, tmp_path / "mit.pdf")
    assert f"{tmp_path / 'mit.pdf'}: " in desk.said
    assert " 2 Anmerkungen konnten nicht gezeichnet werden, weil sie auf keiner Seite" in desk.said
    assert (tmp_path / "mit.pdf").exists()


@pytest.mark.parametrize(
    ("downs", "marks"), [(0, (HERE, BEYOND)), (1, (HERE,))], ids=["as it came", "with all its marks"]
)
def test_an_export_that_leaves_no_mark_out_speaks_of_none(
    desk: Desk, tmp_path: Path, downs: int, marks: tuple[str, ...]
) -> None:
    arrive(desk, *marks)
    export(desk, downs, tmp_path / "brief.pdf")
    assert "brief.pdf: " in desk.said
    assert "Anmerkung" not in desk.said


def test_marks_are_found_again_when_the_pages_are_counted(desk: Desk) -> None:
    arrive(desk, BEYOND, HERE)
    desk.show(desk.beside())
    assert titles(desk) == []
    desk.show(desk.letter)
    settle(desk.session)
    assert places(desk) == ["S. 1", "S. 9 (nicht im Dokument)"]


def test_my_mark_of_another_program_is_neither_moved_nor_reworded_but_deleted(desk: Desk) -> None:
    mine = f'<circle page="0" name="c" {PLACE}><contents>rund</contents></circle>'
    desk.stage.desk.marks.take_in(desk.letter.document_id, as_file([mine]))
    settle(desk.session)
    (before,) = desk.marks
    assert (before.author, before.shape) == (ME, Box(Rect(100, 400, 200, 440)))
    desk.view.setFocus()
    desk.drag((150, 420), (250, 500))
    assert desk.tools.marking.chosen == before.mark_id
    press(desk.view, Qt.Key.Key_Right)
    dialogs: list[QDialog] = []
    unasked = asked(lambda dialog, _: dialogs.append(dialog))
    press(desk.view, Qt.Key.Key_Return)
    unasked.stop()
    assert not dialogs
    settle(desk.session)
    assert desk.said.startswith("Diese Anmerkung hat ein anderes Programm gemacht")
    assert desk.tools.marking.marks == (before,)
    assert [replace(each, modified=before.modified) for each in desk.marks] == [before]
    press(desk.view, Qt.Key.Key_Delete)
    settle(desk.session)
    assert desk.marks == []


def test_pages_are_counted_anew_when_the_file_was_mended(stage: Stage) -> None:
    content = PDF.replace(b"/Count 2", b"/Count 9")
    assert content != PDF
    desk = Desk(stage, content)
    arrive(desk, BEYOND)
    desk.show(desk.beside())
    desk.show(desk.letter)
    settle(desk.session)
    assert desk.view.pages == 2
    assert places(desk) == ["S. 9 (nicht im Dokument)"]
