"""The mailroom station by keyboard: Enter files and goes on, nothing typed is lost, what was not taken in says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.model.account import Template
from clerk_desktop.model.case import Case, CaseFilter, Confidentiality
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.errors import FiledMeanwhile, RefusalReason
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import FileId, FolderId, new_key
from clerk_desktop.model.ledger import FilePart, FileState, ScannedFile
from clerk_desktop.model.suggestion import CaseSuggestion, Evidence, FieldSuggestion, Reason
from clerk_desktop.model.visual_check import Defect
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from clerk_desktop.usecases.visual_checks import newest_check
from tests.ui.stage import TODAY, Stage, hold, press, retype, roll, settle, when_asked, write

PDF = text_pdf([[Line(x=72, y=HEIGHT - 90, text="Ihr Zeichen: 32.10-2026/018")]])
RECT = Rect(72, HEIGHT - 92, 220, HEIGHT - 78)
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def proposal(case: Case, confidence: float = 0.98) -> CaseSuggestion:
    evidence = Evidence(reason=Reason.NUMBER_BESIDE_ANCHOR, page=1, line=1, text=case.case_number, rect=RECT)
    return CaseSuggestion(
        case_id=case.case_id, case_number=case.case_number, confidence=confidence, evidence=evidence, certain=True
    )


def field(name: DocumentField, value: str) -> FieldSuggestion:
    evidence = Evidence(reason=Reason.SUBJECT_LINE, page=1, line=1, text=value, rect=RECT)
    return FieldSuggestion(field=name, value=value, confidence=0.8, evidence=evidence)


class Mail:
    """Three letters: two with a proposed case, one without."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.parking = stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
        self.housing = stage.case("50.20-2026/004", "Wohngeld Brandt")
        self.letters = [self._letter(f"brief-{number}", number) for number in range(3)]
        stage.suggest(
            self.letters[0],
            proposal(self.parking),
            proposal(self.housing, 0.4),
            fields=[field(DocumentField.SUBJECT, "Anwohnerparkausweis"), field(DocumentField.SENDER, "Müller, Erika")],
        )
        stage.suggest(self.letters[1], proposal(self.housing))
        self.session = stage.open()
        place = self.session.window.view
        assert isinstance(place, InboxPlace)
        self.place = place

    def _letter(self, title: str, number: int) -> Document:
        return self.stage.document(title, PDF, received_on=TODAY - timedelta(days=9 - number))

    def stored(self, document: Document) -> Document:
        with self.stage.store.read() as session:
            found = session.documents.get(document.document_id)
        assert found is not None
        return found

    @property
    def shown(self) -> str:
        return self.place.listing.model.key(self.place.listing.list.currentIndex())


def keys_of(mail: Mail) -> QWidget:
    """Return what has the keys."""
    return QApplication.focusWidget() or mail.session.window


@pytest.fixture
def mail(stage: Stage) -> Mail:
    return Mail(stage)


def test_enter_files_into_the_best_proposal_and_shows_the_next_letter(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).case_id == mail.parking.case_id
    assert mail.stored(mail.letters[0]).subject == "Anwohnerparkausweis"
    assert mail.shown == mail.letters[1].document_id
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[1]).case_id == mail.housing.case_id
    assert mail.shown == mail.letters[2].document_id


@pytest.mark.parametrize("part", ["form.case", "pane.view", "listing.list"])
def test_the_last_letter_is_taken_back_by_keys_wherever_it_was_filed_from(mail: Mail, part: str) -> None:
    mail.stage.suggest(mail.letters[2], proposal(mail.parking))
    settle(mail.session)
    for letter in mail.letters:
        attrgetter(part)(mail.place).setFocus()
        press(keys_of(mail), Qt.Key.Key_Return)
        settle(mail.session)
        assert mail.stored(letter).case_id is not None
    press(keys_of(mail), Qt.Key.Key_Z, CONTROL)
    settle(mail.session)
    assert mail.stored(mail.letters[2]).case_id is None
    assert mail.shown == mail.letters[2].document_id


def test_without_a_case_enter_asks_for_one_and_files_nothing(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_End)
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[2]).case_id is None
    assert mail.place.form.case.hasFocus()
    assert "F2" in mail.session.window.messages.text


