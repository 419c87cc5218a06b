"""Two stations watch one scan folder: each letter is taken once, also when one of them dies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_desktop.intake.lease import Held, Leases
from clerk_desktop.intake.progress import Point
from clerk_desktop.intake.stability import Stamp
from clerk_desktop.model.ledger import FileState
from clerk_desktop.workers.host import WorkerHost
from tests.intake.papers import letter_pdf
from tests.intake.station import START, Notes, PowerCut, Station, TurnedClock

STAMP = Stamp(size=5, modified_ns=1_700_000_000_000_000_000)


@pytest.fixture
def other(station: Station, tmp_path: Path, host: WorkerHost, clock: TurnedClock) -> Iterator[Station]:
    made = Station(tmp_path / "home-b", station.scans, host, clock, "station-b")
    yield made
    made.close()


def documents(*stations: Station) -> list[str]:
    found: list[str] = []
    for station in stations:
        with station.store.read() as session:
            found += [document.document_id for document in session.documents.inbox()]
    return found


def test_each_letter_is_taken_by_one_of_two_stations(station: Station, other: Station) -> None:
    for number in range(6):
        station.drop(f"brief{number}.pdf", letter_pdf((f"Brief Nummer {number}",)))
    station.intake.run_once(station.clock.now())
    other.intake.run_once(other.clock.now())
    station.clock.pause(4)
    first = station.intake.run_once(station.clock.now())
    second = other.intake.run_once(other.clock.now())
    assert (first.claimed, second.claimed, second.elsewhere) == (6, 0, 6)
    assert other.files() == {}
    station.drop("noch-einer.pdf", letter_pdf(("noch einer",)))
    other.run()
    station.run()
    assert len(documents(station, other)) == len(set(documents(station, other))) == 7


def test_a_living_station_keeps_its_letters_however_long_it_is_offline(station: Station, other: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    for _ in range(30):
        station.clock.pause(20)
        station.intake.run_once(station.clock.now())
        assert other.intake.run_once(other.clock.now()).claimed == 0


def test_the_letters_of_a_dead_station_are_taken_over_under_the_same_ids(station: Station, other: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    other.run()
    assert other.states() == {}
    for _ in range(10):
        station.clock.pause(20)
        other.intake.run_once(other.clock.now())
    assert other.states() == {"brief.pdf": FileState.QUEUED}
    assert documents(station) == documents(other)


def test_a_station_that_died_in_the_middle_is_inherited_and_may_wake_up_again(station: Station, other: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    station.started(witness=Notes(cut_at=Point.CLAIMED))
    with pytest.raises(PowerCut):
        station.run()
    for _ in range(10):
        station.clock.pause(20)
        other.intake.run_once(other.clock.now())
    other.confirm("brief.pdf")
    other.settle()
    station.restart()
    station.run()
    assert station.states() == other.states() | {"brief.pdf": FileState.QUEUED}
    assert documents(station) == documents(other)
    station.confirm("brief.pdf")
    report = station.settle()
    assert report.settled == (str(station.scans / "brief.pdf"),)
    assert len(list((station.scans / "erledigt").rglob("*.pdf"))) == 1


def test_passes_by_the_clock_inherit_too_because_a_station_remembers_what_it_saw(tmp_path: Path) -> None:
    Leases(tmp_path, "a").beat(START)
    assert Leases(tmp_path, "a").take("x.pdf", STAMP, START) is Held.OURS
    for minutes, expected in ((0, Held.THEIRS), (1, Held.THEIRS), (5, Held.OURS)):
        now = START + timedelta(minutes=minutes)
        later_process = Leases(tmp_path, "b")
        later_process.beat(now)
        assert later_process.take("x.pdf", STAMP, now) is expected


def test_of_two_heirs_only_one_inherits(tmp_path: Path) -> None:
    Leases(tmp_path, "a").take("x.pdf", STAMP, START)
    heirs = [Leases(tmp_path, name) for name in ("b", "c")]
    for heir in heirs:
        heir.beat(START)
        heir.take("x.pdf", STAMP, START)
    later = START + timedelta(minutes=5)
    for heir in heirs:
        heir.beat(later)
    assert [heir.take("x.pdf", STAMP, later) for heir in heirs] == [Held.OURS, Held.THEIRS]
    assert heirs[0].take("x.pdf", STAMP, later) is Held.OURS


def test_a_lease_on_an_earlier_file_of_the_same_name_binds_nobody(tmp_path: Path) -> None:
    Leases(tmp_path, "a").take("scan0001.pdf", STAMP, START)
    newer = Stamp(size=9, modified_ns=STAMP.modified_ns + 10**10)
    assert Leases(tmp_path, "b").take("scan0001.pdf", newer, START) is Held.OURS


def test_a_lease_that_was_cut_short_binds_only_until_its_writer_must_be_dead(tmp_path: Path) -> None:
    (tmp_path / "x.pdf.clerk-lease-1").touch()
    leases = Leases(tmp_path, "b")
    assert leases.take("x.pdf", STAMP, START) is Held.THEIRS
    assert leases.take("x.pdf", STAMP, START + timedelta(minutes=5)) is Held.OURS


def test_leases_without_their_original_are_swept_unless_a_living_station_holds_them(tmp_path: Path) -> None:
    for station in ("a", "b"):
        leases = Leases(tmp_path, station)
        leases.beat(START)
        leases.take(f"{station}.pdf", STAMP, START)
    mine = Leases(tmp_path, "a")
    mine.beat(START)
    names = tuple(path.name for path in tmp_path.glob("*clerk-lease*"))
    mine.sweep(names, (), START)
    assert [path.name for path in tmp_path.glob("*clerk-lease*")] == ["b.pdf.clerk-lease-1"]
    mine.sweep(names, (), START + timedelta(minutes=5))
    assert list(tmp_path.glob("*clerk-lease*")) == []


@pytest.mark.skipif(__import__("os").name == "nt", reason="the kernel refuses differently")
def test_where_no_lease_can_be_written_letters_are_still_taken(tmp_path: Path) -> None:
    assert Leases(tmp_path / "fehlt", "a").take("x.pdf", STAMP, START) is Held.UNGUARDED
