"""The side list of marks: whose are shown, where each stands, what was answered; only their author edits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QToolButton

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.annotation import Box, Mark, MarkKind, annotation_set
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import MarkId, new_key
from clerk_desktop.sync.annotations import as_file
from tests.ui.stage import Stage, press, settle, write
from tests.ui.test_marking import Desk, asked

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
COLLEAGUE, THIRD = "clerk2.blomberg", "clerk3.blomberg"
PDF = text_pdf([[Line(x=72, y=HEIGHT - 100, text="Seite eins")], [Line(x=72, y=HEIGHT - 100, text="Seite zwei")]])


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return Desk(stage, PDF)


def theirs(desk: Desk, author: str, *texts: str, page: int = 1) -> list[Mark]:
    """Let a colleague's marks arrive."""
    now = desk.stage.clock.now()
    marks = [
        Mark(
            mark_id=MarkId(new_key()),
            kind=MarkKind.SQUARE,
            page=page,
            shape=Box(Rect(100, 400 - 60 * row, 200, 440 - 60 * row)),
            author=author,
            created=now + timedelta(seconds=row),
            modified=now,
            text=text,
            line_width=4,
        )
        for row, text in enumerate(texts)
    ]
    with desk.stage.store.write() as session:
        session.annotations.put_remote(as_file(Xfdf(), annotation_set(desk.letter.document_id, author, marks)))
    settle(desk.session)
    return marks


def titles(desk: Desk) -> Sequence[str]:
    lines = desk.panel.marks.list.lines
    return [str(lines.index(row, 0).data()) for row in range(lines.rowCount())]


def draw_mine(desk: Desk) -> None:
    desk.view.setFocus()
    write(desk.view, "r")
    desk.drag((300, 500), (400, 450))
    press(desk.view, Qt.Key.Key_Escape)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, LEFT)


def test_marks_of_others_are_hidden_with_a_key_on_the_page_and_in_the_list_and_come_back(desk: Desk) -> None:
    theirs(desk, COLLEAGUE, "von nebenan", "noch eine")
    draw_mine(desk)
    edge = desk.at(100, 420)

    def seen() -> bool:
        return desk.view.viewport().grab().toImage().pixelColor(edge).lightness() < 150

    assert seen()
    press(desk.view, Qt.Key.Key_M, CONTROL | SHIFT)
    settle(desk.session)
    assert titles(desk) == ["Rechteck"]
    assert desk.panel.marks.hidden.text() == "2 Anmerkungen anderer sind ausgeblendet."
    assert desk.panel.marks.whose.currentText() == "Nur meine Anmerkungen"
    assert not seen()
    desk.drag((150, 420), (150, 420))
    assert desk.tools.marking.chosen is None
    press(desk.view, Qt.Key.Key_M, CONTROL | SHIFT)
    assert len(titles(desk)) == 3
    assert seen()


def test_the_list_shows_one_author_only_and_everybody_on_the_next_document(desk: Desk) -> None:
    theirs(desk, COLLEAGUE, "von nebenan")
    theirs(desk, THIRD, "von drüben")
    whose = desk.panel.marks.whose
    assert [whose.itemText(row) for row in range(whose.count())] == [
        "Anmerkungen von allen",
        "Nur meine Anmerkungen",
        COLLEAGUE,
        THIRD,
    ]
    whose.setFocus()
    press(whose, Qt.Key.Key_End)
    assert titles(desk) == ["Rechteck: von drüben"]
    desk.show(desk.beside())
    desk.show(desk.letter)
    settle(desk.session)
    assert len(titles(desk)) == 2


def test_a_click_shows_a_mark_on_its_page(desk: Desk) -> None:
    (mark,) = theirs(desk, COLLEAGUE, "auf Seite zwei", page=2)
    rows = desk.panel.marks.list
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.lines.index(0, 0)).center())
    settle(desk.session)
    assert desk.tools.marking.chosen == mark.mark_id
    assert desk.view.viewport().rect().contains(desk.at(150, 420, 1))
    assert not desk.panel.marks.delete.isEnabled()
    press(rows, Qt.Key.Key_Delete)
    settle(desk.session)
    assert [each.mark_id for each in desk.marks] == [mark.mark_id]


