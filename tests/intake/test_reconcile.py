"""The account of a day adds up, and what is lost is found."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.intake.reconcile import account, reconcile
from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ids import FileId, FolderId
from clerk_desktop.model.ledger import FileAccount, FileState, ScannedFile, Verdict
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.model.verdicts import EXPLAINED, STATES
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.day_account import why
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, START, Station
from tests.intake.test_bad_files import Locked

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


def test_every_difference_is_explained_file_by_file_and_the_rest_arrived(station: Station) -> None:
    station.drop("eins.pdf", letter_pdf(("eins",)))
    station.drop("zwei.pdf", letter_pdf(("zwei",)))
    lost = station.drop("weg.pdf", letter_pdf(("weg",)))
    station.run()
    station.drop("zwei-nochmal.pdf", letter_pdf(("zwei",)))
    station.drop("kaputt.pdf", b"nothing")
    station.run()
    listed_by_server(station, "eins.pdf")
    station.confirm("eins.pdf")
    lost.unlink()
    result = reconcile(station.store, DAY, BERLIN)
    assert [(Path(each.path).name, each.verdict) for each in result.files] == [
        ("weg.pdf", Verdict.ORIGINAL_GONE),
        ("kaputt.pdf", Verdict.HELD),
        ("zwei-nochmal.pdf", Verdict.TWIN),
        ("zwei.pdf", Verdict.NOT_SENT_YET),
        ("eins.pdf", Verdict.ARRIVED),
    ]
    assert len(result.differences) == 4
    assert result.files[2].twin == str(station.scans / "zwei.pdf")
    assert set(Verdict) == set(EXPLAINED)
    assert {*FileState, None} == set(STATES)


def test_a_letter_that_only_looks_the_same_is_never_said_to_have_the_same_content(station: Station) -> None:
    first = replace(FILE, file_id=FileId("1"), folder_id=station.folder.folder_id, path="/scans/brief.pdf")
    alike = replace(first, file_id=FileId("2"), path="/scans/nochmal.pdf")
    with station.store.write() as session:
        for file in (first, alike):
            session.ledger.add(file)
        session.ledger.move(
            alike.file_id, FileState.DUPLICATE, duplicate_of=first.file_id, refusal=RefusalReason.LOOKS_ALIKE
        )
    texts = Texts.for_language("de")

    def told() -> FileAccount:
        return next(each for each in reconcile(station.store, None, BERLIN).files if each.file_id == alike.file_id)

    assert told().verdict is Verdict.ALIKE
    assert why(told(), texts) == "Sieht aus wie /scans/brief.pdf (früher gescannt); die Bytes sind andere."
    with station.store.write() as session:
        session.ledger.update(alike.file_id, discarded_at=START)
    assert told().verdict is Verdict.ALIKE_GIVEN_UP
    assert why(told(), texts).startswith("Sieht aus wie /scans/brief.pdf")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed on Windows")
def test_a_day_is_the_office_s_day_wherever_the_machine_is(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # 00:30 on the 24th in Berlin
    with station.store.write() as session:
        session.ledger.add(
            replace(FILE, folder_id=station.folder.folder_id, path=str(station.scans / "x"), seen_at=late)
        )
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert reconcile(station.store, date(2026, 11, 24), BERLIN).seen == 1
        assert reconcile(station.store, DAY, BERLIN).seen == 0
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("restarted", [False, True])
def test_a_scan_that_went_before_it_was_taken_in_stays_lost_when_its_name_comes_again(
    station: Station, restarted: bool
) -> None:
    first = station.drop("scan.pdf", letter_pdf(("eins",)))
    locked = Locked(RefusalReason.IN_USE, "scan.pdf")
    station.started(opener=locked)
    station.run()
    first.unlink()
    if restarted:
        station.restart()
    station.run()
    station.clock.pause(86_400)
    locked.reason = None
    station.drop("scan.pdf", letter_pdf(("zwei",)))
    station.run()
    yesterday, today, both = (
        reconcile(station.store, day, BERLIN) for day in (date(2026, 11, 23), date(2026, 11, 24), None)
    )
    assert [each.verdict for each in yesterday.files] == [Verdict.ORIGINAL_REPLACED]
    assert [each.verdict for each in today.files] == [Verdict.NOT_SENT_YET]
    assert both.lost == (str(first),)
    with station.store.read() as session:
        (document,) = session.documents.inbox()
    assert document.received_on == date(2026, 11, 24)


def test_a_scan_that_is_written_anew_after_a_moment_is_one_scan(station: Station) -> None:
    path = station.drop("scan.pdf", letter_pdf(("eins",)))
    locked = Locked(RefusalReason.IN_USE, "scan.pdf")
    station.started(opener=locked)
    station.run()
    path.unlink()
    station.intake.run_once(station.clock.now())
    station.clock.pause(1)
    station.drop("scan.pdf", letter_pdf(("eins",), ("zwei",)))
    locked.reason = None
    station.run()
    account = reconcile(station.store, None, BERLIN)
    assert [each.verdict for each in account.files] == [Verdict.NOT_SENT_YET]
    assert account.lost == ()


def test_a_scan_that_is_written_anew_twice_long_apart_is_one_scan(station: Station) -> None:
    path = station.drop("scan.pdf", letter_pdf(("eins",)))
    locked = Locked(RefusalReason.IN_USE, "scan.pdf")
    station.started(opener=locked)
    station.run()
    for pages in (2, 3):
        path.unlink()
        station.intake.run_once(station.clock.now())
        station.clock.pause(1)
        station.drop("scan.pdf", letter_pdf(*((f"Seite {page}",) for page in range(pages))))
        station.intake.run_once(station.clock.now())
        station.clock.pause(60)
        station.intake.run_once(station.clock.now())
    locked.reason = None
    station.run()
    account = reconcile(station.store, None, BERLIN)
    assert [each.verdict for each in account.files] == [Verdict.NOT_SENT_YET]
    assert account.lost == ()
