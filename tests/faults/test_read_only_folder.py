"""The scan folder becomes read-only: letters are taken in all the same, originals stay, and nothing counts as lost."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.faults.read_only_folder import run_with_folder_that_becomes_read_only

PROGRAM = """
import sys, tempfile
from pathlib import Path
from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.intake.watch_doctor import examine_folder
from clerk_desktop.workers.host import WorkerHost
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, Station, TurnedClock
if __name__ == "__main__":
    scans = Path(sys.argv[1])
    host = WorkerHost(processes=1, recognition_processes=1)
    with tempfile.TemporaryDirectory() as home:
        clock = TurnedClock()
        station = Station(Path(home) / "home", scans, host, clock)
        station.drop("vorher.pdf", letter_pdf(("vorher",)))
        station.run()
        station.drop("jetzt.pdf", letter_pdf(("jetzt",)))
        read_only()
        print(station.run().queued, sorted(state.value for state in station.states().values()))
        for name in ("vorher.pdf", "jetzt.pdf"):
            station.confirm(name)
        report = station.settle()
        print(len(report.settled), len(report.stuck), sorted(path.name for path in scans.glob("*.pdf")))
        print(examine_folder(scans, clock.ticks, 0.0).writable)
        print([each.verdict.value for each in reconcile(station.store, None, BERLIN).files if not each.documents])
        station.run()
        print(len(station.states()))
        writable_again()
        print(len(station.settle().settled), list(scans.glob("*.pdf")), len(list(scans.rglob("erledigt/*/*.pdf"))))
        station.close()
    host.close()
"""


@pytest.mark.slow
def test_letters_are_taken_in_and_originals_are_put_away_once_it_can_be_written_again(tmp_path: Path) -> None:
    lines = run_with_folder_that_becomes_read_only(textwrap.dedent(PROGRAM), tmp_path / "scans")
    assert lines == [
        "1 ['queued', 'queued']",
        "0 2 ['jetzt.pdf', 'vorher.pdf']",
        "False",
        "[]",
        "2",
        "2 [] 2",
    ]
