"""Tries a scan folder out: whether it can be listed and written, and whether a new file announces itself.

A canary is written under a hidden name, which no station takes in, and removed again. On network shares it proves
nothing: a machine is told of its own changes at most, never of the scanner's. Such folders are looked at by the clock.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clerk_desktop.intake.folder import rescan
from clerk_desktop.intake.watcher import LOOK_EVERY, FileSystem, Watcher, WatchMode, file_system_of
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder

PATIENCE = 3.0
CANARY = ".clerk-canary-"


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchFinding:
    """How a folder behaves. Seconds throughout.

    ``event_after``: from the writing of a file to the word of it, None when none came (or would prove nothing).
    ``listing``: one look at the whole folder with its ``files`` letters; done ``look_every`` seconds in any mode.
    """

    path: str
    file_system: FileSystem
    writable: bool
    event_after: float | None
    listing: float
    files: int
    look_every: float = LOOK_EVERY

    @property
    def mode(self) -> WatchMode:
        """How new letters are noticed here."""
        return WatchMode.POLLING if self.event_after is None else WatchMode.EVENTS


def examine_folder(folder: Path, ticks: Callable[[], float], patience: float = PATIENCE) -> WatchFinding:
    """Try a folder out, whether it is watched or not. ``ticks``: monotonic seconds; ``patience``: for the event.

    Raises ``WrongUsage`` when there is no such folder.
    """
    if not folder.is_dir():
        raise WrongUsage(what=str(folder))
    started = ticks()
    listing = rescan(folder)
    listed = ticks() - started
    file_system = file_system_of(folder)
    canary = folder / f"{CANARY}{secrets.token_hex(8)}"
    writable, event_after = _tried(folder, canary, file_system, ticks, patience)
    return WatchFinding(
        path=str(folder),
        file_system=file_system,
        writable=writable,
        event_after=event_after,
        listing=listed,
        files=len(listing.files),
    )


def _tried(
    folder: Path, canary: Path, file_system: FileSystem, ticks: Callable[[], float], patience: float
) -> tuple[bool, float | None]:
    """Return whether the canary could be written, and after how many seconds its event came."""
    watcher = Watcher(look_every=patience, wakes=lambda name: name == canary.name)
    try:
        watcher.follow([ScanFolder(folder_id=FolderId(canary.name), path=str(folder), municipality="")])
        written_at = ticks()
        try:
            canary.write_bytes(b"canary")
        except OSError:
            return False, None
        if file_system.mode is WatchMode.EVENTS and watcher.wait(patience):
            return True, ticks() - written_at
        return True, None
    finally:
        watcher.close()
        with contextlib.suppress(OSError):  # a folder on a read-only disk refuses even what is not there
            canary.unlink(missing_ok=True)
