"""Pages of letters in the inbox, by keys and mouse: cut, joined, sorted out, turned, put elsewhere, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMessageBox

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId, FileId, FolderId, new_key
from clerk_desktop.model.ledger import FilePart, FileState, ScannedFile
from clerk_desktop.model.outbox import DepositDocument, SetAsideDocument
from clerk_desktop.model.sides import Sides
from clerk_desktop.ui.inbox.page_acts import collation_text
from clerk_desktop.ui.inbox.place import InboxPlace
from tests.ui.stage import Stage, press, settle, when_asked, write
from tests.ui.test_list_menus import choose, entries, right_click

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def pages(*words: str) -> bytes:
    return text_pdf([[Line(x=72, y=HEIGHT - 90, text=word)] for word in words])


class Stack:
    """A scan that was cut into two letters of three pages and one; and a letter of another scan."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.first = stage.document("erster", pages("A", "B", "C"), page_count=3)
        self.second = stage.document("zweiter", pages("D"))
        self.other = stage.document("anderer", pages("E", "F"), page_count=2)
        file = ScannedFile(
            file_id=FileId(new_key()),
            folder_id=FolderId("folder"),
            path="/scans/stapel.pdf",
            size=1,
            modified_ns=1,
            state=FileState.QUEUED,
            seen_at=stage.clock.now() - timedelta(hours=1),
        )
        parts = (
            FilePart(file_id=file.file_id, document_id=self.first.document_id, pages=(1, 2, 3)),
            FilePart(file_id=file.file_id, document_id=self.second.document_id, pages=(4,)),
        )
        with stage.store.write() as session:
            session.ledger.add(file)
            session.ledger.add_parts(parts)
        self.session = stage.open()
        view = self.session.window.view
        assert isinstance(view, InboxPlace)
        self.view = view
        settle(self.session)

    def inbox(self) -> list[tuple[str, int]]:
        """The letters with their number of pages, as they stand in the list."""
        documents = [item.document for item in self.stage.desk.inbox.items()]
        return [(document.title, document.page_count) for document in documents]

    @property
    def shown(self) -> Document:
        shown = self.view.pane.document_id
        assert shown is not None
        with self.stage.store.read() as session:
            document = session.documents.get(shown)
        assert document is not None
        return document

    def choose(self, document: Document | DocumentId) -> None:
        key = document.document_id if isinstance(document, Document) else document
        self.view.show_document(key)
        settle(self.session)

    def strip(self) -> QListView:
        """The small pages, shown and with the focus."""
        view = self.view.pane.view
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.viewport().rect().center())
        press(view, Qt.Key.Key_F4)
        settle(self.session)
        assert self.view.pane.thumbnails.hasFocus()
        return self.view.pane.thumbnails

    def page(self, number: int) -> None:
        """Go to a page by keys."""
        press(self.view.pane.view, Qt.Key.Key_Home, CONTROL)
        for _ in range(number - 1):
            press(self.view.pane.view, Qt.Key.Key_PageDown, CONTROL)
        self.view.pane.view.go_to(number)
        settle(self.session)

    def keys(self, key: Qt.Key) -> None:
        press(self.view.listing.list, key, KEYS)
        settle(self.session)
        settle(self.session)


@pytest.fixture
def stack(stage: Stage) -> Stack:
    return Stack(stage)


def test_a_letter_is_cut_before_the_page_that_is_read_and_taken_back(stack: Stack) -> None:
    stack.choose(stack.first)
    stack.page(3)
    stack.keys(Qt.Key.Key_S)
    assert stack.inbox()[:3] == [("erster", 2), ("erster (3)", 1), ("zweiter", 1)]
    assert stack.shown.page_count == 2
    press(stack.view.listing.list, Qt.Key.Key_Z, CONTROL)
    settle(stack.session)
    settle(stack.session)
    assert stack.inbox()[:2] == [("erster", 3), ("zweiter", 1)]
    assert stack.shown.document_id == stack.first.document_id


