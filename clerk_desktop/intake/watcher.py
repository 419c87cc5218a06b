"""Wakes the intake when something happens in a scan folder. The only home of watchdog.

Events are hints: they say *when* to look, never *what* is there. They do not arrive from network shares, a queue of
the operating system overflows silently (measured: ``dependencies.md`` section 7), and a share that comes back is
deaf. So each folder is looked at anyway every ``look_every`` seconds; an event only makes that sooner, and folders
whose file system tells nothing (``WatchMode.POLLING``) are just looked at.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from clerk_desktop.intake.ignored import why_ignored
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
OVERFLOW = "overflow"
# File systems that other machines write to: their changes raise no events here (inotify(7), "Limitations").
REMOTE = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afs", "9p", "ceph", "glusterfs", "davfs", "fuse.sshfs"}
    | {"fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "virtiofs", "vboxsf", "drvfs"}
)
DRIVE_REMOTE = 4  # GetDriveTypeW


class WatchMode(Enum):
    """How a folder's changes are noticed."""

    EVENTS = "events"
    POLLING = "polling"


@dataclass(frozen=True, kw_only=True, slots=True)
class FileSystem:
    """What a folder lies on; ``name`` as the operating system calls it."""

    name: str
    remote: bool

    @property
    def mode(self) -> WatchMode:
        """How to watch it."""
        return WatchMode.POLLING if self.remote else WatchMode.EVENTS


def file_system_of(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> FileSystem:
    """Return the file system of a folder; an unknown one counts as local."""
    return _windows_drive(folder) if os.name == "nt" else _mounted(folder, mounts)


def _windows_drive(folder: Path) -> FileSystem:
    absolute = folder.absolute()
    remote = str(absolute).startswith("\\\\")
    if sys.platform == "win32" and not remote:
        remote = ctypes.windll.kernel32.GetDriveTypeW(f"{absolute.drive}\\") == DRIVE_REMOTE
    return FileSystem(name="network" if remote else "local", remote=remote)


def _mounted(folder: Path, mounts: Path) -> FileSystem:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return FileSystem(name="unknown", remote=False)
    place = os.path.realpath(folder)
    best, name = "", "unknown"
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        within = place == point or place.startswith(point.rstrip("/") + "/")
        if within and len(point) >= len(best):
            best, name = point, fields[2]
    return FileSystem(name=name, remote=name in REMOTE)


def may_be_letter(name: str) -> bool:
    """Return whether a file of that name is worth a look: not our own leases, nothing that is ignored anyway."""
    return why_ignored(name) is None


class Watcher:
    """Watches scan folders, each in the mode of its file system. May be waited on by one thread.

    ``wakes``: decides by its name which file's event ends a ``wait``.
    """

    def __init__(self, look_every: float = LOOK_EVERY, wakes: Callable[[str], bool] = may_be_letter) -> None:
        self._look_every = look_every
        self._wakes = wakes
        self._woken = threading.Event()
        self._observers: dict[FolderId, tuple[str, BaseObserver]] = {}
        self._overflow = _OverflowHandler(self._woken)

    def follow(self, folders: Iterable[ScanFolder]) -> dict[FolderId, WatchMode]:
        """Watch exactly these folders and return how. Call it before each pass: it revives deaf observers."""
        wanted = {folder.folder_id: folder.path for folder in folders}
        for folder_id in list(self._observers):
            path, observer = self._observers[folder_id]
            if wanted.get(folder_id) != path or not observer.is_alive() or not Path(path).is_dir():
                self._end(folder_id)
        modes = {}
        for folder_id, path in wanted.items():
            if folder_id not in self._observers and file_system_of(Path(path)).mode is WatchMode.EVENTS:
                self._begin(folder_id, path)
            modes[folder_id] = WatchMode.EVENTS if folder_id in self._observers else WatchMode.POLLING
        return modes

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for a hint, at most so many seconds (by default, until it is time to look anyway). True for a hint."""
        hinted = self._woken.wait(self._look_every if seconds is None else min(seconds, self._look_every))
        self._woken.clear()
        return hinted

    def wake(self) -> None:
        """End a ``wait`` now, from any thread."""
        self._woken.set()

    def close(self) -> None:
        """Watch nothing any more."""
        for folder_id in list(self._observers):
            self._end(folder_id)
        self._overflow.remove()

    def _begin(self, folder_id: FolderId, path: str) -> None:
        observer = Observer()
        observer.name = f"clerk-watch-{folder_id[:8]}"
        observer.daemon = True
        try:
            observer.schedule(_Hints(self._woken, self._wakes), path, recursive=True)
            observer.start()
        except OSError as error:  # absent, or no watches left (fs.inotify.max_user_watches)
            log.warning("folder is polled: %s", type(error).__name__, extra={"action": "watch.refused"})
            return
        self._observers[folder_id] = (path, observer)

    def _end(self, folder_id: FolderId) -> None:
        _, observer = self._observers.pop(folder_id)
        observer.stop()
        observer.join()


class _Hints(FileSystemEventHandler):
    def __init__(self, woken: threading.Event, wakes: Callable[[str], bool]) -> None:
        self._woken = woken
        self._wakes = wakes

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the intake for files that it takes in."""
        if event.event_type in ("opened", "closed_no_write") or (event.is_directory and event.event_type == "modified"):
            return
        path = os.fsdecode(event.dest_path or event.src_path)
        if self._wakes(Path(path).name):
            self._woken.set()


class _OverflowHandler(logging.Handler):
    """Watchdog tells of lost events only in its log: look again at once."""

    def __init__(self, woken: threading.Event) -> None:
        super().__init__(logging.WARNING)
        self._woken = woken
        self._logger = logging.getLogger("watchdog")
        self._logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if OVERFLOW in record.getMessage().lower():
            self._woken.set()

    def remove(self) -> None:
        """Listen no longer."""
        self._logger.removeHandler(self)
