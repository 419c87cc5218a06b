"""What is typed for a letter and not filed yet outlives the window, and goes when the letter is filed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.typed_index import TypedIndex
from clerk_desktop.store.store import Store
from clerk_desktop.ui.inbox.index_form import IndexForm
from clerk_desktop.ui.inbox.place import InboxPlace
from tests.ui.conftest import MakeStage
from tests.ui.full_store import FullStore
from tests.ui.stage import PDF, Stage, press, retype, settle, write
from tests.ui.test_inbox import ALT, CONTROL, field, proposal
from tests.ui.test_signing_out import asked, said

PATIENCE = 60_000
SENDER, SUBJECT = DocumentField.SENDER, DocumentField.SUBJECT


class Desk:
    """A letter with a proposed case and sender, and its form; ``again`` opens the profile anew."""

    def __init__(self, stages: MakeStage, kind: type[Store] = Store) -> None:
        self._stages = stages
        self.stage: Stage = stages(kind=kind).signed_in()
        self.case = self.stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
        self.other = self.stage.case("50.20-2026/004", "Wohngeld Brandt")
        self.letter = self.stage.document("Brief 1", PDF)
        self.next = self.stage.document("Brief 2", PDF)
        self.stage.suggest(self.letter, proposal(self.case), fields=[field(SENDER, "Müller, Erika")])
        self._open()

    def again(self) -> None:
        self.stage.close()
        self.stage = self._stages()
        self._open()

    def _open(self) -> None:
        self.session = self.stage.open()
        place = self.session.window.view
        assert isinstance(place, InboxPlace)
        self.place = place

    @property
    def form(self) -> IndexForm:
        return self.place.form

    def type_all(self) -> None:
        """Words of another case, a sender, and half a day."""
        press(self.place.listing.list, Qt.Key.Key_F2)
        self.form.case.selectAll()
        write(self.form.case, "wohngeld")
        self.form.sender_line.setFocus()
        retype(self.form.sender_line, "Mueller")
        self.form.letter_date.setFocus()
        write(self.form.letter_date, "31.2.")

    def uncover(self) -> None:
        """Press the button on the protected letter."""
        button = next(each for each in self.place.pane.findChildren(QPushButton) if each.isVisible())
        press(button, Qt.Key.Key_Space)
        settle(self.session)

    def shown(self) -> tuple[str, str, str]:
        return self.form.case_number, self.form.sender_line.text(), self.form.letter_date.text()

    def kept(self) -> dict[DocumentId, TypedIndex]:
        with self.stage.store.read() as session:
            return session.typed_index.all()

    def change(self, document: Document) -> None:
        with self.stage.store.write() as session:
            session.documents.put(document)


ALL = ("wohngeld", "Mueller", "31.2.")


@pytest.fixture
def desk(stages: MakeStage) -> Desk:
    return Desk(stages)


def test_who_closes_the_window_finds_what_was_typed_the_next_day(desk: Desk) -> None:
    desk.type_all()
    desk.again()
    assert desk.shown() == ALL
    assert "80 %" not in desk.form.labels[desk.form.sender_line].text()


def test_what_nobody_touched_shows_what_was_found_out_meanwhile(desk: Desk) -> None:
    desk.type_all()
    desk.stage.suggest(
        desk.letter, proposal(desk.case), fields=[field(SENDER, "Erika Müller"), field(SUBJECT, "Parkausweis")]
    )
    desk.again()
    assert desk.shown() == ALL
    assert desk.form.subject_line.text() == "Parkausweis"


def test_it_is_kept_while_the_clerk_still_sits_there(desk: Desk, qtbot: QtBot) -> None:
    desk.type_all()
    wanted = TypedIndex(case="wohngeld", texts={SENDER: "Mueller", DocumentField.LETTER_DATE: "31.2."})
    qtbot.waitUntil(lambda: desk.kept() == {desk.letter.document_id: wanted}, timeout=PATIENCE)


def test_another_place_and_another_letter_have_it_kept_at_once(desk: Desk) -> None:
    desk.form.sender_line.setFocus()
    retype(desk.form.sender_line, "Mueller")
    press(desk.form.sender_line, Qt.Key.Key_Down, ALT)
    desk.session.workplace.tasks.wait_idle()
    assert desk.kept() == {desk.letter.document_id: TypedIndex(texts={SENDER: "Mueller"})}
    retype(desk.form.subject_line, "Baum")
    press(desk.session.window, Qt.Key.Key_2, CONTROL)
    desk.session.workplace.tasks.wait_idle()
    assert desk.kept()[desk.next.document_id] == TypedIndex(texts={SUBJECT: "Baum"})


def test_filing_leaves_nothing_of_it(desk: Desk, qtbot: QtBot) -> None:
    desk.form.sender_line.setFocus()
    retype(desk.form.sender_line, "Mueller")
    qtbot.waitUntil(lambda: bool(desk.kept()), timeout=PATIENCE)
    press(desk.form.sender_line, Qt.Key.Key_Return)
    settle(desk.session)
    assert desk.kept() == {}
    desk.again()
    assert desk.form.sender_line.text() == ""


def test_nothing_is_left_of_it_when_a_colleague_files_the_letter(desk: Desk) -> None:
    desk.type_all()
    desk.change(replace(desk.letter, case_id=desk.other.case_id))
    settle(desk.session)
    assert desk.kept() == {}
    assert desk.form.sender_line.text() == ""


def test_what_is_typed_for_a_protected_letter_stays_covered_until_it_is_asked_for(desk: Desk) -> None:
    desk.type_all()
    desk.change(replace(desk.letter, confidentiality=Confidentiality.PERSONAL))
    desk.again()
    assert desk.shown() == ("", "", "")
    desk.uncover()
    assert desk.shown() == ALL


def test_what_is_typed_without_uncovering_a_protected_letter_comes_to_what_was_typed_before(desk: Desk) -> None:
    desk.type_all()
    desk.change(replace(desk.letter, confidentiality=Confidentiality.PERSONAL))
    desk.again()
    retype(desk.form.subject_line, "Wohngeld")
    press(desk.form.subject_line, Qt.Key.Key_Down, ALT)
    press(desk.form.subject_line, Qt.Key.Key_Up, ALT)
    desk.uncover()
    assert (*desk.shown(), desk.form.subject_line.text()) == (*ALL, "Wohngeld")
    desk.again()
    desk.uncover()
    assert (*desk.shown(), desk.form.subject_line.text()) == (*ALL, "Wohngeld")


def test_what_was_typed_is_covered_when_a_colleague_protects_the_letter_meanwhile(desk: Desk) -> None:
    desk.type_all()
    press(desk.form.letter_date, Qt.Key.Key_Down, ALT)
    desk.change(replace(desk.letter, confidentiality=Confidentiality.PERSONAL))
    settle(desk.session)
    press(desk.form.letter_date, Qt.Key.Key_Up, ALT)
    assert desk.shown() == ("", "", "")
    desk.uncover()
    assert desk.shown() == ALL


def test_on_a_full_disk_it_is_said_and_what_was_typed_stays_in_the_form(stages: MakeStage, qtbot: QtBot) -> None:
    desk = Desk(stages, FullStore)
    assert isinstance(desk.stage.store, FullStore)
    desk.stage.store.full = True
    desk.type_all()
    qtbot.waitUntil(desk.session.window.messages.isVisible, timeout=PATIENCE)
    assert desk.shown() == ALL
    desk.stage.store.full = False
    write(desk.form.letter_date, "2027")
    desk.again()
    assert desk.shown() == ("wohngeld", "Mueller", "31.2.2027")


@pytest.mark.parametrize("leave", [Desk.again, lambda desk: press(desk.form.letter_date, Qt.Key.Key_Down, ALT)])
def test_what_had_no_room_is_kept_when_the_letter_is_left_and_there_is_room_again(
    stages: MakeStage, qtbot: QtBot, leave: Callable[[Desk], None]
) -> None:
    desk = Desk(stages, FullStore)
    assert isinstance(desk.stage.store, FullStore)
    desk.stage.store.full = True
    desk.type_all()
    qtbot.waitUntil(desk.session.window.messages.isVisible, timeout=PATIENCE)
    desk.stage.store.full = False
    leave(desk)
    settle(desk.session)
    assert desk.kept()[desk.letter.document_id].case == "wohngeld"


def test_what_was_typed_for_a_letter_is_kept_again_when_its_filing_is_taken_back(desk: Desk, qtbot: QtBot) -> None:
    desk.form.sender_line.setFocus()
    retype(desk.form.sender_line, "Mueller")
    press(desk.form.sender_line, Qt.Key.Key_Return)
    settle(desk.session)
    assert desk.kept() == {}
    press(desk.place.listing.list, Qt.Key.Key_Z, CONTROL)
    settle(desk.session)
    assert desk.form.sender_line.text() == "Mueller"
    wanted = {desk.letter.document_id: TypedIndex(texts={SENDER: "Mueller"})}
    qtbot.waitUntil(lambda: desk.kept() == wanted, timeout=PATIENCE)


def test_what_was_typed_is_there_again_for_every_filing_that_is_taken_back(desk: Desk) -> None:
    for text in ("Mueller", "Brandt"):
        retype(desk.form.sender_line, text)
        press(desk.form.case, Qt.Key.Key_F2)
        write(desk.form.case, desk.case.case_number)
        press(desk.form.case, Qt.Key.Key_Return)
        settle(desk.session)
    assert desk.stage.desk.inbox.items() == ()
    for text in ("Brandt", "Mueller"):
        press(desk.place, Qt.Key.Key_Z, CONTROL)
        settle(desk.session)
        assert (desk.form.case_number, desk.form.sender_line.text()) == (desk.case.case_number, text)


def test_who_signs_out_is_told_that_something_is_typed_and_not_filed(desk: Desk) -> None:
    desk.type_all()
    press(desk.form.letter_date, Qt.Key.Key_Down, ALT)
    settle(desk.session)
    assert "abgelegt ist: 1." in said(asked(desk.session))


def test_who_signs_out_is_told_nothing_of_it_where_nothing_is_typed(desk: Desk) -> None:
    assert "eingetippt" not in said(asked(desk.session))


def test_a_kind_that_is_proposed_is_no_typed_one_although_the_cursor_stands_there(desk: Desk) -> None:
    desk.stage.suggest(desk.next, fields=[field(DocumentField.DOCUMENT_TYPE, "Antrag")])
    settle(desk.session)
    kind = desk.form.document_type.lineEdit()
    assert kind is not None
    kind.setFocus()
    press(kind, Qt.Key.Key_Down, ALT)
    assert desk.form.document_type.currentText() == "Antrag"
    assert desk.form.typed() == ()
