"""Around the pages of disaster 26: index data, day of receipt, municipality and form of the letters."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from clerk_desktop.model.account import Template
from clerk_desktop.model.archival import Hindrance
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import DocumentChange
from clerk_desktop.model.errors import TownsDiffer
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.transfer_note import TransferNote, Treatment
from clerk_desktop.usecases.filing import Filing
from tests.faults.test_page_in_the_wrong_letter import Mailroom
from tests.intake.station import Station
from tests.intake.test_pdfa import fax

EARLIER, LATER = date(2026, 10, 1), date(2026, 10, 5)


@pytest.fixture
def mailroom(station: Station) -> Mailroom:
    return Mailroom(station)


def known(mailroom: Mailroom, document_id: DocumentId) -> Document:
    with mailroom.station.store.read() as session:
        document = session.documents.get(document_id)
    assert document is not None
    return document


def received(mailroom: Mailroom, document_id: DocumentId, day: date) -> None:
    document = replace(known(mailroom, document_id), received_on=day)
    with mailroom.station.store.write() as session:
        session.documents.put(document)


def entered(mailroom: Mailroom, document_id: DocumentId, subject: str) -> None:
    changes = (
        DocumentChange(field=DocumentField.TITLE, text=f"Brief {subject}"),
        DocumentChange(field=DocumentField.SUBJECT, text=subject),
        DocumentChange(field=DocumentField.PAPER_BOX, text=f"Karton {subject}"),
    )
    Filing(mailroom.station.store, mailroom.station.clock).index(document_id, changes)


def told(mailroom: Mailroom, document_id: DocumentId) -> tuple[str, str, str]:
    document = known(mailroom, document_id)
    return document.title, document.subject, document.paper_box


def test_pages_of_two_municipalities_are_never_put_together(mailroom: Mailroom) -> None:
    ours, theirs = mailroom.scanned("a.pdf", "A", "C"), mailroom.scanned("b.pdf", "B", "D")
    elsewhere = replace(known(mailroom, theirs), municipality="luegde")
    with mailroom.station.store.write() as session:
        session.documents.put(elsewhere)
    pages = mailroom.pages
    acts: tuple[Callable[[], object], ...] = (
        lambda: pages.join(ours, theirs),
        lambda: pages.move(theirs, (1,), ours),
        lambda: pages.replace(ours, 1, theirs, 1),
        lambda: pages.collate(ours, theirs),
    )
    for act in acts:
        with pytest.raises(TownsDiffer):
            act()
    assert sorted(mailroom.inbox()) == ["AC", "BD"]


def test_what_was_entered_stays_when_the_first_page_goes_or_changes_its_place(mailroom: Mailroom) -> None:
    letter = mailroom.scanned("a.pdf", "A", "B", "C")
    entered(mailroom, letter, "Zaun")
    (letter,) = mailroom.do(mailroom.pages.move(letter, (1,), letter)).new_ids
    assert told(mailroom, letter) == ("Brief Zaun", "Zaun", "Karton Zaun")
    (letter,) = mailroom.do(mailroom.pages.remove(letter, (1,))).new_ids
    assert told(mailroom, letter) == ("Brief Zaun", "Zaun", "Karton Zaun")
    front, rest = mailroom.do(mailroom.pages.split(letter, before=2)).new_ids
    assert told(mailroom, front)[1] == "Zaun"
    assert told(mailroom, rest)[:2] == ("Brief Zaun (2)", "")


def test_a_letter_that_gets_another_first_page_stays_that_letter(mailroom: Mailroom) -> None:
    letter, other = mailroom.scanned("a.pdf", "A", "B"), mailroom.scanned("b.pdf", "X", "Y", "Z")
    entered(mailroom, letter, "Zaun")
    entered(mailroom, other, "Hund")
    rest, whole = mailroom.do(mailroom.pages.move(other, (1,), letter, at=1)).new_ids
    assert told(mailroom, whole) == ("Brief Zaun", "Zaun", "Karton Zaun")
    assert told(mailroom, rest) == ("Brief Hund", "Hund", "Karton Hund")
    rest, whole = mailroom.do(mailroom.pages.replace(whole, 1, rest, 1)).new_ids
    assert told(mailroom, whole) == ("Brief Zaun", "Zaun", "Karton Zaun")
    assert told(mailroom, rest) == ("Brief Hund", "Hund", "Karton Hund")


def test_a_page_moved_there_and_back_leaves_no_day_of_receipt_behind(mailroom: Mailroom) -> None:
    letter, other = mailroom.scanned("a.pdf", "A", "B"), mailroom.scanned("b.pdf", "X", "Y")
    received(mailroom, letter, EARLIER)
    received(mailroom, other, LATER)
    rest, whole = mailroom.do(mailroom.pages.move(letter, (2,), other)).new_ids
    back, letter = mailroom.do(mailroom.pages.move(whole, (3,), rest)).new_ids
    assert (known(mailroom, letter).received_on, known(mailroom, back).received_on) == (EARLIER, LATER)
    (one,) = mailroom.do(mailroom.pages.join(back, letter)).new_ids
    assert known(mailroom, one).received_on == EARLIER


def test_a_letter_that_goes_into_another_as_a_whole_takes_its_day_of_receipt_along(mailroom: Mailroom) -> None:
    letter, other = mailroom.scanned("a.pdf", "A"), mailroom.scanned("b.pdf", "X")
    received(mailroom, letter, EARLIER)
    received(mailroom, other, LATER)
    (whole,) = mailroom.do(mailroom.pages.move(letter, (1,), other)).new_ids
    assert known(mailroom, whole).received_on == EARLIER


def test_a_page_that_is_named_twice_is_moved_once(mailroom: Mailroom) -> None:
    letter, other = mailroom.scanned("a.pdf", "A", "B"), mailroom.scanned("b.pdf", "X")
    mailroom.do(mailroom.pages.move(letter, (2, 2), other))
    assert sorted(mailroom.inbox()) == ["A", "XB"]


def test_new_letters_are_pdf_a_where_the_office_wants_it_and_else_their_note_says_why_not(mailroom: Mailroom) -> None:
    with mailroom.station.store.write() as session:
        session.sync.set_template(Template.SETTINGS, b"store_pdfa = true\n")
    mailroom.station.drop("fax.tif", fax())
    mailroom.station.run()
    (scan,) = mailroom.letters()
    (turned,) = mailroom.do(mailroom.pages.turn(scan.document_id, (1,), 180)).new_ids
    note = only_note(mailroom, turned)
    assert note.treatments == (Treatment.REARRANGED, Treatment.TURNED, Treatment.PDF_A)
    with pikepdf.open(io.BytesIO(mailroom.content(known(mailroom, turned)))) as pdf, pdf.open_metadata() as told:
        assert told["pdfaid:part"] == "2"
    (typed,) = mailroom.do(mailroom.pages.turn(mailroom.scanned("a.pdf", "A"), (1,), 90)).new_ids
    note = only_note(mailroom, typed)
    assert note.treatments == (Treatment.REARRANGED, Treatment.TURNED, Treatment.NOT_PDF_A)
    assert note.hindrance is Hindrance.OWN_TEXT


def only_note(mailroom: Mailroom, document_id: DocumentId) -> TransferNote:
    with mailroom.station.store.read() as session:
        (sealed,) = session.notes.of_document(document_id)
        assert session.notes.check().faults == ()
    assert sealed.note.stored_sha256 == known(mailroom, document_id).sha256
    return sealed.note