def test_f2_finds_a_case_by_words_and_enter_takes_it_before_it_files(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_End)
    press(mail.place.listing.list, Qt.Key.Key_F2)
    write(mail.place.form.case, "wohngeld")
    mail.place.form.case.look_now()
    settle(mail.session)
    press(mail.place.form.case, Qt.Key.Key_Return)
    assert mail.place.form.case_number == "50.20-2026/004"
    assert mail.stored(mail.letters[2]).case_id is None
    press(mail.place.form.case, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[2]).case_id == mail.housing.case_id


def test_enter_right_after_the_last_letter_takes_the_case_that_was_typed_not_the_one_found_before(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_F2)
    field = mail.place.form.case
    write(field, "anw")
    field.look_now()
    settle(mail.session)
    field.selectAll()
    write(field, "wohngeld")
    press(field, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.place.form.case_number == "50.20-2026/004"
    assert mail.stored(mail.letters[0]).case_id is None


@pytest.mark.parametrize("in_a_hurry", [True, False])
def test_a_case_that_was_looked_for_for_one_letter_is_not_taken_for_the_next(mail: Mail, *, in_a_hurry: bool) -> None:
    press(mail.place.listing.list, Qt.Key.Key_F2)
    field = mail.place.form.case
    write(field, "anw")
    field.look_now()
    settle(mail.session)
    if in_a_hurry:
        write(field, "ohner")
        press(field, Qt.Key.Key_Return)
    press(field, Qt.Key.Key_Down, ALT)
    settle(mail.session)
    assert mail.shown == mail.letters[1].document_id
    assert field.text() == mail.housing.case_number
    press(field, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[1]).case_id == mail.housing.case_id


def test_the_wheel_over_a_choice_changes_nothing_that_enter_would_file(mail: Mail) -> None:
    for choice in (mail.place.form.protection, mail.place.form.document_type):
        before = choice.currentIndex()
        roll(choice)
        assert choice.currentIndex() == before
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).confidentiality is Confidentiality.NORMAL


def test_what_the_clerk_corrects_is_what_is_stored(mail: Mail) -> None:
    mail.place.form.sender_line.setFocus()
    mail.place.form.sender_line.selectAll()
    write(mail.place.form.sender_line, "Mueller, Erika")
    mail.place.form.letter_date.setFocus()
    write(mail.place.form.letter_date, "12.11.26")
    press(mail.place.form.letter_date, Qt.Key.Key_Return)
    settle(mail.session)
    stored = mail.stored(mail.letters[0])
    assert (stored.sender, stored.letter_date.isoformat() if stored.letter_date else "") == (
        "Mueller, Erika",
        "2026-11-12",
    )
    assert stored.received_on == TODAY - timedelta(days=9)


def test_a_day_that_is_none_is_refused_and_nothing_is_filed(mail: Mail) -> None:
    mail.place.form.letter_date.setFocus()
    write(mail.place.form.letter_date, "31.2.")
    press(mail.place.form.letter_date, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).case_id is None
    assert "31.2." in mail.session.window.messages.text


def test_proposals_that_come_late_change_nothing_that_was_typed(mail: Mail) -> None:
    mail.place.form.subject_line.setFocus()
    mail.place.form.subject_line.selectAll()
    write(mail.place.form.subject_line, "Parkausweis")
    late = [field(DocumentField.SUBJECT, "Ganz anders"), field(DocumentField.DOCUMENT_TYPE, "Antrag")]
    mail.stage.suggest(mail.letters[0], proposal(mail.housing), fields=late)
    settle(mail.session)
    assert mail.place.form.subject_line.text() == "Parkausweis"
    assert mail.place.form.document_type.currentText() == "Antrag"
    assert mail.place.form.subject_line.hasFocus()


def test_a_case_that_is_proposed_late_stands_in_the_list_and_enter_files_where_the_form_said(mail: Mail) -> None:
    mail.stage.suggest(mail.letters[0], proposal(mail.housing), proposal(mail.parking, 0.5))
    mail.stage.suggest(mail.letters[2], proposal(mail.housing))
    settle(mail.session)
    form = mail.place.form
    assert [case.case_number for case in form.suggestions.cases] == ["50.20-2026/004", "32.10-2026/018"]
    assert form.case_number == "32.10-2026/018"
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).case_id == mail.parking.case_id
    press(mail.place.listing.list, Qt.Key.Key_End)
    settle(mail.session)
    assert form.case_number == "50.20-2026/004"  # it came before the letter was shown


