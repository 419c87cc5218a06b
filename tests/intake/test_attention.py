"""How a folder is watched is measured again while the station runs; what lies there is taken in all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clerk_desktop.intake.attention import Attention, Pace
from clerk_desktop.intake.folder import rescan
from clerk_desktop.intake.pipeline import Intake
from clerk_desktop.intake.scan_folder import FolderWatch, Timings
from clerk_desktop.intake.watcher import CANARY, Watcher
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import FileState, ScanFolder
from clerk_desktop.model.watching import WatchFinding, WatchMode, WatchReason
from clerk_desktop.system.clock import SystemClock
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.settings import SettingsFiles
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.background import Background
from clerk_desktop.usecases.doctor import Doctor
from clerk_desktop.usecases.rounds import Rounds
from clerk_desktop.usecases.scan_folders import ScanFolders
from clerk_desktop.usecases.watching_words import how_watched
from clerk_desktop.usecases.work import TakeIn
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, Station
from tests.workers.processes import wait_until

QUICK = Pace(measure_every=2.0, patience=0.5)


@contextmanager
def at_work(station: Station, pace: Pace) -> Iterator[Callable[[], WatchFinding | None]]:
    """A station whose intake thread runs as in the window; gives what it says of its folder."""
    folders, clock, stop = ScanFolders(station.store), SystemClock(), threading.Event()
    attention = folders.attention(station.name, pace)
    intake = Intake(
        station.store, station.host, station.name, office=lambda: station.office, zone=BERLIN, clock=clock,
        ticks=time.monotonic, timings=Timings(quiet=0.2), attention=attention,
    )  # fmt: skip
    take_in = TakeIn(clock=clock, intake=lambda: intake, wait=lambda seconds: None)
    background = Background(
        rounds=Rounds(store=station.store, locks=Locks(station.home / "locks"), wait=lambda seconds: None),
        watch=take_in.as_due, take_in=take_in.as_it_stands, take_in_all=take_in.until_done,
        exchange=take_in.as_due, keep_up=take_in.as_due, index=bool, read_text=lambda _: False, quiet_seconds=0.2,
    )  # fmt: skip
    thread = threading.Thread(target=background.run_intake, args=(stop,))
    thread.start()
    try:
        yield lambda: folders.findings().get(str(station.scans))
    finally:
        stop.set()
        thread.join()
        attention.close()


def reason(finding: WatchFinding | None) -> WatchReason | None:
    return finding.reason if finding else None


def lies_in_another_folder_now(station: Station) -> None:
    """Somebody renames the folder and makes a new one: what listened to the old one hears nothing any more."""
    station.scans.rename(station.scans.with_name("alt"))
    station.scans.mkdir()


def listed_in(folder: Path) -> float:
    """How many seconds a look takes at best; others may have kept the machine busy meanwhile."""
    took = []
    for _ in range(5):
        began = time.perf_counter()
        rescan(folder)
        took.append(time.perf_counter() - began)
    return min(took)


def test_a_folder_that_goes_deaf_is_polled_and_relied_upon_once_it_tells_again(station: Station) -> None:
    with at_work(station, QUICK) as said:
        wait_until(lambda: reason(said()) is WatchReason.TELLS)
        lies_in_another_folder_now(station)
        wait_until(lambda: reason(said()) is WatchReason.DEAF)
        station.drop("brief.pdf", letter_pdf())
        wait_until(lambda: station.states().get("brief.pdf") is FileState.QUEUED, 60)
        wait_until(lambda: reason(said()) is WatchReason.TELLS)
    assert not list(station.scans.glob(f"{CANARY}*"))


def test_a_letter_that_no_event_announced_is_taken_in_and_ends_the_trust(station: Station) -> None:
    with at_work(station, Pace(look_every=0.5)) as said:
        wait_until(lambda: reason(said()) is WatchReason.TELLS)
        lies_in_another_folder_now(station)
        station.drop("brief.pdf", letter_pdf())
        wait_until(lambda: reason(said()) is WatchReason.DEAF)
        wait_until(lambda: station.states().get("brief.pdf") is FileState.QUEUED, 60)


def test_a_folder_that_gets_slow_is_looked_at_less_often_and_says_so(station: Station) -> None:
    away, many = station.home / "viele", station.scans / "viele"
    away.mkdir()
    for number in range(10_000):
        (away / f"{number}.part").touch()
    with at_work(station, Pace(measure_every=2.0, patience=0.5, slow=listed_in(away) / 2)) as said:
        wait_until(lambda: reason(said()) is WatchReason.TELLS)
        away.rename(many)
        wait_until(lambda: reason(said()) is WatchReason.SLOW)
        found = said()
        assert found is not None
        assert found.mode is WatchMode.POLLING
        assert "antwortet langsam" in how_watched(found, Texts.for_language("de"))[0]
        many.rename(away)
        wait_until(lambda: reason(said()) is WatchReason.TELLS, 60)


def test_a_folder_that_is_removed_while_its_canary_is_out_keeps_none(station: Station) -> None:
    attention = Attention(Watcher(), station.name, lambda _: None, station.clock.ticks)
    attention.follow([station.folder])
    assert [path.name for path in station.scans.iterdir()] == [f"{CANARY}{station.name}"]
    attention.follow([])
    assert not list(station.scans.iterdir())
    attention.close()


def test_a_folder_that_tells_is_left_alone_until_it_does(station: Station) -> None:
    found: list[WatchFinding] = []
    station.drop(f"{CANARY}{station.name}", b"left behind by a process that died")
    attention = Attention(Watcher(ticks=station.clock.ticks), station.name, found.append, station.clock.ticks)
    watch = FolderWatch(station.folder, station.name, Timings())

    def told() -> bool:
        attention.follow([station.folder])
        return bool(found)

    wait_until(told)
    assert found[0].mode is WatchMode.EVENTS
    assert not list(station.scans.iterdir())
    watch.look(station.clock.ticks(), station.clock.now())
    attention.looked(watch, 0.0)
    assert not attention.is_due(watch)
    station.drop("brief.pdf", letter_pdf())

    def due() -> bool:
        attention.follow([station.folder])
        return attention.is_due(watch)

    wait_until(due)
    watch.look(station.clock.ticks(), station.clock.now())
    attention.looked(watch, 0.0)
    assert attention.is_due(watch), "a file that comes to rest is looked at in every pass"
    attention.looked(watch, 4.0)
    attention.looked(watch, 4.0)
    assert found[-1].reason is WatchReason.SLOW
    assert not attention.is_due(watch)
    station.clock.pause(39.0)
    assert not attention.is_due(watch)
    station.clock.pause(1.0)
    assert attention.is_due(watch)
    attention.close()


def test_a_folder_that_cannot_even_be_asked_about_leaves_the_others_to_be_taken_in(station: Station) -> None:
    unaskable = ScanFolder(folder_id=FolderId("too-long"), path=f"/tmp/{'a' * 300}", municipality="blomberg")
    with station.store.write() as session:
        session.folders.add(unaskable)
    with at_work(station, QUICK) as said:
        wait_until(lambda: reason(said()) is WatchReason.TELLS)
        station.drop("brief.pdf", letter_pdf())
        wait_until(lambda: station.states().get("brief.pdf") is FileState.QUEUED, 60)
    folders = ScanFolders(station.store)
    with pytest.raises(WrongUsage):
        folders.add(Path(unaskable.path), "blomberg")
    with pytest.raises(WrongUsage):
        folders.check(Path(unaskable.path))
    doctor = Doctor(
        store=station.store, home=station.home, keeper="keyring", server=str, recognition=str,
        settings=SettingsFiles(station.home / "settings.toml", station.home / "policy.toml"),
    )  # fmt: skip
    assert sorted(found.ok for found in doctor.examine() if found.check == "Scan folder") == [False, True]


def taught(station: Station, found: list[WatchFinding]) -> tuple[Attention, FolderWatch, Callable[[], WatchFinding]]:
    """Attention to a folder that was found to tell; the last one looks once and returns what is known then."""
    attention = Attention(Watcher(ticks=station.clock.ticks), station.name, found.append, station.clock.ticks)
    watch = FolderWatch(station.folder, station.name, Timings())

    def told() -> bool:
        attention.follow([station.folder])
        return bool(found)

    def look() -> WatchFinding:
        watch.look(station.clock.ticks(), station.clock.now())
        attention.looked(watch, 0.0)
        return found[-1]

    wait_until(told)
    assert look().reason is WatchReason.TELLS
    return attention, watch, look


def lies_there_unannounced(station: Station) -> None:
    lies_in_another_folder_now(station)
    station.drop("brief.pdf", letter_pdf())


def test_an_event_may_come_as_late_as_that_of_a_canary(station: Station) -> None:
    attention, _, look = taught(station, [])
    lies_there_unannounced(station)
    assert look().reason is WatchReason.TELLS
    for _ in range(2):
        station.clock.pause(1.0)
        assert look().reason is WatchReason.TELLS
    station.clock.pause(1.0)
    assert look().reason is WatchReason.DEAF
    attention.close()


def test_a_folder_that_stays_away_is_measured_once_and_not_once_a_second(station: Station) -> None:
    found: list[WatchFinding] = []
    attention, watch, look = taught(station, found)
    canary = station.scans / f"{CANARY}{station.name}"
    away = station.scans.with_name("weg")
    station.scans.rename(away)
    look()
    assert not watch.listing.present
    away.rename(station.scans)
    measured = []

    def heard() -> bool:
        attention.follow([station.folder])
        return not canary.exists()

    for second in range(60):
        attention.follow([station.folder])
        attention.looked(FolderWatch(station.folder, station.name, Timings()), 0.0)  # a part of it cannot be listed
        if canary.exists():
            measured.append(second)
            wait_until(heard)
        station.clock.pause(1.0)
    assert measured == [30]
    attention.close()
