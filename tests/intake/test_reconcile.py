"""The account of a day adds up, and what is lost is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.intake.reconcile import account, reconcile
from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.ids import FileId, FolderId
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.model.remote import RemoteRef
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, START, Station

FILE = ScannedFile(
    file_id=FileId("f"), folder_id=FolderId("d"), path="/x", size=1, modified_ns=1, state=FileState.SEEN, seen_at=START
)
DAY = date(2026, 11, 23)


@given(st.lists(st.sampled_from(list(FileState))))
def test_seen_is_confirmed_and_waiting_and_quarantined_and_duplicates(states: list[FileState]) -> None:
    result = account(DAY, [replace(FILE, state=state) for state in states], ())
    assert result.seen == len(states)
    assert result.seen == result.confirmed + result.waiting + result.quarantined + result.duplicates


def listed_by_server(station: Station, name: str) -> None:
    file_id = station.files()[name].file_id
    with station.store.write() as session:
        for part in session.ledger.parts(file_id):
            document = session.documents.get(part.document_id)
            session.baselines.put(
                Baseline(
                    object_id=part.document_id,
                    kind=ChangeKind.DOCUMENT,
                    ref=RemoteRef(server_id="s", series_id="s"),
                    document=document,
                )
            )


def test_a_day_of_four_files_adds_up_and_nothing_is_lost(station: Station) -> None:
    station.drop("eins.pdf", letter_pdf(("eins",)))
    station.drop("zwei.pdf", letter_pdf(("zwei",)))
    station.run()
    station.drop("zwei-nochmal.pdf", letter_pdf(("zwei",)))
    station.drop("kaputt.pdf", b"nothing")
    station.run()
    listed_by_server(station, "eins.pdf")
    station.confirm("eins.pdf")
    station.settle()
    result = reconcile(station.store, DAY, BERLIN)
    assert (result.seen, result.confirmed, result.waiting) == (4, 1, 1)
    assert (result.quarantined, result.duplicates, result.lost) == (1, 1, ())
    assert reconcile(station.store, date(2026, 11, 24), BERLIN).seen == 0


def test_an_original_that_is_gone_before_it_was_confirmed_is_lost(station: Station) -> None:
    path = station.drop("brief.pdf", letter_pdf())
    station.run()
    path.unlink()
    assert reconcile(station.store, DAY, BERLIN).lost == (str(path),)


def test_an_original_that_was_replaced_before_it_was_confirmed_is_lost(station: Station) -> None:
    path = station.drop("brief.pdf", letter_pdf())
    station.run()
    path.write_bytes(b"something else")
    assert reconcile(station.store, DAY, BERLIN).lost == (str(path),)


def test_a_file_that_is_still_being_written_is_waiting_and_not_lost(station: Station) -> None:
    path = station.drop("waechst.pdf", letter_pdf()[:50])
    for _ in range(8):
        station.intake.run_once(station.clock.now())
        station.clock.pause(2)
        with path.open("ab") as file:
            file.write(b"x")
    result = reconcile(station.store, DAY, BERLIN)
    assert (result.seen, result.waiting, result.lost) == (1, 1, ())


def test_an_original_on_a_share_that_is_offline_is_not_lost(station: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    station.scans.rename(station.scans.with_name("weg"))
    assert reconcile(station.store, DAY, BERLIN).lost == ()


def test_an_original_that_another_station_settled_is_not_lost(station: Station) -> None:
    path = station.drop("brief.pdf", letter_pdf())
    station.run()
    settled = station.scans / "erledigt" / "2026-11-23" / "brief.pdf"
    settled.parent.mkdir(parents=True)
    path.rename(settled)
    assert reconcile(station.store, DAY, BERLIN).lost == ()


def test_a_confirmed_letter_that_the_server_does_not_list_is_lost(station: Station) -> None:
    path = station.drop("brief.pdf", letter_pdf())
    station.run()
    station.confirm("brief.pdf")
    assert reconcile(station.store, DAY, BERLIN).lost == (str(path),)


def test_a_claim_without_a_ledger_row_is_lost(station: Station) -> None:
    with station.store.write() as session:
        session.ledger.claim_log_add(FileId("never entered"), "/scans/weg.pdf", "00", station.clock.now())
    assert reconcile(station.store, DAY, BERLIN).lost == ("/scans/weg.pdf",)


def test_a_file_that_was_renamed_before_it_was_claimed_counts_once(station: Station) -> None:
    path = station.drop("entwurf.pdf", letter_pdf()[:50])
    for _ in range(7):
        station.intake.run_once(station.clock.now())
        station.clock.pause(2)
        with path.open("ab") as file:
            file.write(b"x")
    station.intake.run_once(station.clock.now())
    assert reconcile(station.store, DAY, BERLIN).waiting == 1
    path.rename(station.scans / "fertig.pdf")
    station.run()
    result = reconcile(station.store, DAY, BERLIN)
    assert (result.seen, result.lost) == (1, ())
