"""Originals leave the scan folder only when the server surely has them, and nothing is overwritten on the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clerk_desktop.intake.progress import Point
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import FileState, ScanFolder
from tests.intake.papers import letter_pdf
from tests.intake.station import Notes, PowerCut, Station

DAY = "erledigt/2026-11-23"


def confirmed(station: Station, name: str = "brief.pdf", content: bytes | None = None) -> Path:
    path = station.drop(name, content if content is not None else letter_pdf())
    station.run()
    station.confirm(name)
    return path


def test_a_confirmed_original_is_moved_to_the_folder_of_the_day_and_its_lease_goes(station: Station) -> None:
    path = confirmed(station)
    assert station.settle().settled == (str(path),)
    assert not path.exists()
    assert (station.scans / DAY / "brief.pdf").read_bytes() == letter_pdf()
    assert [left.name for left in station.scans.iterdir() if "lease" in left.name] == []
    with station.store.read() as session:
        (file,) = session.ledger.day(None)
    assert file.settled_path == str(station.scans / DAY / "brief.pdf")
    assert file.settled_at == station.clock.now()


def test_an_original_that_is_not_confirmed_stays(station: Station) -> None:
    path = station.drop("brief.pdf", letter_pdf())
    station.run()
    assert station.settle().settled == ()
    assert path.exists()


def test_a_name_that_is_taken_gets_a_counter(station: Station) -> None:
    confirmed(station)
    station.settle()
    confirmed(station, content=letter_pdf(("ein anderer",)))
    station.settle()
    assert sorted(path.name for path in (station.scans / DAY).iterdir()) == ["brief (2).pdf", "brief.pdf"]
    assert (station.scans / DAY / "brief.pdf").read_bytes() == letter_pdf()


def test_another_file_of_the_same_name_is_never_moved_in_its_stead(station: Station) -> None:
    path = confirmed(station)
    path.write_bytes(letter_pdf(("neu gescannt",)))
    report = station.settle()
    assert (report.settled, report.gone) == ((), (str(path),))
    assert path.read_bytes() == letter_pdf(("neu gescannt",))
    station.run()
    with station.store.read() as session:
        files = session.ledger.in_state(*FileState)
    assert sorted(file.state.value for file in files) == ["confirmed", "queued"]


def test_a_file_with_the_same_size_and_time_but_other_content_is_not_moved(station: Station) -> None:
    path = confirmed(station)
    facts = path.stat()
    path.write_bytes(letter_pdf()[:-2] + b"X\n")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    station.settle()
    assert path.exists()


@pytest.mark.parametrize("point", [Point.MOVED, Point.SETTLED])
def test_after_a_power_cut_while_settling_it_is_settled_once(station: Station, point: Point) -> None:
    confirmed(station)
    with pytest.raises(PowerCut):
        station.settle(Notes(cut_at=point))
    station.restart()
    station.settle()
    assert [path.name for path in (station.scans / DAY).iterdir()] == ["brief.pdf"]
    with station.store.read() as session:
        (file,) = session.ledger.day(None)
        assert session.ledger.unsettled_confirmed() == ()
    assert file.settled_path.endswith("brief.pdf")


def test_a_move_cut_short_between_its_two_halves_is_finished(station: Station) -> None:
    path = confirmed(station)
    target = station.scans / DAY / "brief.pdf"
    target.parent.mkdir(parents=True)
    os.link(path, target)
    station.settle()
    assert not path.exists()
    assert [left.name for left in target.parent.iterdir()] == ["brief.pdf"]


def test_a_folder_that_cannot_be_written_to_keeps_its_originals_and_is_reported(station: Station) -> None:
    path = confirmed(station)
    (station.scans / "erledigt").write_bytes(b"a file where the folder should be")
    report = station.settle()
    assert report.stuck == (str(path),)
    assert path.exists()
    (station.scans / "erledigt").unlink()
    assert station.settle().settled == (str(path),)


def test_an_absent_folder_settles_nothing(station: Station) -> None:
    confirmed(station)
    away = station.scans.rename(station.scans.with_name("weg"))
    assert station.settle().stuck == (str(station.scans / "brief.pdf"),)
    away.rename(station.scans)
    assert len(station.settle().settled) == 1


def keep_for(station: Station, days: int) -> None:
    with station.store.write() as session:
        session.folders.add(
            ScanFolder(
                folder_id=FolderId(station.folder.folder_id),
                path=station.folder.path,
                municipality="blomberg",
                keep_originals_days=days,
            )
        )


def settle_daily(station: Station, days: int) -> list[str]:
    """Settle once a day; what was deleted."""
    purged: list[str] = []
    for _ in range(days):
        station.clock.pause(86_400)
        purged += station.settle().purged
    return purged


def test_originals_are_deleted_after_their_time_and_only_those_that_were_confirmed(station: Station) -> None:
    keep_for(station, 30)
    confirmed(station)
    station.settle()
    stranger = station.drop(f"{DAY}/fremd.pdf", b"from somebody else")
    assert settle_daily(station, 29) == []
    assert settle_daily(station, 2) == [str(station.scans / DAY / "brief.pdf")]
    assert stranger.exists()
    assert station.files()["brief.pdf"].state is FileState.CONFIRMED


def test_a_station_that_rests_over_weekends_deletes_in_time_and_a_holiday_only_delays(station: Station) -> None:
    keep_for(station, 30)
    confirmed(station)
    station.settle()
    for week in range(3):
        assert settle_daily(station, 5 if week == 0 else 4) == []
        station.clock.pause(2 * 86_400)
    station.clock.pause(20 * 86_400)
    assert settle_daily(station, 3) == []
    assert settle_daily(station, 7) == [str(station.scans / DAY / "brief.pdf")]


def test_a_station_that_is_used_once_a_week_deletes_after_weeks(station: Station) -> None:
    keep_for(station, 30)
    confirmed(station)
    station.settle()
    purged: list[str] = []
    for _ in range(6):
        assert purged == []
        station.clock.pause(7 * 86_400)
        purged += station.settle().purged
    assert purged == [str(station.scans / DAY / "brief.pdf")]


def test_an_original_that_was_put_back_changed_is_not_deleted(station: Station) -> None:
    keep_for(station, 3)
    confirmed(station)
    station.settle()
    (station.scans / DAY / "brief.pdf").write_bytes(letter_pdf(("ein anderer",)))
    assert settle_daily(station, 10) == []
