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
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from clerk_desktop.intake.ignored import why_ignored
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.watching import WatchMode
from clerk_desktop.system.files import is_folder

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
OVERFLOW = "overflow"
CANARY = ".clerk-canary-"
# File systems that other machines write to: their changes raise no events here (inotify(7), "Limitations").
REMOTE = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afs", "9p", "ceph", "glusterfs", "davfs", "fuse.sshfs"}
    | {"fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "virtiofs", "vboxsf", "drvfs"}
)
DRIVE_REMOTE = 4  # GetDriveTypeW


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


def is_news(name: str) -> bool:
    """Return whether a file of that name is worth a word: a canary, or what may be a letter, not our own leases."""
    return name.startswith(CANARY) or why_ignored(name) is None


class Watcher:
    """Watches scan folders, each in the mode of its file system. May be waited on by one thread.

    ``wakes``: decides by its name which file's event counts. ``ticks``: monotonic seconds.
    """

    def __init__(
        self,
        look_every: float = LOOK_EVERY,
        wakes: Callable[[str], bool] = is_news,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look_every = look_every
        self._wakes = wakes
        self._ticks = ticks
        self._woken = threading.Event()
        self._lock = threading.Lock()
        self._told: dict[FolderId, dict[str, float]] = {}
        self._observers: dict[FolderId, tuple[str, BaseObserver]] = {}
        self._refused: dict[FolderId, bool] = {}  # by the system; whether to ask again
        self._overflow = _OverflowHandler(self._overflowed)

    def follow(self, folders: Iterable[ScanFolder]) -> dict[FolderId, WatchMode]:
        """Watch exactly these folders and return how. Call it before each pass: it revives deaf observers.

        Where the system refuses (fs.inotify.max_user_watches) it is asked again once the folder was away or forgotten.
        """
        wanted = {folder.folder_id: folder.path for folder in folders}
        self._refused = {each: again for each, again in self._refused.items() if each in wanted}
        for folder_id in list(self._observers):
            path, observer = self._observers[folder_id]
            if wanted.get(folder_id) != path or not observer.is_alive():
                self._end(folder_id)
        for folder_id, path in wanted.items():
            if not is_folder(Path(path)):
                self.forget(folder_id)
            elif self._is_to_begin(folder_id) and file_system_of(Path(path)).mode is WatchMode.EVENTS:
                self._begin(folder_id, path)
        return {each: WatchMode.EVENTS if each in self._observers else WatchMode.POLLING for each in wanted}

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for a hint, at most so many seconds (by default, until it is time to look anyway). True for a hint."""
        hinted = self._woken.wait(self._look_every if seconds is None else min(seconds, self._look_every))
        self._woken.clear()
        return hinted

    def take(self) -> dict[FolderId, dict[str, float]]:
        """Return what was told since the last call: per folder the canaries, and "" for anything else, each with the
        moment when it was told last.
        """
        with self._lock:
            told, self._told = self._told, {}
        return told

    def forget(self, folder_id: FolderId) -> None:
        """Watch a folder no longer, until the next ``follow`` begins anew."""
        if folder_id in self._observers:
            self._end(folder_id)
        if folder_id in self._refused:
            self._refused[folder_id] = True

    def close(self) -> None:
        """Watch nothing any more."""
        for folder_id in list(self._observers):
            self._end(folder_id)
        self._overflow.remove()

    def _is_to_begin(self, folder_id: FolderId) -> bool:
        return folder_id not in self._observers and self._refused.get(folder_id, True)

    def _begin(self, folder_id: FolderId, path: str) -> None:
        try:
            observer = Observer()
            observer.name = f"clerk-watch-{folder_id[:8]}"
            observer.daemon = True
            observer.schedule(_Hints(lambda name: self._tell(folder_id, name), self._wakes), path, recursive=True)
            observer.start()
        except OSError as error:
            if folder_id not in self._refused:
                log.warning("folder is polled: %s", type(error).__name__, extra={"action": "watch.refused"})
            self._refused[folder_id] = False
            return
        self._refused.pop(folder_id, None)
        self._observers[folder_id] = (path, observer)

    def _tell(self, folder_id: FolderId, name: str) -> None:
        with self._lock:
            self._told.setdefault(folder_id, {})[name if name.startswith(CANARY) else ""] = self._ticks()
        self._woken.set()

    def _overflowed(self) -> None:
        for folder_id in tuple(self._observers):
            self._tell(folder_id, "")
        self._woken.set()

    def _end(self, folder_id: FolderId) -> None:
        _, observer = self._observers.pop(folder_id)
        observer.stop()
        observer.join()


class _Hints(FileSystemEventHandler):
    def __init__(self, tell: Callable[[str], None], wakes: Callable[[str], bool]) -> None:
        self._tell = tell
        self._wakes = wakes

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the intake for files that it takes in."""
        if event.event_type in ("opened", "closed_no_write") or (event.is_directory and event.event_type == "modified"):
            return
        name = Path(os.fsdecode(event.dest_path or event.src_path)).name
        if self._wakes(name):
            self._tell(name)


class _OverflowHandler(logging.Handler):
    """Watchdog tells of lost events only in its log: look again at once."""

    def __init__(self, overflowed: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._overflowed = overflowed
        self._logger = logging.getLogger("watchdog")
        self._logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if OVERFLOW in record.getMessage().lower():
            self._overflowed()

    def remove(self) -> None:
        """Listen no longer."""
        self._logger.removeHandler(self)
