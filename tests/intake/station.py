"""A scan station for tests: a profile, a scan folder, and a clock that only moves when told."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from clerk_desktop.intake.pipeline import Intake, IntakeReport
from clerk_desktop.intake.progress import Point, Witness
from clerk_desktop.intake.safety import Opener, open_exclusively
from clerk_desktop.intake.scan_folder import Timings
from clerk_desktop.intake.settle import Settler, SettleReport
from clerk_desktop.intake.understand import Timeouts
from clerk_desktop.model.case import Case
from clerk_desktop.model.ids import CaseId, FileId, FolderId
from clerk_desktop.model.jobs import Limits
from clerk_desktop.model.ledger import DocumentProgress, FileState, ScanFolder, ScannedFile
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.store.store import Store
from clerk_desktop.system.store_key import StoreKey
from clerk_desktop.workers.host import WorkerHost
from tests.new_store import open_store

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KEY = StoreKey(bytes(range(32)))
CASE = Case(
    case_id=CaseId("ca5e0000-0000-4000-8000-000000000009"),
    case_number="65.10-2026/009",
    subject="Erneuerung der Beleuchtung",
    municipality="blomberg",
    filing_plan_number="65.10",
)


class PowerCut(BaseException):
    """The machine stops here."""


class TurnedClock:
    """Wall clock and monotonic seconds of one machine, moved together by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def ticks(self) -> float:
        return self.seconds

    def pause(self, seconds: float) -> None:
        self.seconds += seconds


class Notes:
    """Remembers the points passed; cuts the power at the given one."""

    def __init__(self, cut_at: Point | None = None) -> None:
        self.passed_points: list[Point] = []
        self._cut_at = cut_at

    def passed(self, point: Point, file_id: FileId) -> None:
        self.passed_points.append(point)
        if point is self._cut_at:
            raise PowerCut


class Station:
    """One station with one scan folder of Blomberg."""

    def __init__(self, home: Path, scans: Path, host: WorkerHost, clock: TurnedClock, name: str = "station-a") -> None:
        self.home, self.scans, self.name, self.clock = home, scans, name, clock
        self.host = host
        self.office = OfficeSettings()
        self.store = open_store(home, KEY, clock)
        self.folder = ScanFolder(
            folder_id=FolderId("f01de000-0000-4000-8000-000000000001"), path=str(scans), municipality="blomberg"
        )
        with self.store.write() as session:
            session.folders.add(self.folder)
        self.intake = self.started()

    def started(
        self,
        witness: Witness | None = None,
        opener: Opener = open_exclusively,
        limits: Limits | None = None,
        timeouts: Timeouts | None = None,
        timings: Timings | None = None,
    ) -> Intake:
        """A fresh process on the same profile."""
        self.intake = Intake(
            self.store, self.host, self.name, office=lambda: self.office, zone=BERLIN, clock=self.clock,
            ticks=self.clock.ticks, witness=witness or Notes(), opener=opener, limits=limits, timeouts=timeouts,
            timings=timings,
        )  # fmt: skip
        return self.intake

    def restart(self) -> None:
        """Close and open the store as after a power cut."""
        self.store.close()
        self.store = Store.open(self.home, KEY, self.clock)
        self.started()

    def drop(self, name: str, content: bytes) -> Path:
        path = self.scans / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def run(self) -> IntakeReport:
        return self.intake.run_until_done(self.clock.pause)

    def files(self) -> dict[str, ScannedFile]:
        """Return the files by name; of one name what lies there now, before what was moved away."""
        with self.store.read() as session:
            known = [file for file in session.ledger.day(None) if file.discarded_at is None]
        known.sort(key=lambda file: file.settled_at is None)
        return {Path(file.path).relative_to(self.scans).as_posix(): file for file in known}

    def states(self) -> dict[str, FileState]:
        return {name: file.state for name, file in self.files().items()}

    def knows(self, *cases: Case) -> None:
        with self.store.write() as session:
            for case in cases:
                session.cases.put(case)

    def confirm(self, name: str) -> None:
        """Let the server have it."""
        file_id = self.files()[name].file_id
        with self.store.write() as session:
            for part in session.ledger.parts(file_id):
                session.ledger.set_progress(part.document_id, DocumentProgress.CONFIRMED)
            session.ledger.move(file_id, FileState.DEPOSITED)
            session.ledger.move(file_id, FileState.CONFIRMED, confirmed_at=self.clock.now())

    def settle(self, witness: Witness | None = None) -> SettleReport:
        return Settler(self.store, self.name, BERLIN, witness or Notes()).run_once(self.clock.now())

    def close(self) -> None:
        self.store.close()


def grow(path: Path, content: bytes = b"more") -> Callable[[float], None]:
    """A pause in which a scanner writes on."""

    def pause(seconds: float) -> None:
        with path.open("ab") as file:
            file.write(content)
            os.fsync(file.fileno())

    return pause
