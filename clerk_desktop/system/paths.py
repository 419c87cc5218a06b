"""Where a profile keeps what, and whether that place may hold one: local disks only, because of the write-ahead log."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import platformdirs

from clerk_desktop.model.errors import ProfileNotLocal
from clerk_desktop.system.files import disk_full_named

PROGRAM = "clerk-desktop"
HOME_VARIABLE = "CLERK_DESKTOP_HOME"
OCTAL = re.compile(r"\\([0-7]{3})")
DRIVE_REMOTE = 4  # GetDriveTypeW, winbase.h
# Types in /proc/mounts whose files lie on another machine, or whose locks and shared memory do not hold like a disk's.
# fmt: off
NETWORK_FILE_SYSTEMS = frozenset({
    "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "coda", "9p", "ceph", "glusterfs", "gpfs", "lustre",
    "beegfs", "gfs2", "ocfs2", "davfs", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "drvfs",
})
# fmt: on
NETWORK_FUSE = ("sshfs", "davfs", "rclone", "gvfsd-fuse", "s3fs", "ceph", "glusterfs", "vmhgfs-fuse", "curlftpfs")


@dataclass(frozen=True, slots=True)
class Profile:
    """One user's place on one workstation. All paths lie below ``home``."""

    home: Path

    @property
    def store(self) -> Path:
        """The encrypted database and its helpers."""
        return self.home / "store"

    @property
    def database(self) -> Path:
        """The encrypted database itself."""
        return self.store / "clerk.db"

    @property
    def blobs(self) -> Path:
        """Encrypted content."""
        return self.store / "blobs"

    @property
    def locks(self) -> Path:
        """Empty files that roles are locked on."""
        return self.home / "locks"

    @property
    def logs(self) -> Path:
        """Log files, free of personal data."""
        return self.home / "logs"

    @property
    def settings_file(self) -> Path:
        """The user's own settings (TOML)."""
        return self.home / "settings.toml"

    @property
    def key_file(self) -> Path:
        """The store key, wrapped by a passphrase; only in profiles without a keyring."""
        return self.home / "key.json"

    @property
    def id_file(self) -> Path:
        """A random name of the profile, under which the keyring keeps its secrets."""
        return self.home / "profile.id"

    @property
    def opened(self) -> Path:
        """Plain copies for as long as somebody looks at them; emptied at close and at start."""
        return self.home / "opened"

    @property
    def purge_mark(self) -> Path:
        """There while the profile is being purged; tells where its key was."""
        return self.home / "purge.mark"

    def without_key(self, day: str = "*") -> tuple[Path, ...]:
        """Return the stores that were put aside because their key was gone, of all days or of one."""
        return tuple(sorted(self.home.glob(f"store-without-key-{day}-*")))

    def prepare(self) -> None:
        """Make the folders, private to the user. Raises ``ProfileNotLocal``, ``DiskFull``."""
        require_local(self.home)
        with disk_full_named():
            for folder in (self.home, self.store, self.blobs, self.locks, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def default_home(environment: Mapping[str, str]) -> Path:
    """Return where the profile lies when nobody says: ``CLERK_DESKTOP_HOME``, else the user's local data folder."""
    named = environment.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser().resolve()
    return platformdirs.user_data_path(PROGRAM, appauthor=False, roaming=False)


def policy_file() -> Path:
    """Return where the administrator's settings lie: ``/etc/xdg`` or ``%ProgramData%``."""
    return platformdirs.site_config_path(PROGRAM, appauthor=False) / "policy.toml"


def require_local(home: Path) -> None:
    """Raise ``ProfileNotLocal`` when ``home`` lies on a network drive, or in a Windows profile that roams."""
    place = home.expanduser().absolute()
    if sys.platform == "win32":
        if on_windows_network(PureWindowsPath(place), _drive_type, os.environ.get("APPDATA", "")):
            raise ProfileNotLocal
        return
    mounts = Path("/proc/self/mounts")
    if mounts.is_file() and on_linux_network(PurePosixPath(place.resolve()), mounts.read_text(errors="replace")):
        raise ProfileNotLocal


def on_linux_network(place: PurePosixPath, mounts: str) -> bool:
    """Tell from the text of ``/proc/self/mounts`` (proc(5), fstab(5)) whether a path lies on a network file system."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = PurePosixPath(OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[1]))
        if _below(place, point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind in NETWORK_FILE_SYSTEMS or (kind.startswith("fuse.") and kind.removeprefix("fuse.") in NETWORK_FUSE)


def on_windows_network(place: PureWindowsPath, drive_type: Callable[[str], int], roaming: str) -> bool:
    r"""Tell whether a path is a UNC path, on a drive of type DRIVE_REMOTE, or below the roaming ``%APPDATA%``."""
    drive = place.drive
    if drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        return True
    if drive.upper().startswith("\\\\?\\UNC"):
        return True
    if roaming and _below(place, PureWindowsPath(roaming)):
        return True
    return drive_type(drive + "\\") == DRIVE_REMOTE


def _below(place: PurePath, folder: PurePath) -> bool:
    return place == folder or folder in place.parents


if sys.platform == "win32":

    def _drive_type(root: str) -> int:
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