def test_a_case_that_is_proposed_late_does_not_slip_into_an_empty_field_and_is_taken_by_hand(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_End)
    mail.stage.suggest(mail.letters[2], proposal(mail.housing))
    settle(mail.session)
    form = mail.place.form
    assert form.case_number == ""
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[2]).case_id is None
    form.suggestions.setFocus()
    press(form.suggestions, Qt.Key.Key_Home)
    press(form.suggestions, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[2]).case_id == mail.housing.case_id


def test_a_case_that_is_hardly_sure_is_only_listed_and_enter_asks_for_it(mail: Mail) -> None:
    mail.stage.suggest(mail.letters[2], proposal(mail.housing, 0.31))
    settle(mail.session)
    press(mail.place.listing.list, Qt.Key.Key_End)
    settle(mail.session)
    form = mail.place.form
    assert form.case_number == ""
    assert [case.case_number for case in form.suggestions.cases] == ["50.20-2026/004"]
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[2]).case_id is None
    assert form.case.hasFocus()


def test_enter_held_down_files_one_letter_and_alt_down_held_goes_on(mail: Mail) -> None:
    list_ = mail.place.listing.list
    press(list_, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.shown == mail.letters[1].document_id
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        hold(list_, key)
        settle(mail.session)
    assert mail.stored(mail.letters[1]).case_id is None
    hold(list_, Qt.Key.Key_Down, ALT)
    assert mail.shown == mail.letters[2].document_id


def test_enter_files_nothing_before_the_page_was_on_the_screen(mail: Mail) -> None:
    list_ = mail.place.listing.list
    press(list_, Qt.Key.Key_Down)
    press(list_, Qt.Key.Key_Return)
    assert "Enter" in mail.session.window.messages.text
    settle(mail.session)
    assert mail.stored(mail.letters[1]).case_id is None
    mail.session.window.resize(1100, 640)  # what was seen and is drawn anew is still seen
    press(list_, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[1]).case_id == mail.housing.case_id


def test_a_letter_that_cannot_be_read_is_filed_once_that_was_said(stage: Stage) -> None:
    case = stage.case("50.20-2026/004", "Wohngeld Brandt")
    letter = stage.document("kaputt", b"no pdf")
    stage.suggest(letter, proposal(case))
    session = stage.open()
    place = session.window.view
    assert isinstance(place, InboxPlace)
    assert place.pane.note.isVisible()
    press(place.listing.list, Qt.Key.Key_Return)
    settle(session)
    with stage.store.read() as reading:
        found = reading.documents.get(letter.document_id)
    assert found is not None
    assert found.case_id == case.case_id


def test_a_letter_that_a_colleague_files_leaves_with_a_quiet_word(mail: Mail) -> None:
    mail.stage.desk.filing.file(mail.letters[0].document_id, "32.10-2026/018")
    settle(mail.session)
    assert mail.shown == mail.letters[1].document_id
    assert "abgelegt" in mail.session.window.messages.text


def test_what_was_typed_for_a_letter_that_a_colleague_files_is_kept_and_can_be_entered_there(mail: Mail) -> None:
    line = mail.place.form.sender_line
    line.setFocus()
    line.selectAll()
    write(line, "Mueller, Erika")
    mail.stage.desk.filing.file(mail.letters[0].document_id, "50.20-2026/004")
    settle(mail.session)
    assert mail.shown == mail.letters[1].document_id
    said = mail.session.window.messages.text
    assert "50.20-2026/004" in said
    assert "Was Sie getippt haben, ist aufgehoben." in said
    assert mail.stored(mail.letters[0]).sender == ""
    press(mail.session.window.messages.action, Qt.Key.Key_Space)
    settle(mail.session)
    stored = mail.stored(mail.letters[0])
    assert (stored.sender, stored.subject, stored.case_id) == ("Mueller, Erika", "", mail.housing.case_id)


def test_what_was_kept_for_a_letter_can_be_entered_also_when_other_news_came(mail: Mail) -> None:
    retype(mail.place.form.sender_line, "Mueller, Erika")
    mail.stage.desk.filing.file(mail.letters[0].document_id, "50.20-2026/004")
    settle(mail.session)
    mail.session.workplace.say("Etwas anderes")
    press(mail.session.window, Qt.Key.Key_K, CONTROL)
    write(mail.session.window.field, "Getipptes")
    press(mail.session.window.field, Qt.Key.Key_Return)
    settle(mail.session)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).sender == "Mueller, Erika"
    assert not mail.place.filings.commands()


