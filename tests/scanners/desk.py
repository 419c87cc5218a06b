"""A scan station for tests: a profile with a scan folder, and the real way to devices."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from clerk_desktop.backend.device import device_transport
from clerk_desktop.backend.line import Line
from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.scanning import ScannerPlace, ScanSource, ScanWish
from clerk_desktop.scanners.line import Bounds
from clerk_desktop.scanners.network import NetworkScanners
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import SystemClock, office_zone
from clerk_desktop.system.settings import SettingsFiles
from clerk_desktop.system.store_key import StoreKey
from clerk_desktop.usecases.scanning import Scanning, ScanResult
from clerk_desktop.workers.host import WorkerHost
from tests.new_store import open_store

SMALL = ScanWish(source=ScanSource.FEEDER, dpi=75)
PLATE = ScanWish(source=ScanSource.PLATEN, dpi=75)
BOUNDS = Bounds(connect=60, read=60, grace=0.3, farewell=60, page_seconds=600, page_bytes=2 * 1024 * 1024)


@dataclass
class ScanDesk:
    """``told`` hears how many pages are here."""

    scanning: Scanning
    store: Store
    folder: Path
    told: list[int]

    def scan(self, url: str, wish: ScanWish = SMALL, stop: threading.Event | None = None) -> ScanResult:
        return self.scanning.scan(ScannerPlace(url=url), wish, None, self.told.append, stop or threading.Event())

    def go_on(self, batch_id: str) -> ScanResult:
        return self.scanning.go_on(batch_id, self.told.append, threading.Event())

    def files(self) -> list[str]:
        """What a clerk sees in the scan folder."""
        return sorted(each.name for each in self.folder.iterdir() if not each.name.startswith("."))


@contextmanager
def scan_desk(
    home: Path,
    host: WorkerHost,
    line: Line | None = None,
    troubles: Iterable[ClerkError] = (),
    bounds: Bounds = BOUNDS,
) -> Iterator[ScanDesk]:
    """A station whose scan folder lies beside its profile. ``troubles``: what the workers say first, one at a time."""
    waiting = iter(troubles)

    def workers() -> WorkerHost:
        for trouble in waiting:
            raise trouble
        return host

    folder = home / "scans"
    folder.mkdir(parents=True, exist_ok=True)
    way = line or Line()
    with closing(open_store(home, StoreKey(bytes(range(32))))) as store:
        with store.write() as session:
            session.folders.add(
                ScanFolder(
                    folder_id=FolderId("f0000000-0000-4000-8000-000000000001"),
                    path=str(folder),
                    municipality="blomberg",
                )
            )
        settings = SettingsFiles(home / "settings.toml", home / "policy.toml")
        scanners = NetworkScanners(lambda url, context: device_transport(way, url, context), settings, bounds)
        scanning = Scanning(store, scanners, workers, SystemClock(), office_zone(), "station-1")
        yield ScanDesk(scanning, store, folder, [])
