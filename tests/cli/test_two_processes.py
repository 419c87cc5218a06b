"""A scan station runs while others of the same profile read, write, and wait for a pass of its."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import Station, served


def test_while_a_station_runs_others_query_write_and_wait_for_its_passes(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    with served() as url:
        station = Station(home=tmp_path / "station")
        station.log_in(url, "post.blomberg")
        station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
        running = station.start("run")
        try:
            station.run("sync", "--once")
            text = [[Line(x=72, y=HEIGHT - 90, text="Antrag auf Sondernutzung des Marktplatzes")]]
            (scans / "antrag.pdf").write_bytes(text_pdf(text))
            with ThreadPoolExecutor(4) as people:
                taken_in = people.submit(station.run, "intake", "--once")
                listed = people.submit(station.json, "cases")
                opened = people.submit(station.run, "case", "new", "--subject", "Baumfällung", "--plan", "67.10")
                again = people.submit(station.json, "inbox")
                assert len(listed.result()) >= 15
                for each in (taken_in, opened, again):
                    each.result()
            station.run("sync", "--once")
            assert running.poll() is None
            files = station.json("transfers")["files"]
            assert [file["state"] for file in files] == ["confirmed"]
            (case,) = station.json("cases", "--query", "Baumfällung")
            assert "v-" not in case["caseNumber"]
            assert [item["title"] for item in station.json("inbox")]
        finally:
            running.terminate()
            assert running.wait(60) == 0
