"""Several files that are one scan: page by page, with an index file or without; each is claimed and counted once."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from clerk_desktop.intake.batches import numbers_missing
from clerk_desktop.intake.progress import Point
from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.model.batch import BatchMode, BatchProblem
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ids import FileId
from clerk_desktop.model.jobs import Limits
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.transfer_note import Treatment
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.inbox import Inbox
from clerk_desktop.usecases.notices import notices
from clerk_desktop.usecases.transfers import Transfers
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, CASE, Notes, PowerCut, Station

INDEX = "Betreff;Absender;Datum;Aktenzeichen\nWiderspruch;Müller;05.11.2026;65.10-2026/009\n"
GERMAN = Texts.for_language("de")


def scanner(station: Station, mode: BatchMode) -> Station:
    station.folder = replace(station.folder, batch=mode, batch_quiet=20.0, batch_wait=120.0)
    with station.store.write() as session:
        session.folders.add(station.folder)
    return station


def page(station: Station, name: str, second: float, text: str = "") -> Path:
    """A page that the scanner wrote so many seconds after its first."""
    path = station.drop(name, letter_pdf((text or f"Seite {name}",)))
    os.utime(path, ns=(0, 1_700_000_000_000_000_000 + int(second * 1e9)))
    return path


def documents(station: Station) -> list[Document]:
    return [item.document for item in Inbox(station.store).items()]


def test_pages_become_one_letter_in_the_order_of_their_numbers(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    for number, second in ((10, 2.0), (9, 1.0), (11, 3.0)):
        page(station, f"scan{number}.pdf", second)
    report = station.run()
    assert (report.claimed, report.queued) == (3, 1)
    (letter,) = documents(station)
    assert letter.page_count == 3
    with station.store.read() as session:
        (note,) = session.notes.of_document(letter.document_id)
    with pypdfium2.PdfDocument(station.store.blobs.read(letter.sha256)) as pdf:
        texts = [sheet.get_textpage().get_text_bounded().strip() for sheet in pdf]
    assert texts == [f"Seite scan{number}.pdf" for number in (9, 10, 11)]
    assert note.note.treatments[0] is Treatment.JOINED
    assert [Path(path).name for _, path in note.note.batch] == ["scan9.pdf", "scan10.pdf", "scan11.pdf"]
    assert set(station.states().values()) == {FileState.QUEUED}
    account = reconcile(station.store, None, BERLIN)
    assert (account.seen, account.waiting, account.lost) == (3, 3, ())


def test_a_batch_ends_when_the_scanner_rested_and_the_next_begins(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    for number in (1, 2):
        page(station, f"{number:04}.pdf", number)
    for number in (3, 4, 5):
        page(station, f"{number:04}.pdf", 60 + number)
    station.run()
    assert sorted(letter.page_count for letter in documents(station)) == [2, 3]


def test_while_pages_come_nothing_is_taken_and_everybody_is_told(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    for number in range(1, 5):
        station.drop(f"{number:04}.pdf", letter_pdf((f"Seite {number}",)))
        report = station.intake.run_once(station.clock.now())
        assert report.claimed == 0
        station.clock.pause(12)
    assert report.waiting[0][1] is RefusalReason.BATCH_OPEN
    assert reconcile(station.store, None, BERLIN).waiting >= 2
    station.run()
    (letter,) = documents(station)
    assert letter.page_count == 4


def test_a_number_that_the_scanner_left_out_is_told(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    page(station, "0001.pdf", 1)
    page(station, "0004.pdf", 2)
    station.run()
    (item,) = Inbox(station.store).items()
    assert any("0002, 0003" in told for told in notices(item.suggestions, GERMAN))
    assert numbers_missing(["a.tif", "b.tif"]) == numbers_missing(["7.tif"]) == ()


def test_blank_pages_of_the_same_bytes_are_pages_and_no_duplicates(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    out = io.BytesIO()
    Image.new("1", (400, 600), 1).save(out, "TIFF", compression="group4", dpi=(72, 72))
    for number in (1, 2, 3):
        os.utime(station.drop(f"{number:04}.tif", out.getvalue()), ns=(0, 1_700_000_000_000_000_000 + number))
    station.run()
    (letter,) = documents(station)
    assert (letter.page_count, set(station.states().values())) == (3, {FileState.QUEUED})


def test_the_same_batch_once_more_is_held_as_a_whole_and_can_be_taken_in(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    for folder in ("a", "b"):
        for number in (1, 2):
            page(station, f"{folder}/{number:04}.pdf", number, f"Seite {number}")
        station.run()
    assert station.states() == {
        "a/0001.pdf": FileState.QUEUED,
        "a/0002.pdf": FileState.QUEUED,
        "b/0001.pdf": FileState.DUPLICATE,
        "b/0002.pdf": FileState.DUPLICATE,
    }
    transfers = Transfers(station.store, station.clock, BERLIN)
    (held,) = transfers.quarantine()
    assert Path(held.path).name == "0001.pdf" and transfers.twin(held.file_id) is not None
    transfers.retry_file(held.file_id)
    station.run()
    assert len(documents(station)) == 2
    assert set(station.states().values()) == {FileState.QUEUED}


def test_a_batch_that_becomes_pdf_a_leaves_its_twin_the_content_of_before(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    for folder, archival in (("a", False), ("b", True)):
        station.office = OfficeSettings(store_pdfa=archival)
        for number in (1, 2):
            out = io.BytesIO()
            Image.new("1", (400, 600), 1).save(out, "TIFF", compression="group4", dpi=(72, 72))
            station.drop(f"{folder}/{number:04}.tif", out.getvalue())
        station.run()
    transfers = Transfers(station.store, station.clock, BERLIN)
    (held,) = transfers.quarantine()
    transfers.retry_file(held.file_id)
    station.run()
    stored = {document.sha256 for document in documents(station)}
    assert len(stored) == 2
    for sha256 in stored:
        assert station.store.blobs.read(sha256).startswith(b"%PDF-")


def test_of_a_batch_only_the_copy_that_is_missing_is_made_again(station: Station) -> None:
    class CutAtTheSecond(Notes):
        def passed(self, point: Point, file_id: FileId) -> None:
            super().passed(point, file_id)
            if self.passed_points.count(Point.CLAIMED) == 2:
                raise PowerCut

    scanner(station, BatchMode.PAGES)
    first = page(station, "0001.pdf", 1)
    second = page(station, "0002.pdf", 2)
    station.started(witness=CutAtTheSecond())
    with pytest.raises(PowerCut):
        station.run()
    station.store.blobs.remove(hashlib.sha256(first.read_bytes()).hexdigest())
    second.unlink()
    station.restart()
    station.run()
    assert set(station.states().values()) == {FileState.QUEUED}


def test_a_page_that_goes_before_it_was_taken_in_holds_the_batch_and_is_told(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    for number in (1, 2, 3):
        page(station, f"{number:04}.pdf", number)
    last = station.scans / "0003.pdf"
    content, times = last.read_bytes(), last.stat().st_mtime_ns

    class Taken:
        def passed(self, point: object, file_id: object) -> None:
            last.unlink(missing_ok=True)

    station.started(witness=Taken())
    station.run()
    station.started()
    station.run()
    transfers = Transfers(station.store, station.clock, BERLIN)
    (held,) = transfers.quarantine()
    assert held.refusal is RefusalReason.BATCH_BROKEN
    assert documents(station) == []
    assert reconcile(station.store, None, BERLIN).lost == (str(last),)
    last.write_bytes(content)
    os.utime(last, ns=(0, times))
    station.run()
    transfers.retry_file(held.file_id)
    station.run()
    (letter,) = documents(station)
    assert letter.page_count == 3


def test_an_index_file_gives_the_letter_its_data(station: Station) -> None:
    scanner(station, BatchMode.INDEX)
    station.knows(CASE)
    page(station, "brief.pdf", 1)
    station.drop("brief.csv", INDEX.encode())
    report = station.run()
    assert (report.claimed, report.queued) == (2, 1)
    (item,) = Inbox(station.store).items()
    assert (item.document.subject, item.document.sender) == ("Widerspruch", "Müller")
    assert str(item.document.letter_date) == "2026-11-05"
    assert [case.case_number for case in item.suggestions.cases][:1] == [CASE.case_number]
    assert item.suggestions.batch == ()
    assert item.document.sha256 == item.document.source_sha256  # the letter itself goes on byte for byte
    station.confirm("brief.pdf")
    assert set(station.states().values()) == {FileState.CONFIRMED}
    assert len(station.settle().settled) == 2
    assert not (station.scans / "brief.csv").exists()


def test_an_index_file_that_never_comes_is_told_and_one_that_comes_late_is_held(station: Station) -> None:
    scanner(station, BatchMode.INDEX)
    page(station, "brief.pdf", 1)
    report = station.run()
    assert report.waiting == ((str(station.scans / "brief.pdf"), RefusalReason.INDEX_AWAITED),)
    station.clock.pause(121)
    station.run()
    (item,) = Inbox(station.store).items()
    assert [notice.problem for notice in item.suggestions.batch] == [BatchProblem.INDEX_MISSING]
    assert "Die Indexdatei kam nicht" in notices(item.suggestions, GERMAN)[0]
    station.drop("brief.csv", INDEX.encode())
    station.run()
    station.clock.pause(121)
    station.run()
    (held,) = Transfers(station.store, station.clock, BERLIN).quarantine()
    assert (Path(held.path).name, held.refusal) == ("brief.csv", RefusalReason.INDEX_ALONE)


@pytest.mark.parametrize("index", [b"<Brief><Betreff>x", b"", b"\0\0\0"], ids=["cut", "empty", "zeros"])
def test_an_index_file_that_cannot_be_read_is_told_and_the_letter_goes_on(station: Station, index: bytes) -> None:
    scanner(station, BatchMode.INDEX)
    page(station, "brief.pdf", 1)
    station.drop("brief.xml", index)
    station.run()
    station.clock.pause(20)
    station.run()
    (item,) = Inbox(station.store).items()
    assert [(notice.problem, notice.about) for notice in item.suggestions.batch] == [
        (BatchProblem.INDEX_UNREADABLE, ("brief.xml",))
    ]
    assert set(station.states().values()) == {FileState.QUEUED}


def test_an_index_file_ends_a_batch_of_pages_and_tells_which_are_missing(station: Station) -> None:
    scanner(station, BatchMode.PAGES_INDEX)
    for number in (1, 2):
        page(station, f"{number:04}.pdf", number)
    index = station.drop("ende.csv", b"Datei;Betreff\n0001.pdf;Antrag\n0002.pdf;\n0003.pdf;\n")
    os.utime(index, ns=(0, 1_700_000_000_000_000_000 + 3_000_000_000))
    page(station, "0004.pdf", 4)
    station.run()
    (item,) = Inbox(station.store).items()
    assert (item.document.page_count, item.document.subject) == (2, "Antrag")
    assert [(notice.problem, notice.about) for notice in item.suggestions.batch] == [
        (BatchProblem.FILES_MISSING, ("0003.pdf",))
    ]
    station.clock.pause(130)
    station.run()
    assert sorted(letter.page_count for letter in documents(station)) == [1, 2]


def test_a_batch_whose_pages_are_too_large_together_is_held(station: Station) -> None:
    scanner(station, BatchMode.PAGES)
    paths = [page(station, f"scan{number}.pdf", number) for number in range(4)]
    size = max(path.stat().st_size for path in paths)
    station.started(limits=Limits(max_bytes=3 * size))
    assert station.run().quarantined == 1
    with station.store.read() as session:
        (held,) = session.ledger.held()
    assert (Path(held.path).name, held.refusal) == ("scan0.pdf", RefusalReason.TOO_LARGE)
    station.started()
    Transfers(station.store, station.clock, BERLIN).retry_file(held.file_id)
    assert station.run().queued == 1
