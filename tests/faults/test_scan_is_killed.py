"""The program, the disk or the network goes in the middle of a stack: what the scanner has delivered is there."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from tests.cli.station import Station
from tests.faults.full_disk import run_with_limited_files
from tests.scanners.device import Device, switched_on

STACK = ["eins", "zwei", "drei", "vier"]


@pytest.mark.slow
def test_kill_9_in_the_middle_of_a_stack_loses_no_page_and_the_rest_is_put_behind(tmp_path: Path) -> None:
    station, scans = Station(home=tmp_path / "station"), tmp_path / "scans"
    scans.mkdir()
    station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
    third, go_on = threading.Event(), threading.Event()

    def wait_at_the_third(number: int) -> None:
        if number == 3 and not go_on.is_set():
            third.set()
            go_on.wait(60)

    with switched_on(Device(feeder=list(STACK), before_page=wait_at_the_third)) as device:
        process = station.start("scan", "--scanner", device.url, "--adf", "--dpi", "75")
        assert third.wait(60)
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        go_on.set()
        told = station.json("scan", "--list", expect=5)
        (waiting,) = told["unfinished"]
        assert (waiting["pages"], waiting["trouble"]) == (2, "ScanInterrupted")
        device.unjam(STACK[2:])
        ended = station.json("scan", "--continue", waiting["scan"])
    assert (ended["pages"], ended["trouble"]) == (4, None)
    assert [each.name for each in scans.iterdir()] == [Path(ended["file"]).name]


FULL = """
import sys
from pathlib import Path

from clerk_desktop.model.errors import DiskFull
from clerk_desktop.workers.host import WorkerHost
from tests.scanners.desk import scan_desk
from tests.scanners.device import Device, sheet, switched_on


def main():
    host = WorkerHost(processes=1, recognition_processes=1)
    try:
        with scan_desk(Path(sys.argv[1]), host) as desk, switched_on(Device(feeder=["a"] * 3)) as device:
            size = len(sheet("a", 75))
            device.before_page = lambda number: limit(size - 1 if number == 3 else -1)
            result = desk.scan(device.url)
            limit(-1)
            device.before_page = lambda number: None
            print(type(result.trouble) is DiskFull, result.batch.pages, bool(device.cancelled))
            (waiting,) = desk.scanning.unfinished()
            device.unjam(["a"])
            ended = desk.go_on(waiting.batch_id)
            print(ended.trouble, ended.batch.pages, len(desk.files()))
    finally:
        host.close()


if __name__ == "__main__":
    main()
"""


@pytest.mark.slow
def test_a_full_disk_stops_the_scan_keeps_the_pages_and_the_rest_follows_when_there_is_room(tmp_path: Path) -> None:
    assert run_with_limited_files(FULL, tmp_path / "station") == ["True 2 True", "None 3 1"]
