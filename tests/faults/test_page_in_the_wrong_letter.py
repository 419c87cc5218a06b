"""Disaster 26: a page in the middle is to be replaced, put in or taken out. The scan stays, no page is gone."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pikepdf
import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import FiledMeanwhile, LetterGaveWay, PagesFixed, WrongUsage
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.outbox import DepositDocument, SetAsideDocument
from clerk_desktop.model.rearranging import Rearrangement
from clerk_desktop.model.transfer_note import Treatment
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.contents import DocumentContents
from clerk_desktop.usecases.day_account import why
from clerk_desktop.usecases.filing import Filing
from clerk_desktop.usecases.inbox import Inbox
from clerk_desktop.usecases.rearranging import Prepared, Rearranging
from clerk_desktop.usecases.transfers import Transfers
from tests.intake.station import BERLIN, CASE, Station


def scan(*words: str) -> bytes:
    """A PDF with a page for each word."""
    return text_pdf([[Line(x=72, y=HEIGHT - 90, text=f"Seite {word} eines Briefes")] for word in words])


class Mailroom:
    """A station on which stacks were scanned, and what a clerk does with pages."""

    def __init__(self, station: Station) -> None:
        self.station = station
        contents = DocumentContents(station.store, self._away, lambda: station.host)
        self.pages = Rearranging(station.store, station.clock, contents, station.name)

    def do(self, prepared: Prepared) -> Rearrangement:
        return self.pages.commit(prepared)

    def _away(self, document_id: DocumentId) -> None:
        raise AssertionError(document_id)  # no server is needed for anything

    def scanned(self, name: str, *words: str) -> DocumentId:
        self.station.drop(name, scan(*words))
        self.station.run()
        file_id = self.station.files()[name].file_id
        with self.station.store.read() as session:
            (part,) = session.ledger.parts(file_id)
        return part.document_id

    def inbox(self) -> list[str]:
        """The letters, each as the words on its pages."""
        return [self.words(item.document) for item in Inbox(self.station.store).items()]

    def letters(self) -> list[Document]:
        return [item.document for item in Inbox(self.station.store).items()]

    def words(self, document: Document) -> str:
        with self.station.store.read() as session:
            texts = session.texts.of_content(document.sha256)
        return "".join(texts[page].split()[1] for page in sorted(texts))

    def content(self, document: Document) -> bytes:
        return self.station.store.blobs.read(document.sha256)

    def outbox(self) -> list[object]:
        with self.station.store.read() as session:
            return [entry.operation for entry in session.outbox.all()]


@pytest.fixture
def mailroom(station: Station) -> Mailroom:
    return Mailroom(station)


def drawn(content: bytes) -> Sequence[bytes]:
    """What each page draws, untouched by whatever was done to pages."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [page.obj.Contents.read_bytes() for page in pdf.pages]


def test_a_page_is_replaced_by_one_of_a_second_scan_and_the_wrong_one_is_accounted_for(mailroom: Mailroom) -> None:
    letter = mailroom.scanned("brief.pdf", "A", "X", "C")
    again = mailroom.scanned("nochmal.pdf", "B")
    original = (mailroom.station.scans / "brief.pdf").read_bytes()
    done = mailroom.do(mailroom.pages.replace(letter, 2, again, 1))
    assert mailroom.inbox() == ["ABC"]
    assert [(page.document_id, page.number) for page in done.sorted_out] == [(letter, 2)]
    (made,) = mailroom.letters()
    with mailroom.station.store.read() as session:
        before = session.documents.get(letter), session.documents.get(again)
    assert before[0] is not None and before[1] is not None
    first, second = drawn(mailroom.content(before[0])), drawn(mailroom.content(before[1]))
    assert drawn(mailroom.content(made)) == [first[0], second[0], first[2]]
    assert (mailroom.station.scans / "brief.pdf").read_bytes() == original
    account = Transfers(mailroom.station.store, mailroom.station.clock, BERLIN).reconciliation(None)
    assert (account.seen, account.waiting, account.lost) == (2, 2, ())
    told = {file.path.rpartition("/")[2]: file for file in account.files}
    assert told["brief.pdf"].sorted_out == (2,)
    assert told["nochmal.pdf"].sorted_out == ()
    assert "Aussortiert" in why(told["brief.pdf"], Texts.for_language("de"))
    with mailroom.station.store.read() as session:
        (sealed,) = session.notes.of_document(made.document_id)
        assert session.notes.check().faults == ()
    assert sealed.note.treatments == (Treatment.REARRANGED,)
    assert [page.number for page in sealed.note.made_of] == [1, 1, 3]
    assert sealed.note.stored_sha256 == made.sha256


