"""Decides when to look at which scan folder, and measures while running how each behaves.

A folder that tells of new files is looked at when it does, while files in it come to rest, and every few seconds
anyway; any other is looked at by the clock. A look that takes long is followed by a longer rest, so that a slow share
is not kept busy by us alone. What a folder is like is measured when it appears and every few minutes: its file system,
and a canary, a file under a hidden name whose event must come. A letter that a look finds and no event announced is
as good as a canary that nobody heard.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from clerk_desktop.intake.scan_folder import FolderWatch
from clerk_desktop.intake.watcher import CANARY, LOOK_EVERY, Watcher, file_system_of
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.watching import WatchFinding, WatchReason
from clerk_desktop.system.files import FULL, is_folder


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Seconds. ``look_every``: from look to look in a folder that tells; ``measure_every``: from canary to canary;
    ``measure_again``: at the earliest where a folder was away; ``patience``: for its event, or that of a letter;
    ``slow``: a look takes longer. ``rest``: so many times the length of a look it is left
    alone after it, ``longest_rest`` at most.
    """

    look_every: float = LOOK_EVERY
    measure_every: float = 300.0
    measure_again: float = 30.0
    patience: float = 3.0
    slow: float = 1.0
    rest: float = 10.0
    longest_rest: float = 60.0


@dataclass(kw_only=True, slots=True)
class _Regard:
    """What is known of a folder. ``listing``: how long the last two looks took; ``hinted``: since the last one;
    ``unannounced``: when one found what no event had told. ``files``: None while it is away.
    """

    looked_at: float = float("-inf")
    measure_at: float = float("-inf")
    listing: tuple[float, float] = (0.0, 0.0)
    files: frozenset[str] | None = None
    hinted: bool = False
    unannounced: float | None = None
    canary: Path | None = None
    written_at: float = 0.0
    writable: bool = True
    reason: WatchReason = WatchReason.UNTRIED
    event_after: float | None = None
    kept: WatchReason | None = None
    system: tuple[str, bool] = ("", False)


