"""Which folders are watched, for which town."""

from __future__ import annotations

import time
from pathlib import Path

from clerk_desktop.intake.watch_doctor import WatchFinding, examine_folder
from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.errors import NotKnown, WrongUsage
from clerk_desktop.model.ids import FolderId, new_key
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.municipality import find_municipality
from clerk_desktop.store.store import Store

LONGEST_WAIT = 86_400.0
__all__ = ["ScanFolders", "WatchFinding"]


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

    def check(self, path: Path) -> WatchFinding:
        """Try a folder out, whether it is watched yet or not. Raises ``WrongUsage``."""
        return examine_folder(path.resolve(), time.monotonic)
