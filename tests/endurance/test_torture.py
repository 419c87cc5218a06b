"""500 kills at random moments over 200 files of every kind; meanwhile disks are full, folders refuse, lines break, and
clocks jump: nothing lost, nothing doubled, and a report of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clerk_desktop.model.errors import ExitCode
from tests.endurance.kills import Ordeal, kill_and_count, ordeal
from tests.endurance.report import write_report
from tests.faults.disaster import BY_NAME

KILLS = int(os.environ.get("CLERK_KILLS", "500"))
LETTERS = int(os.environ.get("CLERK_LETTERS", "200"))
DISASTERS = tuple(os.environ.get("CLERK_DISASTERS", " ".join(BY_NAME)).split())
DOCUMENTED = set(ExitCode) - {ExitCode.USAGE}
REPORT = Path(os.environ.get("CLERK_REPORT", "demo-output/torture.md"))


def assert_all_arrived(found: Ordeal) -> None:
    account = found.account
    assert (account["lost"], account["waiting"], account["quarantined"], account["duplicates"]) == (0, 0, 0, 0)
    assert account["seen"] == account["confirmed"] == found.letters
    assert len(found.there) == found.expected
    assert (found.doubled, found.spoiled) == (0, 0)
    assert found.settled == found.names
    assert set(found.ended) <= DOCUMENTED, found.ended
    assert "Traceback" not in found.complaints, found.complaints


@pytest.mark.torture
@pytest.mark.timeout(36_000)
def test_a_station_that_is_killed_five_hundred_times_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = ordeal(tmp_path, letters=LETTERS, kills=KILLS, seed=2026, disasters=DISASTERS)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    write_report(found, REPORT)
    assert_all_arrived(found)
    assert found.killed["station"] == KILLS
    assert {name for name, times in found.struck.items() if times} | set(found.impossible) == set(DISASTERS)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed like that on Windows")
def test_only_who_was_killed_counts_as_killed() -> None:
    found = Ordeal(letters=0, expected=0)
    by_itself = subprocess.Popen([sys.executable, "-c", f"raise SystemExit({ExitCode.UNREACHABLE.value})"])
    by_itself.wait()
    kill_and_count(by_itself, found)
    assert (found.killed.total(), dict(found.ended)) == (0, {ExitCode.UNREACHABLE: 1})
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as waiting:
        kill_and_count(waiting, found)
    assert (found.killed["station"], found.ended.total()) == (1, 1)


def test_the_report_says_in_german_what_was_lost_and_doubled(tmp_path: Path) -> None:
    found = Ordeal(letters=2, expected=3, names={"a", "b"}, settled={"a"})
    found.killed.update({"station": 4, "worker": 1})
    found.ended.update({ExitCode.FAILED: 2})
    found.struck.update(full_disk=3)
    found.account = {"seen": 2, "confirmed": 1, "lost": 1}
    target = tmp_path / "bericht.md"
    write_report(found, target)
    said = target.read_text(encoding="utf-8")
    assert "| der Datenträger von Programm und Scanordner läuft voll | 3 |" in said
    assert "4-mal" in said and "2-mal beendete es sich selbst" in said and "| verloren | 1 |" in said
    assert "Schriftstücke auf dem Server: 0 von 3" in said
    assert "Originale in „erledigt“: 1 von 2" in said
