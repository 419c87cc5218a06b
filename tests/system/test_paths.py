"""Where a profile lies, and where it must not."""

from __future__ import annotations

import stat
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from clerk_desktop.system.paths import Profile, default_home, on_linux_network, on_windows_network, require_local

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//server/share /mnt/Große\\040Ablage cifs rw 0 0
//server/share /mnt/town\\040share cifs rw 0 0
user@host:/x /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /mnt/stick fuseblk rw 0 0
C:\\134 /mnt/c 9p rw 0 0
broken
/dev/sda1 /later ext4 rw 0 0
server:/later /later nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "network"),
    [
        ("/var/lib/clerk", False),
        ("/home/clerk1/.local/share/clerk-desktop", True),
        ("/home/local/clerk1", False),
        ("/homestead", False),
        ("/mnt/town share/profile", True),
        ("/mnt/Große Ablage/profile", True),
        ("/mnt/ssh/x", True),
        ("/mnt/stick/x", False),
        ("/mnt/c/Users", True),
        ("/later/x", True),
    ],
)
def test_on_linux_the_innermost_mount_decides(place: str, network: bool) -> None:
    assert on_linux_network(PurePosixPath(place), MOUNTS) is network


@pytest.mark.parametrize(
    ("place", "network"),
    [
        (r"C:\Users\clerk1\AppData\Local\clerk-desktop", False),
        (r"C:\Users\clerk1\AppData\Roaming\clerk-desktop", True),
        (r"\\server\share\profile", True),
        (r"\\?\UNC\server\share\profile", True),
        (r"H:\profile", True),
        (r"D:\profile", False),
    ],
)
def test_on_windows_unc_paths_network_drives_and_roaming_profiles_are_refused(place: str, network: bool) -> None:
    roaming = r"C:\Users\clerk1\AppData\Roaming"
    kinds = {"H:\\": 4}
    assert on_windows_network(PureWindowsPath(place), lambda root: kinds.get(root, 3), roaming) is network


def test_this_machines_temporary_folder_is_local(tmp_path: Path) -> None:
    require_local(tmp_path / "not" / "yet" / "there")


def test_the_profile_lies_where_the_environment_says(tmp_path: Path) -> None:
    assert default_home({"CLERK_DESKTOP_HOME": str(tmp_path)}) == tmp_path
    assert default_home({}).name == "clerk-desktop"
    assert "Roaming" not in default_home({}).parts


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are a matter of POSIX")
def test_a_profile_is_private_to_its_user(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "deep" / "home")
    profile.prepare()
    profile.prepare()
    for folder in (profile.home, profile.store, profile.blobs, profile.locks, profile.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