def test_a_page_is_put_in_between_moved_cut_joined_and_taken_out(mailroom: Mailroom) -> None:
    first = mailroom.scanned("1.pdf", "A", "C")
    other = mailroom.scanned("2.pdf", "B", "D", "E")
    moved = mailroom.do(mailroom.pages.move(other, (1,), first, at=2))
    assert mailroom.inbox() == ["ABC", "DE"] or mailroom.inbox() == ["DE", "ABC"]
    rest, whole = moved.new_ids
    joined = mailroom.do(mailroom.pages.join(whole, rest))
    assert mailroom.inbox() == ["ABCDE"]
    cut = mailroom.do(mailroom.pages.split(joined.new_ids[0], before=3))
    assert sorted(mailroom.inbox()) == ["AB", "CDE"]
    mailroom.do(mailroom.pages.remove(cut.new_ids[1], (2,)))
    assert sorted(mailroom.inbox()) == ["AB", "CE"]
    ordered = mailroom.do(mailroom.pages.move(cut.new_ids[0], (2,), cut.new_ids[0], at=1))
    assert sorted(mailroom.inbox()) == ["BA", "CE"]
    assert ordered.sorted_out == ()
    account = Transfers(mailroom.station.store, mailroom.station.clock, BERLIN).reconciliation(None)
    assert {file.path.rpartition("/")[2]: file.sorted_out for file in account.files} == {"1.pdf": (), "2.pdf": (2,)}
    assert account.lost == ()


def test_a_turned_page_keeps_its_image_and_only_its_entry_changes(mailroom: Mailroom) -> None:
    letter = mailroom.scanned("kopf.pdf", "A", "B")
    with mailroom.station.store.read() as session:
        before = session.documents.get(letter)
    assert before is not None
    mailroom.do(mailroom.pages.turn(letter, (2,), 180))
    (made,) = mailroom.letters()
    assert drawn(mailroom.content(made)) == drawn(mailroom.content(before))
    with pikepdf.open(io.BytesIO(mailroom.content(made))) as pdf:
        assert [int(page.obj.get("/Rotate", 0)) for page in pdf.pages] == [0, 180]
    assert made.received_on == before.received_on


def test_letters_stay_until_those_that_take_their_place_are_sent(mailroom: Mailroom) -> None:
    letter = mailroom.scanned("zwei.pdf", "A", "B")
    done = mailroom.do(mailroom.pages.split(letter, before=2))
    operations = mailroom.outbox()
    (aside,) = [each for each in operations if isinstance(each, SetAsideDocument)]
    assert aside == SetAsideDocument(document_id=letter, letters=done.new_ids)
    assert operations[-1] is aside
    sent = [each.document_id for each in operations if isinstance(each, DepositDocument)]
    assert sent == [letter, *done.new_ids]
    assert set(mailroom.station.states().values()) == {FileState.QUEUED}


def test_what_was_done_is_taken_back_as_long_as_nothing_was_sent(mailroom: Mailroom) -> None:
    letter = mailroom.scanned("zwei.pdf", "A", "B")
    before = mailroom.outbox()
    done = mailroom.do(mailroom.pages.split(letter, before=2))
    assert mailroom.pages.take_back(done)
    assert mailroom.inbox() == ["AB"]
    assert mailroom.outbox() == before
    assert not mailroom.pages.take_back(done)
    again = mailroom.do(mailroom.pages.split(letter, before=2))
    assert again == done
    mailroom.do(mailroom.pages.join(*again.new_ids))
    assert not mailroom.pages.take_back(again)
    assert mailroom.inbox() == ["AB"]


def test_what_does_not_fit_changes_nothing(mailroom: Mailroom) -> None:
    letter = mailroom.scanned("zwei.pdf", "A", "B")
    pages = mailroom.pages
    wrongs: tuple[Callable[[], object], ...] = (
        lambda: pages.split(letter, before=1),
        lambda: pages.split(letter, before=3),
        lambda: pages.remove(letter, (1, 2)),
        lambda: pages.remove(letter, (3,)),
        lambda: pages.turn(letter, (1,), 45),
        lambda: pages.join(letter, letter),
        lambda: pages.replace(letter, 1, letter, 2),
    )
    for wrong in wrongs:
        with pytest.raises(WrongUsage):
            wrong()
    assert mailroom.inbox() == ["AB"]
    done = mailroom.do(pages.split(letter, before=2))
    with pytest.raises(LetterGaveWay):
        mailroom.do(pages.remove(letter, (1,)))
    mailroom.station.knows(CASE)
    Filing(mailroom.station.store, mailroom.station.clock).file(done.new_ids[0], CASE.case_number)
    with pytest.raises(FiledMeanwhile):
        pages.join(*done.new_ids)
    with pytest.raises(LetterGaveWay):
        Filing(mailroom.station.store, mailroom.station.clock).file(letter, CASE.case_number)


def test_what_is_no_pdf_stays_together(mailroom: Mailroom) -> None:
    mailroom.station.drop(
        "brief.eml", b"From: a@example.org\r\nSubject: Frage\r\nDate: Mon, 2 Mar 2026 08:00 +0100\r\n\r\nText\r\n"
    )
    mailroom.station.run()
    (letter,) = mailroom.letters()
    with pytest.raises(PagesFixed):
        mailroom.do(mailroom.pages.join(letter.document_id, mailroom.scanned("a.pdf", "A")))