def test_an_answer_stands_under_what_it_answers_and_is_only_its_authors(desk: Desk) -> None:
    first, second = theirs(desk, COLLEAGUE, "Frist prüfen", "Anlage fehlt")
    rows = desk.panel.marks.list
    rows.setFocus()
    press(rows, Qt.Key.Key_Home)
    asked(lambda dialog, field: write(field, f"{dialog.windowTitle()}: erledigt"))
    click(desk.panel.marks.reply)
    settle(desk.session)
    assert titles(desk) == ["Rechteck: Frist prüfen", "Antwort: Antwort: erledigt", "Rechteck: Anlage fehlt"]
    (answer,) = [mark for mark in desk.marks if mark.in_reply_to is not None]
    assert (answer.in_reply_to, answer.kind, answer.page) == (first.mark_id, MarkKind.NOTE, first.page)
    assert [mark.mark_id for mark in desk.tools.marking.on_page(1)] == [first.mark_id, second.mark_id]
    press(rows, Qt.Key.Key_Down)

    def reword(_: QDialog, field: QPlainTextEdit) -> None:
        field.selectAll()
        write(field, "liegt bei")

    asked(reword)
    press(rows, Qt.Key.Key_Return)
    settle(desk.session)
    assert titles(desk)[1] == "Antwort: liegt bei"
    (undo,) = (each for each in desk.tools.findChildren(QToolButton) if each.accessibleName() == "Rückgängig")
    for kept in (1, 0):
        QTest.mouseClick(undo, LEFT)
        settle(desk.session)
        assert len([mark for mark in desk.marks if mark.in_reply_to is not None]) == kept


def test_enter_on_anothers_mark_answers_it_and_an_answer_outlives_it_on_the_page(desk: Desk) -> None:
    (mark,) = theirs(desk, COLLEAGUE, "Frist prüfen")
    rows = desk.panel.marks.list
    rows.setFocus()
    press(rows, Qt.Key.Key_Home)
    asked(lambda _, field: write(field, "geprüft"))
    press(rows, Qt.Key.Key_Return)
    settle(desk.session)
    assert [each.text for each in desk.marks if each.in_reply_to == mark.mark_id] == ["geprüft"]
    theirs(desk, COLLEAGUE)
    assert titles(desk) == ["Antwort: geprüft"]
    assert [each.text for each in desk.tools.marking.on_page(1)] == ["geprüft"]


def test_a_highlight_is_called_by_its_words_without_the_bracket_of_the_text_around(stage: Stage) -> None:
    line = Line(x=72, y=HEIGHT - 100, text="Ihr Zeichen (siehe 65.10-2026/009), Antrag", size=14)
    desk = Desk(stage, text_pdf([[line]]))
    write(desk.view, "m")
    desk.drag((240, HEIGHT - 97), (250, HEIGHT - 97))
    (mark,) = desk.marks
    assert mark.subject == "65.10-2026/009),"  # what stands there is kept
    assert titles(desk) == ["Markierung: 65.10-2026/009"]


def test_a_subject_that_only_names_the_kind_is_not_said_twice(desk: Desk) -> None:
    (mark,) = theirs(desk, COLLEAGUE, "")
    for subject, title in (("Rectangle", "Rechteck"), ("rechteck", "Rechteck"), ("Frist", "Rechteck: Frist")):
        entries = [replace(mark, subject=subject)]
        with desk.stage.store.write() as session:
            session.annotations.put_remote(as_file(Xfdf(), annotation_set(desk.letter.document_id, COLLEAGUE, entries)))
        settle(desk.session)
        assert titles(desk) == [title]
