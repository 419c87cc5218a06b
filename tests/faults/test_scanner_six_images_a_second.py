"""A scanner gives six images a second for ten minutes: claiming keeps up, and it is said how long reading will take."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from clerk_desktop.intake.admission import Admission
from clerk_desktop.intake.claim import Claimer
from clerk_desktop.intake.pipeline import Intake
from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.intake.safety import open_exclusively
from clerk_desktop.intake.scan_folder import FolderWatch, Timings
from clerk_desktop.model.ledger import FileState
from clerk_desktop.system.clock import SystemClock
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.forecast import forecast, forecast_text
from tests.intake.papers import picture
from tests.intake.station import BERLIN, Notes, Station

A_SECOND, SECONDS = 6, 600
BYTES = 64 * 1024
"""A page in black and white at 300 dpi; a third of one in grey."""


def random_page(number: int) -> bytes:
    return b"%PDF-1.7\n" + random.Random(number).randbytes(BYTES) + b"\n%%EOF\n"


def readable_page(number: int) -> bytes:
    return picture(text=f"Antrag {number}")


def scanned(folder: Path, number: int, page: Callable[[int], bytes]) -> None:
    """Put a page into the folder as a scanner does."""
    content = page(number)
    name = folder / f"seite-{number:05}.{'pdf' if content.startswith(b'%PDF') else 'png'}"
    part = name.with_suffix(".part")
    part.write_bytes(content)
    part.rename(name)


def keeps_up(station: Station, seconds: int, page: Callable[[int], bytes]) -> Counter[Path]:
    """Let a second of the scanner's time pass for each pass; return how often each page was opened."""
    opened: Counter[Path] = Counter()

    def opener(path: Path) -> BinaryIO:
        opened[path] += 1
        return open_exclusively(path)

    timings, notes = Timings(), Notes()
    admission = Admission(station.store, Claimer(station.store, opener, notes), BERLIN, timings, notes)
    watch = FolderWatch(station.folder, station.name, timings)
    claimed, count = 0, A_SECOND * seconds
    for second in range(seconds + round(timings.quiet) + 1):
        if second < seconds:
            for number in range(A_SECOND):
                scanned(station.scans, second * A_SECOND + number, page)
        now, at = station.clock.now(), station.clock.ticks()
        watch.look(at, now)
        claimed += len(admission.admit(watch, at, now, horizon=at).claimed)
        late = min(count, A_SECOND * (second + 1)) - claimed
        assert late <= A_SECOND * (round(timings.quiet) + 1), "only what has not come to rest is not taken in"
        station.clock.pause(1.0)
    assert claimed == count
    return opened


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_six_images_a_second_for_ten_minutes_are_claimed_as_they_come(station: Station) -> None:
    opened = keeps_up(station, SECONDS, random_page)
    assert len(opened) == A_SECOND * SECONDS
    assert set(opened.values()) == {1}, "the work grows with what comes, not with what lies there already"
    account = reconcile(station.store, None, BERLIN)
    assert (account.seen, account.waiting, account.lost) == (A_SECOND * SECONDS, A_SECOND * SECONDS, ())


def test_it_is_said_how_long_reading_takes(station: Station) -> None:
    keeps_up(station, 5, readable_page)
    clock, texts = SystemClock(), Texts.for_language("de")
    with station.store.read() as session:
        before = forecast(session, clock.now())
    assert (before.files, before.seconds) == (5 * A_SECOND, None)
    assert forecast_text(before, texts) == "30 Dateien sind noch zu lesen."
    began = clock.now()
    intake = Intake(
        station.store, station.host, station.name, office=lambda: station.office, zone=BERLIN, clock=clock,
        ticks=time.monotonic,
    )  # fmt: skip
    intake.run_once(clock.now())
    ended = clock.now()
    with station.store.read() as session:
        after = forecast(session, ended)
        read = len(session.ledger.in_state(FileState.QUEUED))
    assert read
    assert after.files == 5 * A_SECOND - read
    if after.files:
        # what passed until the first was read (processes start) does not count; the sums: intake/test_forecast.py
        assert after.seconds is not None
        assert 0 < after.seconds <= (ended - began).total_seconds() / read * after.files
        assert "noch zu lesen; das dauert etwa" in forecast_text(after, texts)
