"""A folder is tried out with a canary that no station takes for a letter, and nothing of it stays."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from clerk_desktop.intake.ignored import why_ignored
from clerk_desktop.intake.watch_doctor import CANARY, WatchFinding, examine_folder
from clerk_desktop.intake.watcher import FileSystem, WatchMode
from clerk_desktop.model.errors import WrongUsage


def test_a_local_folder_tells_of_a_new_file_and_keeps_nothing_of_the_trial(tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").write_bytes(b"x")
    finding = examine_folder(tmp_path, time.monotonic, patience=30)
    assert finding.writable
    assert finding.mode is WatchMode.EVENTS
    assert finding.event_after is not None
    assert 0 <= finding.event_after < 30
    assert finding.files == 1
    assert [path.name for path in tmp_path.iterdir()] == ["brief.pdf"]


def test_the_canary_is_no_letter_for_any_station() -> None:
    assert why_ignored(f"{CANARY}0123456789abcdef") is not None


def test_a_share_is_looked_at_by_the_clock() -> None:
    share = FileSystem(name="cifs", remote=True)
    finding = WatchFinding(
        path="/mnt/scan", file_system=share, writable=True, event_after=None, listing=0.1, files=3
    )  # fmt: skip
    assert finding.mode is WatchMode.POLLING
    assert finding.look_every > 0


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that not even an administrator can write to")
def test_a_folder_that_cannot_be_written_is_found_out() -> None:
    finding = examine_folder(Path("/proc/self/task"), time.monotonic, patience=0)
    assert (finding.writable, finding.event_after, finding.file_system.name) == (False, None, "proc")


def test_a_folder_that_is_absent_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        examine_folder(tmp_path / "fehlt", time.monotonic)
