"""Events only say when to look; where none come, the folder is looked at anyway."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.intake.watcher import Watcher, file_system_of
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.watching import WatchMode

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/scan /mnt/scan cifs rw 0 0
//server/x /mnt/mit\\040leerzeichen smb3 rw 0 0
/dev/sdb1 /mnt/scan/lokal xfs rw 0 0
"""


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    made = Watcher(look_every=10)
    yield made
    made.close()


def folder(path: Path) -> ScanFolder:
    return ScanFolder(folder_id=FolderId("f01de000"), path=str(path), municipality="blomberg")


def test_a_new_scan_in_a_local_folder_wakes_the_intake(watcher: Watcher, tmp_path: Path) -> None:
    assert watcher.follow([folder(tmp_path)]) == {FolderId("f01de000"): WatchMode.EVENTS}
    (tmp_path / "brief.pdf").write_bytes(b"x")
    assert watcher.wait(60)


def test_a_file_renamed_into_place_wakes_the_intake_and_its_own_leases_do_not(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "brief.tmp").write_bytes(b"x")
    watcher.follow([folder(tmp_path)])
    (tmp_path / "brief.pdf.clerk-lease-1").write_bytes(b"x")
    assert not watcher.wait(0.3)
    (tmp_path / "brief.tmp").rename(tmp_path / "brief.pdf")
    assert watcher.wait(60)


def test_a_folder_that_was_away_is_watched_again_when_it_is_back(watcher: Watcher, tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    assert watcher.follow([folder(scans)]) == {FolderId("f01de000"): WatchMode.POLLING}
    scans.mkdir()
    assert watcher.follow([folder(scans)]) == {FolderId("f01de000"): WatchMode.EVENTS}
    scans.rmdir()
    assert watcher.follow([folder(scans)]) == {FolderId("f01de000"): WatchMode.POLLING}


REFUSED = """
import logging, os, resource, sys
from clerk_desktop.intake.watcher import Watcher
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder
logging.basicConfig(format="%(message)s", stream=sys.stdout)
logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # may still look when it is told to end, and says so
watcher = Watcher()
def passes(): print(*(mode.value for _ in range(3) for mode in watcher.follow([folder]).values()))
folder = ScanFolder(folder_id=FolderId("f01de000"), path=sys.argv[1], municipality="blomberg")
before = resource.getrlimit(resource.RLIMIT_NOFILE)
os.close(free := os.dup(0))
resource.setrlimit(resource.RLIMIT_NOFILE, (free, before[1]))
passes()
watcher.forget(folder.folder_id)
passes()
resource.setrlimit(resource.RLIMIT_NOFILE, before)
passes()
watcher.forget(folder.folder_id)
passes()
watcher.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a system that refuses to watch")
def test_where_the_system_refuses_it_is_asked_again_only_after_the_next_measurement_and_said_once(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", REFUSED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    poll, events = WatchMode.POLLING.value, WatchMode.EVENTS.value
    asked = [f"{poll} {poll} {poll}"] * 3 + [f"{events} {events} {events}"]
    assert done.stdout.splitlines() == ["folder is polled: OSError", *asked]


def test_lost_events_make_it_look_at_once(watcher: Watcher) -> None:
    logging.getLogger("watchdog.observers.inotify_buffer").warning("Inotify queue overflowed")
    assert watcher.wait(0)


@pytest.mark.parametrize(
    ("path", "name", "mode"),
    [
        ("/home/scan", "ext4", WatchMode.EVENTS),
        ("/mnt/scan/post", "cifs", WatchMode.POLLING),
        ("/mnt/scan/lokal/post", "xfs", WatchMode.EVENTS),
        ("/mnt/mit leerzeichen", "smb3", WatchMode.POLLING),
        ("/mnt/scanner", "ext4", WatchMode.EVENTS),
    ],
)
def test_network_shares_are_polled_and_each_folder_decides_for_itself(
    tmp_path: Path, path: str, name: str, mode: WatchMode
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    system = file_system_of(Path(path), mounts)
    assert (system.name, system.mode) == (name, mode)