def test_letters_of_a_scan_are_joined_and_others_are_not(stack: Stack) -> None:
    stack.choose(stack.first)
    stack.keys(Qt.Key.Key_J)
    assert stack.inbox() == [("erster", 4), ("anderer", 2)]
    stack.keys(Qt.Key.Key_J)
    assert stack.inbox() == [("erster", 4), ("anderer", 2)]


def test_several_pages_chosen_in_the_strip_are_sorted_out(stack: Stack) -> None:
    stack.choose(stack.first)
    strip = stack.strip()
    press(strip, Qt.Key.Key_End)
    press(strip, Qt.Key.Key_Up, SHIFT)
    settle(stack.session)
    stack.keys(Qt.Key.Key_X)
    assert stack.inbox()[:2] == [("erster", 1), ("zweiter", 1)]
    with stack.stage.store.read() as session:
        asides = [each.operation for each in session.outbox.all() if isinstance(each.operation, SetAsideDocument)]
        deposits = [each.operation for each in session.outbox.all() if isinstance(each.operation, DepositDocument)]
    assert [each.document_id for each in asides] == [stack.first.document_id]
    assert len(deposits) == 1


def test_a_page_is_picked_up_and_put_into_another_letter(stack: Stack) -> None:
    stack.choose(stack.first)
    stack.page(2)
    stack.keys(Qt.Key.Key_C)
    stack.choose(stack.other)
    stack.page(2)
    stack.keys(Qt.Key.Key_I)
    assert sorted(stack.inbox()) == [("anderer", 3), ("erster", 2), ("zweiter", 1)]
    assert stack.shown.title == "anderer"


@pytest.mark.parametrize("by", ["right click", "Shift+F10", "menu key"])
def test_the_menu_of_the_pages_tells_the_keys_and_does_what_they_do(stack: Stack, by: str) -> None:
    stack.choose(stack.first)
    strip = stack.strip()
    press(strip, Qt.Key.Key_Down)
    if by == "right click":
        right_click(strip, 1)
    elif by == "Shift+F10":
        press(strip, Qt.Key.Key_F10, SHIFT)
    else:
        wanted = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
        QApplication.sendEvent(strip, wanted)  # what the window system makes of that key
    found = entries()
    assert found["Brief vor dieser Seite trennen"] == "Ctrl+Shift+S"
    assert "Vor dieser Seite einfügen" not in found
    choose("Brief vor dieser Seite trennen")
    settle(stack.session)
    settle(stack.session)
    assert stack.inbox()[:2] == [("erster", 1), ("erster (2)", 2)]


def test_what_was_typed_for_the_letter_goes_with_its_first_page(stack: Stack) -> None:
    stack.choose(stack.first)
    write(stack.view.form.sender_line, "Müller, Erika")
    stack.page(2)
    stack.keys(Qt.Key.Key_S)
    senders = [item.document.sender for item in stack.stage.desk.inbox.items()]
    assert senders[:2] == ["Müller, Erika", ""]


def test_the_case_and_half_a_day_that_were_typed_go_with_the_letter_too_whatever_was_done_before(stack: Stack) -> None:
    stack.choose(stack.first)
    write(stack.view.form.case, "wohn")
    stack.keys(Qt.Key.Key_R)
    assert stack.view.form.case_number == "wohn"
    press(stack.view.pane.view, Qt.Key.Key_Z, CONTROL)
    settle(stack.session)
    assert stack.view.form.case_number == "wohn"
    write(stack.view.form.case, "geld")
    write(stack.view.form.letter_date, "31.")
    stack.keys(Qt.Key.Key_R)
    assert (stack.view.form.case_number, stack.view.form.letter_date.text()) == ("wohngeld", "31.")
    stack.page(2)
    stack.keys(Qt.Key.Key_S)
    assert (stack.view.form.case_number, stack.view.form.letter_date.text()) == ("wohngeld", "31.")
    press(stack.view.form.case, Qt.Key.Key_Down, ALT)
    assert (stack.view.form.case_number, stack.view.form.letter_date.text()) == ("", "")