def test_what_is_typed_for_a_letter_is_there_when_the_clerk_comes_back_to_it(mail: Mail) -> None:
    form = mail.place.form
    form.sender_line.setFocus()
    form.sender_line.selectAll()
    write(form.sender_line, "Mueller")
    form.letter_date.setFocus()
    write(form.letter_date, "31.2.")
    press(form.letter_date, Qt.Key.Key_Down, ALT)
    assert (form.sender_line.text(), form.letter_date.text()) == ("", "")
    press(form.letter_date, Qt.Key.Key_Up, ALT)
    assert (form.sender_line.text(), form.letter_date.text()) == ("Mueller", "31.2.")
    assert form.subject_line.text() == "Anwohnerparkausweis"


def kinds(mail: Mail) -> list[str]:
    return [type(entry.operation).__name__ for entry in mail.stage.desk.transfers.overview().outbox]


def test_control_z_takes_the_last_filing_back_with_what_was_typed(mail: Mail) -> None:
    line = mail.place.form.sender_line
    line.setFocus()
    line.selectAll()
    write(line, "Mueller, Erika")
    press(line, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).sender == "Mueller, Erika"
    assert mail.shown == mail.letters[1].document_id
    press(line, Qt.Key.Key_Z, CONTROL)
    settle(mail.session)
    stored = mail.stored(mail.letters[0])
    assert (stored.case_id, stored.sender, stored.subject) == (None, "", "")
    assert kinds(mail) == []
    assert mail.shown == mail.letters[0].document_id
    assert line.text() == "Mueller, Erika"
    with mail.stage.store.read() as session:
        assert session.events.of_document(mail.letters[0].document_id) == ()


def test_filings_are_taken_back_one_after_the_other_the_last_one_first(mail: Mail) -> None:
    list_ = mail.place.listing.list
    for _ in range(2):
        press(list_, Qt.Key.Key_Return)
        settle(mail.session)
    for letter in (mail.letters[1], mail.letters[0]):
        press(list_, Qt.Key.Key_Z, CONTROL)
        settle(mail.session)
        assert mail.shown == letter.document_id
        assert mail.stored(letter).case_id is None
    press(list_, Qt.Key.Key_Z, CONTROL)
    settle(mail.session)
    assert "nichts" in mail.session.window.messages.text.lower() or "keine" in mail.session.window.messages.text


def test_a_filing_that_was_sent_stays_and_the_letter_is_shown_in_its_case(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    with mail.stage.store.write() as session:
        for entry in session.outbox.all():
            session.outbox.finish(entry.operation_id)
    press(mail.place.listing.list, Qt.Key.Key_Z, CONTROL)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).case_id == mail.parking.case_id
    assert "schon" in mail.session.window.messages.text
    view = mail.session.window.view
    assert isinstance(view, WorklistPlace)
    assert view.panel.case_id == mail.parking.case_id


def test_a_new_case_goes_with_the_filing_that_is_taken_back(mail: Mail) -> None:
    filing, before = mail.stage.desk.filing, mail.stored(mail.letters[2])
    case, _ = filing.file_in_new_case(before.document_id, "Sondernutzung", "32.10")
    assert filing.take_back(before)
    assert mail.stored(mail.letters[2]).case_id is None
    assert kinds(mail) == []
    assert mail.stage.desk.worklist.place_of(case.case_id) is None
    case, _ = filing.file_in_new_case(before.document_id, "Sondernutzung", "32.10")
    filing.file(mail.letters[1].document_id, case.case_number)
    assert filing.take_back(before)
    assert mail.stage.desk.worklist.place_of(case.case_id) is not None


