"""Tries a scan folder out: whether it can be listed and written, and whether a new file announces itself.

A canary is written under a hidden name, which no station takes in, and removed again. On network shares it proves
nothing: a machine is told of its own changes at most, never of the scanner's. Such folders are looked at by the clock.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path

from clerk_desktop.intake.folder import rescan
from clerk_desktop.intake.watcher import CANARY, LOOK_EVERY, FileSystem, Watcher, file_system_of
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.watching import WatchFinding, WatchMode, WatchReason
from clerk_desktop.system.files import FULL, is_folder

PATIENCE = 3.0


def examine_folder(folder: Path, ticks: Callable[[], float], patience: float = PATIENCE) -> WatchFinding:
    """Try a folder out, whether it is watched or not. ``ticks``: monotonic seconds; ``patience``: for the event.

    Raises ``WrongUsage`` when there is no such folder.
    """
    if not is_folder(folder):
        raise WrongUsage(what=str(folder))
    started = ticks()
    listing = rescan(folder)
    listed = ticks() - started
    file_system = file_system_of(folder)
    canary = folder / f"{CANARY}{secrets.token_hex(8)}"
    writable, reason, event_after = _tried(folder, canary, file_system, ticks, patience)
    return WatchFinding(
        path=str(folder),
        file_system=file_system.name,
        remote=file_system.remote,
        writable=writable,
        reason=WatchReason.SHARE if file_system.remote else reason,
        event_after=event_after,
        listing=listed,
        files=len(listing.files),
        look_every=LOOK_EVERY,
    )


def _tried(
    folder: Path, canary: Path, file_system: FileSystem, ticks: Callable[[], float], patience: float
) -> tuple[bool, WatchReason, float | None]:
    """Return whether the folder can be written, what became of the canary, and after how many seconds its event came.

    A full disk is no folder that cannot be written: space is missing, no right.
    """
    watcher = Watcher(look_every=patience, wakes=lambda name: name == canary.name)
    try:
        watcher.follow([ScanFolder(folder_id=FolderId(canary.name), path=str(folder), municipality="")])
        written_at = ticks()
        try:
            canary.write_bytes(b"canary")
        except OSError as error:
            return error.errno in FULL, WatchReason.UNTRIED, None
        if file_system.mode is WatchMode.EVENTS and watcher.wait(patience):
            return True, WatchReason.TELLS, ticks() - written_at
        return True, WatchReason.DEAF, None
    finally:
        watcher.close()
        with contextlib.suppress(OSError):  # a folder on a read-only disk refuses even what is not there
            canary.unlink(missing_ok=True)
