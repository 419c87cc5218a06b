"""Which folders are watched, for which town."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from clerk_desktop.intake.attention import Attention, Pace
from clerk_desktop.intake.watch_doctor import examine_folder
from clerk_desktop.intake.watcher import Watcher
from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.errors import DiskFull, NotKnown, WrongUsage
from clerk_desktop.model.ids import FolderId, new_key
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.municipality import find_municipality
from clerk_desktop.model.watching import WatchFinding
from clerk_desktop.store.store import Store

LONGEST_WAIT = 86_400.0


class ScanFolders:
    """The profile's scan folders."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        path: Path,
        municipality: str,
        keep_originals_days: int | None = None,
        *,
        batch: BatchMode = BatchMode.SINGLE,
        batch_quiet: float = 20.0,
        batch_wait: float = 600.0,
    ) -> ScanFolder:
        """Watch a folder. Adding it again changes its settings. Raises ``WrongUsage``.

        ``batch``: what the scanner writes; seconds as in ``ScanFolder``.
        """
        town = find_municipality(municipality)
        if town is None:
            raise WrongUsage(what=municipality)
        if not path.is_dir():
            raise WrongUsage(what=str(path))
        if not (0 < batch_quiet <= LONGEST_WAIT and 0 < batch_wait <= LONGEST_WAIT):
            raise WrongUsage(what=f"{batch_quiet} / {batch_wait}")
        place = str(path.resolve())
        with self._store.write() as session:
            known = next((folder for folder in session.folders.all() if folder.path == place), None)
            folder = ScanFolder(
                folder_id=known.folder_id if known else FolderId(new_key()),
                path=place,
                municipality=town.key,
                keep_originals_days=keep_originals_days,
                batch=batch,
                batch_quiet=batch_quiet,
                batch_wait=batch_wait,
            )
            session.folders.add(folder)
        return folder

    def all(self) -> tuple[ScanFolder, ...]:
        """Return the watched folders."""
        with self._store.read() as session:
            return session.folders.all()

    def remove(self, path: Path) -> None:
        """Stop watching; what was taken in stays. Raises ``NotKnown``."""
        place = str(path.resolve())
        with self._store.write() as session:
            known = next((folder for folder in session.folders.all() if folder.path == place), None)
            if known is None:
                raise NotKnown(what=place)
            session.folders.remove(known.folder_id)

    def attention(self, station: str, pace: Pace | None = None) -> Attention:
        """Return what decides when to look at which folder; what it finds is kept. ``station``: a name that stays."""
        return Attention(Watcher(), station, self._found, time.monotonic, pace)

    def _found(self, finding: WatchFinding) -> None:
        """Keep how a folder was found to behave; while the disk is full the next measurement tells."""
        with contextlib.suppress(DiskFull), self._store.write() as session:
            session.folders.put_finding(finding)

    def findings(self) -> dict[str, WatchFinding]:
        """Return by path how the folders behaved when they were last measured; none before they were."""
        with self._store.read() as session:
            return {finding.path: finding for finding in session.folders.findings()}

    def check(self, path: Path) -> WatchFinding:
        """Try a folder out, whether it is watched yet or not. Raises ``WrongUsage``."""
        return examine_folder(path.resolve(), time.monotonic)