class Attention:
    """The attention that one intake pays to its folders; used by one thread.

    ``station``: a name of this profile that stays, so that the canary of a process that died is the next one's.
    ``keep`` takes in what was found, whenever it was measured or is no longer what it was. ``ticks``: monotonic
    seconds, the same ones as the watcher's.
    """

    def __init__(
        self,
        watcher: Watcher,
        station: str,
        keep: Callable[[WatchFinding], None],
        ticks: Callable[[], float],
        pace: Pace | None = None,
    ) -> None:
        self._watcher = watcher
        self._canary = f"{CANARY}{station}"
        self._keep = keep
        self._ticks = ticks
        self._pace = pace or Pace()
        self._regards: dict[FolderId, _Regard] = {}

    def follow(self, folders: Iterable[ScanFolder]) -> None:
        """Take in what the folders told since the last pass, and measure those whose time it is."""
        folders = tuple(folders)
        self._watcher.follow(folders)
        told = self._watcher.take()
        before = self._regards
        self._regards = {each.folder_id: before.pop(each.folder_id, _Regard()) for each in folders}
        _take_back(before)
        for folder in folders:
            regard = self._regards[folder.folder_id]
            names = told.get(folder.folder_id, {})
            regard.hinted = regard.hinted or "" in names
            self._hear(folder, regard, names)
            if self._ticks() >= regard.measure_at and regard.canary is None:
                self._measure(folder, regard)

    def is_due(self, watch: FolderWatch) -> bool:
        """Tell whether a folder should be looked at in this pass."""
        regard = self._regards[watch.folder.folder_id]
        if not watch.listing.present:
            return True
        trusted = self._reason(regard) is WatchReason.TELLS and not regard.hinted
        calm = trusted and not watch.open_files(self._ticks())
        wait = max(self._pace.look_every if calm else 0.0, self._rest(regard))
        return self._ticks() >= regard.looked_at + wait

    def looked(self, watch: FolderWatch, seconds: float) -> None:
        """Note a look at a folder that took so long."""
        regard = self._regards[watch.folder.folder_id]
        regard.looked_at = self._ticks()
        regard.listing = (seconds, regard.listing[0])
        if not watch.listing.present:
            if regard.files is not None:  # it has just gone: it is measured once it is back
                again = regard.written_at + self._pace.measure_again
                regard.files, regard.measure_at = None, min(regard.measure_at, again)
            return
        files = frozenset(watch.listing.files)
        new = regard.files is not None and bool(files - regard.files)
        heard, regard.hinted, regard.files = regard.hinted, False, files
        if heard:
            regard.unannounced = None
        elif regard.unannounced is None:
            regard.unannounced = regard.looked_at if new and regard.reason is WatchReason.TELLS else None
        elif regard.looked_at >= regard.unannounced + self._pace.patience:
            self._lost(watch.folder, regard)
        if regard.kept is not None and self._reason(regard) is not regard.kept:
            self._tell(watch.folder, regard)

    def close(self) -> None:
        """Watch nothing any more, and leave no canary behind."""
        self._watcher.close()
        _take_back(self._regards)

    def _hear(self, folder: ScanFolder, regard: _Regard, names: dict[str, float]) -> None:
        """Find out what became of a canary."""
        if regard.canary is None:
            return
        heard_at = names.get(regard.canary.name)
        if heard_at is None and self._ticks() < regard.written_at + self._pace.patience:
            return
        _remove(regard.canary)
        regard.canary = None
        if heard_at is None:
            self._lost(folder, regard)
        else:
            regard.reason, regard.event_after = WatchReason.TELLS, max(0.0, heard_at - regard.written_at)
        self._tell(folder, regard)

    def _measure(self, folder: ScanFolder, regard: _Regard) -> None:
        place = Path(folder.path)
        if not is_folder(place):
            return
        regard.measure_at = self._ticks() + self._pace.measure_every
        system = file_system_of(place)
        regard.system = (system.name, system.remote)
        canary = place / self._canary
        regard.written_at = self._ticks()
        try:
            canary.write_bytes(b"canary")
            written = regard.writable = True
        except OSError as error:
            written, regard.writable = False, error.errno in FULL  # space is missing, no right
        if written and not system.remote:
            regard.canary = canary
            return
        _remove(canary)
        regard.reason = WatchReason.SHARE if system.remote else WatchReason.UNTRIED
        regard.event_after = None
        self._tell(folder, regard)

    def _lost(self, folder: ScanFolder, regard: _Regard) -> None:
        """Rely on its events no longer; what listened is made anew, for the next canary."""
        regard.reason, regard.event_after, regard.unannounced = WatchReason.DEAF, None, None
        self._watcher.forget(folder.folder_id)

    def _reason(self, regard: _Regard) -> WatchReason:
        return WatchReason.SLOW if min(regard.listing) > self._pace.slow else regard.reason

    def _rest(self, regard: _Regard) -> float:
        return min(self._pace.rest * min(regard.listing), self._pace.longest_rest)

    def _tell(self, folder: ScanFolder, regard: _Regard) -> None:
        reason = regard.kept = self._reason(regard)
        usual = self._pace.look_every if reason is WatchReason.TELLS else 1.0
        self._keep(
            WatchFinding(
                path=folder.path,
                file_system=regard.system[0],
                remote=regard.system[1],
                writable=regard.writable,
                reason=reason,
                event_after=regard.event_after,
                listing=regard.listing[0],
                files=len(regard.files or ()),
                look_every=max(usual, self._rest(regard)),
            )
        )


def _take_back(regards: dict[FolderId, _Regard]) -> None:
    """Leave no canary in folders that are watched no longer."""
    for regard in regards.values():
        if regard.canary is not None:
            _remove(regard.canary)


def _remove(canary: Path) -> None:
    with contextlib.suppress(OSError):  # the next one has the same name
        canary.unlink(missing_ok=True)
