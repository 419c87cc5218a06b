from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.workers.host import WorkerHost
from tests.scanners.desk import ScanDesk, scan_desk


@pytest.fixture(scope="session")
def host() -> Iterator[WorkerHost]:
    opened = WorkerHost(processes=1, recognition_processes=1)
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path, host: WorkerHost) -> Iterator[ScanDesk]:
    with scan_desk(tmp_path / "station", host) as made:
        yield made
