"""Which folders are watched, for which town."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from enum import Enum
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
from clerk_desktop.system.files import is_folder

LONGEST_WAIT = 86_400.0


class Retention(Enum):
    """How long settled originals stay, where no number of days says it; the value is what the command line takes."""

    FOR_EVER = "for-ever"


class ScanFolders:
    """The profile's scan folders."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        path: Path,
        municipality: str,
        keep_originals_days: int | Retention | None = None,
        *,
        batch: BatchMode | None = None,
        batch_quiet: float | None = None,
        batch_wait: float | None = None,
    ) -> ScanFolder:
        """Watch a folder. Adding it again changes what is given; None leaves it as it was, or as in ``ScanFolder`` for
        a new one. Raises ``WrongUsage``.
        """
        town = find_municipality(municipality)
        if town is None:
            raise WrongUsage(what=municipality)
        if not is_folder(path):
            raise WrongUsage(what=str(path))
        if not all(seconds is None or 0 < seconds <= LONGEST_WAIT for seconds in (batch_quiet, batch_wait)):
            raise WrongUsage(what=f"{batch_quiet} / {batch_wait}")
        place = str(path.resolve())
        with self._store.write() as session:
            known = next((folder for folder in session.folders.all() if folder.path == place), None)
            was = known or ScanFolder(folder_id=FolderId(new_key()), path=place, municipality=town.key)
            folder = replace(
                was,
                municipality=town.key,
                keep_originals_days=_days(was.keep_originals_days, keep_originals_days),
                batch=was.batch if batch is None else batch,
                batch_quiet=was.batch_quiet if batch_quiet is None else batch_quiet,
                batch_wait=was.batch_wait if batch_wait is None else batch_wait,
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


def _days(was: int | None, wanted: int | Retention | None) -> int | None:
    if isinstance(wanted, Retention):
        return None
    return was if wanted is None else wanted
