from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.workers.host import WorkerHost
from tests.intake.station import Station, TurnedClock


@pytest.fixture(scope="session")
def host() -> Iterator[WorkerHost]:
    opened = WorkerHost(processes=2, recognition_processes=2)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def station(tmp_path: Path, host: WorkerHost, clock: TurnedClock) -> Iterator[Station]:
    scans = tmp_path / "scans"
    scans.mkdir()
    made = Station(tmp_path / "home", scans, host, clock)
    yield made
    made.close()
