"""A scanner's memory card is emptied into the folder: tens of thousands of files in one moment, each claimed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_desktop.intake.admission import Admission
from clerk_desktop.intake.claim import Claimer
from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.intake.safety import open_exclusively
from clerk_desktop.intake.scan_folder import FolderWatch, Timings
from clerk_desktop.model.ledger import FileState
from tests.intake.station import BERLIN, Notes, Station


def tiny(folder: Path, count: int) -> None:
    """Distinct files of a few bytes, in folders of a thousand as cameras and scanners make them."""
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        place.mkdir(exist_ok=True)
        (place / f"scan{number:05}.pdf").write_bytes(b"%%PDF-1.4 %d %%%%EOF" % number)


def claimed_once_each(station: Station, count: int) -> None:
    """Claim what lies there in two passes, the second one after the quiet time, and count."""
    tiny(station.scans, count)
    timings, notes = Timings(), Notes()
    admission = Admission(station.store, Claimer(station.store, open_exclusively, notes), BERLIN, timings, notes)
    watch = FolderWatch(station.folder, station.name, timings)
    taken = 0
    for _ in range(3):
        now, at = station.clock.now(), station.clock.ticks()
        watch.look(at, now)
        taken += len(admission.admit(watch, at, now, horizon=at).claimed)
        station.clock.pause(timings.quiet + 1)
    assert taken == count
    account = reconcile(station.store, None, BERLIN)
    assert (account.seen, account.waiting, account.lost) == (count, count, ())
    with station.store.read() as session:
        files = session.ledger.in_state(FileState.CLAIMED)
        claims = session.ledger.claims()
    assert len(files) == len({file.source_sha256 for file in files}) == len(claims) == count
    assert all(station.store.blobs.has(file.source_sha256) for file in files)


def test_many_files_at_once_are_each_claimed_once(station: Station) -> None:
    claimed_once_each(station, 100)


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_fifty_thousand_files_at_once_are_each_claimed_once(station: Station) -> None:
    claimed_once_each(station, 50_000)
