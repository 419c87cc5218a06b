"""A folder is tried out with a canary that no station takes for a letter, and nothing of it stays."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from clerk_desktop.intake.ignored import why_ignored
from clerk_desktop.intake.watch_doctor import examine_folder
from clerk_desktop.intake.watcher import CANARY
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.watching import WatchMode, WatchReason


def test_a_local_folder_tells_of_a_new_file_and_keeps_nothing_of_the_trial(tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").write_bytes(b"x")
    finding = examine_folder(tmp_path, time.monotonic, patience=30)
    assert finding.writable
    assert (finding.mode, finding.reason) == (WatchMode.EVENTS, WatchReason.TELLS)
    assert finding.event_after is not None
    assert 0 <= finding.event_after < 30
    assert finding.files == 1
    assert [path.name for path in tmp_path.iterdir()] == ["brief.pdf"]


def test_the_canary_is_no_letter_for_any_station() -> None:
    assert why_ignored(f"{CANARY}0123456789abcdef") is not None


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that not even an administrator can write to")
def test_a_folder_that_cannot_be_written_is_found_out() -> None:
    finding = examine_folder(Path("/proc/self/task"), time.monotonic, patience=0)
    assert (finding.writable, finding.event_after, finding.file_system) == (False, None, "proc")


def test_a_folder_that_is_absent_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        examine_folder(tmp_path / "fehlt", time.monotonic)
