"""Nobody waits for a page that is on its way when the program is closed: what came is kept, the device is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.model.errors import ScanInterrupted
from clerk_desktop.workers.host import WorkerHost
from tests.scanners.desk import BOUNDS, ScanDesk, scan_desk
from tests.scanners.device import Device, switched_on

READ = 60.0
SOON = 20.0


@pytest.fixture
def patient(tmp_path: Path, host: WorkerHost) -> Iterator[ScanDesk]:
    """A station that would wait a minute for the next byte."""
    with scan_desk(tmp_path / "station", host, bounds=replace(BOUNDS, read=READ, page_seconds=READ)) as made:
        yield made


@pytest.mark.parametrize("late", [1, 3])
def test_a_page_that_is_on_its_way_is_given_up_and_what_came_is_kept(patient: ScanDesk, late: int) -> None:
    stop, on_its_way = threading.Event(), threading.Event()

    def before_page(number: int) -> None:
        if number == late:
            stop.set()
            on_its_way.wait(READ)

    with switched_on(Device(feeder=["eins", "zwei", "drei"], before_page=before_page)) as device:
        began = time.monotonic()
        try:
            if late == 1:
                with pytest.raises(ScanInterrupted):
                    patient.scan(device.url, stop=stop)
                assert patient.scanning.unfinished() == ()
            else:
                result = patient.scan(device.url, stop=stop)
                assert isinstance(result.trouble, ScanInterrupted)
                assert [batch.pages for batch in patient.scanning.unfinished()] == [late - 1]
        finally:
            on_its_way.set()
        assert time.monotonic() - began < SOON
        assert device.cancelled == [device.jobs[0].path]


def test_a_page_that_comes_within_the_grace_is_kept(tmp_path: Path, host: WorkerHost) -> None:
    stop = threading.Event()

    def before_page(number: int) -> None:
        if number == 2:
            stop.set()

    bounds = replace(BOUNDS, grace=READ)
    with (
        scan_desk(tmp_path / "station", host, bounds=bounds) as desk,
        switched_on(Device(feeder=["eins", "zwei", "drei"], before_page=before_page)) as device,
    ):
        result = desk.scan(device.url, stop=stop)
        assert isinstance(result.trouble, ScanInterrupted)
        assert result.batch.pages == 2