def test_a_page_is_turned_for_good(stack: Stack) -> None:
    stack.choose(stack.second)
    stack.keys(Qt.Key.Key_R)
    assert stack.inbox()[:2] == [("erster", 3), ("zweiter", 1)]
    opened = stack.stage.desk.pages.open(stack.shown.document_id)
    assert opened.sizes[0].rotation == 90
    opened.close()


def test_while_pages_are_put_together_undo_takes_nothing_else_back(stack: Stack) -> None:
    stack.choose(stack.first)
    stack.page(2)
    press(stack.view.pane.view, Qt.Key.Key_X, KEYS)
    press(stack.view.pane.view, Qt.Key.Key_Z, CONTROL)
    assert "noch zusammengestellt" in stack.session.window.messages.text
    settle(stack.session)
    assert stack.inbox()[:2] == [("erster", 2), ("zweiter", 1)]
    press(stack.view.pane.view, Qt.Key.Key_Z, CONTROL)
    settle(stack.session)
    assert stack.inbox()[:2] == [("erster", 3), ("zweiter", 1)]


def test_the_last_page_stays_and_the_first_is_no_place_to_cut(stack: Stack) -> None:
    stack.choose(stack.second)
    stack.keys(Qt.Key.Key_X)
    stack.keys(Qt.Key.Key_S)
    assert stack.inbox()[:2] == [("erster", 3), ("zweiter", 1)]


def test_a_batch_number_is_typed_once_for_all_letters_of_the_scan(stack: Stack) -> None:
    stack.choose(stack.first)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        (line,) = dialog.findChildren(QLineEdit)
        write(line, "2026/047")
        press(line, Qt.Key.Key_Return)

    when_asked(answer)
    stack.keys(Qt.Key.Key_N)
    boxes = {item.document.title: item.document.paper_box for item in stack.stage.desk.inbox.items()}
    assert boxes == {"erster": "2026/047", "zweiter": "2026/047", "anderer": ""}


def test_backs_of_a_second_run_are_laid_between_their_fronts_and_a_misfit_is_shown_first(stack: Stack) -> None:
    asked: list[str] = []

    def answer(button: QMessageBox.StandardButton) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        box.button(button).click()

    stack.choose(stack.other)
    stack.keys(Qt.Key.Key_C)
    stack.choose(stack.first)
    when_asked(lambda: answer(QMessageBox.StandardButton.No))
    stack.keys(Qt.Key.Key_B)
    assert stack.inbox() == [("erster", 3), ("zweiter", 1), ("anderer", 2)]  # nothing was done
    stack.session.window.activateWindow()
    stack.view.listing.list.setFocus()
    settle(stack.session)
    when_asked(lambda: answer(QMessageBox.StandardButton.Yes))
    stack.keys(Qt.Key.Key_B)
    settle(stack.session)
    assert len(asked) == 2, asked
    assert sorted(pages for _, pages in stack.inbox()) == [1, 5]
    assert stack.shown.page_count == 5
    assert sorted(pages for _, pages in stack.inbox()) == [1, 5]
    assert asked[0] == asked[1]
    assert "3 Vorderseiten und 2 Rückseiten" in asked[0]
    assert "Vorderseite 1, Rückseite 2, Vorderseite 2, Rückseite 1, Vorderseite 3" in asked[0]
    stack.view.acts.undo()
    settle(stack.session)
    settle(stack.session)
    assert stack.inbox() == [("erster", 3), ("zweiter", 1), ("anderer", 2)]


def test_blank_backs_are_marked_and_a_letter_is_not_laid_into_itself(stack: Stack) -> None:
    told = collation_text(Sides(fronts=2, backs=2), (1,), stack.session.workplace.texts)
    assert told == "In dieser Folge zusammenlegen? Vorderseite 1, Rückseite 2, Vorderseite 2, Rückseite 1 (leer)"
    stack.choose(stack.first)
    stack.keys(Qt.Key.Key_C)
    stack.keys(Qt.Key.Key_B)
    assert stack.inbox() == [("erster", 3), ("zweiter", 1), ("anderer", 2)]