def test_control_z_in_a_line_takes_back_what_was_typed_there_first(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    line = mail.place.form.subject_line
    line.setFocus()
    write(line, "abc")
    press(line, Qt.Key.Key_Z, CONTROL)
    settle(mail.session)
    assert line.text() == ""
    assert mail.stored(mail.letters[0]).case_id == mail.parking.case_id


def test_other_letters_that_arrive_leave_the_shown_one_alone(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_Down)
    shown = mail.shown
    mail.stage.document("neu", PDF, received_on=TODAY - timedelta(days=30))
    settle(mail.session)
    assert mail.shown == shown


def test_the_next_letter_is_one_key_away_from_the_form(mail: Mail) -> None:
    mail.place.form.subject_line.setFocus()
    press(mail.place.form.subject_line, Qt.Key.Key_Down, ALT)
    assert mail.shown == mail.letters[1].document_id
    assert mail.place.form.subject_line.hasFocus()
    press(mail.place.form.subject_line, Qt.Key.Key_Up, ALT)
    assert mail.shown == mail.letters[0].document_id
    press(mail.place.form.subject_line, Qt.Key.Key_Up, ALT)
    assert mail.shown == mail.letters[0].document_id


def test_when_letters_above_and_the_shown_one_go_at_once_the_one_below_it_is_shown(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_Down)
    with mail.stage.store.write() as session:
        for letter in mail.letters[:2]:
            session.documents.remove(letter.document_id)
    settle(mail.session)
    assert mail.shown == mail.letters[2].document_id
    assert mail.place.pane.document_id == mail.letters[2].document_id


def test_a_long_list_stays_where_it_is_when_letters_arrive_above(stage: Stage) -> None:
    letters = [stage.document(f"brief-{number:04}", PDF) for number in range(80)]
    session = stage.open()
    place = session.window.view
    assert isinstance(place, InboxPlace)
    place.show_document(letters[60].document_id)
    settle(session)
    seen = place.listing.list.visualRect(place.listing.list.currentIndex())
    assert place.listing.list.viewport().rect().contains(seen)
    stage.document("neu", PDF, received_on=TODAY - timedelta(days=30))
    settle(session)
    assert place.listing.model.key(place.listing.list.currentIndex()) == letters[60].document_id
    assert place.listing.list.visualRect(place.listing.list.currentIndex()) == seen


def test_control_enter_opens_a_case_from_the_letter(mail: Mail) -> None:
    press(mail.place.listing.list, Qt.Key.Key_End)

    def fill_in() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        subject = dialog.findChildren(QLineEdit)[0]
        subject.selectAll()
        write(subject, "Sondernutzung Marktplatz")
        number = dialog.findChildren(QComboBox)[0]
        write(number, "32.10")
        press(dialog.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)

    when_asked(fill_in)
    press(mail.place.listing.list, Qt.Key.Key_Return, CONTROL)
    settle(mail.session)
    (case,) = mail.stage.desk.worklist.find(CaseFilter(text="Sondernutzung"))
    assert mail.stored(mail.letters[2]).case_id == case.case_id
    assert not case.number_final


def test_a_letter_that_is_filed_behind_the_open_dialog_stays_there_and_gets_nothing_of_the_next(mail: Mail) -> None:
    mail.stage.suggest(mail.letters[1], proposal(mail.housing), fields=[field(DocumentField.SENDER, "Brandt, Kai")])
    settle(mail.session)

    def confirm_late() -> None:
        mail.stage.desk.filing.file(mail.letters[0].document_id, "50.20-2026/004")
        settle(mail.session)
        assert mail.place.form.sender_line.text() == "Brandt, Kai"
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        write(dialog.findChildren(QComboBox)[0], "32.10")
        press(dialog.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)

    when_asked(confirm_late)
    press(mail.place.listing.list, Qt.Key.Key_Return, CONTROL)
    settle(mail.session)
    stored = mail.stored(mail.letters[0])
    assert (stored.case_id, stored.sender) == (mail.housing.case_id, "")
    assert "50.20-2026/004" in mail.session.window.messages.text
    assert mail.stage.desk.worklist.find(CaseFilter(text="Anwohnerparkausweis")) == ()
    assert mail.stored(mail.letters[1]).case_id is None
    assert mail.shown == mail.letters[1].document_id


def test_enter_on_a_letter_that_was_filed_a_moment_ago_is_refused_and_says_where_it_lies(mail: Mail) -> None:
    line = mail.place.form.sender_line
    line.setFocus()
    line.selectAll()
    write(line, "Mueller, Erika")
    mail.stage.desk.filing.file(mail.letters[0].document_id, "50.20-2026/004")
    press(line, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).case_id == mail.housing.case_id
    assert "50.20-2026/004" in mail.session.window.messages.text
    press(mail.session.window.messages.action, Qt.Key.Key_Space)
    settle(mail.session)
    stored = mail.stored(mail.letters[0])
    assert (stored.sender, stored.subject, stored.case_id) == ("Mueller, Erika", "", mail.housing.case_id)


def test_a_filed_letter_is_moved_on_purpose_but_not_from_the_inbox(mail: Mail) -> None:
    filing, letter = mail.stage.desk.filing, mail.letters[0].document_id
    filing.file(letter, "50.20-2026/004", from_inbox=True)
    with pytest.raises(FiledMeanwhile) as refused:
        filing.file(letter, "32.10-2026/018", from_inbox=True)
    assert "50.20-2026/004" in str(refused.value)
    assert mail.stored(mail.letters[0]).case_id == mail.housing.case_id
    filing.file(letter, "32.10-2026/018")
    assert mail.stored(mail.letters[0]).case_id == mail.parking.case_id


def test_typing_in_the_list_filters_it(mail: Mail) -> None:
    write(mail.place.listing.list, "anwohner")
    settle(mail.session)
    assert mail.place.listing.filter.text() == "anwohner"
    assert mail.place.listing.model.rowCount() == 1


def test_enter_in_the_filter_goes_to_what_was_found_and_files_only_there(mail: Mail) -> None:
    write(mail.place.listing.list, "brief-1")
    settle(mail.session)
    press(mail.place.listing.filter, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[1]).case_id is None
    assert mail.place.listing.list.hasFocus()
    press(mail.place.listing.list, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[1]).case_id == mail.housing.case_id


def test_a_filter_that_finds_nothing_says_so_and_escape_shows_all(mail: Mail) -> None:
    write(mail.place.listing.list, "gibtesnicht")
    settle(mail.session)
    assert not mail.place.listing.list.isVisible()
    told = [label.text() for label in mail.place.listing.findChildren(QLabel) if label.isVisible()]
    assert any("Esc" in text for text in told)
    press(mail.place.listing.filter, Qt.Key.Key_Escape)
    settle(mail.session)
    assert mail.place.listing.list.hasFocus()
    assert mail.place.listing.model.rowCount() == 3


def test_a_protected_letter_is_not_shown_by_itself(stage: Stage) -> None:
    case = stage.case("50.20-2026/004", "Wohngeld Brandt")
    letter = stage.document("vertraulich", PDF, confidentiality=Confidentiality.PERSONAL)
    stage.suggest(letter, proposal(case))
    session = stage.open()
    place = session.window.view
    assert isinstance(place, InboxPlace)
    assert place.pane.document_id is None
    assert place.form.case_number == ""


def test_proposals_that_come_late_leave_a_protected_letter_covered_until_it_is_asked_for(stage: Stage) -> None:
    case = stage.case("50.20-2026/004", "Wohngeld Brandt")
    letter = stage.document("Brief 7", PDF, confidentiality=Confidentiality.PERSONAL)
    session = stage.open()
    place = session.window.view
    assert isinstance(place, InboxPlace)
    stage.suggest(letter, proposal(case), fields=[field(DocumentField.SUBJECT, "Pfändung Brandt")])
    settle(session)
    assert place.form.case_number == ""
    assert place.form.subject_line.text() == ""
    assert place.listing.list.currentIndex().data() == "Brief 7"
    show = next(button for button in place.pane.findChildren(QPushButton) if button.isVisible())
    press(show, Qt.Key.Key_Space)
    settle(session)
    assert place.form.case_number == "50.20-2026/004"
    assert place.pane.document_id == letter.document_id


def test_a_proposed_case_says_why_in_words_that_are_all_in_sight(mail: Mail) -> None:
    proposals = mail.place.form.suggestions
    texts = [proposals.item(number).text() for number in range(proposals.count())]
    assert "98 %" in texts[0]
    assert "S. 1" in texts[0]
    widest = max(proposals.fontMetrics().horizontalAdvance(line) for text in texts for line in text.splitlines())
    assert widest < proposals.viewport().width()
    last = proposals.visualItemRect(proposals.item(proposals.count() - 1))
    assert proposals.viewport().rect().contains(last)


def test_a_proposed_value_says_how_sure_it_is_until_the_clerk_says_better(mail: Mail) -> None:
    form = mail.place.form
    label, line = form.labels[form.sender_line], form.sender_line
    assert "80 %" in label.text()
    assert "S. 1" in line.accessibleDescription()
    assert "%" not in form.labels[form.letter_date].text()
    line.setFocus()
    write(line, "x")
    assert "%" not in label.text()
    assert line.accessibleDescription() == ""
    unsure = FieldSuggestion(
        field=DocumentField.SUBJECT,
        value="Wohngeld",
        confidence=0.4,
        evidence=Evidence(reason=Reason.SUBJECT_LINE, page=1, line=1, text="Wohngeld", rect=RECT),
    )
    mail.stage.suggest(mail.letters[0], proposal(mail.housing), fields=[unsure])
    settle(mail.session)
    assert "40 %, prüfen" in form.labels[form.subject_line].text()


def test_the_cursor_among_the_proposals_stays_on_its_case_when_better_ones_come(mail: Mail) -> None:
    proposals = mail.place.form.suggestions
    proposals.setFocus()
    press(proposals, Qt.Key.Key_End)
    mail.stage.suggest(mail.letters[0], proposal(mail.housing, 0.9), proposal(mail.parking, 0.8))
    settle(mail.session)
    press(proposals, Qt.Key.Key_Return)
    settle(mail.session)
    assert mail.stored(mail.letters[0]).case_id == mail.housing.case_id


@pytest.mark.slow
def test_two_thousand_letters_go_on_one_by_one_like_three(stage: Stage) -> None:
    case = stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
    letters = [stage.document(f"brief-{number:04}", PDF) for number in range(2000)]
    stage.suggest(letters[1200], proposal(case))
    session = stage.open()
    place = session.window.view
    assert isinstance(place, InboxPlace)
    assert place.listing.model.rowCount() == 2000
    place.show_document(letters[1200].document_id)
    settle(session)
    press(place.listing.list, Qt.Key.Key_Return)
    settle(session)
    assert place.listing.model.rowCount() == 1999
    assert place.listing.model.key(place.listing.list.currentIndex()) == letters[1201].document_id


class TestHeld:
    """A scanned file that was not taken in."""

    @pytest.fixture
    def file(self, stage: Stage) -> ScannedFile:
        file = ScannedFile(
            file_id=FileId(new_key()),
            folder_id=FolderId("f"),
            path="/scans/unlesbar.pdf",
            size=3,
            modified_ns=1,
            state=FileState.SEEN,
            seen_at=stage.clock.now(),
        )
        with stage.store.write() as session:
            session.ledger.add(file)
            session.ledger.move(file.file_id, FileState.CLAIMED, source_sha256="ab")
            return session.ledger.move(file.file_id, FileState.QUARANTINED, refusal=RefusalReason.ENCRYPTED)

    def opened(self, stage: Stage) -> tuple[WindowSession, InboxPlace]:
        session = stage.open()
        assert session.workplace.state.text("place") == Place.INBOX.value
        place = session.window.view
        assert isinstance(place, InboxPlace)
        return session, place

    def test_it_stands_in_the_list_with_its_reason(self, stage: Stage, file: ScannedFile) -> None:
        _, place = self.opened(stage)
        line = place.listing.model.row(place.listing.model.index(0, 0))
        assert "Kennwort" in line.details
        assert place.held.isVisible()
        assert "Kennwort" in place.held.reason.text()
        assert "Kennwort" not in place.pane.note.text(), "it stands twice already"

    def test_it_says_what_to_do(self, stage: Stage, file: ScannedFile) -> None:
        _, place = self.opened(stage)
        assert "ohne Kennwort" in place.held.step.text()
        assert not place.held.first.isVisible()

    def test_of_a_duplicate_the_first_one_is_shown(self, stage: Stage) -> None:
        letter = stage.document("Der erste", PDF)
        with stage.store.write() as session:
            for number in range(2):
                file = ScannedFile(
                    file_id=FileId(f"file-{number}"),
                    folder_id=FolderId("f"),
                    path=f"/scans/brief-{number}.pdf",
                    size=3,
                    modified_ns=1,
                    state=FileState.SEEN,
                    seen_at=stage.clock.now(),
                )
                session.ledger.add(file)
            part = FilePart(file_id=FileId("file-0"), document_id=letter.document_id, pages=(1,))
            session.ledger.add_parts((part,))
            session.ledger.move(FileId("file-1"), FileState.DUPLICATE, duplicate_of=FileId("file-0"))
        session_, place = self.opened(stage)
        assert "zweimal" in place.held.step.text()
        press(place.held.first, Qt.Key.Key_Space)
        settle(session_)
        assert place.pane.document_id == letter.document_id

    def test_checking_it_again_takes_it_up(self, stage: Stage, file: ScannedFile) -> None:
        session, place = self.opened(stage)
        press(place.held.again, Qt.Key.Key_Space)
        settle(session)
        with stage.store.read() as reading:
            again = reading.ledger.get(file.file_id)
        assert again is not None
        assert again.state is FileState.CLAIMED
        assert place.listing.model.rowCount() == 0

    def test_a_file_that_comes_to_be_shown_behind_the_question_is_not_given_up(
        self, stage: Stage, file: ScannedFile
    ) -> None:
        with stage.store.write() as writing:
            other = replace(file, file_id=FileId(new_key()), path="/scans/zweite.pdf", state=FileState.SEEN)
            writing.ledger.add(other)
            writing.ledger.move(other.file_id, FileState.CLAIMED, source_sha256="cd")
            writing.ledger.move(other.file_id, FileState.QUARANTINED, refusal=RefusalReason.ENCRYPTED)
        session, place = self.opened(stage)
        shown = place.listing.model.key(place.listing.list.currentIndex())
        (behind,) = {file.file_id, other.file_id} - {shown}

        def answer() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            stage.desk.transfers.retry_file(FileId(shown))
            settle(session)
            assert place.listing.model.key(place.listing.list.currentIndex()) == behind
            press(box.button(QMessageBox.StandardButton.Yes), Qt.Key.Key_Space)

        when_asked(answer)
        press(place.held.discard, Qt.Key.Key_Space)
        settle(session)
        with stage.store.read() as reading:
            kept = reading.ledger.get(FileId(behind))
        assert kept is not None
        assert kept.discarded_at is None

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
    def test_a_key_pressed_unseen_gives_nothing_up(self, stage: Stage, file: ScannedFile, key: Qt.Key) -> None:
        session, place = self.opened(stage)

        def answer() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            press(box, key)

        when_asked(answer)
        press(place.held.discard, Qt.Key.Key_Space)
        settle(session)
        assert place.listing.model.rowCount() == 1

    def test_giving_it_up_asks_first(self, stage: Stage, file: ScannedFile) -> None:
        session, place = self.opened(stage)
        answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]

        def answer() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            press(box.button(answers.pop(0)), Qt.Key.Key_Space)

        for left in (1, 0):
            when_asked(answer)
            press(place.held.discard, Qt.Key.Key_Space)
            settle(session)
            assert place.listing.model.rowCount() == left


def test_a_letter_of_the_sample_is_compared_with_its_paper_by_one_button(stage: Stage) -> None:
    with stage.store.write() as session:
        session.sync.set_template(Template.SETTINGS, b"sample_normal = 100\n")
    mail = Mail(stage)
    settle(mail.session)
    paper = mail.place.side.paper
    first = mail.letters[0].document_id
    assert paper.isVisible() and "Zufall" in mail.place.side.notices.text()
    paper.agrees.click()
    settle(mail.session)
    assert not paper.isVisible() and "Zufall" not in mail.place.side.notices.text()
    with stage.store.read() as session:
        found = newest_check(session, first)
    assert found is not None and found.defect is None
    press(mail.place.listing.list, Qt.Key.Key_Down)
    settle(mail.session)
    assert paper.isVisible()
    paper.record(Defect.ILLEGIBLE)
    settle(mail.session)
    with stage.store.read() as session:
        found = newest_check(session, mail.letters[1].document_id)
    assert found is not None and found.defect is Defect.ILLEGIBLE
