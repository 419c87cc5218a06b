"""A scan on its way from the folder into the outbox."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest

from clerk_desktop.intake.progress import Point
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.outbox import AddEvent, DepositDocument, FileDocument
from tests.intake.papers import letter_pdf, picture
from tests.intake.station import CASE, Notes, PowerCut, Station, grow


def test_a_complete_scan_is_queued_in_one_run_and_its_original_stays(station: Station) -> None:
    path = station.drop("brief.pdf", letter_pdf())
    report = station.run()
    assert (report.claimed, report.understood, report.queued) == (1, 1, 1)
    assert station.states() == {"brief.pdf": FileState.QUEUED}
    assert path.read_bytes() == letter_pdf()
    with station.store.read() as session:
        (document,) = session.documents.inbox("blomberg")
        assert [type(entry.operation) for entry in session.outbox.all()] == [DepositDocument, AddEvent]
        (event,) = session.events.of_document(document.document_id)
    assert event.kind is EventKind.SUGGESTIONS
    assert document.title == "Erneuerung der Beleuchtung"
    assert document.received_on == date(2026, 11, 23)
    assert document.page_count == 1


def test_a_pdf_with_text_goes_on_byte_for_byte(station: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    with station.store.read() as session:
        (document,) = session.documents.inbox()
    digest = hashlib.sha256(letter_pdf()).hexdigest()
    assert (document.source_sha256, document.sha256, document.length) == (digest, digest, len(letter_pdf()))
    assert station.store.blobs.read(digest) == letter_pdf()


def test_a_scanned_picture_becomes_a_pdf_with_its_text_and_both_hashes_are_kept(station: Station) -> None:
    content = picture("JPEG", "Widerspruch gegen den Bescheid", (1200, 900))
    station.drop("scan.jpg", content)
    station.run()
    with station.store.read() as session:
        (document,) = session.documents.inbox()
    assert document.source_sha256 == hashlib.sha256(content).hexdigest()
    assert document.sha256 != document.source_sha256
    pdf = station.store.blobs.read(document.sha256)
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) == document.length


def test_the_day_of_receipt_is_the_local_day_on_which_the_file_was_first_seen(station: Station) -> None:
    station.clock.seconds = timedelta(hours=14, minutes=59, seconds=59).total_seconds()  # 23:59:59 in Berlin
    station.drop("spaet.pdf", letter_pdf())
    station.run()
    assert station.files()["spaet.pdf"].received_on == date(2026, 11, 23)


def test_a_file_that_is_still_written_is_not_touched(station: Station) -> None:
    path = station.drop("wachsend.pdf", letter_pdf()[:100])
    report = station.intake.run_once(station.clock.now())
    assert report.waiting == ((str(path), RefusalReason.STILL_GROWING),)
    station.clock.pause(2.9)
    grow(path)(0)
    station.intake.run_once(station.clock.now())
    station.clock.pause(2.9)
    assert station.intake.run_once(station.clock.now()).claimed == 0


def test_a_file_that_never_stops_growing_waits_with_its_reason_and_holds_up_nothing(station: Station) -> None:
    path = station.drop("endlos.pdf", b"%PDF-1.7\n")
    station.drop("brief.pdf", letter_pdf())
    write_on = grow(path)

    def pause(seconds: float) -> None:
        station.clock.pause(seconds)
        write_on(seconds)

    report = station.intake.run_until_done(pause)
    assert report.waiting == ((str(path), RefusalReason.STILL_GROWING),)
    pause(1)
    station.intake.run_once(station.clock.now())
    assert station.states() == {"brief.pdf": FileState.QUEUED, "endlos.pdf": FileState.SEEN}
    assert station.files()["endlos.pdf"].refusal is RefusalReason.STILL_GROWING


def test_a_file_that_stops_growing_at_last_is_taken_in_as_it_then_is(station: Station) -> None:
    path = station.drop("langsam.pdf", letter_pdf()[:200])
    for _ in range(8):
        station.intake.run_once(station.clock.now())
        station.clock.pause(2)
        grow(path)(0)
    assert station.states() == {"langsam.pdf": FileState.SEEN}
    path.write_bytes(letter_pdf())
    station.run()
    station.clock.pause(4)
    station.run()
    assert station.states() == {"langsam.pdf": FileState.QUEUED}


def test_a_certain_letter_is_filed_by_rule_only_where_the_office_wants_it(station: Station) -> None:
    station.knows(CASE)
    station.drop("eins.pdf", letter_pdf())
    station.run()
    station.office = OfficeSettings(auto_file=True)
    station.drop("zwei.pdf", letter_pdf((*LINES, "zweiter Brief")))
    station.run()
    with station.store.read() as session:
        (waiting,) = session.documents.inbox()
        (filed,) = session.documents.in_case(CASE.case_id)
        operations = [entry.operation for entry in session.outbox.all()]
        proposed = session.suggestions.get(waiting.document_id)
    assert proposed is not None
    assert (proposed.cases[0].case_number, proposed.cases[0].certain) == (CASE.case_number, True)
    (filing,) = [operation for operation in operations if isinstance(operation, FileDocument)]
    assert (filing.document_id, filing.case_id) == (filed.document_id, CASE.case_id)
    assert DocumentField.SENDER in {change.field for change in filing.changes}
    assert filed.sender == "Elektro Kampmann GmbH"


LINES = (
    "Elektro Kampmann GmbH · Gewerbering 4 · 32825 Blomberg",
    "Ihr Zeichen: 65.10-2026/009",
    "Sehr geehrte Damen und Herren,",
)


def test_the_same_bytes_again_are_shown_as_a_duplicate_and_taken_in_when_a_clerk_says_so(station: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    station.drop("brief-kopie.pdf", letter_pdf())
    report = station.run()
    assert report.duplicates == 1
    files = station.files()
    assert files["brief-kopie.pdf"].state is FileState.DUPLICATE
    assert files["brief-kopie.pdf"].duplicate_of == files["brief.pdf"].file_id
    with station.store.write() as session:
        session.ledger.move(files["brief-kopie.pdf"].file_id, FileState.CLAIMED)
    station.run()
    assert station.states() == {"brief.pdf": FileState.QUEUED, "brief-kopie.pdf": FileState.QUEUED}
    with station.store.read() as session:
        first, second = sorted(session.documents.inbox(), key=lambda document: document.duplicate_of)
    assert first.document_id != second.document_id
    assert second.duplicate_of == first.document_id


def test_a_name_that_the_scanner_uses_again_is_another_file(station: Station) -> None:
    station.drop("scan0001.pdf", letter_pdf())
    station.run()
    station.drop("scan0001.pdf", letter_pdf((*LINES, "ein anderer Brief")))
    station.run()
    with station.store.read() as session:
        assert len(session.documents.inbox()) == 2
        assert len(session.ledger.day(None)) == 2


def test_a_name_used_again_days_later_counts_as_received_on_its_own_day(station: Station) -> None:
    station.drop("scan0001.pdf", letter_pdf())
    station.run()
    station.clock.pause(3 * 86_400)
    station.drop("scan0001.pdf", letter_pdf((*LINES, "ein anderer Brief")))
    station.run()
    with station.store.read() as session:
        first, second = session.ledger.day(None)
    assert first.received_on is not None
    assert second.received_on is not None
    assert (second.received_on - first.received_on).days == 3


def test_sub_folders_are_scanned_and_what_is_no_letter_is_left_alone(station: Station) -> None:
    station.drop("tag1/brief.pdf", letter_pdf())
    for name in ("erledigt/2026-01-01/alt.pdf", "x.tmp", ".versteckt.pdf", "Thumbs.db", "@eaDir/brief.pdf", "~$b.pdf"):
        station.drop(name, letter_pdf((name,)))
    station.run()
    assert station.states() == {"tag1/brief.pdf": FileState.QUEUED}


def test_an_absent_folder_is_not_an_empty_one(station: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    away = station.scans.rename(station.scans.with_name("weg"))
    report = station.run()
    assert report.absent == (str(station.scans),)
    away.rename(station.scans)
    station.run()
    assert station.states() == {"brief.pdf": FileState.QUEUED}


BEFORE_QUEUED = (Point.SEEN, Point.LEASED, Point.COPIED, Point.CLAIMED, Point.READ, Point.COMPOSED, Point.UNDERSTOOD)


@pytest.mark.parametrize("point", [*BEFORE_QUEUED, Point.QUEUED])
def test_after_a_power_cut_at_any_step_the_letter_is_queued_once(station: Station, point: Point) -> None:
    station.knows(CASE)
    station.drop("brief.pdf", letter_pdf())
    station.started(witness=Notes(cut_at=point))
    with pytest.raises(PowerCut):
        station.run()
    station.restart()
    station.run()
    assert station.states() == {"brief.pdf": FileState.QUEUED}
    with station.store.read() as session:
        assert len(session.documents.inbox()) == 1
        assert [type(entry.operation) for entry in session.outbox.all()] == [DepositDocument, AddEvent]


@pytest.mark.parametrize("point", [*BEFORE_QUEUED[:4], Point.QUARANTINED])
def test_after_a_power_cut_at_any_step_a_bad_file_is_quarantined_once(station: Station, point: Point) -> None:
    station.drop("kaputt.pdf", letter_pdf()[:120])
    station.started(witness=Notes(cut_at=point))
    with pytest.raises(PowerCut):
        station.run()
    station.restart()
    station.run()
    assert station.states() == {"kaputt.pdf": FileState.QUARANTINED}
    assert station.files()["kaputt.pdf"].refusal is RefusalReason.DAMAGED
    assert (station.scans / "kaputt.pdf").exists()


@pytest.mark.parametrize("point", [*BEFORE_QUEUED[:3], Point.DUPLICATE])
def test_after_a_power_cut_at_any_step_a_duplicate_is_one(station: Station, point: Point) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    station.drop("nochmal.pdf", letter_pdf())
    station.started(witness=Notes(cut_at=point))
    with pytest.raises(PowerCut):
        station.run()
    station.restart()
    station.run()
    assert station.states() == {"brief.pdf": FileState.QUEUED, "nochmal.pdf": FileState.DUPLICATE}
    with station.store.read() as session:
        assert len(session.documents.inbox()) == 1


def test_a_copy_that_was_cleared_away_is_made_again_from_the_original(station: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.started(witness=Notes(cut_at=Point.CLAIMED))
    with pytest.raises(PowerCut):
        station.run()
    station.store.blobs.remove(hashlib.sha256(letter_pdf()).hexdigest())
    station.restart()
    station.run()
    assert station.states() == {"brief.pdf": FileState.QUEUED}


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_thousand_files_dropped_at_once_are_each_claimed_once(station: Station) -> None:
    for number in range(1_000):
        station.drop(f"scan{number:04}.pdf", b"%%PDF-1.4 %d %%%%EOF" % number)
    claims = 0
    for _ in range(3):
        report = station.intake.run_once(station.clock.now())
        claims += report.claimed
        station.clock.pause(4)
        if claims:
            break
    assert claims == 1_000
    with station.store.read() as session:
        claimed = session.ledger.claims()
    assert len({entry.path for entry in claimed}) == len(claimed) == 1_000
