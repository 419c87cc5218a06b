"""A scan station runs while others of the same profile read, write, and wait for a pass of its."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.demo.witness import ServerWitness
from tests.cli.station import PASSWORD, Station, served


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


@pytest.mark.slow
def test_two_stations_run_on_one_scan_folder_and_each_letter_arrives_once(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    letters = {f"brief{number:02}.pdf": f"Schreiben Nummer {number} an die Stadt" for number in range(24)}
    with served() as url:
        stations = [Station(home=tmp_path / name, as_shipped=True) for name in ("links", "rechts")]
        for station in stations:
            station.log_in(url, "post.blomberg")
            station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
        running = [station.start("run") for station in stations]
        try:
            for name, text in letters.items():
                part = scans / f".{name}.part"
                part.write_bytes(text_pdf([[Line(x=72, y=HEIGHT - 90, text=text)]]))
                part.rename(scans / name)
            for station in stations:
                station.run("intake", "--once")
            for station in stations:
                station.run("sync", "--once")
        finally:
            for process in running:
                process.terminate()
            assert [process.wait(60) for process in running] == [0, 0]
        for station in stations:
            station.run("sync", "--once")
        accounts = [station.json("reconcile") for station in stations]
        taken = [{Path(file["path"]).name for file in station.json("transfers")["files"]} for station in stations]
        witness = ServerWitness(url=url, user="post.blomberg", password=PASSWORD)
        there = [document for document in witness.documents("/Posteingang") if document.source_sha256]
    assert taken[0] | taken[1] == set(letters)
    assert [account["lost"] for account in accounts] == [0, 0]
    assert [account["waiting"] for account in accounts] == [0, 0]
    assert sum(account["confirmed"] for account in accounts) == len(letters)
    sources = [document.source_sha256 for document in there]
    assert len(sources) == len(set(sources)) == len(letters)
    assert {path.name for path in (scans / "erledigt").rglob("*.pdf")} == set(letters)
